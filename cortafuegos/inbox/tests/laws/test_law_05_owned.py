"""Law 5: nothing leaves that the guard has not judged and somebody who may send does not own."""

from __future__ import annotations

import itertools
import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Reply
from cortafuegos.inbox.tests.people import an_agent
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
