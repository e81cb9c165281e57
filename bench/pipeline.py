"""Receipt to stored case, one worker, batches of 500, beside plain inserts of the same rows.

The pipeline begins with receipts on disk and ends with messages, persons, conversations, cases,
deadlines and events on disk and the receipts done. ``bench.plain`` tells what the baselines do.
They take turns, run by run, so that a busy machine slows all of them. Beside the clock stands the
processor time of the process and its database session, which a busy machine hardly changes.
"""

from __future__ import annotations

import json
import random
import statistics
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial

from bench import plain
from bench.place import Cost, cost, installation, spread, webhook_account

POSTS, BATCH, RUNS = 10_000, 500, 5
PLAIN: Mapping[str, tuple[tuple[str, ...], plain.Writer]] = {
    "executemany, its messages alone  ": (("message",), plain.executemany),
    "executemany, all its rows        ": (plain.TABLES, plain.executemany),
    "binary unnest, its messages alone": (("message",), plain.unnest),
    "binary unnest, all its rows      ": (plain.TABLES, plain.unnest),
}
SAID = (
    "mi pedido no llega desde el lunes nadie contesta al teléfono me podéis ayudar por favor gracias"
    " factura tienda reembolso paquete roto cambio talla dirección entrega mañana devolución cargo doble"
)


def run() -> None:
    with installation():
        pipeline: list[Cost] = []
        plainly: dict[str, list[Cost]] = {label: [] for label in PLAIN}
        for number in range(RUNS):
            brand = _receipts(number)
            pipeline.append(cost(_take_all))
            for label, (tables, writer) in PLAIN.items():
                made = plain.copies(brand, tables)
                plainly[label].append(cost(partial(plain.write, made, writer, POSTS // BATCH)))
        _report(pipeline, plainly)


def _report(pipeline: list[Cost], plainly: Mapping[str, list[Cost]]) -> None:
    def line(label: str, costs: list[Cost], ratios: str = "") -> None:
        rate = spread([POSTS / c.seconds for c in costs])
        processor = statistics.median(1e6 * c.processor / POSTS for c in costs)
        print(f"  {label:48} {rate:>24}   {processor:5.0f} us   {ratios}")

    def ratio(costs: list[Cost], of: Callable[[Cost], float]) -> float:
        return statistics.median(of(b) / of(p) for p, b in zip(pipeline, costs, strict=True))

    print(f"{POSTS:,} posts of {POSTS // 3:,} people, batches of {BATCH}, median of {RUNS} runs (and range)")
    print(f"  {'':48} {'posts a second':>24}   processor, a post   pipeline beside it")
    line("receipts to cases, one worker", pipeline)
    for label, costs in plainly.items():
        beside = f"{ratio(costs, _seconds):>6.0%} by the clock, {ratio(costs, _processor):.0%} by processor"
        line(f"plain {label}", costs, beside)


def _seconds(cost: Cost) -> float:
    return cost.seconds


def _processor(cost: Cost) -> float:
    return cost.processor


def _receipts(number: int) -> int:
    """A brand with receipts waiting, as another system would have posted them."""
    from django.db import transaction

    from cortafuegos.channels.contract import Delivery
    from cortafuegos.channels.receipts import postgres
    from cortafuegos.kit import clock

    chance = random.Random(number)
    account = webhook_account(number)
    deliveries = [Delivery(f"{number}-{i}", _body(number, i, chance)) for i in range(POSTS)]
    now = clock.now()
    for start in range(0, POSTS, BATCH):
        with transaction.atomic():
            postgres.store_polled(
                account.pk, account.brand_id, deliveries[start : start + BATCH], {}, now=now, next_poll_at=now
            )
    return int(account.brand_id)


def _body(run: int, i: int, chance: random.Random) -> bytes:
    person, words = chance.randrange(POSTS // 3), SAID.split()
    at = datetime.now(UTC) - timedelta(seconds=POSTS - i)
    return json.dumps(
        {
            "id": f"{run}-{i}",
            "conversation": f"{run}-{i if chance.random() < 0.5 else person}",
            "author": {"id": f"p{person}", "name": f"Persona {person}", "handle": f"persona{person}"},
            "text": "@bench " + " ".join(chance.choices(words, k=35)),
            "posted_at": at.isoformat(),
            "public": chance.random() < 0.8,
            "language": "es",
            "url": f"https://bench.invalid/{uuid.uuid4()}",
        }
    ).encode()


def _take_all() -> None:
    from cortafuegos.inbox import intake

    while intake.take(BATCH).receipts:
        pass
