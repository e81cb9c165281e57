"""Published by mistake: reported, taken back, apologised for, reviewed, and never half done in silence."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from cortafuegos.inbox import interventions
from cortafuegos.inbox.actions import amends, cases, merging, mistakes, replies, withdrawing
from cortafuegos.inbox.actions.guarding import judge
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Intervention, Message, Mistake, Note, Reply
from cortafuegos.inbox.tests.people import a_brand, a_case, ago, an_agent, kinds, now_of, owed
from cortafuegos.inbox.tests.test_outbox import deliver, send

WHAT = "Salió con el nombre de otra persona"
SORRY = "Lucía, te pedimos perdón: esa respuesta es nuestra y no debió salir. ¿En qué te podemos ayudar?"


@pytest.fixture
def target(condor, sandbox):
    return sandbox.says(sandbox.account(condor))


@pytest.fixture
def said(nuria, target) -> Message:
    """An answer of ours that stands on the network."""
    return deliver(send(nuria, target)).message


@pytest.fixture
def sonia(condor):
    return an_agent(condor, "Sonia Vidal", "supervisor")


def report(actor, message, cause="person", what=WHAT) -> Mistake:
    return mistakes.report(actor, message, cause=cause, what=what)


def steps(mistake) -> list[str]:
    return [str(one) for one in amends.steps(Mistake.objects.select_related("message").get(pk=mistake.pk))]


def refused(verb, *args, **more) -> str:
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        verb(*args, **more)
    return refusal.value.code


def settle(nuria, mistake) -> None:
    for step in steps(mistake):
        mistakes.leave_out(nuria, mistake, step, "Ya hablamos por teléfono")


def test_reported_it_stands_in_the_case_with_a_note_and_an_event(nuria, target, said):
    mistake = report(nuria, said, what=f"  {WHAT}\n")
    assert (mistake.what, mistake.cause, mistake.agent) == (WHAT, "person", nuria)
    assert steps(mistake) == ["take_off", "apologise"]
    note = Note.objects.get()
    assert WHAT in note.text and "otra persona" in note.text and note.agent == nuria
    assert report(nuria, said, cause="tone", what="otra vez") == mistake
    assert (Mistake.objects.get().what, Note.objects.count()) == (WHAT, 1)
    event = Event.objects.get(kind="mistake.reported")
    assert (event.agent, event.data) == (
        nuria,
        {"mistake": mistake.pk, "message": said.pk, "cause": "person"},
    )
    assert WHAT not in str(list(Event.objects.values_list("data", flat=True)))


def test_only_what_we_said_with_a_cause_and_a_word(nuria, target, said):
    assert refused(report, nuria, target) == "not_ours"
    assert refused(report, nuria, said, cause="none") == "no_such_cause"
    assert refused(report, nuria, said, cause="x" * 50) == "no_such_cause"
    for empty in ("", " \n", "...", "\u200b"):
        assert refused(report, nuria, said, what=empty) == "needs_reason"
    assert not Mistake.objects.exists() and not Note.objects.exists()


def test_who_may_report_what(condor, nuria, sonia, target, said):
    carmen = an_agent(condor, "Carmen Paz")
    other = deliver(send(nuria, target, "Y te llamamos hoy")).message
    delia = an_agent(condor, "Delia Ruiz", "drafter")
    assert refused(report, carmen, said) == "not_yours"
    assert refused(report, delia, said) == "not_allowed"
    assert refused(report, an_agent(a_brand("nube"), "Olga Prieto", "owner"), said) == "no_such_message"
    Reply.objects.filter(message=said).update(drafted_by=carmen)
    assert report(carmen, said).agent == carmen  # its draft was hers
    assert report(sonia, other).agent == sonia
    Message.objects.filter(pk=said.pk).update(agent=None)
    Reply.objects.filter(message=said).delete()
    Mistake.objects.filter(message=said).delete()
    assert report(nuria, Message.objects.get(pk=said.pk))  # posted there by nobody knows whom


def test_taken_off_and_apologised_for_it_can_be_closed(nuria, sonia, sandbox, target, said):
    mistake = report(nuria, said)
    assert refused(mistakes.close, sonia, mistake, cause="person", learnt="Leer el nombre") == "open_mistake"
    wanted = withdrawing.withdraw(nuria, said, WHAT)
    assert "take_off" in steps(mistake), "asked for is not done"
    interventions.carry_out(wanted.pk)
    assert (sandbox.ours(), steps(mistake)) == ([""], ["apologise"])
    sorry = deliver(send(nuria, target, SORRY))
    mistake.refresh_from_db()
    assert (mistake.apology, mistake.apologised_at, steps(mistake)) == (sorry, sorry.sent_at, [])
    assert kinds(target.case).count("mistake.apologised") == 1
    assert refused(mistakes.leave_out, nuria, mistake, "apologise", "ya no") == "settled"
    assert refused(mistakes.close, nuria, mistake, cause="person", learnt="Leer") == "not_allowed"
    assert refused(mistakes.close, sonia, mistake, cause="person", learnt=" ") == "needs_reason"
    closed = mistakes.close(sonia, mistake, cause="unfinished", learnt="Leer el nombre")
    assert (closed.cause, closed.learnt, closed.closed_by) == ("unfinished", "Leer el nombre", sonia)
    assert refused(mistakes.close, sonia, mistake, cause="person", learnt="Otra") == "closed"


@pytest.mark.parametrize(
    ("text", "public", "counts"),
    [
        (SORRY, True, True),
        ("Lucía, aquí tienes el enlace que faltaba", True, False),
        ("Lucía, sentimos que te hayas sentido así", True, False),
        (SORRY, False, False),
    ],
)
def test_only_an_apology_where_it_was_read_is_one(condor, nuria, sandbox, target, said, text, public, counts):
    mistake = report(nuria, said)
    reply = Reply.objects.filter(message=said).get()
    words = {"text": text, "public": public, "target": target, "account": target.account}
    later = replies.send(nuria, target.case, **words, reason="así es mejor")
    assert later.pk > reply.pk
    assert "apologise" in steps(mistake), "what waits in the outbox has not been read"
    deliver(later)
    assert ("apologise" not in steps(mistake)) is counts


def test_what_was_said_before_apologises_for_nothing(nuria, target, said):
    before = send(nuria, target, SORRY)
    mistake = report(nuria, said)
    deliver(before)
    assert "apologise" in steps(mistake)


def test_a_withdrawal_that_fails_is_tried_again_or_done_by_hand(nuria, sandbox, target, said):
    mistake = report(nuria, said)
    sandbox.fault("server_error", times=50, on="DELETE /api/posts")
    failed = give_it_up(withdrawing.withdraw(nuria, said, WHAT))
    assert (failed.state, "take_off" in steps(mistake)) == ("failed", True)
    sandbox.heal()
    again = withdrawing.withdraw(nuria, said, WHAT)
    assert refused(mistakes.taken_off, nuria, mistake) == "under_way"
    interventions.carry_out(again.pk)
    assert "take_off" not in steps(mistake)
    mistakes.taken_off(nuria, mistake)
    assert [one.state for one in Intervention.objects.order_by("pk")] == ["failed", "done"]


def give_it_up(wanted: Intervention) -> Intervention:
    rows = Intervention.objects.filter(pk=wanted.pk)
    while rows.get().state == "waiting":
        rows.update(next_attempt_at=ago(seconds=1))
        interventions.carry_out(wanted.pk)
    return rows.get()


def test_taken_off_by_hand_it_is_gone_and_who_was_answered_by_it_waits_again(nuria, target, said):
    mistake = report(nuria, said)
    assert owed(now_of(target.case)) == []
    mistakes.taken_off(nuria, mistake)
    mistakes.taken_off(nuria, mistake)
    done = Intervention.objects.get()
    assert (done.state, done.agent, done.reason, done.attempts) == ("done", nuria, WHAT, 0)
    assert Message.objects.get(pk=said.pk).deleted_at is not None
    assert (now_of(target.case).awaits_us, owed(target.case)) == (True, [("answer", "open")])
    assert kinds(target.case).count("message.withdrawn") == 1


def test_the_case_is_not_closed_over_it(nuria, target, said):
    mistake = report(nuria, said)
    assert refused(cases.close, nuria, now_of(target.case)) == "open_mistake"
    assert refused(mistakes.leave_out, nuria, mistake, "apologise", " ") == "needs_reason"
    assert refused(mistakes.leave_out, nuria, mistake, "forget", "x") == "no_such_step"
    mistakes.leave_out(nuria, mistake, "take_off", "Ya está citada")
    assert refused(cases.close, nuria, now_of(target.case)) == "open_mistake"
    mistakes.leave_out(nuria, mistake, "apologise", "Ya hablamos por teléfono")
    assert cases.close(nuria, now_of(target.case)).state == "closed"
    mistake.refresh_from_db()
    assert (mistake.stays, mistake.unsaid) == ("Ya está citada", "Ya hablamos por teléfono")


def test_what_was_no_mistake_asks_for_nothing_more(nuria, sonia, target, said):
    mistake = report(nuria, said)
    mistakes.close(sonia, mistake, cause="none", learnt="El nombre era el suyo")
    assert steps(mistake) == []
    assert cases.close(nuria, now_of(target.case)).state == "closed"


def test_reported_in_a_closed_case_it_opens_it(nuria, target, said):
    cases.close(nuria, now_of(target.case))
    report(nuria, said)
    assert now_of(target.case).state == "open"


def test_the_guard_asks_for_the_apology_first_where_it_was_read(nuria, target, said):
    asked = {"target": target, "account": target.account, "agent": nuria}
    plain = "Lucía, aquí tienes el enlace que faltaba. ^NV"
    before = {one["rule"] for one in judge(plain, public=True, **asked)["findings"]}
    assert "apology-first" not in before
    mistake = report(nuria, said)
    found = {one["rule"] for one in judge(plain, public=True, **asked)["findings"]}
    assert "apology-first" in found
    assert "apology-first" not in {one["rule"] for one in judge(plain, public=False, **asked)["findings"]}
    assert judge(SORRY + " ^NV", public=True, **asked)["verdict"] == "pass"
    mistakes.leave_out(nuria, mistake, "apologise", "Ya hablamos")
    assert {one["rule"] for one in judge(plain, public=True, **asked)["findings"]} == before


def test_it_goes_along_with_a_merge_and_back(nuria, target, said):
    mistake = report(nuria, said)
    other = a_case(target.account, by="ana", at=ago(minutes=9))
    merging.merge(nuria, other, [now_of(target.case)])
    assert amends.unfinished(now_of(other))
    mistakes.leave_out(nuria, mistake, "apologise", "Ya hablamos")
    merging.unmerge(nuria, now_of(target.case))
    assert not amends.unfinished(now_of(other))
    mistakes.taken_off(nuria, mistake)
    assert not amends.unfinished(now_of(target.case))


def test_another_brand_touches_nothing(nuria, said):
    mistake = report(nuria, said)
    olga = an_agent(a_brand("nube"), "Olga Prieto", "owner")
    assert refused(mistakes.taken_off, olga, mistake) == "no_such_mistake"
    assert refused(mistakes.leave_out, olga, mistake, "apologise", "x") == "no_such_mistake"
    assert refused(mistakes.close, olga, mistake, cause="none", learnt="x") == "no_such_mistake"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["report", "close"])
def test_many_hands_at_once_do_it_once(nuria, sonia, said, what):
    mistake = None if what == "report" else report(nuria, said)
    if mistake:
        settle(nuria, mistake)
    start = threading.Barrier(4)
    told: list[str] = []

    def press() -> None:
        try:
            start.wait(10)
            if mistake is None:
                told.append(str(report(nuria, said).pk))
            else:
                mistakes.close(sonia, mistake, cause="person", learnt="Leer el nombre")
                told.append("done")
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            connection.close()

    hands = [threading.Thread(target=press) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(30)
    if mistake is None:
        assert len(told) == 4 and set(told) == {str(Mistake.objects.get().pk)}
        assert (Note.objects.count(), kinds(said.case).count("mistake.reported")) == (1, 1)
    else:
        assert sorted(told) == ["closed", "closed", "closed", "done"]
        assert kinds(said.case).count("mistake.closed") == 1
