"""The worker's own jobs."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cortafuegos.kit.database import fresh_connection


@app.task(queue="demo")
@fresh_connection
def demo_morning(brand_id: int) -> None:
    from cortafuegos.worker.demo import morning

    morning.play(brand_id)
