"""The doctor sees what is wrong, says it plainly, and tells programs by its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from cortafuegos.channels.models import Account, Receipt
from cortafuegos.inbox.models import Case, Conversation, Message, Reply
from cortafuegos.kit import crypto
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Agent, Brand, User
from cortafuegos.worker.checkup import desk, machine
from cortafuegos.worker.checkup.finding import Level
from cortafuegos.worker.doctor import _each
from cortafuegos.worker.heartbeat import beat
from cortafuegos.worker.models import Heartbeat


@pytest.fixture
def brand(db):
    return Brand.objects.create(slug="condor", name="Aerolíneas Cóndor")


@pytest.fixture
def account(brand):
    return Account.objects.create(
        brand=brand,
        network="sandbox",
        network_id="1",
        handle="condor",
        name="Cóndor",
        sealed=crypto.seal({"token": "very secret"}),
    )


def level(check):
    return {finding.subject: finding.level for finding in check()}


def told(check):
    return " ".join(finding.sentence for finding in check())


def test_a_desk_that_is_well(account):
    beat("worker", timezone.now())
    found = [finding for check in desk.CHECKS for finding in check()]
    assert {finding.level for finding in found} == {Level.OK}


def test_a_worker_that_never_ran_is_told_from_one_that_died(db):
    assert level(desk.worker) == {"worker": Level.WATCH}
    beat("worker", timezone.now())
    assert level(desk.worker) == {"worker": Level.OK}
    Heartbeat.objects.update(at=timezone.now() - timedelta(hours=3))
    assert level(desk.worker) == {"worker": Level.MEND}
    assert "3 hours" in told(desk.worker)


def test_deliveries_that_wait_and_those_set_aside(account):
    fresh = {"brand": account.brand, "account": account, "body": b""}
    Receipt.objects.create(**fresh, key="a")
    assert level(desk.receipts) == {"receipts": Level.OK, "quarantine": Level.OK}
    Receipt.objects.update(received_at=timezone.now() - timedelta(minutes=6))
    Receipt.objects.create(**fresh, key="b", state="quarantined")
    assert level(desk.receipts) == {"receipts": Level.MEND, "quarantine": Level.MEND}
    assert "6 minutes" in told(desk.receipts)


def test_replies_that_do_not_leave_and_those_nobody_knows_of(account):
    brand, now = account.brand, timezone.now()
    user = User.objects.create_user("lucia@condor.example", name="Lucía")
    agent = Agent.objects.create(brand=brand, user=user, role="agent")
    person = Person.objects.create(brand=brand)
    identity = Identity.objects.create(
        brand=brand, person=person, network="sandbox", network_id="9", handle="ana"
    )
    thread = Conversation.objects.create(
        brand=brand, account=account, network="sandbox", key="c", public=True, last_at=now
    )
    case = Case.objects.create(
        brand=brand,
        number=1,
        subject="",
        person=person,
        identity=identity,
        account=account,
        network="sandbox",
        public=True,
        snippet="",
        opened_at=now,
        last_message_at=now,
    )
    message = Message.objects.create(
        brand=brand,
        case=case,
        conversation=thread,
        account=account,
        identity=identity,
        network="sandbox",
        network_id="m",
        direction="in",
        public=True,
        text="Hola",
        posted_at=now,
    )
    reply = Reply.objects.create(
        brand=brand,
        case=case,
        conversation=thread,
        account=account,
        target=message,
        agent=agent,
        public=True,
        text="Hola",
        guard={"verdict": "pass", "findings": []},
    )
    assert level(desk.replies) == {"replies": Level.OK, "unknown_replies": Level.OK}
    Reply.objects.filter(pk=reply.pk).update(created_at=now - timedelta(days=3))
    assert level(desk.replies)["replies"] == Level.MEND
    assert "3 days" in told(desk.replies)
    Reply.objects.filter(pk=reply.pk).update(state="unknown")
    assert level(desk.replies) == {"replies": Level.OK, "unknown_replies": Level.MEND}


@pytest.mark.parametrize(
    ("change", "expected", "sentence"),
    [
        ({"state": "refused"}, Level.MEND, "refuses us"),
        ({"state": "expiring"}, Level.MEND, "ends soon"),
        ({"expires_at": timezone.now() + timedelta(days=2)}, Level.MEND, "ends on"),
        ({"state": "degraded"}, Level.WATCH, "answers badly"),
        ({"network": "gone"}, Level.MEND, "no longer has that network"),
        ({"sealed": b"sealed elsewhere"}, Level.MEND, "another secret"),
        ({"state": "paused", "sealed": b"sealed elsewhere"}, Level.OK, "0 accounts"),
        ({"removed_at": timezone.now(), "state": "refused"}, Level.OK, "0 accounts"),
    ],
)
def test_accounts(account, change, expected, sentence):
    Account.objects.update(**change)
    assert level(desk.accounts) == {"accounts": expected}
    assert sentence in told(desk.accounts)
    assert "very secret" not in told(desk.accounts)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://desk.example.com", Level.OK),
        ("http://127.0.0.1:8000", Level.OK),
        ("http://localhost:8000", Level.OK),
        ("http://desk.example.com", Level.MEND),
        ("http://localhost.example.com", Level.MEND),
        ("https://desk.example.com/care", Level.MEND),
        ("desk.example.com", Level.MEND),
        ("ftp://desk.example.com", Level.MEND),
    ],
)
def test_addresses(url, expected):
    assert machine.judge_address(url).level is expected


def test_debug_is_not_for_the_public():
    assert machine.judge_address("https://desk.example.com", debug=True).level is Level.MEND
    assert machine.judge_address("http://127.0.0.1:8000", debug=True).level is Level.OK


@pytest.mark.parametrize(
    ("free", "expected"), [(10**8, Level.MEND), (10**9, Level.WATCH), (10**11, Level.OK)]
)
def test_room_on_the_disk(free, expected):
    assert machine.room(free).level is expected


@pytest.mark.parametrize(
    ("apart", "expected"), [(0.5, "ok"), (-5.0, "watch"), (-3600.0, "mend"), (90, "mend")]
)
def test_clocks_apart(apart, expected):
    assert machine.clocks(apart).level == expected


def test_the_tests_own_database_is_seen_to_be_careless(db):
    """It runs with fsync off, on purpose."""
    found = level(machine.database)
    assert found["durability"] is Level.MEND
    assert {found[name] for name in ("database", "extensions", "clock", "migrations")} == {Level.OK}


def test_a_table_behind_its_models_is_seen(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'cortafuegos'")
    assert level(machine.database)["migrations"] is Level.MEND


def test_a_secret_that_others_can_read(db, tmp_path, monkeypatch):
    monkeypatch.setenv("CORTAFUEGOS_HOME", str(tmp_path))
    monkeypatch.delenv("CORTAFUEGOS_SECRET")
    key = tmp_path / "secret.key"
    key.write_text("secret")
    key.chmod(0o644)
    assert level(machine.folder)["secret"] is Level.MEND
    key.chmod(0o600)
    assert level(machine.folder)["secret"] is Level.OK


def test_a_check_that_stumbles_is_a_finding_and_the_rest_goes_on():
    def stumbling():
        raise KeyError("very secret")

    found = list(_each([stumbling, machine.python]))
    assert [finding.level for finding in found] == [Level.MEND, Level.OK]
    assert "very secret" not in found[0].sentence


def doctor(url, *args):
    return subprocess.run(
        [sys.executable, "-m", "cortafuegos", "doctor", *args],
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_command_tells_people_and_programs(account):
    found = connection.settings_dict
    url = f"postgresql://{found['USER']}@/{found['NAME']}?host={quote(found['HOST'])}"
    answer = doctor(url)
    assert answer.returncode == 1  # the tests' database confirms too early
    assert "ok    PostgreSQL" in answer.stdout
    assert "MEND  the database confirms before it has written" in answer.stdout
    as_json = json.loads(doctor(url, "--json").stdout)
    assert as_json["ok"] is False
    assert {"subject", "level", "sentence"} == set(as_json["findings"][0])


@pytest.mark.slow
@pytest.mark.parametrize(
    "url",
    ["postgresql://app:hunter2@127.0.0.1:1/desk", "mysql://app:hunter2@127.0.0.1/desk", "postgresql://x"],
)
def test_without_a_database_it_says_that(url):
    answer = doctor(url)
    assert answer.returncode == 1
    assert "MEND  the database" in answer.stdout
    assert "hunter2" not in answer.stdout + answer.stderr
    assert "Traceback" not in answer.stderr
