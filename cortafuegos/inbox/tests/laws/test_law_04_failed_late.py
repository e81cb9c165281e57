"""Law 4, the other way round: an answer that the network failed after taking it is never left as sent,
also when that is told in the very moment in which we write down that it was sent."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from cortafuegos.channels.capabilities import Status, Step
from cortafuegos.channels.contract import Sent
from cortafuegos.inbox.actions import following, outbox, replies
from cortafuegos.inbox.intake import front_of
from cortafuegos.inbox.models import Reply
from cortafuegos.inbox.receive.following import Told, follow
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, an_agent
from cortafuegos.kit import clock

pytestmark = pytest.mark.django_db(transaction=True)


def test_law_04_no_late_failure_goes_unseen(sandbox):
    brand = a_brand()
    account, nuria = sandbox.account(brand, "candid"), an_agent(brand)
    sent_first = 0
    for n in range(25):
        target = sandbox.says(account, by=f"persona{n}")
        reply = replies.send(nuria, target.case, text=f"Uno {n}", public=True, target=target, account=account)
        held = outbox.claim(reply.pk, clock.now())
        assert held is not None
        name = f"candid:{n}"
        failed = Told(front_of(account), Status(Step.FAILED, clock.now(), name, reason="Lejos"))

        def settle(held: Reply = held, name: str = name) -> None:
            outbox.settle_sent(held, Sent(name), clock.now())

        def told(failed: Told = failed) -> None:
            with transaction.atomic():
                follow([failed], clock.now())

        together(settle, told, told) if n % 2 else together(told, settle)
        sent_first += Reply.objects.get(pk=reply.pk).state == "sent"
        jobs = ProcrastinateJob.objects.filter(task_name__endswith="inbox.jobs.turn", status="todo")
        asked = {job.args["reply_id"] for job in jobs}
        assert reply.pk in asked, "it failed, and nobody looks after it"
        together(*[lambda pk=reply.pk: following.turn(brand.pk, pk, clock.now())] * 3)
        assert Reply.objects.get(pk=reply.pk).state == "failed"
        assert reply.case.events.filter(brand=brand, kind="reply.failed").count() == 1
    assert sent_first == 25, "turning it is the job's business"
