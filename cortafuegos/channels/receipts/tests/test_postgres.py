"""Laws 1 and 2 at the log: what was stored is there, whole, once."""

from __future__ import annotations

import asyncio
import random
import threading
import uuid
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction

from cortafuegos.channels.contract import Delivery
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.channels.receipts import postgres as log
from cortafuegos.channels.receipts.contract import Arrival
from cortafuegos.team.models import Brand

NOW = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)
NEXT = NOW + timedelta(seconds=20)


@pytest.fixture
def account(db):
    brand = Brand.objects.create(slug="condor", name="Aerolíneas Cóndor")
    return Account.objects.create(
        brand=brand, network="webhook", network_id="condor", handle="condor", name="Cóndor"
    )


def poll(account, deliveries, cursor=None):
    return log.store_polled(
        account.pk, account.brand_id, deliveries, cursor or {}, now=NOW, next_poll_at=NEXT
    )


def arrivals(account, keys):
    return [
        Arrival(account.brand_id, account.pk, Delivery(key, key.encode()), uuid.uuid4(), NOW) for key in keys
    ]


def conninfo():
    found = connection.settings_dict
    return psycopg.conninfo.make_conninfo(
        dbname=found["NAME"], user=found["USER"], host=found["HOST"], port=found["PORT"] or None
    )


def test_what_arrives_is_kept_byte_for_byte(account):
    body = bytes(range(256)) * 40
    poll(account, [Delivery("k", body, {"Content-Type": "text/plain; charset=latin1\0"})])
    receipt = Receipt.objects.get()
    assert bytes(receipt.body) == body
    assert receipt.headers == {"content-type": "text/plain; charset=latin1␀"}
    assert (receipt.state, receipt.brand_id, receipt.received_at) == ("new", account.brand_id, NOW)


def test_headers_that_let_in_are_not_kept(account):
    poll(account, [Delivery("k", b"", {"Authorization": "Bearer x", "cookie": "s=1", "x-event": "a"})])
    assert Receipt.objects.get().headers == {"x-event": "a"}


@pytest.mark.parametrize("key", ["x" * 4000, "a\0b", "half \ud83d", ""])
def test_keys_the_column_cannot_hold(account, key):
    assert poll(account, [Delivery(key, b"1"), Delivery(key, b"2")]) == 1
    assert poll(account, [Delivery(key, b"3"), Delivery(key + "!", b"4")]) == 1


def test_a_poll_moves_its_cursor_with_its_deliveries(account):
    account.poll_failures = 3
    account.save()
    assert poll(account, [Delivery("a", b""), Delivery("b", b"")], {"since": "7\0"}) == 2
    assert poll(account, [Delivery("b", b""), Delivery("c", b"")], {"since": "9"}) == 1
    account.refresh_from_db()
    assert account.cursor == {"since": "9"}
    assert (account.next_poll_at, account.poll_failures, account.last_event_at) == (NEXT, 0, NOW)


def test_a_poll_is_kept_with_its_cursor_or_not_at_all(account):
    poll(account, [], {"since": "1"})
    with pytest.raises(IntegrityError), transaction.atomic():
        log.store_polled(
            account.pk, account.brand_id, [Delivery("a", b"")], {"since": "2"}, now=NOW, next_poll_at=None
        )
    account.refresh_from_db()
    assert account.cursor == {"since": "1"}
    assert not Receipt.objects.exists()


def test_a_quiet_poll_says_so(account):
    assert poll(account, []) == 0
    account.refresh_from_db()
    assert (account.last_ok_at, account.last_event_at) == (NOW, None)


def test_claimed_oldest_first_and_done(account):
    poll(account, [Delivery(key, key.encode()) for key in "cab"])
    poll(account, [Delivery("0", b"0")])
    found = log.claim(3)
    assert [c.delivery.body for c in found] == [b"c", b"a", b"b"]
    log.done([c.id for c in found], NOW)
    assert [c.delivery.key for c in log.claim(10)] == ["0"]
    assert Receipt.objects.filter(state="done", done_at=NOW).count() == 3


def test_claimed_in_the_order_they_came_whatever_they_are_called(account):
    names = [f"{random.getrandbits(40):x}" for _ in range(60)]
    poll(account, [Delivery(name, b"") for name in names])
    with transaction.atomic():
        assert [claimed.delivery.key for claimed in log.claim(100)] == names


def test_quarantined_is_out_of_the_way_until_replayed(account):
    poll(account, [Delivery("a", b"{"), Delivery("b", b"{}")])
    bad = log.claim(1)[0]
    log.quarantine(bad.id, "not JSON: \0")
    assert [c.delivery.key for c in log.claim(10)] == ["b"]
    assert Receipt.objects.get(pk=bad.id).reason == "not JSON: ␀"
    log.done([c.id for c in log.claim(10)], NOW)
    assert log.replay(list(Receipt.objects.values_list("pk", flat=True))) == 1
    again = log.claim(10)
    assert [(c.delivery.key, c.delivery.body, c.attempts) for c in again] == [("a", b"{", 1)]


@pytest.mark.django_db(transaction=True)
def test_a_claim_outside_a_transaction_would_hold_nothing():
    with pytest.raises(transaction.TransactionManagementError):
        log.claim(1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_hold_the_same_receipt(account):
    poll(account, [Delivery(str(n), b"") for n in range(100)])
    together = threading.Barrier(4)
    held: list[list[int]] = []

    def work():
        with transaction.atomic():
            mine = [c.id for c in log.claim(30)]
            held.append(mine)
            together.wait(10)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ids = [i for mine in held for i in mine]
    assert len(ids) == len(set(ids)) == 100


@pytest.mark.django_db(transaction=True)
def test_a_storm_of_duplicates_counts_once(account):
    """Eight writers, the same 300 deliveries in batches of random order: one receipt each, and
    nobody is left waiting for somebody else."""

    async def writer(seed):
        chance = random.Random(seed)
        new = 0
        async with await psycopg.AsyncConnection.connect(conninfo(), autocommit=True) as link:
            for _ in range(30):
                keys = [f"k{chance.randrange(300)}" for _ in range(60)]
                new += await log.store(link, arrivals(account, keys))
            new += await log.store(link, arrivals(account, [f"k{n}" for n in range(300)]))
        return new

    async def storm():
        return await asyncio.wait_for(asyncio.gather(*(writer(seed) for seed in range(8))), 60)

    assert sum(asyncio.run(storm())) == 300
    assert Receipt.objects.count() == 300
    assert all(bytes(r.body) == r.key.encode() for r in Receipt.objects.all())


@pytest.mark.django_db(transaction=True)
def test_a_writer_that_stands_in_a_deadlock_tries_again(account):
    """Somebody else holds the second key and asks for the first: one of the two must give way,
    and it is not the deliveries that are lost."""
    insert = (
        "INSERT INTO cortafuegos_receipt (brand_id, account_id, key, body, headers, correlation,"
        " state, reason, attempts, received_at)"
        " VALUES (%s, %s, %s, '', '{}', gen_random_uuid(), 'new', '', 0, now())"
    )

    async def clash():
        other = await psycopg.AsyncConnection.connect(conninfo())
        mine = await psycopg.AsyncConnection.connect(conninfo(), autocommit=True)
        await mine.execute("SET deadlock_timeout = '50ms'")
        await other.execute("SET deadlock_timeout = '10s'")  # so that ours is the one that fails
        await other.execute(insert, [account.brand_id, account.pk, "b"])
        storing = asyncio.create_task(log.store(mine, arrivals(account, ["a", "b"])))
        await asyncio.sleep(0.02)
        asking = asyncio.create_task(other.execute(insert, [account.brand_id, account.pk, "a"]))
        await asking
        await other.rollback()
        new = await storing
        await other.close()
        await mine.close()
        return new

    assert asyncio.run(clash()) == 2
    assert set(Receipt.objects.values_list("key", flat=True)) == {"a", "b"}


@pytest.mark.django_db(transaction=True)
def test_a_sleeping_worker_hears_of_new_receipts(account):
    with psycopg.connect(conninfo(), autocommit=True) as listener:
        listener.execute(f"LISTEN {log.CHANNEL}")
        poll(account, [Delivery("a", b"")])
        assert [n.channel for n in listener.notifies(timeout=5, stop_after=1)] == ["receipts"]
