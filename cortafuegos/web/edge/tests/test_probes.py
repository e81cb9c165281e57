"""What those who watch the machines are told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from cortafuegos.channels.models import Receipt
from cortafuegos.web.edge.tests.serving import Web, url_of
from cortafuegos.worker.heartbeat import beat
from cortafuegos.worker.models import Heartbeat


def figure(text, name):
    return next(float(row.split()[-1]) for row in text.splitlines() if row.startswith(f"cortafuegos_{name}"))


def test_ready_means_a_worker_was_seen(client):
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    beat("worker", timezone.now() - timedelta(minutes=5))
    assert client.get("/readyz").status_code == 503
    beat("worker", timezone.now())
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "workers": 1})


def test_a_heartbeat_is_one_row_and_the_dead_are_forgotten(transactional_db):
    Heartbeat.objects.create(name="worker:gone:1", at=timezone.now() - timedelta(days=2))
    beat("worker", timezone.now())
    beat("worker", timezone.now(), jobs=3)
    assert [found.data for found in Heartbeat.objects.all()] == [{"jobs": 3}]


def test_figures(client, account):
    old = timezone.now() - timedelta(seconds=90)
    Receipt.objects.create(brand=account.brand, account=account, key="a", body=b"", received_at=old)
    Receipt.objects.create(
        brand=account.brand, account=account, key="b", body=b"", state="quarantined", reason="?"
    )
    beat("worker", timezone.now())
    text = client.get("/metrics").text
    assert figure(text, "receipts_waiting") == 1
    assert figure(text, "receipts_quarantined") == 1
    assert figure(text, "oldest_receipt_seconds") >= 90
    assert figure(text, 'accounts{state="ok"}') == 1
    assert figure(text, "heartbeat_age_seconds") < 30
    assert figure(text, "database_up") == 1


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded"])
def test_figures_are_not_for_who_comes_through_a_proxy(client, header):
    assert client.get("/metrics", headers={header: "203.0.113.7"}).status_code == 403


def test_with_a_token_set_only_its_holder_sees_figures(transactional_db):
    web = Web(url_of(connection.settings_dict), CORTAFUEGOS_METRICS_TOKEN="open sesame").start()
    import httpx

    try:
        assert httpx.get(f"{web.url}/metrics").status_code == 403
        wrong = {"Authorization": "Bearer guessed"}
        assert httpx.get(f"{web.url}/metrics", headers=wrong).status_code == 403
        right = {"Authorization": "Bearer open sesame", "X-Forwarded-For": "203.0.113.7"}
        assert httpx.get(f"{web.url}/metrics", headers=right).status_code == 200
    finally:
        web.kill()
