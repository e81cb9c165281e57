"""Tokens that rotate: renewed once, kept at once, never lost, and loudly when it fails."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction

from cortafuegos.channels import actions, health, polling, registry, renewing
from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.channels.tests import networks
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, ago, an_account
from cortafuegos.kit import clock


@pytest.fixture
def hall():
    with networks.known():
        yield registry.connector("hall")


def ending(brand, **fields) -> Account:
    """An account whose access ends in a minute."""
    soon = clock.now() + timedelta(minutes=1)
    return an_account(
        brand,
        network="hall",
        config={"address": "http://127.0.0.1:9", "ends": soon.timestamp()},
        credentials={"token": "sbx_1", "refresh": 0},
        expires_at=soon,
        **fields,
    )


@pytest.fixture
def account(hall, db):
    return ending(a_brand())


def again(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def test_what_ends_soon_is_renewed_and_what_does_not_is_left(hall, account):
    assert renewing.renew(account)
    found = again(account)
    assert found.credentials == {"token": "sbx_1", "refresh": 1}
    assert found.config["address"] == "http://127.0.0.1:9", "what a person set stays"
    assert found.expires_at - clock.now() > timedelta(hours=1)
    assert found.state == "ok"
    assert renewing.renew(account), "asked with what we knew before"
    assert renewing.renew(found)
    assert hall.tokens.given == 1


def test_an_access_of_two_hours_that_renews_itself_alarms_nobody(account):
    renewing.renew(account)
    found = again(account)
    actions.mark_ok(found)
    assert again(account).state == "ok"
    assert health.overview(account.brand).alarms == ()
    assert health.condition(again(account)).renews


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Refused("The app was removed."), "refused"),
        (SendError("It does not answer.", permanent=False), "expiring"),
        (ValueError("secret-in-an-error"), "expiring"),
    ],
)
def test_a_failure_is_an_alarm_and_mends_itself(hall, account, error, state):
    hall.tokens.error = error
    polling.check_up(again(account))
    found = again(account)
    assert found.state == state
    assert found.state_reason
    assert "secret-in-an-error" not in found.state_reason
    assert [alarm.account for alarm in health.overview(account.brand).alarms] == [account]
    assert found.credentials["refresh"] == 0
    hall.tokens.error = None
    assert renewing.renew(found)
    assert again(account).state == "ok"
    assert health.overview(account.brand).alarms == ()


def test_the_tokens_of_another_account_are_not_taken(hall, account):
    hall.tokens.gives = "hall:them"
    assert not renewing.renew(again(account))
    assert again(account).credentials == {"token": "sbx_1", "refresh": 0}
    assert again(account).state == "refused"


def test_nobody_renews_what_is_paused_or_removed(hall, account):
    for fields in ({"state": "paused"}, {"state": "ok", "removed_at": clock.now()}):
        Account.objects.filter(pk=account.pk).update(**fields)
        assert renewing.renew(again(account))
    assert hall.tokens.given == 0


@pytest.mark.django_db(transaction=True)
def test_many_workers_renew_once(hall):
    account = ending(a_brand())
    assert together(*(lambda: renewing.renew(again(account)) for _ in range(6))) == [True] * 6
    assert hall.tokens.given == 1
    assert again(account).credentials["refresh"] == 1


@pytest.mark.django_db(transaction=True)
def test_while_it_is_renewed_messages_are_still_kept(hall):
    """The lock is not against new receipts, which point to the account."""
    account = ending(a_brand())
    hall.tokens.answer.clear()
    kept = threading.Event()

    def store():
        hall.tokens.asked.wait(30)
        Receipt.objects.create(brand=account.brand, account=account, key="k", body=b"")
        kept.set()
        hall.tokens.answer.set()

    together(lambda: renewing.renew(again(account)), store)
    assert kept.is_set()
    assert again(account).credentials["refresh"] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("renewed_meanwhile", [False, True])
def test_a_database_that_goes_away_with_the_only_copy_loses_nothing(hall, monkeypatch, renewed_meanwhile):
    """The network has answered; the connection is cut before the answer is written. Whoever asked may
    hold an account from before another renewed it."""
    account = ending(a_brand())
    if renewed_meanwhile:
        renewing.renew(again(account))
        Account.objects.filter(pk=account.pk).update(expires_at=ago(hours=3), config=account.config)
    exchange = hall.tokens.exchange

    def and_then_cut(number):
        found = exchange(number)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]

        def cut():
            with connection.cursor() as other:
                other.execute("SELECT pg_terminate_backend(%s)", [pid])

        together(cut)
        return found

    monkeypatch.setattr(hall.tokens, "exchange", and_then_cut)
    assert renewing.renew(account)
    assert again(account).credentials["refresh"] == 1 + renewed_meanwhile == hall.tokens.number


@pytest.mark.django_db(transaction=True)
def test_nobody_renews_inside_a_transaction_that_may_be_rolled_back(hall):
    account = ending(a_brand())
    with transaction.atomic():
        assert not renewing.renew(account)
    assert hall.tokens.given == 0


@pytest.mark.django_db(transaction=True)
def test_a_refusal_of_what_was_renewed_meanwhile_is_no_alarm(hall):
    """A call under way with the old token fails while the new one is already kept."""
    account = ending(a_brand())
    under_way = again(account)
    renewing.renew(account)
    assert not actions.mark_refused(under_way, "401")
    assert again(account).state == "ok"
    assert actions.mark_refused(again(account), "401")


def test_before_it_is_used_what_has_ended_is_renewed(hall, account):
    Account.objects.filter(pk=account.pk).update(expires_at=ago(hours=3), state="expiring")
    used = renewing.fresh(again(account), clock.now())
    assert used.credentials["refresh"] == 1
    renewing.fresh(used, clock.now())
    assert hall.tokens.given == 1
