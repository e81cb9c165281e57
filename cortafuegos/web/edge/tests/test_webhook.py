"""What networks push: kept whole and once, or refused with nothing stored."""

from __future__ import annotations

import socket
import threading
import uuid

import httpx
import pytest
from django.utils import timezone

from cortafuegos.channels.models import Receipt
from cortafuegos.kit import crypto
from cortafuegos.kit.nudge import nudge
from cortafuegos.web.edge.tests.serving import an_account, event, post, signed

LIMIT = 1_000_000


def test_a_signed_delivery_is_on_disk_before_the_200(client, account):
    body = event("e1")
    answer = post(client, account, body)
    assert answer.status_code == 200
    receipt = Receipt.objects.get()
    assert bytes(receipt.body) == body
    assert (receipt.account_id, receipt.brand_id, receipt.state) == (account.pk, account.brand_id, "new")
    assert answer.headers["X-Request-ID"] == str(receipt.correlation) == answer.json()["kept"]


def test_repeated_is_200_again_and_counts_once(client, account):
    answers = [post(client, account, event("same", f"attempt {n}")).status_code for n in range(3)]
    assert answers == [200, 200, 200]
    assert Receipt.objects.count() == 1


def other_body(headers):
    return {**headers, **{k: v for k, v in signed(b"{}").items() if k.endswith("signature")}}


@pytest.mark.parametrize(
    "headers",
    [
        lambda body: {},
        lambda body: signed(body, secret="somebody else's"),
        lambda body: signed(body, age=3600),
        lambda body: signed(body, age=-3600),
        lambda body: other_body(signed(body)),
        lambda body: {**signed(body), "x-sandbox-timestamp": "٣".encode()},
        lambda body: {**signed(body), "x-sandbox-signature": "ñ".encode()},
        lambda body: {k: v for k, v in signed(body).items() if k.endswith("timestamp")},
    ],
    ids=["missing", "wrong", "stale", "future", "tampered", "odd-time", "odd-signature", "half"],
)
def test_forged_is_401_and_leaves_nothing_but_a_count(client, account, headers):
    def count():
        line = 'cortafuegos_webhooks_total{network="sandbox",outcome="forged"}'
        text = client.get("/metrics").text
        return next((float(row.split()[-1]) for row in text.splitlines() if row.startswith(line)), 0)

    before = count()
    body = event("e1")
    assert post(client, account, body, headers(body)).status_code == 401
    assert not Receipt.objects.exists()
    assert count() == before + 1


def test_an_account_does_not_vouch_for_its_sister(client, account, brand):
    sister = an_account(brand, sealed=crypto.seal({"webhook_secret": "another"}))
    assert post(client, sister, event("e1")).status_code == 401
    assert not Receipt.objects.exists()


def test_nobody_listens_here(client, account, brand):
    paused = an_account(brand, state="paused")
    removed = an_account(brand, removed_at=timezone.now())
    assert client.post(f"/in/{uuid.uuid4()}", content=b"{}").status_code == 404
    assert client.post("/in/not-an-id", content=b"{}").status_code == 404
    assert post(client, paused, event("e1")).status_code == 404
    assert post(client, removed, event("e1")).status_code == 410
    assert client.get(f"/in/{account.public_id}").status_code == 405
    assert not Receipt.objects.exists()


def test_a_changed_secret_holds_at_once(client, account):
    assert post(client, account, event("e1")).status_code == 200
    account.sealed = crypto.seal({"webhook_secret": "a new one"})
    account.save()
    nudge(account.brand_id, kind="account")
    body = event("e2")
    for _ in range(40):
        if post(client, account, body, signed(body, secret="a new one")).status_code == 200:
            break
        threading.Event().wait(0.025)
    assert Receipt.objects.count() == 2  # within a second, and not after the memory's five
    assert post(client, account, event("e3")).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\0not utf-8",
        "reclamación".encode("latin1"),
        b"[" * 100_000,
        b'{"event":' * 50_000,
        event("a\0b"),
        event("x" * 5000),
        event("half \ud83d"),
        b'{"event": {"not": "text"}}',
        b"x" * LIMIT,
    ],
    ids=[
        "empty",
        "bytes",
        "latin1",
        "deep",
        "deep-object",
        "nul",
        "long-key",
        "half-key",
        "odd-key",
        "limit",
    ],
)
def test_signed_nonsense_is_kept_to_be_looked_at(client, account, body):
    assert post(client, account, body).status_code == 200
    assert post(client, account, body).status_code == 200
    assert bytes(Receipt.objects.get().body) == body


def test_announced_too_large_is_not_even_read(client, account, web):
    with socket.create_connection(("127.0.0.1", web.port), timeout=5) as raw:
        raw.sendall(
            f"POST /in/{account.public_id} HTTP/1.1\r\nHost: localhost\r\n"
            f"Content-Length: {LIMIT + 1}\r\n\r\n".encode()
        )
        assert b" 413 " in raw.recv(4096).splitlines()[0]
    assert not Receipt.objects.exists()


def test_chunked_over_the_limit_is_cut_off(client, account, web):
    """Says nothing of its length and never ends: the answer comes at the limit."""
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    sent = 0
    with socket.create_connection(("127.0.0.1", web.port), timeout=5) as raw:
        raw.sendall(
            f"POST /in/{account.public_id} HTTP/1.1\r\nHost: localhost\r\n"
            "Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        raw.setblocking(True)
        try:
            while sent < 200_000_000:
                raw.sendall(chunk)
                sent += len(chunk)
        except OSError:
            pass
        else:
            pytest.fail("it read on and on")
    assert sent < 20_000_000  # what lies in the kernel's buffers
    assert client.get("/healthz").status_code == 200
    assert not Receipt.objects.exists()


def test_a_body_cut_short_is_not_kept(client, account, web):
    body = event("e1")
    head = "".join(f"{k}: {v}\r\n" for k, v in signed(body).items())
    with socket.create_connection(("127.0.0.1", web.port), timeout=5) as raw:
        raw.sendall(
            f"POST /in/{account.public_id} HTTP/1.1\r\nHost: localhost\r\n{head}"
            f"Content-Length: {len(body) + 10}\r\n\r\n".encode()
            + body
        )
    assert post(client, account, event("e2")).status_code == 200
    assert Receipt.objects.count() == 1


def test_a_storm_of_duplicates_by_many_clients_counts_once(web, account):
    bodies = [event(f"e{n}") for n in range(40)]
    statuses = []

    def storm(offset):
        with httpx.Client(base_url=web.url, timeout=30) as client:
            for n in range(len(bodies)):
                statuses.append(post(client, account, bodies[(n * 7 + offset) % 40]).status_code)

    threads = [threading.Thread(target=storm, args=(n * 5,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 320
    assert Receipt.objects.count() == 40


def test_pages_are_still_djangos(client):
    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/in").status_code == 404
