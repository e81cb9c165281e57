"""Ending the relation with a person: who may, what is asked first, what becomes of their cases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import cases, clocks, labelling, promises, relations
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Event, Message, RelationStep
from cortafuegos.inbox.queries import counts, queues
from cortafuegos.inbox.queries.filters import Filter
from cortafuegos.inbox.queries.listing import page
from cortafuegos.inbox.receive import standing
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    an_account,
    an_agent,
    arrive,
    author,
    edit,
    kinds,
    now_of,
    owed,
    say,
)
from cortafuegos.kit import clock
from cortafuegos.people.models import Person

WHY, GRAVE = "Amenaza a quien le atiende", "La amenaza es grave"
ROBBED = "Me están robando ahora mismo, han vaciado mi cuenta, es un fraude"


@pytest.fixture
def sonia(condor):
    return an_agent(condor, "Sonia Vidal", "supervisor")


def refused(verb, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        verb(*args, **given)
    return refusal.value.code


def ended(sonia, person: Person) -> RelationStep:
    return relations.end(sonia, person, reason=WHY, override=GRAVE)


def our_answer(account, message: Message, text: str = "Así no podemos seguir hablando") -> Message:
    ours = author("condor", network_id=account.network_id)
    return say(account, text, by=ours, in_reply_to=message.network_id, conversation=message.conversation.key)


def press(message: Message, urgency: int = 3) -> None:
    """As a later reading finds it."""
    labels = {**message.labels, "intent": "complaint", "urgency": urgency, "needs_reply": True}
    Message.objects.filter(pk=message.pk).update(labels=labels)
    standing.refresh(message.brand_id, [message.case_id], clock.now())


def listed(agent, queue: str, wanted: Filter | None = None) -> list[int]:
    where = queues.find(queue)
    assert where
    return [c.pk for c in page(agent.brand_id, agent.pk, where, wanted or Filter(), clock.now()).cases]


# --- who, and after what ------------------------------------------------------------------


def test_only_a_supervisor_ends_and_resumes(condor, nuria, sonia, account):
    person = a_case(account).person
    eva = an_agent(condor, "Eva Directora", "drafter")
    for agent in (nuria, eva):
        assert refused(relations.end, agent, person, reason=WHY, override=GRAVE) == "not_allowed"
    ended(sonia, person)
    assert refused(relations.resume, nuria, person, reason="Ya está") == "not_allowed"
    sonia.active = False
    assert refused(relations.resume, sonia, person, reason="Ya está") == "not_allowed"


@pytest.mark.parametrize("reason", ["", "   ", "...", "\x00"])
def test_a_reason_is_asked_for_and_nothing_happens_without(sonia, account, reason):
    case = a_case(account)
    assert refused(relations.end, sonia, case.person, reason=reason, override=GRAVE) == "needs_reason"
    assert not now_of(case).quiet
    assert RelationStep.objects.count() == 0


def test_a_warning_first_or_a_word_why_not(nuria, sonia, account):
    said = say(account, "Sois unos inútiles")
    person = said.case.person
    assert refused(relations.end, sonia, person, reason=WHY) == "needs_warning"
    answer = our_answer(account, said)
    relations.warn(nuria, answer)
    relations.unwarn(nuria, answer)
    assert refused(relations.end, sonia, person, reason=WHY) == "needs_warning"
    relations.warn(nuria, answer)
    step = relations.end(sonia, person, reason=WHY, override="no hace falta")
    assert (step.override, step.data["warnings"]) == ("", 1)


def test_a_warning_of_before_does_not_serve_twice(nuria, sonia, account):
    said = say(account)
    person = said.case.person
    relations.warn(nuria, our_answer(account, said))
    relations.end(sonia, person, reason=WHY)
    relations.resume(sonia, person, reason="Se disculpó")
    assert refused(relations.end, sonia, person, reason=WHY) == "needs_warning"


def test_what_they_say_is_no_warning_and_twice_is_once(nuria, account):
    said = say(account)
    assert refused(relations.warn, nuria, said) == "not_ours"
    answer = our_answer(account, said)
    assert refused(relations.unwarn, nuria, answer) == "no_warning"
    assert relations.warn(nuria, answer) == relations.warn(nuria, answer)
    assert RelationStep.objects.count() == 1


def test_another_brand_has_no_say(sonia, account):
    andes = a_brand("andes", "Andes")
    person = a_case(an_account(andes, "andes")).person
    theirs = say(an_account(andes, "andes2"), by="x")
    assert refused(relations.end, sonia, person, reason=WHY, override=GRAVE) == "no_such_person"
    assert refused(relations.resume, sonia, person, reason=WHY) == "no_such_person"
    assert refused(relations.warn, sonia, our_answer(theirs.account, theirs)) == "not_ours"


def test_it_stays_on_record_for_ever(sonia, account):
    person = a_case(account).person
    first = ended(sonia, person)
    assert ended(sonia, person) == first
    relations.resume(sonia, person, reason="Se ha disculpado")
    assert relations.resume(sonia, person, reason="Otra vez") is None
    ended(sonia, person)
    told = RelationStep.objects.order_by("pk").values_list("kind", "reason", "agent")
    assert list(told) == [
        ("ended", WHY, sonia.pk),
        ("resumed", "Se ha disculpado", sonia.pk),
        ("ended", WHY, sonia.pk),
    ]
    logged = Event.objects.filter(kind__startswith="relation.").order_by("pk").values_list("kind", flat=True)
    assert list(logged) == ["relation.ended", "relation.resumed", "relation.ended"]
    assert WHY not in str(list(Event.objects.values_list("data", flat=True)))


# --- what becomes of their cases ----------------------------------------------------------


def test_ending_takes_their_cases_out_of_sight_and_off_the_clocks(nuria, sonia, account):
    mine = cases.claim(nuria, a_case(account))
    put_off = cases.snooze(nuria, a_case(account, by="lucia"), clock.now() + timedelta(hours=1))
    assert put_off.pk == mine.pk
    other = a_case(account, by="ana")
    ended(sonia, mine.person)
    quiet = now_of(mine)
    assert (quiet.quiet, quiet.due_at, owed(mine)) == (True, None, [])
    assert listed(nuria, "ended") == [mine.pk]
    assert listed(nuria, "snoozed") == listed(nuria, "mine") == []
    assert listed(nuria, "unassigned") == listed(nuria, "all") == [other.pk]
    found = counts.counts(sonia.brand_id, nuria.pk, [], clock.now())
    assert (found["mine"], found["unassigned"], found["ended"]) == (0, 1, 1)
    clocks.strike(clock.now() + timedelta(hours=2))
    assert (now_of(mine).state, now_of(mine).quiet) == ("open", True)


def test_whoever_searches_finds_them(nuria, sonia, account):
    case = a_case(account, "El mostrador del aeropuerto estaba cerrado")
    ended(sonia, case.person)
    assert listed(nuria, "all", Filter(q="aeropuerto")) == [case.pk]
    assert listed(nuria, "all", Filter(state="any")) == [case.pk]


def test_what_they_write_afterwards_is_kept_and_stays_out_of_sight(nuria, sonia, account):
    said = say(account)
    ended(sonia, said.case.person)
    again = say(account, "Sigo aquí", conversation=said.conversation.key)
    apart = say(account, "Y por aquí también")
    assert again.case_id == apart.case_id == said.case_id
    case = now_of(said.case)
    assert (case.quiet, case.awaits_us, case.due_at, owed(case)) == (True, True, None, [])
    assert case.look_after is not None, "the encoder reads them too"
    assert listed(nuria, "unassigned") == []


def test_a_closed_case_opens_quietly_and_a_new_one_is_quiet(nuria, sonia, account):
    said = say(account)
    cases.close(nuria, said.case)
    ended(sonia, said.case.person)
    assert not now_of(said.case).quiet
    say(account, "¿Hola?", conversation=said.conversation.key)
    reopened = now_of(said.case)
    assert (reopened.state, reopened.quiet, reopened.due_at, owed(reopened)) == ("open", True, None, [])
    cases.close(nuria, reopened)
    Case.objects.filter(pk=reopened.pk).update(closed_at=clock.now() - timedelta(days=30))
    new = say(account, "Otro día, otra queja").case
    assert (new.pk != reopened.pk, new.quiet, new.due_at, owed(new)) == (True, True, None, [])
    assert listed(nuria, "ended") == [new.pk]


def test_what_presses_gets_through_whenever_it_is_read(sonia, nuria, account):
    said = say(account)
    ended(sonia, said.case.person)
    again = say(account, "Otra cosa", conversation=said.conversation.key)
    press(again)
    case = now_of(said.case)
    assert (case.quiet, len(owed(case)), case.due_at is not None) == (False, 1, True)
    assert listed(nuria, "unassigned") == [case.pk]
    assert kinds(case)[-1] == "case.heard"
    # heard once, heard to the end: the answer to our question is no longer about a robbery
    say(account, "La tarjeta azul", conversation=said.conversation.key)
    assert not now_of(case).quiet


def test_urgent_at_once_in_a_new_case_and_in_an_old_one(sonia, nuria, account):
    first = say(account, ROBBED)
    assert first.labels["urgency"] == 3, "the text no longer presses: choose another"
    cases.close(nuria, first.case)
    ended(sonia, first.case.person)
    say(account, ROBBED, conversation=first.conversation.key)
    reopened = now_of(first.case)
    assert (reopened.state, reopened.quiet, len(owed(reopened))) == ("open", False, 1)
    cases.close(nuria, reopened)
    Case.objects.filter(pk=reopened.pk).update(closed_at=clock.now() - timedelta(days=30))
    new = say(account, ROBBED).case
    assert (new.quiet, len(owed(new)), new.due_at is not None) == (False, 1, True)


def test_an_edit_and_an_agents_word_wake_it_too(sonia, nuria, account):
    post = a_post("Hola")
    arrive(account, post)
    case = Case.objects.get()
    ended(sonia, case.person)
    arrive(account, edit(post, ROBBED, clock.now()))
    assert not now_of(case).quiet
    other = say(account, "Adiós", by="ana")
    ended(sonia, other.case.person)
    labelling.correct(nuria, Message.objects.get(pk=other.pk), "urgency", "3")
    assert (now_of(other.case).quiet, len(owed(other.case))) == (False, 1)


def test_what_presses_or_is_promised_is_not_put_away(sonia, nuria, account):
    pressing, promised = say(account, ROBBED), a_case(account, by="ana")
    promises.make(nuria, promised, due_at=clock.now() + timedelta(hours=3))
    for case in (pressing.case, promised):
        ended(sonia, case.person)
        assert not now_of(case).quiet
        assert owed(case)


def test_a_promise_brings_a_quiet_case_back_in_time(sonia, nuria, account):
    case = a_case(account)
    ended(sonia, case.person)
    promises.make(nuria, now_of(case), due_at=clock.now() + timedelta(hours=3))
    promises.strike(clock.now() + timedelta(hours=4))
    assert not now_of(case).quiet


def test_resuming_brings_everything_back_with_clocks_as_new(sonia, nuria, account):
    said = say(account)
    cases.close(nuria, said.case)
    ended(sonia, said.case.person)
    say(account, "¿Hola?", conversation=said.conversation.key)
    before = clock.now()
    relations.resume(sonia, said.case.person, reason="Se ha disculpado")
    case = now_of(said.case)
    assert (case.quiet, len(owed(case))) == (False, 1)
    assert case.due_at is not None
    assert case.due_at > before
    assert listed(nuria, "unassigned") == [case.pk]
    assert Person.objects.get().ended_at is None
    later = say(account, "Gracias", conversation=said.conversation.key)
    assert not now_of(later.case).quiet


def test_resuming_wakes_no_closed_case_and_owes_nothing_where_we_spoke_last(sonia, nuria, account):
    said = say(account)
    ended(sonia, said.case.person)
    our_answer(account, said, "Cerramos aquí")
    cases.close(nuria, now_of(said.case))
    relations.resume(sonia, said.case.person, reason="Se ha disculpado")
    case = now_of(said.case)
    assert (case.state, case.quiet, owed(case)) == ("closed", False, [])
    reopened = cases.reopen(nuria, case)
    assert owed(reopened) == []


def test_opened_by_hand_a_quiet_case_owes_nothing(sonia, nuria, account):
    case = a_case(account)
    ended(sonia, case.person)
    cases.close(nuria, now_of(case))
    again = cases.reopen(nuria, now_of(case))
    assert (again.quiet, again.due_at, owed(again)) == (True, None, [])
