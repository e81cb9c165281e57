"""What became of our answers, told late, twice, in any order, and of messages that are nobody's."""

from __future__ import annotations

import itertools
import json
from datetime import datetime

import pytest
from django.utils import translation

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Step
from cortafuegos.inbox import delivery, fate, intake
from cortafuegos.inbox.actions import cases, following, merging, replies
from cortafuegos.inbox.models import Case, DeliveryStatus, Message, Reply
from cortafuegos.inbox.queries.thread import thread
from cortafuegos.inbox.tests.people import a_brand, ago, an_account, kinds, now_of, owed
from cortafuegos.inbox.tests.test_intake import states, store
from cortafuegos.kit import clock

SENT, FAILED, DELIVERED, READ = Step
WHY = "Han pasado más de 24 horas."


@pytest.fixture
def desk(condor, sandbox):
    return sandbox.account(condor, "candid")


@pytest.fixture
def target(sandbox, desk):
    return sandbox.says(desk)


@pytest.fixture
def reply(nuria, target) -> Reply:
    return deliver(send(nuria, target))


def send(nuria, target, text="Ya la buscamos") -> Reply:
    return replies.send(nuria, target.case, text=text, public=True, target=target, account=target.account)


def deliver(reply: Reply) -> Reply:
    Reply.objects.filter(pk=reply.pk, state="queued").update(next_attempt_at=ago(seconds=1))
    delivery.deliver(reply.pk)
    return Reply.objects.get(pk=reply.pk)


def said(*steps: Step, at: datetime | None = None, **more: str) -> bytes:
    """A push that tells so."""
    told = [[int(step), (at or clock.now()).isoformat(), more] for step in steps]
    return json.dumps({"told": told}).encode()


def tell(account, *steps: Step, at: datetime | None = None, **more: str) -> None:
    """One push with these statuses, taken as the worker does, and the jobs that it made."""
    store(account, said(*steps, at=at, **more))
    intake.take()
    follow_up(account)


def follow_up(account) -> None:
    for reply in Reply.objects.filter(brand=account.brand):
        following.turn(account.brand_id, reply.pk, clock.now())


def step_of(reply: Reply) -> tuple[int, str]:
    found = DeliveryStatus.objects.get(network_id=reply.message.network_id)
    return found.step, found.reason


def test_read_stays_read_whatever_comes_when(reply, desk):
    orders = set(itertools.permutations([SENT, FAILED, DELIVERED, READ, DELIVERED]))
    for turn in range(5):
        store(desk, *(said(order[turn], network_id=f"candid:{n}") for n, order in enumerate(orders)))
        intake.take()
    assert set(DeliveryStatus.objects.exclude(step=SENT).values_list("step", "reason")) == {(READ, "")}
    assert DeliveryStatus.objects.count() == len(orders) + 1
    tell(desk, *orders.pop(), network_id=reply.message.network_id)
    assert step_of(reply) == (READ, "")
    assert Reply.objects.get(pk=reply.pk).state == "sent"
    assert not now_of(reply.case).failed


def test_the_thread_says_how_far_it_got(reply, desk):
    with translation.override("es"):
        for step, word in ((DELIVERED, "Entregado"), (READ, "Leído")):
            tell(desk, step, network_id=reply.message.network_id)
            status = thread(reply.case).statuses[reply.message_id]
            shown = fate.fate(reply, desk, clock.now(), may_send=True, status=status)
            assert (shown.state, shown.icon) == ("sent", "check-check")
            assert word in shown.words
            assert shown.words.startswith("Salió")


def test_a_late_failure_opens_the_case_again_and_cries(nuria, reply, desk):
    cases.close(nuria, now_of(reply.case))
    assert not now_of(reply.case).awaits_us
    tell(desk, FAILED, network_id=reply.message.network_id, reason=WHY)
    failed, case = Reply.objects.get(pk=reply.pk), now_of(reply.case)
    assert (failed.state, failed.reason) == ("failed", WHY)
    assert (case.state, case.failed, case.awaits_us, case.first_answered_at) == ("open", True, True, None)
    assert owed(case) == [("first_answer", "open")]
    assert case.due_at > clock.now()
    assert kinds(case)[-2:] == ["reply.failed", "case.reopened"]
    with translation.override("es"):
        shown = fate.fate(failed, desk, clock.now(), may_send=True)
    assert (shown.retry, shown.words) == (True, f"No entregado: {WHY}")
    told = kinds(case)
    tell(desk, FAILED, FAILED, network_id=reply.message.network_id, reason=WHY)
    assert kinds(now_of(reply.case)) == told, "said again, it means nothing"


def test_a_failure_after_another_answer_got_through_owes_nothing(nuria, sandbox, reply, desk):
    second = deliver(send(nuria, reply.target, "Ya está en su casa"))
    tell(desk, FAILED, network_id=reply.message.network_id, reason=WHY)
    case = now_of(reply.case)
    assert (case.failed, case.awaits_us, owed(case)) == (True, False, [])
    assert Reply.objects.get(pk=second.pk).state == "sent"


def test_what_was_delivered_after_all_did_not_fail(reply, desk):
    tell(desk, FAILED, network_id=reply.message.network_id, reason=WHY)
    tell(desk, DELIVERED, network_id=reply.message.network_id)
    mended, case = Reply.objects.get(pk=reply.pk), now_of(reply.case)
    assert (mended.state, mended.reason, mended.message) == ("sent", "", reply.message)
    assert (case.failed, case.awaits_us, owed(case)) == (False, False, [])
    tell(desk, FAILED, network_id=reply.message.network_id, reason=WHY)
    assert Reply.objects.get(pk=reply.pk).state == "sent"


def test_tried_again_it_is_another_message_and_the_thread_keeps_both(nuria, sandbox, reply, desk):
    first = reply.message
    tell(desk, FAILED, network_id=first.network_id, reason=WHY, key=str(reply.key))
    with translation.override("es"):
        line = fate.reached(thread(reply.case).statuses[first.pk], clock.now())
    assert line is not None
    assert line.words == f"No entregado: {WHY}"
    again = replies.retry(nuria, Reply.objects.get(pk=reply.pk))
    assert (again.message, now_of(reply.case).failed) == (None, False)
    follow_up(desk)
    sent = deliver(again)
    assert sent.state == "sent"
    assert sent.message != first
    assert Message.objects.filter(direction="out").count() == 2


def test_told_before_our_own_answer_came_it_is_not_lost(nuria, sandbox, target, desk, monkeypatch):
    """The push overtakes the answer to our call: the message is nobody's yet."""
    reply = send(nuria, target)
    candid = type(registry.connector("candid"))
    real = candid.send

    def overtaken(self, account, outgoing):
        sent = real(self, account, outgoing)
        tell(desk, FAILED, network_id=sent.network_id, reason=WHY)
        return sent

    monkeypatch.setattr(candid, "send", overtaken)
    sent = deliver(reply)
    assert sent.state == "sent"
    follow_up(desk)  # the job that settling it made
    assert Reply.objects.get(pk=reply.pk).state == "failed"
    assert now_of(target.case).failed


def test_a_lost_answer_is_found_by_the_key_that_comes_back(nuria, sandbox, target, desk):
    sandbox.fault("lose_answer", on="POST /api/posts")
    lost = deliver(send(nuria, target))
    assert (lost.state, lost.look_first) == ("queued", True)
    tell(desk, DELIVERED, network_id="candid:77", key=str(lost.key))
    found = deliver(lost)
    assert (found.state, found.message.network_id) == ("sent", "candid:77")
    assert sandbox.ours() == ["Ya la buscamos"]


@pytest.mark.parametrize("looked", [False, True])
def test_an_unknown_fate_is_known_when_the_key_comes_back(nuria, sandbox, target, desk, looked):
    sandbox.fault("lose_answer", on="POST /api/posts")
    lost = deliver(deliver(send(nuria, target)))
    assert (lost.state, now_of(target.case).failed) == ("unknown", True)
    if looked:  # too early, and in the wrong place
        replies.settle(nuria, lost, sent=False)
    tell(desk, SENT, network_id="candid:77", key=str(lost.key))
    assert Reply.objects.get(pk=lost.pk).state == "sent"
    assert (now_of(target.case).failed, now_of(target.case).awaits_us) == (False, False)
    tell(desk, FAILED, network_id="candid:77", key=str(lost.key), reason=WHY)
    assert Reply.objects.get(pk=lost.pk).state == "failed"


def test_all_until_then(nuria, sandbox, target, desk):
    """Some networks say up to when the other side has read."""
    sent = [deliver(send(nuria, target, text)) for text in ("Uno", "Dos", "Tres")]
    Message.objects.filter(direction="out").update(public=False)
    private = target.conversation
    private.public = False
    private.save()
    cut = sent[1].message.posted_at
    tell(desk, READ, at=cut, conversation=private.key)
    told = dict(DeliveryStatus.objects.values_list("network_id", "step"))
    assert [told[r.message.network_id] for r in sent] == [READ, READ, SENT]
    tell(desk, READ, at=cut, conversation="an exchange of nobody")
    private.public = True
    private.save()
    tell(desk, READ, at=clock.now(), conversation=private.key)
    told = dict(DeliveryStatus.objects.values_list("network_id", "step"))
    assert [told[r.message.network_id] for r in sent] == [READ, READ, SENT], "only of private exchanges"


@pytest.mark.parametrize("key", ["", "k-1", "\0", "é" * 40, "{}", "6f1b4c52-8e0c-4f6c-9f3e-0a6d1f6f9a11"])
def test_what_is_nobodys_is_kept_and_harms_nobody(reply, desk, key, capsys):
    before = (kinds(reply.case), Reply.objects.get(pk=reply.pk).state, Case.objects.count())
    tell(desk, DELIVERED, FAILED, network_id="candid:\0" + "x" * 3000, reason="\0 why", key=key)
    tell(desk, READ, at=clock.now().replace(year=2090), network_id="candid:of-the-future", key=key)
    assert (kinds(reply.case), Reply.objects.get(pk=reply.pk).state, Case.objects.count()) == before
    assert {state for state, _ in states()} == {"done"}
    assert all(at <= clock.now() for at in DeliveryStatus.objects.values_list("at", flat=True))


def test_another_brands_statuses_change_nothing_here(reply, desk):
    other = an_account(a_brand("lumbre", "Lumbre"), network="candid", credentials={"token": "x"})
    tell(other, FAILED, network_id=reply.message.network_id, key=str(reply.key), reason=WHY)
    follow_up(desk)
    assert Reply.objects.get(pk=reply.pk).state == "sent"


def test_a_case_in_bed_is_woken(nuria, reply, desk):
    cases.snooze(nuria, now_of(reply.case), ago(hours=-5))
    tell(desk, FAILED, network_id=reply.message.network_id, reason=WHY)
    case = now_of(reply.case)
    assert (case.state, case.snoozed_until) == ("open", None)
    assert kinds(case)[-1] == "case.woken"
    assert not case.deadlines.filter(kind="snooze", done_at=None).exists()


def test_merged_and_split_it_still_waits_for_an_answer_that_arrives(nuria, sandbox, condor, reply, desk):
    """An answer that failed on its way answers nobody, in whichever case it comes to stand."""
    tell(desk, FAILED, network_id=reply.message.network_id, reason=WHY)
    other = sandbox.says(desk, "Y otra cosa", by="otro")
    into = other.case
    merging.merge(nuria, into, [now_of(reply.case)])
    assert (now_of(into).awaits_us, now_of(into).first_answered_at) == (True, None)
    merging.unmerge(nuria, now_of(reply.case))
    back = now_of(reply.case)
    assert (back.awaits_us, back.first_answered_at, [kind for kind, *_ in owed(back)]) == (
        True,
        None,
        ["first_answer"],
    )
    tell(desk, DELIVERED, network_id=reply.message.network_id)
    merging.merge(nuria, into, [now_of(reply.case)])
    merging.unmerge(nuria, now_of(reply.case))
    assert not now_of(reply.case).awaits_us
