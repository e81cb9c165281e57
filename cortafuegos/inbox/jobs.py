"""Work for the job queue. Each job may run twice without harm."""

from __future__ import annotations

from procrastinate.contrib.django import app

from cortafuegos.inbox import delivery, threads
from cortafuegos.kit.database import fresh_connection


@app.task(queue="outbox", pass_context=False)
@fresh_connection
def deliver(reply_id: int) -> None:
    delivery.deliver(reply_id)


@app.task(queue="threads")
@fresh_connection
def read_thread(brand_id: int, conversation_id: int) -> None:
    threads.read(brand_id, conversation_id)
