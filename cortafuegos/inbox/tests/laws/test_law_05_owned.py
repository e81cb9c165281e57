"""Law 5: nothing leaves that the guard has not judged and somebody who may send does not own."""

from __future__ import annotations

import itertools
import re
import uuid
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import replies
from cortafuegos.inbox.actions.posture import set_posture
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Reply
from cortafuegos.inbox.tests.people import a_brand, ago, an_agent
from cortafuegos.team.certificates import Certificate, CertificateNeed
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, Role, may

_BY_HAND = """
INSERT INTO cortafuegos_reply (brand_id, case_id, conversation_id, account_id, target_id, agent_id, public,
       text, key, guard, state, reason, attempts, created_at, look_first, next_attempt_at, correlation)
VALUES (%s, %s, %s, %s, %s, %s, true, 'a mano', %s, %s, 'queued', '', 0, now(), false, now(), %s)
"""


def by_hand(target, agent, guard):
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_HAND,
            [
                *(target.brand_id, target.case_id, target.conversation_id, target.account_id, target.pk),
                *(agent, uuid.uuid4(), guard, uuid.uuid4()),
            ],
        )


VERDICTS = ["{}", "[]", "null", '"pass"', '["verdict"]', '{"verdict": null}', '{"verdict": "block"}',
            '{"verdict": "PASS"}', '{"verdict": true}', '{"verdict": ["pass"]}',
            '{"findings": []}', None]  # fmt: skip


@pytest.mark.parametrize("guard", VERDICTS)
def test_law_05_the_database_takes_nothing_unjudged(nuria, sandbox, condor, guard):
    target = sandbox.says(sandbox.account(condor))
    with pytest.raises(IntegrityError), transaction.atomic():
        by_hand(target, nuria.pk, guard)
    assert not Reply.objects.exists()


def test_law_05_the_database_takes_nothing_unowned(nuria, sandbox, condor):
    target = sandbox.says(sandbox.account(condor))
    with pytest.raises(IntegrityError), transaction.atomic():
        by_hand(target, None, '{"verdict": "pass"}')
    by_hand(target, nuria.pk, '{"verdict": "pass"}')  # so it is not the statement that is wrong
    delivery.deliver(Reply.objects.get().pk)
    assert sandbox.ours() == ["a mano"]


def test_law_05_no_role_that_may_not_send_gets_anything_out(condor, sandbox):
    account = sandbox.account(condor)
    for number, (role, active) in enumerate(itertools.product(Role, (True, False))):
        target = sandbox.says(account, by=f"persona{number}")
        who = an_agent(condor, f"Persona{number} Uno", role.value, active=active)
        if may(role, May.SEND) and active:
            continue
        with pytest.raises(Refusal) as refused:
            replies.send(who, target.case, text="Hola", public=True, target=target, account=account)
        assert refused.value.status == 403
    assert not Reply.objects.exists()


def test_law_05_what_is_blocked_never_reaches_the_outbox(nuria, condor, sandbox):
    target = sandbox.says(sandbox.account(condor))
    for text in ("", " \u200b ", "\u2060", "ñ" * 301):
        with pytest.raises(Refusal):
            replies.send(nuria, target.case, text=text, public=True, target=target, account=target.account)
    assert not Reply.objects.exists()


def test_law_05_what_was_sent_carries_its_verdict_and_its_owner(nuria, condor, sandbox):
    target = sandbox.says(sandbox.account(condor))
    reply = replies.send(nuria, target.case, text="Hola", public=True, target=target, account=target.account)
    delivery.deliver(reply.pk)
    reply.refresh_from_db()
    assert (reply.state, reply.guard["verdict"], reply.agent, reply.message.agent) == (
        "sent",
        "pass",
        nuria,
        nuria,
    )


# --- a certified person owns it: no verb gets round the licence -------------------------------


def asks_for(brand, kind="channel", value="sandbox"):
    CertificateNeed.objects.create(brand=brand, kind=kind, value=value)


def certified(agent, kind="channel", value="", **fields):
    return Certificate.objects.create(
        brand=agent.brand,
        agent=agent,
        kind=kind,
        value=value,
        course="escribir-en-publico",
        expires_at=fields.pop("expires_at", ago(days=-30)),
        **fields,
    )


def sends(agent, target, **more):
    return replies.send(
        agent, target.case, text="Hola", public=True, target=target, account=target.account, **more
    )


def refused(verb, *args, **named):
    with pytest.raises(Refusal) as refusal:
        verb(*args, **named)
    return refusal.value.status, refusal.value.code


NOT_CERTIFIED = (403, "not_certified")


@pytest.mark.parametrize("role", [role for role in Role if may(role, May.SEND)])
@pytest.mark.parametrize(("kind", "value"), [("channel", "sandbox"), ("channel", ""), ("language", "es")])
def test_law_05_without_the_certificate_nobody_sends_whatever_their_role(condor, sandbox, role, kind, value):
    target = sandbox.says(sandbox.account(condor))
    who = an_agent(condor, "Rosa Lima", role.value)
    asks_for(condor, kind, value)
    assert refused(sends, who, target) == NOT_CERTIFIED
    assert not Reply.objects.exists()
    certified(who, kind, value)
    delivery.deliver(sends(who, target).pk)
    assert sandbox.ours() == ["Hola"]


@pytest.mark.parametrize("flaw", ["expired", "withdrawn", "another network", "a colleague's"])
def test_law_05_a_certificate_that_does_not_count_opens_nothing(nuria, condor, sandbox, flaw):
    target = sandbox.says(sandbox.account(condor))
    asks_for(condor)
    if flaw == "expired":
        certified(nuria, issued_at=ago(days=60), expires_at=ago(seconds=1))
    elif flaw == "withdrawn":
        certified(nuria, withdrawn_at=ago(days=1), withdrawn_by=nuria, withdrawn_reason="Una falta")
    elif flaw == "another network":
        certified(nuria, value="mastodon")
    else:
        certified(an_agent(condor, "Rosa Lima"))
    assert refused(sends, nuria, target) == NOT_CERTIFIED


def test_law_05_another_brand_s_demands_and_certificates_are_not_ours(nuria, condor, sandbox):
    target = sandbox.says(sandbox.account(condor))
    elsewhere = a_brand("faro", "Faro Norte")
    asks_for(elsewhere)
    sends(nuria, target)  # what they ask for binds nobody here
    asks_for(condor)
    there = Agent.objects.create(brand=elsewhere, user=nuria.user, role="agent")
    certified(there)
    again = sandbox.says(target.account, by="otra")
    assert refused(sends, nuria, again) == NOT_CERTIFIED


def test_law_05_in_a_crisis_the_certificate_for_crises_is_asked_for(nuria, condor, sandbox):
    target = sandbox.says(sandbox.account(condor))
    supervisor = an_agent(condor, "Rosa Lima", "supervisor")
    asks_for(condor, "crisis", "crisis")
    certified(nuria)
    sends(nuria, target)  # calm
    set_posture(supervisor, "crisis")
    assert refused(sends, nuria, sandbox.says(target.account, by="otra")) == NOT_CERTIFIED
    certified(nuria, "crisis")
    sends(nuria, sandbox.says(target.account, by="tercera"))


def test_law_05_approving_a_draft_is_sending_it(nuria, condor, sandbox):
    """Neither does the writer's certificate serve for whoever presses, nor the other way round."""
    target = sandbox.says(sandbox.account(condor))
    writer = an_agent(condor, "Rosa Lima")
    asks_for(condor)
    certified(writer)
    assert refused(sends, nuria, target, drafted_by=writer) == NOT_CERTIFIED
    certified(nuria)
    assert sends(nuria, target, drafted_by=writer).agent == nuria


def test_law_05_a_press_repeated_after_the_withdrawal_sends_nothing_twice(nuria, condor, sandbox):
    target = sandbox.says(sandbox.account(condor))
    asks_for(condor)
    held = certified(nuria)
    key = uuid.uuid4()
    first = sends(nuria, target, key=key)
    held.expires_at = ago(seconds=1)
    held.issued_at = ago(days=2)
    held.save()
    assert sends(nuria, target, key=key) == first
    assert refused(sends, nuria, target, key=uuid.uuid4()) == NOT_CERTIFIED


def test_law_05_trying_again_is_sending(nuria, condor, sandbox):
    """Whoever tries again must hold the certificate, and answers for it from then on."""
    target = sandbox.says(sandbox.account(condor))
    rosa = an_agent(condor, "Rosa Lima")
    reply = sends(nuria, target)
    Reply.objects.filter(pk=reply.pk).update(state="failed", reason="La red no responde")
    asks_for(condor)
    assert refused(replies.retry, nuria, reply) == NOT_CERTIFIED
    assert refused(replies.retry, rosa, reply) == NOT_CERTIFIED
    certified(rosa)
    tried = replies.retry(rosa, reply)
    assert (tried.agent, tried.drafted_by) == (rosa, nuria)
    delivery.deliver(reply.pk)
    assert sandbox.ours() == ["Hola"]


def test_law_05_what_waits_in_the_outbox_does_not_leave_once_its_owner_lost_the_certificate(
    nuria, condor, sandbox
):
    """Queued, put back, held for a while: the licence is asked for again at the door."""
    target = sandbox.says(sandbox.account(condor))
    asks_for(condor)
    held = certified(nuria)
    reply = sends(nuria, target)
    held.withdrawn_at, held.withdrawn_by, held.withdrawn_reason = ago(seconds=1), nuria, "Una falta"
    held.save()
    delivery.deliver(reply.pk)
    reply.refresh_from_db()
    assert (sandbox.ours(), reply.state) == ([], "failed")
    assert reply.text == "Hola" and "certificado" in reply.reason


def test_law_05_no_other_verb_of_the_inbox_makes_a_reply():
    """Whoever adds a way to send must come through ``replies.send`` and its licence."""
    root = Path(replies.__file__).parents[1]
    makers = {
        str(path.relative_to(root))
        for path in root.rglob("*.py")
        if "tests" not in path.parts
        and re.search(r"Reply\.objects\.(bulk_)?create|(?<!class )\bReply\(", path.read_text())
    }
    assert makers == {"actions/replies.py"}
