"""One person with two accounts: joined, worked on as one, and taken apart as if it had never been."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.actions import cases, drafts, joining, merging, replies, separating
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Event, Joining, Message, Unlike
from cortafuegos.inbox.queries.person import history
from cortafuegos.inbox.queries.tone import between
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    ago,
    an_account,
    an_agent,
    arrive,
    author,
    deletion,
    due,
    edit,
    now_of,
    say,
)
from cortafuegos.inbox.tests.test_actions_merging import picture
from cortafuegos.people import search
from cortafuegos.people.models import Identity, Person

TEXT = "Seguimos con lo tuyo"


@pytest.fixture
def mail(condor):
    return an_account(condor, "ayuda", network="mail")


def by_mail(name="marta@correo.example"):
    return author(name, "mail", network_id=name)


def together(nuria, one: Case, other: Case) -> Joining:
    joining.join(nuria, one.person, other.person)
    return Joining.objects.order_by("-pk").first()


def homes():
    """Of every message that is in a case: whose account wrote it, and whose the case is."""
    rows = Message.objects.filter(direction="in", case__isnull=False)
    return {(m.identity.person_id, m.case.person_id) for m in rows.select_related("identity", "case")}


def all_apart():
    return all(one == other for one, other in homes())


def test_joined_they_are_one_person_on_every_page(account, mail, nuria):
    one = a_case(account, "Mi maleta no llega", at=ago(hours=2))
    other = a_case(mail, "Reclamo mi maleta", by=by_mail(), public=False)
    face = joining.join(nuria, one.person, other.person)
    assert face == one.person
    assert now_of(other).person == face
    past = history(now_of(one))
    assert [case.pk for case in past.before] == [other.pk]
    assert [message.text for message in past.said] == ["Reclamo mi maleta"]
    assert {i.network for i in past.identities} == {"sandbox", "mail"}
    assert len(between(face).said) == 2
    assert [person.pk for person in search.find(account.brand, "marta@correo")] == [face.pk]
    assert [person.pk for person in search.latest(account.brand)] == [face.pk]


def test_what_they_write_next_goes_on_in_the_case_that_is_open(account, mail, nuria):
    one = a_case(account)
    other = cases.close(nuria, a_case(mail, by=by_mail(), public=False))
    together(nuria, one, other)
    assert say(mail, "¿Y bien?", by=by_mail(), public=False).case == now_of(one)


def test_separated_at_once_nothing_shows_that_they_were_ever_joined(account, mail, nuria):
    known = [
        a_case(account, at=ago(hours=3)),
        cases.close(nuria, a_case(account, by="ana")),
        a_case(mail, by=by_mail(), public=False, at=ago(hours=1)),
        a_case(account, by="eva"),
    ]
    before = [picture(case) for case in known]
    persons = list(Person.objects.order_by("pk").values("pk", "name", "note", "ended_at", "joined_into"))
    whose = list(Identity.objects.order_by("pk").values("pk", "person"))
    tie = together(nuria, known[0], known[2])
    separating.separate(nuria, tie)
    assert [picture(case) for case in known] == before
    assert persons == list(
        Person.objects.order_by("pk").values("pk", "name", "note", "ended_at", "joined_into")
    )
    assert whose == list(Identity.objects.order_by("pk").values("pk", "person"))
    kinds = Event.objects.filter(kind__startswith="person.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["person.joined", "person.separated"]


def test_what_came_later_goes_to_whoever_wrote_it_with_our_answers(account, mail, nuria):
    one = a_case(account, at=ago(minutes=90))
    other = cases.close(nuria, a_case(mail, by=by_mail(), public=False, at=ago(minutes=80)))
    tie = together(nuria, one, other)
    asked = say(mail, "¿Hay novedades?", by=by_mail(), public=False, at=ago(minutes=30))
    assert asked.case == one
    reply = replies.send(nuria, now_of(one), text=TEXT, public=False, target=asked, account=mail)
    drafts.keep(nuria, now_of(one), text="A medias", mode="private", target=asked)
    face, guest = separating.separate(nuria, tie)
    asked.refresh_from_db()
    reply.refresh_from_db()
    assert (face, guest) == (one.person, other.person)
    assert asked.case not in (one, other)
    assert asked.case.person == guest
    assert reply.case == asked.case
    assert asked.case.drafts.get().text == "A medias"
    assert not one.drafts.exists()
    assert due(asked.case) == [due(asked.case)[0]]
    assert all_apart()


def test_a_case_opened_while_joined_is_of_whoever_opened_it(account, mail, nuria):
    one = cases.close(nuria, a_case(account, at=ago(minutes=90)))
    other = cases.close(nuria, a_case(mail, by=by_mail(), public=False, at=ago(minutes=80)))
    tie = together(nuria, one, other)
    later = say(mail, "Otra cosa", by=by_mail(), public=False).case
    assert later.person == one.person
    assert say(account, "Y otra").case == later
    separating.separate(nuria, tie)
    assert now_of(later).person == other.person
    assert all_apart()


def test_what_goes_back_joins_the_case_it_would_have_joined(account, mail, nuria):
    one = a_case(account, at=ago(minutes=20))
    other = a_case(mail, by=by_mail(), public=False, at=ago(minutes=80))
    tie = together(nuria, one, other)
    later = say(mail, "¿Hay novedades?", by=by_mail(), public=False)
    assert later.case == one, "the one that was spoken in last"
    separating.separate(nuria, tie)
    later.refresh_from_db()
    assert later.case == other
    assert Case.objects.count() == 2


def test_a_closed_case_that_only_the_other_opened_is_closed_again(account, nuria):
    thread = {"conversation": "post:thread"}
    one = a_case(account, "Maletas", at=ago(minutes=60), **thread)
    other = a_case(account, "Otra", by="ana", at=ago(minutes=50))
    cases.close(nuria, one)
    cases.close(nuria, other)
    before = picture(one)
    tie = together(nuria, one, other)
    later = say(account, "A mí igual", by="ana", at=ago(minutes=2), **thread)
    assert now_of(one).state == "open"
    assert later.case == one
    separating.separate(nuria, tie)
    assert picture(one) == before
    assert all_apart()


def test_cases_merged_because_they_were_one_are_taken_apart_too(account, mail, nuria):
    one, other = a_case(account), a_case(mail, by=by_mail(), public=False)
    before = picture(one), picture(other)
    tie = together(nuria, one, other)
    merging.merge(nuria, now_of(one), [now_of(other)])
    say(mail, "¿Y bien?", by=by_mail(), public=False, conversation="mail:2")
    separating.separate(nuria, tie)
    assert now_of(other).state == "open"
    assert all_apart()
    assert picture(one) == before[0]
    assert picture(other)["subject"] == before[1]["subject"]


def test_cases_that_were_merged_before_stay_merged(account, mail, nuria):
    one, other = a_case(account), a_case(mail, by=by_mail(), public=False, conversation="mail:1")
    merging.merge(nuria, one, [other])
    tie = together(nuria, one, other)
    later = say(mail, "¿Y bien?", by=by_mail(), public=False, conversation="mail:1")
    assert later.case == one
    separating.separate(nuria, tie)
    later.refresh_from_db()
    assert now_of(other).state == "merged"
    assert later.case == one, "it would have come here without the joining too"


def test_a_whole_case_that_is_only_theirs_goes_home_whole(account, mail, nuria):
    one, other = cases.close(nuria, a_case(account)), a_case(mail, by=by_mail(), public=False)
    tie = together(nuria, one, other)
    first = say(account, "Nueva pregunta", conversation="post:new")
    assert first.case == other
    later = say(mail, "Y la mía", by=by_mail(), public=False)
    merged = merging.split(nuria, now_of(other), [first.pk, later.pk])
    rest = merging.split(nuria, merged, [first.pk])
    assert rest.home == one.person
    assert merged.home == one.person
    separating.separate(nuria, tie)
    assert now_of(merged).person == other.person
    assert now_of(rest).person == one.person
    assert all_apart()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_three_are_separated_in_any_order(account, nuria, order):
    ana, eva, leo = (a_case(account, by=name, at=ago(minutes=30)) for name in ("ana", "eva", "leo"))
    ties = [together(nuria, ana, eva), together(nuria, leo, ana)]
    assert {now_of(case).person_id for case in (ana, eva, leo)} == {leo.person_id}
    for name in ("ana", "eva", "leo"):
        say(account, f"Soy {name}", by=name, at=ago(minutes=5))
    separating.separate(nuria, ties[order[0]])
    left = {now_of(case).person_id for case in (ana, eva, leo)}
    assert len(left) == 2
    assert (now_of(ana).person_id == now_of(leo).person_id) == (order[0] == 0)
    separating.separate(nuria, ties[order[1]])
    for case in (ana, eva, leo):
        assert now_of(case).person_id == case.person_id
    assert all_apart()
    assert Person.objects.filter(joined_into__isnull=False).count() == 0


def test_joined_with_whom_one_is_joined_already_changes_nothing(account, nuria):
    ana, eva = a_case(account, by="ana"), a_case(account, by="eva")
    tie = together(nuria, ana, eva)
    assert joining.join(nuria, eva.person, ana.person) == ana.person
    assert Joining.objects.count() == 1
    separating.separate(nuria, tie)
    with pytest.raises(Refusal) as refused:
        separating.separate(nuria, tie)
    assert refused.value.code == "separated"


def test_refused(account, nuria):
    ana, eva = a_case(account, by="ana"), a_case(account, by="eva")
    delia = an_agent(account.brand, "Delia Ruiz", "drafter")
    arrive(account, a_post("Hola", by=author("condor", network_id=account.network_id)))
    ours = Identity.objects.get(network_id=account.network_id).person
    faro = an_account(a_brand("faro"), "faro")
    for actor, one, other, code in (
        (delia, ana.person, eva.person, "not_allowed"),
        (nuria, ana.person, ana.person, "nobody_else"),
        (nuria, ana.person, ours, "ours"),
        (nuria, ana.person, a_case(faro, by="zoe").person, "no_such_person"),
    ):
        with pytest.raises(Refusal) as refused:
            joining.join(actor, one, other)
        assert refused.value.code == code
    assert not Joining.objects.exists()


def test_nobody_separates_what_another_brand_joined(account, nuria):
    tie = together(nuria, a_case(account, by="ana"), a_case(account, by="eva"))
    olga = an_agent(a_brand("faro"), "Olga Prieto", "owner")
    with pytest.raises(Refusal) as refused:
        separating.separate(olga, tie)
    assert refused.value.code == "no_such_joining"


def test_told_apart_every_pair_of_accounts_is_settled(account, nuria):
    ana, eva = a_case(account, by="ana"), a_case(account, by="eva")
    assert joining.tell_apart(nuria, ana.person, eva.person) == 1
    joining.tell_apart(nuria, eva.person, ana.person)
    assert Unlike.objects.count() == 1
    together(nuria, ana, eva)
    with pytest.raises(Refusal) as refused:
        joining.tell_apart(nuria, ana.person, eva.person)
    assert refused.value.code == "joined"


def test_edited_and_deleted_while_joined_it_is_so_afterwards(account, nuria):
    one = cases.close(nuria, a_case(account, by="ana"))
    other = cases.close(nuria, a_case(account, by="eva"))
    tie = together(nuria, one, other)
    say(account, "Soy Ana", by="ana", at=ago(minutes=9))
    posts = [a_post(text, by="eva", at=ago(minutes=5)) for text in ("Perdón", "Mi maleta")]
    arrive(account, *posts)
    arrive(account, deletion(posts[0]), edit(posts[1], "Mi maleta roja", ago(minutes=1)))
    separating.separate(nuria, tie)
    gone, kept = (Message.objects.get(network_id=post.network_id) for post in posts)
    assert gone.deleted_at
    assert kept.text == "Mi maleta roja"
    assert gone.case == kept.case
    assert all_apart()
