"""Work for the job queue. Each job may run twice without harm."""

from __future__ import annotations

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from cortafuegos.inbox import asking_letters, delivery, interventions, threads
from cortafuegos.inbox.actions import filing, following, learning
from cortafuegos.kit import clock
from cortafuegos.kit.database import fresh_connection
from cortafuegos.team.models import Brand


@app.task(queue="outbox", pass_context=False)
@fresh_connection
def deliver(reply_id: int) -> None:
    delivery.deliver(reply_id)


@app.task(queue="outbox", pass_context=False)
@fresh_connection
def intervene(intervention_id: int) -> None:
    interventions.carry_out(intervention_id)


@app.task(queue="outbox", pass_context=False)
@fresh_connection
def turn(brand_id: int, reply_id: int) -> None:
    following.turn(brand_id, reply_id, clock.now())


@app.task(queue="letters", retry=RetryStrategy(max_attempts=5, exponential_wait=4))
@fresh_connection
def mail_question(link_id: int, why: str) -> None:
    asking_letters.send(link_id, why)


@app.task(queue="threads")
@fresh_connection
def read_thread(brand_id: int, conversation_id: int) -> None:
    threads.read(brand_id, conversation_id)


@app.periodic(cron="17 3 * * *")
@app.task(queue="learning", queueing_lock="learning")
@fresh_connection
def learn_by_night(timestamp: int) -> None:
    """A job for each brand, so that one that fails holds up no other."""
    for brand_id in Brand.objects.values_list("pk", flat=True):
        learn_brand.configure(queueing_lock=f"learning-{brand_id}").defer(brand_id=brand_id)


@app.task(queue="learning")
@fresh_connection
def learn_brand(brand_id: int) -> None:
    learning.learn_again(brand_id)


@app.periodic(cron="47 * * * *")
@app.task(queue="clearing", queueing_lock="clearing")
@fresh_connection
def clear_files(timestamp: int) -> None:
    for brand_id in Brand.objects.values_list("pk", flat=True):
        filing.clear(brand_id, clock.now())
