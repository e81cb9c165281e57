"""What happens at the edges of the edge: slow bodies, full queues, a row that poisons its batch."""

from __future__ import annotations

import asyncio
import uuid

import pytest
from django.utils import timezone

from cortafuegos.channels.contract import Delivery
from cortafuegos.channels.models import Receipt
from cortafuegos.channels.receipts.contract import Arrival
from cortafuegos.web.edge.batcher import MOST_BYTES, Batcher, Full, Unstorable
from cortafuegos.web.edge.link import Unavailable, connect
from cortafuegos.web.edge.tests.serving import Edge, event, signed


def arrival(account_id=1, brand_id=1, body=b"", key=None):
    return Arrival(
        brand_id, account_id, Delivery(key or uuid.uuid4().hex, body), uuid.uuid4(), timezone.now()
    )


async def dripping(body, seconds):
    for at in range(len(body)):
        yield body[at : at + 1]
        await asyncio.sleep(seconds)


def test_a_body_that_drips_is_cut_off(account):
    async def scene():
        body = event("e1")
        async with Edge(body_seconds=0.2) as edge:
            slow = edge.client.post(
                f"/in/{account.public_id}", content=dripping(body, 0.01), headers=signed(body)
            )
            answer = await asyncio.wait_for(slow, 5)
            assert (answer.status_code, answer.headers["Connection"]) == (408, "close")
            again = await edge.client.post(
                f"/in/{account.public_id}", content=dripping(body, 0), headers=signed(body)
            )
            assert again.status_code == 200

    asyncio.run(scene())
    assert Receipt.objects.count() == 1


def test_bodies_together_are_bounded_and_the_room_comes_back(account):
    async def scene():
        body = event("e1", "x" * 50_000)
        async with Edge(memory=200_000) as edge:

            async def send(seconds):
                async def halves():
                    yield body[:40_000]
                    await asyncio.sleep(seconds)
                    yield body[40_000:]

                address = f"/in/{account.public_id}"
                return (await edge.client.post(address, content=halves(), headers=signed(body))).status_code

            together = await asyncio.gather(*(send(0.3) for _ in range(10)))
            assert set(together) == {200, 503}
            assert [await send(0) for _ in range(5)] == [200] * 5

    asyncio.run(scene())


def test_a_full_queue_sends_away_at_once_and_keeps_what_it_took():
    async def scene():
        open_door = asyncio.Event()
        written = []

        async def store(arrivals):
            await open_door.wait()
            written.extend(arrivals)
            return len(arrivals)

        batcher = Batcher(store, linger=0, waiting=10)
        batcher.start()
        first = asyncio.create_task(batcher.keep(arrival()))
        await asyncio.sleep(0.02)  # it is being written; the next ten wait
        waiting = [asyncio.create_task(batcher.keep(arrival())) for _ in range(10)]
        await asyncio.sleep(0.02)
        with pytest.raises(Full):
            await batcher.keep(arrival())
        assert not first.done()  # nobody hears "kept" before it is
        open_door.set()
        await asyncio.gather(first, *waiting)
        assert len(written) == 11
        await batcher.stop()

    asyncio.run(scene())


def test_when_nothing_can_be_written_everybody_who_waits_hears_it():
    async def scene():
        async def store(arrivals):
            await asyncio.sleep(0.02)
            raise Unavailable

        batcher = Batcher(store, linger=0)
        batcher.start()
        waiting = [asyncio.create_task(batcher.keep(arrival())) for _ in range(1200)]
        outcomes = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 5)
        assert all(isinstance(outcome, Unavailable) for outcome in outcomes)
        await batcher.stop()

    asyncio.run(scene())


def test_large_bodies_make_small_batches():
    async def scene():
        sizes = []

        async def store(arrivals):
            sizes.append(sum(len(a.delivery.body) for a in arrivals))
            return len(arrivals)

        batcher = Batcher(store)
        batcher.start()
        body = b"x" * 1_000_000
        await asyncio.gather(*(batcher.keep(arrival(body=body)) for _ in range(50)))
        assert sum(sizes) == 50_000_000
        assert max(sizes) <= MOST_BYTES
        await batcher.stop()

    asyncio.run(scene())


def test_one_that_cannot_be_kept_does_not_take_its_batch_along(account):
    """An account deleted for good, between the look at it and the writing."""

    async def scene():
        async with Edge() as edge:
            good = [arrival(account.pk, account.brand_id) for _ in range(20)]
            gone = arrival(10**9, account.brand_id)
            tasks = [asyncio.create_task(edge.batcher.keep(a)) for a in [*good[:10], gone, *good[10:]]]
            return await asyncio.gather(*tasks, return_exceptions=True)

    outcomes = asyncio.run(scene())
    assert [type(o) for o in outcomes if o is not None] == [Unstorable]
    assert Receipt.objects.count() == 20


def test_a_caller_who_left_is_no_trouble_to_the_others(account):
    async def scene():
        async with Edge() as edge:
            tasks = [
                asyncio.create_task(edge.batcher.keep(arrival(account.pk, account.brand_id)))
                for _ in range(10)
            ]
            await asyncio.sleep(0)
            tasks[3].cancel()
            outcomes = await asyncio.gather(*tasks, return_exceptions=True)
            assert sum(outcome is None for outcome in outcomes) == 9

    asyncio.run(scene())
    assert Receipt.objects.count() == 10


def test_a_connection_that_went_stale_is_made_again_without_a_word(account):
    async def scene():
        async with Edge() as edge:
            body = event("e1")
            await edge.store([arrival(account.pk, account.brand_id)])
            await edge.asking.run(lambda link: link.execute("SELECT 1"))
            async with await connect("another") as other:
                await other.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name LIKE 'test-%'"
                )
            address = f"/in/{account.public_id}"
            return (await edge.client.post(address, content=body, headers=signed(body))).status_code

    assert asyncio.run(scene()) == 200
