"""Merging, taking apart again, splitting: nothing is lost, and the way back leads home."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import approvals, cases, clocks, drafts, merging, notes
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline, Draft, Message
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    ago,
    an_account,
    an_agent,
    arrive,
    author,
    due,
    kinds,
    now_of,
    owed,
    say,
)
from cortafuegos.kit import clock

SHOWN = (
    *("state", "subject", "snippet", "awaits_us", "tags", "assignee_id", "due_at", "snoozed_until"),
    *("closed_at", "opened_at", "last_message_at", "first_answered_at", "identity_id", "account_id"),
    *("network", "public", "proposed", "approve_by", "failed", "merged_into_id"),
)


def picture(case: Case) -> dict[str, object]:
    """All that a person sees of a case, and what is owed in it."""
    shown = Case.objects.values(*SHOWN).get(pk=case.pk)
    sleeping = Deadline.objects.filter(case=case, kind="snooze", done_at=None).values_list("due_at")
    return {
        **shown,
        "owed": owed(case),
        "due": due(case),
        "sleeping": list(sleeping),
        "messages": sorted(case.messages.values_list("pk", flat=True)),
        "notes": sorted(case.notes.values_list("text", flat=True)),
        "drafts": sorted(Draft.objects.filter(case=case).values_list("text", flat=True)),
    }


def answered(account, case, minutes=5):
    """We answered from the network's own app."""
    last = case.messages.order_by("posted_at").last()
    ours = author("condor", network_id=account.network_id)
    arrive(account, a_post("Dinos", by=ours, in_reply_to=last.network_id, at=ago(minutes=minutes)))


def fresh(account, nuria, name):
    return a_case(account, by=name, at=ago(minutes=20))


def late(account, nuria, name):
    case = a_case(account, by=name, at=ago(hours=3))
    clocks.strike(clock.now())
    return case


def done(account, nuria, name):
    case = a_case(account, by=name, at=ago(minutes=50))
    answered(account, case)
    return case


def closed(account, nuria, name):
    return cases.close(nuria, done(account, nuria, name))


def closed_unanswered(account, nuria, name):
    return cases.close(nuria, fresh(account, nuria, name))


def asleep(account, nuria, name):
    return cases.snooze(nuria, fresh(account, nuria, name), ago(hours=-3))


def busy(account, nuria, name):
    case = cases.claim(nuria, fresh(account, nuria, name))
    cases.tag(nuria, case, add=["vip", name])
    notes.write(nuria, case, f"Nota de {name}")
    drafts.keep(nuria, case, mode="public", text=f"Para aprobar de {name}")
    approvals.propose(nuria, case)
    drafts.keep(nuria, case, mode="public", text=f"Borrador para {name}")
    return now_of(case)


STATES = [fresh, late, done, closed, closed_unanswered, asleep, busy]


@pytest.mark.parametrize("into_state", STATES)
@pytest.mark.parametrize("source_state", STATES)
def test_there_and_back(account, nuria, into_state, source_state):
    into, source = into_state(account, nuria, "ana"), source_state(account, nuria, "eva")
    both = into_state is busy and source_state is busy
    before = picture(into), picture(source)
    merging.merge(nuria, into, [source])
    assert now_of(source).state == "merged"
    assert not owed(source)
    assert len(owed(into)) == (1 if now_of(into).awaits_us and now_of(into).state != "closed" else 0)
    merging.unmerge(nuria, source)
    after = picture(into), picture(source)
    if both:  # two drafts of one writer became one text, which stays where it is
        for one in (*before, *after):
            one.pop("drafts")
    assert after == before
    assert clocks.strike(clock.now()) == 0, "nothing is missed a second time"


def test_the_question_that_nobody_answered_is_still_owed(account, nuria):
    """Merged under an answer to something else, it must not look answered."""
    into = a_case(account, by="ana", at=ago(minutes=50))
    source = a_case(account, by="eva", at=ago(minutes=20))
    answered(account, into, minutes=5)
    promised = due(source)
    into = merging.merge(nuria, into, [source])
    assert (into.awaits_us, due(into), now_of(into).due_at) == (True, promised, promised[0])


def test_of_two_promises_the_earlier_counts(account, nuria):
    into, source = fresh(account, nuria, "ana"), late(account, nuria, "eva")
    promised = due(source)
    merging.merge(nuria, into, [source])
    assert (due(into), owed(into)) == (promised, [("first_answer", "missed")])


def test_merging_many_and_taking_out_the_first(account, nuria):
    into, first, second = (fresh(account, nuria, name) for name in ("ana", "eva", "leo"))
    before = picture(first)
    merging.merge(nuria, into, [first, second, into])
    assert now_of(into).messages.count() == 3
    merging.unmerge(nuria, first)
    assert picture(first) == before
    assert now_of(into).messages.count() == 2


def test_out_of_a_case_that_was_merged_in_turn(account, nuria):
    a, b, c = (fresh(account, nuria, name) for name in ("ana", "eva", "leo"))
    before = picture(a)
    merging.merge(nuria, b, [a])
    merging.merge(nuria, c, [b])
    merging.unmerge(nuria, a)
    assert picture(a) == before
    assert (now_of(c).messages.count(), now_of(b).state) == (2, "merged")
    merging.unmerge(nuria, b)
    assert now_of(b).messages.count() == now_of(c).messages.count() == 1


def test_what_came_after_the_merge_stays(account, nuria):
    into, source = fresh(account, nuria, "ana"), fresh(account, nuria, "eva")
    merging.merge(nuria, into, [source])
    arrive(account, a_post("Y otra cosa", by="eva"))
    merging.unmerge(nuria, source)
    assert Message.objects.get(text="Y otra cosa").case == into


def test_an_open_matter_opens_a_closed_case(account, nuria):
    into, source = closed(account, nuria, "ana"), fresh(account, nuria, "eva")
    into = merging.merge(nuria, into, [source])
    assert (into.state, into.closed_at, len(owed(into))) == ("open", None, 1)


def test_events_on_both_sides(account, nuria):
    into, source = fresh(account, nuria, "ana"), fresh(account, nuria, "eva")
    merging.merge(nuria, into, [source])
    merging.unmerge(nuria, source)
    assert kinds(into)[2:] == ["case.absorbed", "case.gave_back"]
    assert kinds(source)[2:] == ["case.merged", "case.unmerged"]


def test_refusals(condor, account, nuria):
    into, source = fresh(account, nuria, "ana"), fresh(account, nuria, "eva")
    nube = a_brand("nube")
    foreign = a_case(an_account(nube, "nube"), by="ana")
    stranger = an_agent(nube, "Olga Prieto", "owner")
    delia = an_agent(condor, "Delia Ruiz", "drafter")
    refusals = [
        (lambda: merging.merge(nuria, into, []), "nothing_to_merge"),
        (lambda: merging.merge(nuria, into, [into]), "nothing_to_merge"),
        (lambda: merging.merge(nuria, into, [foreign]), "no_such_case"),
        (lambda: merging.merge(nuria, foreign, [into]), "no_such_case"),
        (lambda: merging.merge(stranger, into, [source]), "no_such_case"),
        (lambda: merging.merge(delia, into, [source]), "not_allowed"),
        (lambda: merging.unmerge(nuria, source), "not_merged"),
        (lambda: merging.unmerge(delia, source), "not_allowed"),
        (lambda: merging.split(delia, into, [1]), "not_allowed"),
        (lambda: merging.split(stranger, into, [1]), "no_such_case"),
    ]
    for attempt, code in refusals:
        with pytest.raises(Refusal) as refused:
            attempt()
        assert refused.value.code == code
    merging.merge(nuria, into, [source])
    for one, other in ((into, source), (source, into)):
        with pytest.raises(Refusal) as refused:
            merging.merge(nuria, one, [other])
        assert refused.value.code == "merged"
    with pytest.raises(Refusal) as refused:
        merging.unmerge(stranger, source)
    assert now_of(source).state == "merged"


@pytest.fixture
def two_matters(account, nuria):
    case = a_case(account, by="lucia", at=ago(minutes=30), conversation="hilo")
    cases.claim(nuria, case)
    other = say(account, "Y además, la factura", by="lucia", at=ago(minutes=10), conversation="hilo")
    return now_of(case), other


def test_splitting_makes_a_case_with_a_promise_of_its_own(nuria, two_matters):
    case, other = two_matters
    new = merging.split(nuria, case, [other.pk])
    assert (new.number, new.subject, new.assignee) == (2, "Y además, la factura", nuria)
    assert new.person == case.person
    assert (due(new), new.awaits_us) == ([other.posted_at + timedelta(minutes=60)], True)
    assert (owed(case), now_of(case).messages.count()) == ([("first_answer", "open")], 1)
    assert now_of(new).due_at == due(new)[0]
    assert kinds(new) == ["case.opened"]
    assert kinds(case)[-1] == "case.split"


def test_split_and_merged_again_is_what_it_was(nuria, two_matters):
    case, other = two_matters
    before = picture(case)
    new = merging.split(nuria, case, [other.pk])
    merging.merge(nuria, case, [new])
    assert picture(case) == before


def test_what_was_answered_and_is_split_off_owes_nothing(account, nuria):
    case = a_case(account, by="lucia", at=ago(minutes=50))
    answered(account, case, minutes=30)
    question = say(account, "Otra pregunta", by="lucia", at=ago(minutes=10))
    answer = Message.objects.get(direction="out")
    first = case.messages.order_by("posted_at").first()
    new = merging.split(nuria, case, [first.pk, answer.pk])
    assert (new.awaits_us, owed(new), new.first_answered_at) == (False, [], answer.posted_at)
    assert owed(now_of(case)) != []
    assert now_of(case).messages.get() == question


def test_what_cannot_be_split(account, nuria, two_matters):
    case, _other = two_matters
    foreign = say(account, by="ana")
    everything = list(case.messages.values_list("pk", flat=True))
    nothing = "nothing_to_split"
    for chosen, code in (([], nothing), ([foreign.pk], nothing), (everything, "nothing_left")):
        with pytest.raises(Refusal) as refused:
            merging.split(nuria, case, chosen)
        assert refused.value.code == code
    assert Case.objects.count() == 2


def test_drafts_of_one_writer_become_one_text(account, nuria):
    into, source = busy(account, nuria, "ana"), busy(account, nuria, "eva")
    merging.merge(nuria, into, [source])
    assert Draft.objects.get().text == "Borrador para ana\n\nBorrador para eva"
