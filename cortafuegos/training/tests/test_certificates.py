"""Certificates by hand, and where one is asked for."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from cortafuegos.inbox.models import Event
from cortafuegos.kit import clock
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.certificates import Certificate, CertificateNeed, holdings_of, needs_of
from cortafuegos.team.licence import Kind, Need
from cortafuegos.training.actions import certificates


def grant(actor, agent, **more):
    terms = {"kind": "channel", "value": "", "months": 6, "reason": "Viene de otra mesa", **more}
    return certificates.grant(actor, agent, **terms)


def refused(verb, *args, **named):
    with pytest.raises(Refusal) as refusal:
        verb(*args, **named)
    return refusal.value.code


def test_granting_and_withdrawing_are_on_record_with_their_reasons(desk):
    held = grant(desk.sanz, desk.lucia)
    assert [one.kind for one in holdings_of(desk.lucia, clock.now())] == [Kind.CHANNEL]
    certificates.withdraw(desk.sanz, held, " Dio datos   en público ")
    held.refresh_from_db()
    assert (held.granted_by, held.reason) == (desk.sanz, "Viene de otra mesa")
    assert (held.withdrawn_by, held.withdrawn_reason) == (desk.sanz, "Dio datos en público")
    assert holdings_of(desk.lucia, clock.now()) == []
    events = Event.objects.filter(brand=desk.brand, agent=desk.sanz).order_by("pk")
    assert list(events.values_list("kind", flat=True)) == ["certificate.granted", "certificate.withdrawn"]
    assert refused(certificates.withdraw, desk.sanz, held, "Otra vez") == "over"


@pytest.mark.parametrize("reason", ["", "   ", "…", "\u200b", "?!"])
def test_no_reason_no_certificate(desk, reason):
    assert refused(grant, desk.sanz, desk.lucia, reason=reason) == "needs_reason"
    held = grant(desk.sanz, desk.lucia)
    assert refused(certificates.withdraw, desk.sanz, held, reason) == "needs_reason"


@pytest.mark.parametrize(
    ("actor", "agent", "more", "code"),
    [
        ("lucia", "bruno", {}, "not_allowed"),
        ("delia", "delia", {}, "not_allowed"),
        ("sanz", "sanz", {}, "oneself"),
        ("sanz", "pilar", {}, "above_you"),
        ("sanz", "olga", {}, "above_you"),
        ("olga", "lucia", {}, "above_you"),
        ("sanz", "lucia", {"months": 0}, "out_of_bounds"),
        ("sanz", "lucia", {"months": 999}, "out_of_bounds"),
        ("sanz", "lucia", {"kind": "all"}, "no_such_certificate"),
        ("sanz", "lucia", {"kind": "language"}, "no_such_certificate"),
        ("sanz", "lucia", {"value": "x" * 33}, "no_such_certificate"),
    ],
)
def test_who_may_grant_what_to_whom(desk, actor, agent, more, code):
    assert refused(grant, getattr(desk, actor), getattr(desk, agent), **more) == code
    assert not Certificate.objects.filter(brand=desk.brand).exists()


def test_an_owner_may_be_the_first(desk):
    assert grant(desk.pilar, desk.pilar).agent == desk.pilar


def test_another_brand_s_certificate_is_not_there(desk):
    held = grant(desk.sanz, desk.lucia)
    assert refused(certificates.withdraw, desk.olga, held, "Porque sí") == "no_such_certificate"


@pytest.mark.parametrize(
    "fields",
    [
        {"course": "", "granted_by": None, "reason": "alguien"},
        {"course": "", "reason": ""},
        {"months": -1},
        {"withdrawn": True},
    ],
)
def test_the_database_takes_no_certificate_that_nobody_answers_for(desk, fields):
    row = {"course": "", "granted_by": desk.sanz, "reason": "algo", **fields}
    now = clock.now()
    ends = row.pop("months", 1)
    if row.pop("withdrawn", False):
        row["withdrawn_at"] = now
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            brand=desk.brand, agent=desk.lucia, kind="channel", issued_at=now,
            expires_at=now.replace(year=now.year + ends), **row,
        )  # fmt: skip


def test_what_is_asked_for_is_replaced_and_on_record(desk):
    certificates.ask_for(desk.sanz, [Need(Kind.CHANNEL, "mail"), Need(Kind.CRISIS, "watch")])
    certificates.ask_for(desk.sanz, [Need(Kind.LANGUAGE, "es"), Need(Kind.CRISIS, "watch")])
    certificates.ask_for(desk.sanz, [Need(Kind.LANGUAGE, "es"), Need(Kind.CRISIS, "watch")])
    assert set(needs_of(desk.brand.pk)) == {Need(Kind.LANGUAGE, "es"), Need(Kind.CRISIS, "watch")}
    data = list(Event.objects.filter(kind="certificates.asked").order_by("pk").values_list("data", flat=True))
    assert data == [
        {"from": [], "to": ["channel:mail", "crisis:watch"]},
        {"from": ["channel:mail", "crisis:watch"], "to": ["crisis:watch", "language:es"]},
    ]


@pytest.mark.parametrize(
    "need",
    [Need(Kind.CRISIS, ""), Need(Kind.CRISIS, "calm"), Need(Kind.LANGUAGE, ""), Need(Kind.LANGUAGE, "e$"),
     Need(Kind.CHANNEL, "x" * 40)],
)  # fmt: skip
def test_what_no_certificate_could_meet_is_not_asked_for(desk, need):
    assert refused(certificates.ask_for, desk.sanz, [need]) == "no_such_certificate"
    assert refused(certificates.ask_for, desk.lucia, []) == "not_allowed"
    assert not CertificateNeed.objects.filter(brand=desk.brand).exists()
