"""How an account is: told once, to everybody, in words that say what to do."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import translation

from cortafuegos.channels import actions, health
from cortafuegos.channels.contract import HealthState
from cortafuegos.channels.models import Account
from cortafuegos.channels.tests.test_accounts import FORM, SECRET, account
from cortafuegos.kit import clock
from cortafuegos.team.tests.world import World, world

__all__ = ["account", "world"]


def nudges(world: World) -> list[dict[str, object]]:
    """What was said to those who listen, read back on a connection of its own."""
    connection.ensure_connection()
    found = []
    for notify in connection.connection.notifies(timeout=0.2):
        found.append(json.loads(notify.payload))
    return found


@pytest.mark.django_db(transaction=True)
def test_a_refusal_is_told_once_blocks_sending_and_names_what_to_do(world: World) -> None:
    account = actions.connect(world.lucia.pk, world.brand, "webhook", FORM)
    with connection.cursor() as cursor:
        cursor.execute("LISTEN nudge")
    nudges(world)
    assert actions.mark_refused(account, "token=abcdef123456 was revoked")
    assert not actions.mark_refused(account, "token=abcdef123456 was revoked")
    assert nudges(world) == [{"brand": world.brand.pk, "kind": "account", "cases": []}]
    assert not account.may_send
    assert "abcdef123456" not in account.state_reason
    with translation.override("es"):
        alarm = health.overview(world.brand).alarms[0]
    assert alarm.level == "danger"
    assert "Formulario de la web" in alarm.sentence
    assert health.overview(world.elsewhere).alarms == ()
    for agent in (world.lucia, world.delia):
        page = world.client(agent).get(world.url("settings/accounts")).content.decode()
        assert "La red ya no acepta nuestras credenciales" in page


def test_a_stutter_does_not_hide_a_refusal_nor_wake_a_paused_account(account: Account) -> None:
    actions.mark_refused(account, "401")
    assert not actions.mark_degraded(account, "503")
    actions.pause(account)
    for mark in (actions.mark_refused, actions.mark_degraded):
        assert not mark(account, "x")
    assert not actions.mark_ok(account)
    account.refresh_from_db()
    assert account.state == "paused"
    actions.resume(account)
    account.refresh_from_db()
    assert account.state == "ok"


def test_access_that_ends_soon_stays_in_sight_while_polls_succeed(account: Account) -> None:
    ends = clock.now() + timedelta(days=3, minutes=5)
    actions.mark(account, HealthState.OK, expires_at=ends)
    account.refresh_from_db()
    assert account.state == "expiring"
    actions.mark_ok(account)
    account.refresh_from_db()
    assert account.state == "expiring"
    with translation.override("es"):
        sentences = [alarm.sentence for alarm in health.overview(account.brand).alarms]
    assert len(sentences) == 1
    assert "caduca en 3 días" in sentences[0]


def test_a_network_that_stutters_for_a_minute_alarms_nobody(account: Account) -> None:
    actions.mark_degraded(account, "503")
    assert health.overview(account.brand).alarms == ()
    later = clock.now() + timedelta(minutes=11)
    assert [alarm.level for alarm in health.overview(account.brand, later).alarms] == ["warn"]


def test_alarms_cost_one_query_however_many_accounts(world: World, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for number in range(30):
        made = actions.connect(
            world.lucia.pk, world.brand, "webhook", {**FORM, "secret": f"{SECRET}{number}"}
        )
        actions.mark_refused(made, "401")
    with django_assert_num_queries(1):
        assert len(health.overview(world.brand).alarms) == 30
