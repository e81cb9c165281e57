"""Asking the networks: each in its turn, patiently when they fail, loudly when they refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.channels import actions, polling
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.inbox import intake
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, ago, an_account
from cortafuegos.kit import clock


@pytest.fixture
def account(condor, sandbox):
    found = sandbox.account(condor)
    sandbox.speaks("@condor ¿hay alguien?")
    return found


def again(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def polled(account: Account) -> int:
    return polling.poll(again(account))


def test_what_is_new_comes_once_and_the_next_turn_is_set(account, sandbox):
    assert polled(account) == 1
    assert polled(account) == 0
    sandbox.speaks("@condor ¿y ahora?")
    assert polled(account) == 1
    account = again(account)
    assert timedelta(seconds=5) < account.next_poll_at - clock.now() <= timedelta(seconds=10)
    assert account.last_event_at is not None
    intake.take()
    assert Case.objects.count() == 1


def test_while_there_is_more_it_goes_on_and_keeps_its_turn(account, sandbox):
    for n in range(230):
        sandbox.speaks(f"@condor {n}", by=f"p{n % 7}")
    polling.claim(clock.now())
    assert polled(account) == 231
    assert Receipt.objects.count() == 231
    assert again(account).next_poll_at > clock.now()


def test_each_failure_waits_longer_and_the_third_is_told(account, sandbox):
    waits = []
    for failure in range(1, 9):
        sandbox.fault("server_error", on="GET /api/notifications")
        assert polled(account) == 0
        found = again(account)
        waits.append(round((found.next_poll_at - clock.now()).total_seconds(), -1))
        assert found.poll_failures == failure
        assert found.state == ("degraded" if failure >= 3 else "ok")
    assert waits == sorted(waits)
    assert waits[-1] == 300
    assert found.state_reason
    assert polled(account) == 1, "nothing was lost meanwhile"
    found = again(account)
    assert (found.state, found.poll_failures) == ("ok", 0)


@pytest.mark.parametrize(("asked", "waited"), [(400, 400), (3, 10), (90_000, 3600)])
def test_the_wait_that_a_network_asks_for_is_kept_within_reason(account, sandbox, asked, waited):
    sandbox.fault("rate_limit", on="GET /api/notifications", retry_after=asked)
    assert polled(account) == 0
    assert round((again(account).next_poll_at - clock.now()).total_seconds(), -1) == waited


@pytest.mark.parametrize("fault", ["lose_answer", "half_body", "wrong_type", "rate_limit"])
def test_a_bad_answer_moves_no_cursor(account, sandbox, fault):
    sandbox.fault(fault, on="GET /api/notifications")
    assert polled(account) == 0
    assert again(account).cursor == {}
    assert polled(account) == 1


def test_a_refusal_is_an_alarm_and_stops_the_asking(account, sandbox):
    sandbox.fault("revoke_token", handle="condor")
    assert polled(account) == 0
    found = again(account)
    assert (found.state, found.may_send) == ("refused", False)
    assert found.state_reason
    assert polling.claim(ago(days=-1)) == []
    assert [a.pk for a in polling.claim_checkups(ago(days=-1))] == [account.pk], "people mend it there"


def test_credentials_that_cannot_be_opened_are_a_refusal_too(account):
    Account.objects.filter(pk=account.pk).update(sealed=b"sealed elsewhere")
    assert polled(account) == 0
    assert again(account).state == "refused"


def test_health_tells_of_the_end_of_a_token_before_it_comes(account, sandbox):
    with sandbox.store.write() as db:
        end = ago(days=-2).isoformat(timespec="microseconds")
        db.execute("UPDATE account SET token_expires_at = ? WHERE handle = 'condor'", (end,))
    polling.check_up(again(account))
    assert again(account).state == "expiring"
    assert again(account).may_send


def test_a_network_that_came_back_is_well_again(account, sandbox):
    actions.mark_refused(again(account), "token")
    polling.check_up(again(account))
    assert again(account).state == "ok"


def test_who_is_paused_removed_or_only_called_is_not_asked(condor, account):
    an_account(condor, "pausada", state="paused")
    an_account(condor, "quitada", removed_at=clock.now())
    an_account(condor, "muda", network="mute")
    an_account(condor, "luego", next_poll_at=ago(minutes=-5))
    assert [a.pk for a in polling.claim(clock.now())] == [account.pk]
    assert polling.claim(clock.now()) == [], "the lease keeps others away"
    assert [a.pk for a in polling.claim(clock.now() + polling.LEASE + timedelta(seconds=1))] == [account.pk]


def test_a_removed_account_that_is_being_asked_right_now_changes_nothing(account, sandbox):
    held = again(account)
    actions.remove(again(account))
    sandbox.fault("revoke_token", handle="condor")
    polling.poll(held)
    assert again(account).state == "ok"


@pytest.mark.django_db(transaction=True)
def test_workers_share_the_accounts_between_them():
    brand = a_brand()
    for n in range(30):
        an_account(brand, f"cuenta{n}")
    now = clock.now()
    claimed = together(*[lambda: [a.pk for a in polling.claim(now, 10)]] * 4)
    assert sorted(pk for found in claimed for pk in found) == sorted(
        Account.objects.values_list("pk", flat=True)
    )
