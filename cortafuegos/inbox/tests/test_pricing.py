"""What an answer costs is known before it is written; at the cap only the urgent is answered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from cortafuegos.channels import meter, registry
from cortafuegos.channels.models import Account, Spending
from cortafuegos.channels.tests import networks
from cortafuegos.inbox import delivery, pricing
from cortafuegos.inbox.actions import replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Reply
from cortafuegos.inbox.tests.people import ago
from cortafuegos.kit import clock


@pytest.fixture
def hall(sandbox):
    with networks.known():
        yield registry.connector("hall")


@pytest.fixture
def desk(condor, sandbox, hall):
    return sandbox.account(condor, "hall", monthly_cap_cents=100)


@pytest.fixture
def target(sandbox, desk):
    return sandbox.says(desk)


def press(nuria, target, text="Ya la buscamos") -> Reply:
    account = Account.objects.get(pk=target.account_id)
    case = Case.objects.get(pk=target.case_id)
    return replies.send(nuria, case, text=text, public=True, target=target, account=account)


def deliver(reply: Reply) -> Reply:
    Reply.objects.filter(pk=reply.pk, state="queued").update(next_attempt_at=ago(seconds=1))
    delivery.deliver(reply.pk)
    return Reply.objects.get(pk=reply.pk)


def spend(desk, amount: str) -> None:
    meter.note(desk, "write", Decimal(amount), clock.now())


def urgent(target) -> None:
    Case.objects.filter(pk=target.case_id).update(urgency=3)


def test_an_answer_is_paid_for_once_however_often_it_is_tried(nuria, sandbox, target):
    sandbox.fault("lose_answer", on="POST /api/posts")
    reply = deliver(press(nuria, target, "Mira https://condor.example"))
    assert not Spending.objects.exists(), "nobody knows yet"
    reply = deliver(reply)
    assert reply.state == "sent"
    deliver(reply)
    paid = Spending.objects.get()
    assert (paid.kind, paid.count, paid.amount, paid.currency) == ("write", 1, Decimal("0.25"), "USD")


def test_a_link_is_dearer_and_free_networks_have_no_price(condor, sandbox, target, desk):
    assert pricing.price(desk, target, "Hola", public=True) == Decimal("0.01")
    assert pricing.price(desk, target, "https://condor.example", public=True) == Decimal("0.25")
    free = sandbox.account(condor, "sandbox", "gratis")
    assert pricing.price(free, target, "Hola", public=True) is None
    assert pricing.price_words(free, target, "Hola", public=True) == ""


def test_at_the_cap_the_ordinary_is_refused_with_a_reason_and_the_urgent_goes(nuria, desk, target):
    spend(desk, "0.995")
    with pytest.raises(Refusal) as refused:
        press(nuria, target)
    assert "1" in str(refused.value.sentence)
    assert not Reply.objects.exists()
    urgent(target)
    assert deliver(press(nuria, target)).state == "sent"


def test_what_still_fits_goes(nuria, desk, target):
    spend(desk, "0.99")
    assert deliver(press(nuria, target)).state == "sent"
    assert meter.budget(desk, clock.now()).spent == 1


def test_what_waited_while_the_money_ran_out_is_shown_and_can_go_later(nuria, sandbox, desk, target):
    reply = press(nuria, target)
    spend(desk, "5")
    reply = deliver(reply)
    assert (reply.state, sandbox.ours()) == ("failed", [])
    assert reply.reason
    Account.objects.filter(pk=desk.pk).update(monthly_cap_cents=10_000)
    assert deliver(replies.retry(nuria, reply)).state == "sent"


def test_without_a_cap_nothing_is_refused(nuria, desk, target):
    spend(desk, "1000000")
    Account.objects.filter(pk=desk.pk).update(monthly_cap_cents=None)
    assert deliver(press(nuria, target)).state == "sent"


def test_one_that_may_be_there_already_is_looked_for_whatever_it_costs(nuria, sandbox, desk, target):
    """Money that ran out between two attempts must not turn what arrived into what failed."""
    sandbox.fault("lose_answer", on="POST /api/posts")
    reply = deliver(press(nuria, target))
    spend(desk, "5")
    assert deliver(reply).state == "sent"
    assert len(sandbox.ours()) == 1


def test_the_price_is_shown_while_one_writes(nuria, desk, target):
    client = Client()
    client.force_login(nuria.user)
    case = target.case
    said = {
        "mode": "public",
        "text": "Mira https://condor.example",
        "target_public": target.pk,
        "account_public": desk.pk,
    }
    url = f"/b/{desk.brand.slug}/cases/{case.number}/check"
    page = client.post(url, said).content.decode()
    assert "0,25 USD" in page
    assert "0,01 USD" in client.post(url, {**said, "text": "Hola"}).content.decode()
