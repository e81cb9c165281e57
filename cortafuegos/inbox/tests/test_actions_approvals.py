"""Answers that wait for a second person: who decides, and in whose name it leaves."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cortafuegos.inbox.actions import approvals, deciding, drafts, policy, replies
from cortafuegos.inbox.actions.posture import set_posture
from cortafuegos.inbox.approving import Where
from cortafuegos.inbox.models import Approval, Draft, Event, Reply
from cortafuegos.inbox.tests import asking
from cortafuegos.inbox.tests.people import an_agent, kinds, now_of
from cortafuegos.people.models import Identity
from cortafuegos.team.certificates import CertificateNeed

sonia, strict, delia, target = asking.sonia, asking.strict, asking.delia, asking.target
WORDS, SHOUTED = asking.WORDS, asking.SHOUTED
certify, refused, send, wanted = asking.certify, asking.refused, asking.send, asking.wanted


def test_what_no_rule_asks_for_leaves(nuria, target):
    assert isinstance(send(nuria, target), Reply)
    assert not Approval.objects.exists()


def test_what_waits_is_no_reply_and_no_door_stands_beside(nuria, strict, target):
    waiting = send(nuria, target)
    assert isinstance(waiting, Approval)
    assert (waiting.state, waiting.reasons, waiting.text) == ("waiting", ["network"], WORDS)
    assert waiting.due_at - waiting.asked_at == timedelta(minutes=10)
    assert refused(replies.send, nuria, now_of(target.case), **wanted(target)) == "needs_approval"
    assert not Reply.objects.exists()
    case = now_of(target.case)
    assert (case.proposed, case.approve_by, case.assignee) == (True, waiting.due_at, nuria)
    assert isinstance(send(nuria, target, public=False), Reply), "the rule is of public ones"


def test_the_same_press_twice_is_one_request_and_one_reply(nuria, sonia, strict, target):
    key = uuid4()
    first, again = send(nuria, target, key=key), send(nuria, target, key=key)
    assert first.pk == again.pk
    reply = approvals.approve(sonia, first)
    assert send(nuria, target, key=key) == reply
    assert (Reply.objects.count(), Approval.objects.count()) == (1, 1)


def test_approved_as_it_is_it_leaves_in_its_writer_s_name(nuria, sonia, strict, target):
    reply = approvals.approve(sonia, send(nuria, target))
    assert (reply.agent, reply.drafted_by, reply.text) == (nuria, None, WORDS)
    held = Approval.objects.get()
    assert (held.state, held.decided_by, held.reply) == ("approved", sonia, reply)
    assert not now_of(target.case).proposed
    assert kinds(target.case)[-2:] == ["reply.queued", "approval.given"]


def test_with_other_words_whoever_chose_them_owns_it(nuria, sonia, strict, target):
    reply = approvals.approve(sonia, send(nuria, target), text="La buscamos ahora mismo")
    assert (reply.agent, reply.drafted_by, reply.text) == (sonia, nuria, "La buscamos ahora mismo")
    assert Event.objects.get(kind="approval.given").data["edited"] is True
    assert Approval.objects.get().text == WORDS, "what was asked stays on record"


def test_nobody_approves_their_own(sonia, strict, target):
    deciding.set_rules(sonia, everybody=True)
    waiting = send(sonia, target)
    assert isinstance(waiting, Approval)
    assert refused(approvals.approve, sonia, waiting) == "own"
    assert refused(approvals.give_back, sonia, waiting, "no") == "own"
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=waiting.pk).update(state="approved", decided_by=sonia)
    assert not Reply.objects.exists()


def test_who_decides_writes_without_asking(sonia, strict, target):
    assert isinstance(send(sonia, target), Reply)


def test_a_colleague_does_not_decide(condor, nuria, strict, target):
    waiting = send(nuria, target)
    bruno = an_agent(condor, "Bruno Silva")
    assert refused(approvals.approve, bruno, waiting) == "not_approver"
    assert refused(approvals.give_back, bruno, waiting, "no") == "not_approver"


def test_the_certificate_that_the_brand_names_makes_an_approver(condor, nuria, sonia, strict, target):
    policy_ = deciding.policy_of(condor.pk)
    bruno = an_agent(condor, "Bruno Silva")
    certify(bruno, "crisis")
    waiting = send(nuria, target)
    assert refused(approvals.approve, bruno, waiting) == "not_approver"
    policy_.approver_certificate = "crisis"
    policy_.save()
    assert approvals.approve(bruno, waiting).agent == nuria


def test_an_approver_without_the_certificate_of_the_network_decides_nothing(nuria, sonia, strict, target):
    CertificateNeed.objects.create(brand=nuria.brand, kind="channel", value="sandbox")
    certify(nuria)
    waiting = send(nuria, target)
    assert refused(approvals.approve, sonia, waiting) == "not_certified"
    assert refused(approvals.give_back, sonia, waiting, "no") == "not_certified"
    certify(sonia)
    assert approvals.approve(sonia, waiting).agent == nuria


def test_a_writer_who_lost_the_certificate_meanwhile_does_not_own_it(nuria, sonia, strict, target):
    waiting = send(nuria, target)
    CertificateNeed.objects.create(brand=nuria.brand, kind="channel", value="")
    certify(sonia)
    reply = approvals.approve(sonia, waiting)
    assert (reply.agent, reply.drafted_by) == (sonia, nuria)


def test_a_writer_who_left_owns_nothing_and_gets_nothing_back(nuria, sonia, strict, target):
    first = send(nuria, target)
    second = send(nuria, target, text="Y otra cosa")
    nuria.active = False
    nuria.save()
    assert approvals.approve(sonia, first).agent == sonia
    approvals.give_back(sonia, second, "No hace falta")
    assert not Draft.objects.exists()
    assert not now_of(target.case).returned


# --- drafters -----------------------------------------------------------------------------------


def test_what_a_director_writes_is_owned_by_who_may_send_it(delia, nuria, target):
    waiting = approvals.ask(delia, target.case, **wanted(target))
    assert waiting.reasons == ["role"]
    assert now_of(target.case).assignee is None
    reply = approvals.approve(nuria, waiting)
    assert (reply.agent, reply.drafted_by) == (nuria, delia)


def test_a_director_s_words_where_a_rule_speaks_need_one_who_decides(delia, nuria, sonia, strict, target):
    waiting = approvals.ask(delia, target.case, **wanted(target))
    assert set(waiting.reasons) == {"role", "network"}
    assert refused(approvals.approve, nuria, waiting) == "not_approver"
    assert approvals.approve(sonia, waiting).agent == sonia


def test_a_rule_that_came_later_holds_for_what_waits(delia, nuria, sonia, target):
    waiting = approvals.ask(delia, target.case, **wanted(target))
    deciding.set_rules(sonia, network=Where.PUBLIC)
    assert refused(approvals.approve, nuria, waiting) == "not_approver"


def test_it_may_be_refused_with_a_word(delia, nuria, target):
    waiting = approvals.ask(delia, target.case, **wanted(target))
    for empty in ("", "  ", "...", "\u200b"):
        assert refused(approvals.give_back, nuria, waiting, empty) == "needs_reason"
    approvals.give_back(nuria, waiting, "Mejor por privado")
    case = now_of(target.case)
    assert (case.proposed, case.returned) == (False, True)
    assert Draft.objects.get(agent=delia).text == WORDS
    approvals.ask(delia, case, **wanted(target, text="Otra vez"))
    case = now_of(target.case)
    assert (case.proposed, case.returned) == (True, False)


def test_what_the_guard_blocks_a_director_may_hand_over_and_nobody_sends(delia, nuria, target):
    waiting = approvals.ask(delia, target.case, **wanted(target, text="Su DNI 12345678Z ya consta"))
    assert refused(approvals.approve, nuria, waiting, reason="porque sí") == "sensitive-data"
    assert approvals.approve(nuria, waiting, text=WORDS).text == WORDS


def test_a_colleague_without_the_certificate_hands_over(nuria, sonia, target):
    CertificateNeed.objects.create(brand=nuria.brand, kind="channel", value="")
    certify(sonia)
    assert refused(send, nuria, target) == "not_certified"
    waiting = approvals.ask(nuria, target.case, **wanted(target))
    assert waiting.reasons == ["certificate"]
    assert approvals.approve(sonia, waiting).agent == sonia


def test_the_draft_as_it_stands_is_handed_over(delia, nuria, target):
    drafts.keep(delia, target.case, mode="public", text=WORDS)
    waiting = approvals.propose(delia, target.case)
    assert (waiting.target, waiting.account, waiting.text) == (target, target.account, WORDS)
    assert not Draft.objects.exists()
    assert refused(approvals.propose, delia, now_of(target.case)) == "empty"
    assert refused(approvals.ask, delia, target.case, **wanted(target, text=" ")) == "empty"


def test_who_may_send_can_ask_all_the_same(condor, nuria, target):
    waiting = approvals.ask(nuria, target.case, **wanted(target, text=SHOUTED))
    assert waiting.reasons == ["asked"]
    bruno = an_agent(condor, "Bruno Silva")
    assert refused(approvals.approve, bruno, waiting) == "needs_reason"
    assert approvals.approve(bruno, waiting, reason="así se llama").agent == nuria


# --- judged again ---------------------------------------------------------------------------------


def test_a_warning_passed_over_in_a_crisis_is_seen_by_two(nuria, sonia, target):
    assert isinstance(send(nuria, target, text=SHOUTED, reason="el producto"), Reply)
    set_posture(sonia, "crisis")
    waiting = send(nuria, target, text=SHOUTED, reason="el producto")
    assert waiting.reasons == ["warning"]
    reply = approvals.approve(sonia, waiting)
    assert reply.guard["override"]["reason"] == "el producto"


def test_crisis_raises_the_bar_for_reach(nuria, sonia, target):
    Identity.objects.filter(pk=target.identity_id).update(followers=20_000)
    target.identity.refresh_from_db()
    assert isinstance(send(nuria, target), Reply)
    set_posture(sonia, "crisis")
    waiting = send(nuria, target)
    assert waiting.reasons == ["reach"]


def test_a_rule_of_the_guard_that_is_new_needs_a_reason_of_the_approver(nuria, sonia, strict, target):
    policy.save_policy(sonia, rules={"shouting": "note"})
    waiting = send(nuria, target, text=SHOUTED)
    policy.save_policy(sonia, rules={"shouting": "warn"})
    assert refused(approvals.approve, sonia, waiting) == "needs_reason"
    assert approvals.approve(sonia, waiting, reason="así se llama").guard["override"]["rules"] == ["shouting"]


def test_blocked_since_it_does_not_leave(nuria, sonia, strict, target):
    waiting = send(nuria, target, text=SHOUTED, reason="el producto")
    policy.save_policy(sonia, rules={"shouting": "block"})
    assert refused(approvals.approve, sonia, waiting) == "shouting"
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
