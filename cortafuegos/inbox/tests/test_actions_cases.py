"""What an agent does with a case: the state, exactly one event, and who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import cases, clocks, notes
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline, Event, Note
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    ago,
    an_agent,
    arrive,
    due,
    kinds,
    now_of,
    owed,
)
from cortafuegos.kit import clock
from cortafuegos.team.actions import deactivate
from cortafuegos.team.models import Team

SOON = timedelta(hours=2)


@pytest.fixture
def bruno(condor):
    return an_agent(condor, "Bruno Silva")


def until():
    return clock.now() + SOON


VERBS = {
    "claim": lambda who, case: cases.claim(who, case),
    "release": lambda who, case: cases.release(who, case),
    "assign": lambda who, case: cases.assign(who, case, assignee=who),
    "tag": lambda who, case: cases.tag(who, case, add=["x"]),
    "snooze": lambda who, case: cases.snooze(who, case, until()),
    "wake": lambda who, case: cases.wake(who, case),
    "close": lambda who, case: cases.close(who, case),
    "reopen": lambda who, case: cases.reopen(who, case),
    "note": lambda who, case: notes.write(who, case, "Llamar mañana"),
    "bulk": lambda who, case: cases.bulk(who, [case.pk], "close"),
}


@pytest.mark.parametrize("verb", [v for v in VERBS if v != "bulk"])
def test_a_case_of_another_brand_is_not_there(case, verb):
    stranger = an_agent(a_brand("nube"), "Olga Prieto", "owner")
    before = Case.objects.values().get(pk=case.pk)
    with pytest.raises(Refusal) as refused:
        VERBS[verb](stranger, case)
    assert (refused.value.code, refused.value.status) == ("no_such_case", 404)
    assert Case.objects.values().get(pk=case.pk) == before
    assert cases.bulk(stranger, [case.pk], "close") == []


@pytest.mark.parametrize("verb", VERBS)
def test_who_left_does_nothing_more(condor, case, verb):
    gone = an_agent(condor, "Gil Soto", "owner", active=False)
    events = Event.objects.count()
    with pytest.raises(Refusal) as refused:
        VERBS[verb](gone, case)
    assert (refused.value.code, refused.value.status) == ("not_allowed", 403)
    assert Event.objects.count() == events


@pytest.mark.parametrize("verb", [v for v in VERBS if v != "note"])
def test_a_drafter_writes_and_works_no_case(condor, case, verb):
    delia = an_agent(condor, "Delia Ruiz", "drafter")
    with pytest.raises(Refusal) as refused:
        VERBS[verb](delia, case)
    assert refused.value.status == 403
    assert now_of(case).version == case.version
    assert notes.write(delia, case, "Yo sí anoto").agent == delia


@pytest.mark.parametrize("verb", [v for v in VERBS if v not in ("bulk", "reopen")])
def test_work_goes_on_where_a_merged_case_went(condor, nuria, account, case, verb):
    from cortafuegos.inbox.actions import merging

    other = a_case(account, by="ana")
    merging.merge(nuria, other, [case])
    with pytest.raises(Refusal) as refused:
        VERBS[verb](nuria, case)
    assert refused.value.code == "merged"


def test_of_two_who_claim_one_has_it(nuria, bruno, case):
    assert cases.claim(nuria, case).assignee == nuria
    with pytest.raises(Refusal) as refused:
        cases.claim(bruno, case)
    assert refused.value.code == "taken"
    assert "Nuria Vidal" in str(refused.value.sentence)
    assert cases.claim(nuria, case).assignee == nuria
    assert kinds(case)[2:] == ["case.claimed"]


def test_giving_a_case_to_a_person_a_team_and_nobody(condor, nuria, bruno, case):
    team = Team.objects.create(brand=condor, name="Equipajes")
    case = cases.assign(nuria, case, assignee=bruno, team=team)
    assert (case.assignee, case.team) == (bruno, team)
    cases.assign(nuria, case, assignee=bruno, team=team)  # nothing new: nothing recorded
    case = cases.release(nuria, case)
    assert (case.assignee, case.team) == (None, team)
    assert kinds(case)[2:] == ["case.assigned", "case.assigned"]
    event = Event.objects.filter(case=case, kind="case.assigned").latest("pk")
    assert event.data["from"]["assignee"] == bruno.pk


def test_nobody_is_given_to_who_left_or_who_is_elsewhere(condor, nuria, case):
    gone = an_agent(condor, "Gil Soto", active=False)
    nube = a_brand("nube")
    for target in (
        {"assignee": gone},
        {"assignee": an_agent(nube, "Olga Prieto")},
        {"assignee": None, "team": Team.objects.create(brand=nube, name="Red")},
    ):
        with pytest.raises(Refusal) as refused:
            cases.assign(nuria, case, **target)
        assert refused.value.status == 422
    assert kinds(case) == ["case.opened", "message.received"]


@pytest.mark.parametrize(
    ("names", "kept"),
    [
        (["  Equipaje   PERDIDO "], ["equipaje perdido"]),
        (["a\0b", "a\ud83d"], ["ab", "a\N{REPLACEMENT CHARACTER}"]),
        (["x" * 90], ["x" * 40]),
        (["", "  ", "\0"], []),
        (["uno", "UNO", "dos"], ["uno", "dos"]),
    ],
)
def test_tags_are_tidied(nuria, case, names, kept):
    assert now_of(cases.tag(nuria, case, add=names)).tags == kept


def test_tags_come_and_go_and_have_a_limit(nuria, case):
    cases.tag(nuria, case, add=["uno", "dos"])
    case = cases.tag(nuria, case, add=["tres", "dos"], remove=["UNO"])
    assert case.tags == ["dos", "tres"]
    cases.tag(nuria, case, add=["dos"], remove=["nunca"])
    assert kinds(case)[2:] == ["case.tagged"] * 2
    with pytest.raises(Refusal) as refused:
        cases.tag(nuria, case, add=[str(n) for n in range(19)])
    assert refused.value.code == "too_many_tags"
    assert now_of(case).tags == ["dos", "tres"]


def test_a_case_sleeps_and_is_woken(nuria, case):
    promised = owed(case)
    case = cases.snooze(nuria, case, until())
    assert (case.state, owed(case)) == ("snoozed", promised)
    assert Deadline.objects.get(case=case, kind="snooze").state == "open"
    case = cases.wake(nuria, case)
    assert (case.state, case.snoozed_until) == ("open", None)
    assert Deadline.objects.get(case=case, kind="snooze").state == "cancelled"
    cases.wake(nuria, case)
    assert kinds(case)[2:] == ["case.snoozed", "case.woken"]


def test_sleep_has_an_end_to_come_and_is_not_for_closed_cases(nuria, case):
    for moment in (ago(seconds=1), clock.now()):
        with pytest.raises(Refusal) as refused:
            cases.snooze(nuria, case, moment)
        assert refused.value.code == "past"
    with pytest.raises(ValueError, match="zone"):
        cases.snooze(nuria, case, until().replace(tzinfo=None))
    cases.close(nuria, case)
    with pytest.raises(Refusal) as refused:
        cases.snooze(nuria, case, until())
    assert refused.value.code == "closed"


def test_a_sleep_that_is_put_off_is_one_sleep(nuria, case):
    cases.snooze(nuria, case, until())
    later = until() + SOON
    cases.snooze(nuria, case, later)
    assert Deadline.objects.get(case=case, kind="snooze").due_at == later


@pytest.mark.parametrize("missed", [False, True])
def test_what_was_owed_when_it_was_closed_is_owed_again(nuria, account, missed):
    case = a_case(account, at=ago(hours=2) if missed else ago(minutes=5))
    clocks.strike(clock.now())
    before = owed(case), due(case), now_of(case).due_at
    case = cases.close(nuria, case)
    assert (case.state, case.due_at, owed(case)) == ("closed", None, [])
    case = cases.reopen(nuria, case)
    assert (case.state, case.closed_at) == ("open", None)
    assert (owed(case), due(case), now_of(case).due_at) == before
    assert clocks.strike(clock.now()) == 0, "a promise is missed once"
    assert kinds(case).count("deadline.missed") == int(missed)
    assert kinds(case)[-2:] == ["case.closed", "case.reopened"]


def test_closing_twice_and_reopening_what_is_open_change_nothing(nuria, case):
    cases.reopen(nuria, case)
    cases.close(nuria, case)
    cases.close(nuria, case)
    assert kinds(case)[2:] == ["case.closed"]


def test_closing_a_sleeper_ends_its_sleep(nuria, case):
    cases.snooze(nuria, case, until())
    case = cases.close(nuria, case)
    assert case.snoozed_until is None
    assert clocks.strike(clock.now() + 2 * SOON) == 0
    assert now_of(case).state == "closed"


def test_the_clock_wakes_sleepers_and_tells_what_was_missed_once(nuria, case):
    cases.snooze(nuria, case, until())
    version = now_of(case).version
    later = clock.now() + timedelta(hours=3)
    assert clocks.strike(later) == 2
    assert clocks.strike(later) == 0
    case = now_of(case)
    assert (case.state, case.snoozed_until, owed(case)) == ("open", None, [("first_answer", "missed")])
    assert case.version > version, "a page that shows it must know that it changed"
    assert sorted(kinds(case)[3:]) == ["case.woken", "deadline.missed"]


def test_many_cases_at_once_and_each_for_itself(condor, nuria, bruno, account):
    mine, taken, merged = (a_case(account, by=name) for name in ("ana", "eva", "leo"))
    cases.claim(bruno, taken)
    outcome = dict(cases.bulk(nuria, [mine.pk, taken.pk, 10**9], "claim"))
    assert {case.pk: refusal and refusal.code for case, refusal in outcome.items()} == {
        mine.pk: None,
        taken.pk: "taken",
    }
    assert now_of(mine).assignee == nuria
    cases.bulk(nuria, [mine.pk, merged.pk], "tag", add=["huelga"])
    assert Case.objects.filter(tags=["huelga"]).count() == 2


@pytest.mark.parametrize(
    ("ids", "verb", "code"), [([1], "delete", "no_such_verb"), (range(501), "close", "too_many")]
)
def test_bulk_has_limits(nuria, ids, verb, code):
    with pytest.raises(Refusal) as refused:
        cases.bulk(nuria, list(ids), verb)
    assert refused.value.code == code


@pytest.mark.parametrize(("text", "code"), [(" \n", "empty"), ("x" * 20_001, "too_long")])
def test_notes_that_are_no_notes(nuria, case, text, code):
    with pytest.raises(Refusal) as refused:
        notes.write(nuria, case, text)
    assert refused.value.code == code
    assert not Note.objects.exists()


def test_a_note_is_kept_as_written_and_no_event_quotes_it(nuria, case):
    note = notes.write(nuria, case, "Ojo\0: <b>prensa</b>")
    assert note.text == "Ojo␀: <b>prensa</b>"
    assert Event.objects.get(kind="note.written").data == {"note": note.pk}


def test_a_message_after_the_close_reopens_and_owes_anew(nuria, account, case):
    cases.close(nuria, case)
    arrive(account, a_post("Sigo sin maleta", by="lucia", conversation=case.messages.get().conversation.key))
    case = now_of(case)
    assert (case.state, owed(case)) == ("open", [("first_answer", "open")])
    assert case.due_at == due(case)[0]


def test_whoever_leaves_gives_back_what_they_had(condor, account, bruno):
    lucia = an_agent(condor, "Lucía Fontán", role="owner")
    team = Team.objects.create(brand=condor, name="Equipajes")
    open_one, later, done = (a_case(account, by=name) for name in ("ana", "luis", "eva"))
    cases.assign(lucia, open_one, assignee=bruno, team=team)
    for case in (later, done):
        cases.claim(bruno, case)
    cases.snooze(bruno, now_of(later), until())
    cases.close(bruno, now_of(done))
    before = now_of(open_one).version
    deactivate(lucia, bruno)
    assert (now_of(open_one).assignee, now_of(open_one).team) == (None, team)
    assert now_of(open_one).version == before + 1
    assert (now_of(later).assignee, now_of(later).state) == (None, "snoozed")
    assert now_of(done).assignee == bruno, "who closed it stays on record"
    assert [event.agent for event in Event.objects.filter(case=later, kind="case.assigned")] == [lucia]
