"""What happens while an answer waits: the customer, a merge, a colleague, the clock, another brand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import approvals, cases, deciding, merging, overdue
from cortafuegos.inbox.models import Draft, Event, Message, Reply
from cortafuegos.inbox.tests import asking
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    an_agent,
    arrive,
    deletion,
    kinds,
    now_of,
    say,
)
from cortafuegos.kit import clock

sonia, strict, target = asking.sonia, asking.strict, asking.target
WORDS = asking.WORDS
refused, send = asking.refused, asking.send


def test_the_customer_wrote_again(nuria, sonia, strict, target):
    waiting = send(nuria, target)
    again = say(target.account, "Ya está, gracias", by="lucia", conversation=target.conversation.key)
    assert refused(approvals.approve, sonia, waiting) == "wrote_again"
    assert refused(approvals.approve, sonia, waiting, seen=target.pk) == "wrote_again"
    assert approvals.approve(sonia, waiting, seen=again.pk).text == WORDS


def test_the_message_was_deleted(nuria, sonia, strict, account):
    post = a_post(by="lucia")
    arrive(account, post)
    target = a_case_of(account, post)
    waiting = send(nuria, target)
    arrive(account, deletion(post))
    assert refused(approvals.approve, sonia, waiting) == "deleted"


def a_case_of(account, post):
    return Message.objects.get(brand=account.brand, network_id=post.network_id)


def test_merged_meanwhile(nuria, sonia, strict, account, target):
    other = a_case(account, by="ana")
    waiting = send(nuria, target)
    merging.merge(nuria, other, [now_of(target.case)])
    assert now_of(other).proposed
    assert not now_of(target.case).proposed
    reply = approvals.approve(sonia, waiting)
    assert (reply.case_id, reply.state) == (other.pk, "queued")
    assert not now_of(other).proposed


def test_separated_again_it_goes_back(nuria, strict, account, target):
    other = a_case(account, by="ana")
    waiting = send(nuria, target)
    merging.merge(nuria, other, [now_of(target.case)])
    merging.unmerge(nuria, now_of(target.case))
    waiting.refresh_from_db()
    assert waiting.case_id == target.case_id
    assert (now_of(target.case).proposed, now_of(other).proposed) == (True, False)


def test_somebody_else_has_the_case_now(condor, nuria, sonia, strict, target):
    waiting = send(nuria, target)
    bruno = an_agent(condor, "Bruno Silva")
    cases.assign(sonia, now_of(target.case), assignee=bruno)
    assert refused(approvals.approve, sonia, waiting) == "taken"
    cases.assign(sonia, now_of(target.case), assignee=sonia)
    assert approvals.approve(sonia, waiting).agent == nuria


def test_its_writer_takes_it_back(condor, nuria, sonia, strict, target):
    waiting = send(nuria, target)
    assert refused(approvals.take_back, sonia, waiting) == "not_yours"
    approvals.take_back(nuria, waiting)
    assert Draft.objects.get(agent=nuria).text == WORDS
    assert refused(approvals.approve, sonia, waiting) == "decided"
    assert refused(approvals.take_back, nuria, waiting) == "decided"
    assert not now_of(target.case).proposed


def test_what_came_back_is_dealt_with_by_sending_or_leaving_it(nuria, sonia, strict, target):
    approvals.give_back(sonia, send(nuria, target), "Con más calma")
    assert now_of(target.case).returned
    send(nuria, target, public=False)
    assert not now_of(target.case).returned
    waiting = send(nuria, target)
    approvals.give_back(sonia, waiting, "Otra vez")
    approvals.take_back(nuria, waiting)
    assert not now_of(target.case).returned


# --- its own clock ------------------------------------------------------------------------------------


def test_its_time_passes_once_and_nothing_leaves(nuria, strict, target):
    waiting = send(nuria, target)
    assert overdue.strike(waiting.due_at - timedelta(seconds=1)) == 0
    assert overdue.strike(waiting.due_at) == 1
    assert overdue.strike(waiting.due_at + timedelta(hours=1)) == 0
    assert kinds(target.case).count("approval.overdue") == 1
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    assert not Reply.objects.exists()


def test_what_is_decided_is_never_late(nuria, sonia, strict, target):
    waiting = send(nuria, target)
    approvals.give_back(sonia, waiting, "Otra cosa")
    assert overdue.strike(clock.now() + timedelta(days=1)) == 0


# --- brands ---------------------------------------------------------------------------------------------


def test_another_brand_neither_sees_nor_decides(nuria, strict, target):
    waiting = send(nuria, target)
    olga = an_agent(a_brand("nube"), "Olga Prieto", "owner")
    for verb in (approvals.approve, approvals.take_back):
        assert refused(verb, olga, waiting) == "no_such_approval"
    assert refused(approvals.give_back, olga, waiting, "no") == "no_such_approval"


@pytest.mark.parametrize("role", ["agent", "drafter"])
def test_agents_do_not_set_the_rules(condor, role):
    assert refused(deciding.set_hold, an_agent(condor, "Ana Paz", role), 5) == "not_allowed"


def test_a_wrong_policy_is_refused(sonia):
    good = {"hold_seconds": 5, "approval_minutes": 5, "rules": deciding.approving.Rules()}
    for wrong in ({"hold_seconds": 61}, {"approval_minutes": 0}, {"approver_certificate": "boss"}):
        assert refused(deciding.save_policy, sonia, **{**good, **wrong}) in ("no_such_time", "no_such_rule")
    nowhere = deciding.approving.Rules(networks=frozenset({"nowhere"}))
    assert refused(deciding.save_policy, sonia, **{**good, "rules": nowhere}) == "no_such_rule"
    assert not Event.objects.filter(kind="answering.set").exists()
