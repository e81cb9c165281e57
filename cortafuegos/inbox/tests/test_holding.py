"""Holding back: a moment to take a reply back, which nothing stretches, skips or loses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from cortafuegos.inbox import delivery, holding
from cortafuegos.inbox.actions import cases, deciding, merging, outbox, replies, turns
from cortafuegos.inbox.actions import holding as verbs
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Draft, Reply
from cortafuegos.inbox.tests.people import NOON, a_brand, a_case, ago, an_agent, author, kinds, now_of, say
from cortafuegos.kit import clock

SECOND = timedelta(seconds=1)


@pytest.fixture
def sonia(condor):
    return an_agent(condor, "Sonia Vidal", "supervisor")


@pytest.fixture
def target(sandbox, condor):
    return sandbox.says(sandbox.account(condor))


def send(nuria, target, text="Ya la buscamos", **wanted) -> Reply:
    wanted = {"public": True, "target": target, "account": target.account} | wanted
    return replies.send(nuria, now_of(target.case), text=text, **wanted)


def its_time(reply: Reply) -> None:
    """The hold is over."""
    Reply.objects.filter(pk=reply.pk).update(held_until=ago(seconds=1), next_attempt_at=ago(seconds=1))


def job_of(reply: Reply):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT scheduled_at, lock FROM procrastinate_jobs WHERE args->>'reply_id' = %s", [str(reply.pk)]
        )
        return cursor.fetchall()


@pytest.mark.parametrize(
    ("seconds", "found"), [(0, None), (-3, None), (1, 1), (10, 10), (60, 60), (61, 60), (9999, 60)]
)
def test_the_moment_it_leaves(seconds, found):
    assert holding.until(NOON, seconds) == (None if found is None else NOON + found * SECOND)


@pytest.mark.parametrize(
    ("ends_in", "left"), [(None, 0), (-5.0, 0), (0.0, 0), (0.1, 1), (1.0, 1), (7.3, 8), (60.0, 60)]
)
def test_what_is_left_is_rounded_up(ends_in, left):
    until = None if ends_in is None else NOON + ends_in * SECOND
    assert holding.left(until, NOON) == left


def test_it_does_not_leave_before_its_time_and_does_then(nuria, sonia, sandbox, target):
    deciding.set_hold(sonia, 60)
    reply = send(nuria, target)
    assert reply.held_until - reply.created_at == 60 * SECOND
    assert job_of(reply) == [(reply.held_until, f"conversation-{reply.conversation_id}")]
    for now in (clock.now(), reply.held_until - SECOND):
        assert outbox.claim(reply.pk, now) is None
        assert turns.waiting(now) == []
    assert turns.waiting(reply.held_until, grace=2 * SECOND) == [reply.pk], "held ones get no more grace"
    its_time(reply)
    delivery.deliver(reply.pk)
    assert sandbox.ours() == ["Ya la buscamos"]


def test_zero_leaves_at_once(nuria, sonia, sandbox, target):
    deciding.set_hold(sonia, 0)
    reply = send(nuria, target)
    assert (reply.held_until, job_of(reply)[0][0]) == (None, None)
    delivery.deliver(reply.pk)
    assert sandbox.ours() == ["Ya la buscamos"]


def test_a_brand_that_chose_nothing_has_what_the_installation_says(condor, settings):
    settings.HOLD_SECONDS = 10
    assert verbs.seconds_of(condor.pk) == 10
    other = a_brand("nube")
    deciding.set_hold(an_agent(other, "Olga Prieto", "owner"), 3)
    assert (verbs.seconds_of(other.pk), verbs.seconds_of(condor.pk)) == (3, 10)


@pytest.mark.parametrize("seconds", [-1, 61, 10_000])
def test_nobody_waits_longer_than_a_minute(sonia, seconds):
    with pytest.raises(Refusal):
        deciding.set_hold(sonia, seconds)
    assert verbs.seconds_of(sonia.brand_id) == 0


def test_agents_do_not_set_it(nuria):
    with pytest.raises(Refusal) as refused:
        deciding.set_hold(nuria, 30)
    assert refused.value.status == 403


def test_taken_back_its_words_are_the_draft_again(nuria, sonia, sandbox, target):
    deciding.set_hold(sonia, 30)
    reply = send(nuria, target)
    assert replies.cancel(nuria, reply).state == "cancelled"
    assert Draft.objects.get(agent=nuria).text == "Ya la buscamos"
    its_time(reply)
    delivery.deliver(reply.pk)
    assert (sandbox.ours(), turns.waiting(clock.now())) == ([], [])


def test_sent_now_what_was_pressed_before_it_goes_first(nuria, sonia, sandbox, target):
    deciding.set_hold(sonia, 60)
    first, second = send(nuria, target, "Uno"), send(nuria, target, "Dos")
    elsewhere = send(nuria, sandbox.says(target.account, by="otra"), "De otra persona")
    verbs.let_go(nuria, second)
    assert turns.waiting(clock.now()) == [first.pk], "one after the other"
    delivery.deliver(second.pk)
    assert sandbox.ours() == []
    for reply in (first, second):
        delivery.deliver(reply.pk)
    assert sandbox.ours() == ["Uno", "Dos"]
    assert kinds(now_of(target.case)).count("reply.let_go") == 2
    elsewhere.refresh_from_db()
    assert elsewhere.state == "queued"
    with pytest.raises(Refusal) as refused:
        verbs.let_go(nuria, second)
    assert refused.value.code == "not_held"


def test_a_shorter_hold_overtakes_nothing(nuria, sonia, sandbox, target):
    deciding.set_hold(sonia, 60)
    first = send(nuria, target, "Uno")
    deciding.set_hold(sonia, 0)
    second = send(nuria, target, "Dos")
    delivery.deliver(second.pk)
    assert sandbox.ours() == []
    its_time(first)
    delivery.deliver(first.pk)
    delivery.deliver(second.pk)
    assert sandbox.ours() == ["Uno", "Dos"]


def test_merged_meanwhile_it_goes_along_and_can_be_taken_back(nuria, sonia, sandbox, target):
    deciding.set_hold(sonia, 60)
    reply = send(nuria, target)
    other = a_case(target.account, by="ana")
    merging.merge(nuria, other, [now_of(target.case)])
    client = Client()
    client.force_login(nuria.user)
    base = f"/b/{nuria.brand.slug}/cases/{target.case.number}"  # the page from before the merge
    assert client.post(f"{base}/replies/{reply.pk}/cancellation").status_code == 200
    reply.refresh_from_db()
    assert (reply.state, reply.case_id) == ("cancelled", other.pk)
    assert Draft.objects.get(agent=nuria).case_id == other.pk


def test_closed_meanwhile_it_still_leaves(nuria, sonia, sandbox, target):
    deciding.set_hold(sonia, 60)
    reply = send(nuria, target)
    cases.close(nuria, now_of(target.case))
    its_time(reply)
    delivery.deliver(reply.pk)
    assert sandbox.ours() == ["Ya la buscamos"]
    assert now_of(target.case).state == "closed"


def test_taken_back_from_a_closed_case_opens_it(nuria, sonia, target):
    deciding.set_hold(sonia, 60)
    reply = send(nuria, target)
    cases.close(nuria, now_of(target.case))
    replies.cancel(nuria, reply)
    case = now_of(target.case)
    assert (case.state, case.awaits_us) == ("open", True), "its customer has no answer"


def test_another_brand_lets_nothing_go(sonia, nuria, target):
    deciding.set_hold(sonia, 60)
    reply = send(nuria, target)
    with pytest.raises(Refusal):
        verbs.let_go(an_agent(a_brand("nube"), "Olga Prieto"), reply)
    reply.refresh_from_db()
    assert reply.held_until > clock.now()


FORM = {
    "hold": "25", "minutes": "5", "approvers": "crisis", "everybody": "1",
    "network": "all", "networks": ["sandbox"], "reach": "off", "followers": "5000",
    "posture": "public", "alarm": "watch", "urgency": "all", "level": "2",
    "warning": "public", "warning_from": "calm",
}  # fmt: skip
WRONG = [
    *({"hold": wrong} for wrong in ("", "-1", "61", "diez", "1e9", "٣")),
    *({"minutes": wrong} for wrong in ("", "0", "241")),
    {"network": "loud"}, {"networks": ["nowhere"]}, {"followers": "0"}, {"level": ""}, {"alarm": "calm"},
    {"approvers": "boss"},
]  # fmt: skip


def chosen(agent):
    kept = deciding.policy_of(agent.brand_id)
    return kept.hold_seconds, kept.approval_minutes, kept.approver_certificate, kept.approval_rules


def test_the_settings_are_kept_and_wrong_ones_change_nothing(nuria, sonia, account):
    client, address = Client(), f"/b/{nuria.brand.slug}/settings/answering"
    client.force_login(sonia.user)
    assert client.post(address, FORM).status_code == 302
    policy = deciding.policy_of(nuria.brand_id)
    before = (
        policy.hold_seconds,
        policy.approval_minutes,
        policy.approver_certificate,
        policy.approval_rules,
    )
    assert before[:3] == (25, 5, "crisis")
    assert before[3]["networks"] == ["sandbox"]
    assert (before[3]["level"], before[3]["everybody"]) == (2, True)
    html = client.get(address).content.decode()
    assert 'value="25"' in html and 'value="5000"' in html
    for wrong in WRONG:
        client.post(address, FORM | wrong)
        assert chosen(nuria) == before, wrong
    client.force_login(nuria.user)
    assert client.get(address).status_code in (403, 404)


def test_the_page_counts_down(nuria, sonia, target):
    client, base = Client(), f"/b/{nuria.brand.slug}"
    deciding.set_hold(sonia, 25)
    reply = send(nuria, target)
    client.force_login(nuria.user)
    case = f"{base}/cases/{target.case.number}"
    html = client.get(case).content.decode()
    assert 'data-leaves="25"' in html and "Recuperar" in html and "Sale en 25 s" in html
    assert client.post(f"{case}/replies/{reply.pk}/release").status_code == 200
    assert "data-leaves" not in client.get(case).content.decode()
    assert client.post(f"{case}/replies/{reply.pk}/release").status_code == 409


def test_a_message_that_came_while_it_was_held_is_owed_an_answer_of_its_own(nuria, sonia, target):
    deciding.set_hold(sonia, 60)
    reply = send(nuria, target)
    her = author("lucia", network_id=target.identity.network_id)
    later = say(target.account, "¿Hay alguien?", by=her, conversation=target.conversation.key)
    assert later.case_id == target.case_id
    its_time(reply)
    delivery.deliver(reply.pk)
    assert now_of(target.case).awaits_us
