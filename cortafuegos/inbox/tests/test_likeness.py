"""Who may be the same person: good reasons only, in plain words, and never twice after a no."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cortafuegos.inbox.actions import joining, separating
from cortafuegos.inbox.grounds import told
from cortafuegos.inbox.likeness import Clue, Ground, Kind, Where, clues, suggests
from cortafuegos.inbox.models import Joining
from cortafuegos.inbox.queries.likeness import suggestions
from cortafuegos.inbox.tests.people import a_brand, an_account, author, say

MARTA = "marta.quiroga@correo.example"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"Mi correo es {MARTA.upper()}.", [Clue(Kind.MAIL, MARTA)]),
        ("También en @marta@social.example", [Clue(Kind.PROFILE, "marta@social.example", "mastodon")]),
        ("https://social.example/@Marta", [Clue(Kind.PROFILE, "marta@social.example", "mastodon")]),
        ("twitter.com/marta_r?s=20", [Clue(Kind.PROFILE, "marta_r", "x")]),
        ("https://bsky.app/profile/marta.example", [Clue(Kind.PROFILE, "marta.example", "bluesky")]),
        ("llámame al +34 612 34 56 78", [Clue(Kind.PHONE, "+34612345678")]),
        ("612345678", [Clue(Kind.PHONE, "+34612345678")]),
        ("https://wa.me/34612345678", [Clue(Kind.PHONE, "+34612345678")]),
        ("Mi localizador es K7T24Q", [Clue(Kind.REFERENCE, "k7t24q")]),
        ("pedido 2026114455", [Clue(Kind.REFERENCE, "2026114455")]),
        # what many have, what says nothing about the writer, what is no address at all
        ("info@tienda.example y atencion@tienda.example", []),
        ("https://x.com/condor_air/status/1234567", []),
        ("https://x.com/search", []),
        ("+34 900 123 456", []),
        ("pedido 12, a las 10:30, por 1.250,00 €, vuelo IB3214, caso 612345", []),
        ("a@b", []),
        ("@condor_air ¿hay alguien?", []),
    ],
)
def test_what_a_text_gives(text, found):
    assert clues(text) == found


def test_a_long_text_is_read_at_its_beginning_and_quickly_done():
    assert clues("a@" * 100_000) == []
    assert clues("6" * 200_000) == []
    assert clues("@" + "a." * 100_000) == []


@pytest.mark.parametrize("where", Where)
@pytest.mark.parametrize("kind", [Kind.NAME, Kind.HANDLE])
def test_a_name_and_a_handle_alone_suggest_nothing(kind, where):
    name, handle = Ground(Kind.NAME, "both", Where.PUBLIC), Ground(Kind.HANDLE, "both", Where.PUBLIC)
    assert not suggests([name, handle])
    assert not suggests([Ground(Kind.MAIL, "here", Where.PUBLIC), name, handle])
    assert suggests([Ground(Kind.REFERENCE, "both", Where.PRIVATE), name])
    assert not suggests([Ground(Kind.REFERENCE, "both", Where.PRIVATE)])


def test_every_reason_is_told_in_both_languages():
    grounds = [Ground(k, who, w, "valor") for k in Kind for who in ("here", "there", "both") for w in Where]
    with translation.override("en"):
        english = {told(one)["words"] for one in grounds}
    with translation.override("es"):
        spanish = {told(one)["words"] for one in grounds}
    assert len(english) == len(spanish)
    assert not english & spanish


@pytest.fixture
def mail(condor):
    return an_account(condor, "ayuda@condor.example", network="mail", network_id="ayuda@condor.example")


@pytest.fixture
def x(condor):
    return an_account(condor, "condor_air", network="x")


def writes(account, handle, text="Hola", **fields):
    profile = {k: fields.pop(k) for k in ("name", "bio", "url") if k in fields}
    by = author(
        handle, account.network, network_id=fields.pop("network_id", f"{account.network}:{handle}"), **profile
    )
    return say(account, text, by=by, **fields).case.person


def by_mail(mail, text="Mi maleta no llega", address=MARTA, **fields):
    return writes(mail, address, text, network_id=address, public=False, **fields)


def offered(person):
    return {
        one.person.pk: {(g.kind.value, g.who, g.where.value) for g in one.grounds}
        for one in suggestions(person)
    }


def test_an_address_given_in_private_suggests_who_writes_from_it_from_both_sides(x, mail):
    marta = writes(x, "marta_r", f"Mi correo: {MARTA}", public=False)
    other = by_mail(mail)
    assert offered(marta) == {other.pk: {("mail", "here", "private")}}
    assert offered(other) == {marta.pk: {("mail", "there", "private")}}


def test_given_in_public_it_suggests_nothing(x, mail):
    marta = writes(x, "marta_r", f"Escribid a {MARTA}", name="Marta Quiroga")
    other = by_mail(mail, name="Marta Quiroga")
    assert offered(marta) == {}
    assert offered(other) == {}


def test_a_profile_counts_and_so_does_the_telephone(condor, x):
    whatsapp = an_account(condor, "condor", network="whatsapp")
    marta = writes(x, "marta_r", bio="Periodista. +34 612 345 678", name="Marta R.")
    pep = writes(x, "pep", bio="Mi agencia: +34 612 345 678", name="Pep")
    number = {"network_id": "whatsapp:ES.123", "name": "Marta R."}
    other = writes(whatsapp, "+34612345678", public=False, **number)
    assert offered(marta) == {other.pk: {("phone", "here", "profile"), ("name", "both", "public")}}
    assert offered(pep) == {}, "a profile is not counted: it wants the same name beside it"
    writes(x, "marta_r", "Llamadme al 612 345 678", public=False, bio="Periodista. +34 612 345 678")
    assert ("phone", "here", "private") in offered(marta)[other.pk], "where it weighs most"


def test_a_profile_that_leads_to_another(condor, x):
    mastodon = an_account(condor, "condor@social.example", network="mastodon")
    marta = writes(x, "marta_r", bio="Ahora en @Marta_R@social.example", name="Marta R.")
    other = writes(mastodon, "marta_r@social.example", name="Marta R.")
    found = offered(marta)[other.pk]
    assert found == {("profile", "here", "profile"), ("name", "both", "public"), ("handle", "both", "public")}
    stranger = writes(x, "pep", "Mirad lo que dice @marta_r@social.example")
    assert offered(stranger) == {}


def test_a_shared_booking_needs_the_same_name_beside_it(x, mail):
    marta = writes(x, "marta_r", "Mi localizador es K7T24Q", public=False, name="Marta Quiroga")
    by_mail(mail, "Localizador K7T24Q", address="pep.soler@correo.example", name="Pep Soler")
    assert offered(marta) == {}


def test_a_shared_booking_and_the_same_name(x, mail):
    marta = writes(x, "marta_r", "Mi localizador es K7T24Q", public=False, name="Marta Quiroga")
    other = by_mail(mail, "Localizador K7T24Q", name="Marta Quiroga")
    assert offered(marta) == {other.pk: {("reference", "both", "private"), ("name", "both", "public")}}


def test_what_three_gave_tells_nothing(x, mail):
    marta = writes(x, "marta_r", "Mi localizador es K7T24Q", public=False, name="Marta Quiroga")
    other = by_mail(mail, "Localizador K7T24Q", name="Marta Quiroga")
    writes(x, "eva", "Localizador K7T24Q", public=False)
    assert offered(marta) == {}
    assert offered(other) == {}


def test_whose_address_many_give_is_suggested_to_none_of_them(x, mail):
    agent = by_mail(mail, address="gestor@correduria.example")
    clients = [writes(x, f"c{n}", "Lo lleva gestor@correduria.example", public=False) for n in range(3)]
    assert [offered(one) for one in (agent, *clients)] == [{}] * 4
    alone = by_mail(mail, address="otra@correduria.example")
    only = writes(x, "c9", "Escribidme a otra@correduria.example", public=False)
    assert set(offered(only)) == {alone.pk}


def test_who_links_to_somebody_is_not_them(x):
    writes(x, "artista", "Hola", name="La Artista")
    fans = [writes(x, f"fan{n}", bio="fan de https://x.com/artista", name=f"Fan {n}") for n in range(3)]
    assert [offered(one) for one in fans] == [{}] * 3


def test_told_apart_from_one_account_is_told_apart_from_all_of_that_person(condor, x, mail, nuria):
    mastodon = an_account(condor, "condor@social.example", network="mastodon")
    marta = writes(x, "eva", f"Mi correo: {MARTA}", bio="@eva@social.example", public=False)
    other, third = by_mail(mail), writes(mastodon, "eva@social.example")
    assert set(offered(marta)) == {other.pk, third.pk}
    joining.tell_apart(nuria, marta, other)
    assert set(offered(marta)) == {third.pk}
    joining.join(nuria, other, third)
    assert offered(marta) == {}


def test_separated_from_one_is_separated_from_whom_that_one_is_too(condor, x, mail, nuria):
    mastodon = an_account(condor, "condor@social.example", network="mastodon")
    marta, other = writes(x, "eva", bio="@eva@social.example"), by_mail(mail)
    third = writes(mastodon, "eva@social.example")
    joining.join(nuria, marta, other)
    separating.separate(nuria, Joining.objects.get())
    assert set(offered(marta)) == {third.pk}
    joining.join(nuria, third, other)
    assert offered(marta) == {}


def test_our_own_accounts_are_nobody(x, mail):
    for name in ("marta_r", "pep"):
        person = writes(x, name, "Ya escribí a ayuda@condor.example", public=False, name="Marta Quiroga")
        assert offered(person) == {}


def test_what_another_brand_knows_suggests_nothing_here(x):
    faro = an_account(a_brand("faro"), "faro", network="mail")
    by_mail(faro)
    by_mail(faro, "Localizador K7T24Q", address="otra@correo.example", name="Marta Quiroga")
    text = f"Mi correo: {MARTA}, localizador K7T24Q"
    assert offered(writes(x, "marta_r", text, public=False, name="Marta Quiroga")) == {}


def test_told_apart_or_separated_they_are_never_suggested_again(x, mail, nuria):
    marta = writes(x, "marta_r", f"Mi correo: {MARTA}", public=False)
    other = by_mail(mail)
    joining.join(nuria, marta, other)
    assert offered(marta) == {}, "they are one"
    separating.separate(nuria, Joining.objects.get())
    assert offered(marta) == {}
    assert offered(other) == {}
    third = by_mail(mail, address="marta2@correo.example")
    writes(x, "marta_r", "O a marta2@correo.example", public=False)
    assert set(offered(marta)) == {third.pk}
    joining.tell_apart(nuria, third, marta)
    assert offered(marta) == {}
    assert offered(third) == {}


def test_many_telephones_take_no_statement_more_than_one(x, mail, django_assert_num_queries):
    one = writes(x, "eva", "Mi correo: eva.robles@correo.example", public=False)
    with CaptureQueriesContext(connection) as few:
        suggestions(one)
    many = writes(x, "pep", " y ".join(f"6{n}2345678" for n in range(8)), public=False)
    with django_assert_num_queries(len(few)):
        suggestions(many)
    assert len(few) <= 10


def test_reading_it_takes_the_same_few_statements_however_much_was_said(
    x, mail, django_assert_max_num_queries
):
    for n in range(60):
        marta = writes(
            x, "marta_r", f"Localizador ABCD{n:02}, correo pep{n}.ruiz@correo.example", public=False
        )
    by_mail(mail)
    with django_assert_max_num_queries(10):
        suggestions(marta)
