"""The worker process: loops in threads, and the job queue in the main one."""

from __future__ import annotations

import asyncio
import os
import signal
import threading

from procrastinate.contrib.django import app
from procrastinate.manager import JobManager

from cortafuegos.kit import log
from cortafuegos.team.models import Brand
from cortafuegos.worker import loops, reading

JOBS_AT_ONCE = 4
POLLS_AT_ONCE = 6
LATE_REPLIES_AT_ONCE = 3
STOP_LIMIT = 9.0  # seconds from SIGTERM to the end, whatever a network does
TIDY_EVERY = 60.0  # seconds
logger = log.get(__name__)


def run() -> None:
    """Work until SIGTERM or SIGINT; what is under way ends first, for ten seconds at most."""
    stop = threading.Event()
    polls = loops.Crew(POLLS_AT_ONCE, "polling")
    late = loops.Crew(LATE_REPLIES_AT_ONCE, "outbox")
    intake = loops.Loop("intake", loops.intake_work(), stop)
    threads = [
        intake,
        loops.Loop("deadlines", loops.deadline_work, stop),
        loops.Loop("polling", loops.polling_work(polls), stop),
        loops.Loop("outbox", loops.outbox_work(late), stop),
        loops.Loop("heartbeat", loops.heartbeat_work, stop),
        loops.Loop("second look", reading.second_look_work(), stop),
        loops.Loop("ranking", reading.ranking_work, stop),
    ]
    listener = loops.Listener([intake], stop)
    for thread in [*threads, listener, *demo_networks(stop)]:
        thread.start()
    logger.info("worker.started")
    try:
        asyncio.run(_jobs(stop))
    finally:
        stop.set()
        for thread in threads:
            thread.wake()
        polls.leave()
        late.leave()
        for thread in threads:
            thread.join(timeout=STOP_LIMIT)  # never longer: see _end_anyway
        logger.info("worker.stopped")


def demo_networks(stop: threading.Event) -> list[threading.Thread]:
    """Where there is a demo: nobody else carries its stand-ins in memory."""
    if not Brand.objects.filter(is_demo=True).exists():
        return []
    from cortafuegos.worker.demo.networks import Theatre

    return [Theatre(stop)]


def _end_anyway() -> None:
    """A network that hangs holds a thread. Every step here may be cut off at any point and is done
    again by the next worker, so what is not over by now is left."""
    logger.warning("worker.cut_off")
    os._exit(0)


async def _jobs(stop: threading.Event) -> None:
    """Run the job queue; begin again when the database went away and came back."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked() -> None:
        if not stop.is_set():
            limit = threading.Timer(STOP_LIMIT, _end_anyway)
            limit.daemon = True
            limit.start()
        stop.set()
        stopped.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, asked)
    while not stopped.is_set():
        try:
            worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
            async with worker_app.open_async():
                work = asyncio.create_task(
                    worker_app.run_worker_async(
                        concurrency=JOBS_AT_ONCE,
                        install_signal_handlers=False,
                        shutdown_graceful_timeout=STOP_LIMIT,
                        fetch_job_polling_interval=2,
                        delete_jobs="successful",
                    )
                )
                tidying = asyncio.create_task(_tidy(worker_app.job_manager))
                waiting = asyncio.create_task(stopped.wait())
                await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
                tidying.cancel()
                waiting.cancel()
                if stopped.is_set():
                    work.cancel()
                    await asyncio.gather(work, return_exceptions=True)
                else:
                    await work
        except Exception as error:
            logger.warning("jobs.interrupted", error=type(error).__name__)
            await asyncio.wait({asyncio.create_task(stopped.wait())}, timeout=2)


async def _tidy(jobs: JobManager) -> None:
    """Jobs of dead workers run again: they would hold their lock, and all behind it, for ever."""
    while True:
        for job in await jobs.get_stalled_jobs():
            logger.warning("job.again", job=job.id, task=job.task_name)
            await jobs.retry_job(job)
        await jobs.delete_old_jobs(nb_hours=72, include_failed=True)
        await asyncio.sleep(TIDY_EVERY)
