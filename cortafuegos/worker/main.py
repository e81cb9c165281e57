"""The worker process: loops in threads, and the job queue in the main one."""

from __future__ import annotations

import asyncio
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

from procrastinate.contrib.django import app

from cortafuegos.kit import log
from cortafuegos.worker import loops

JOBS_AT_ONCE = 4
logger = log.get(__name__)


def run() -> None:
    """Work until SIGTERM or SIGINT; what is under way ends first, for ten seconds at most."""
    stop = threading.Event()
    pool = ThreadPoolExecutor(max_workers=6, thread_name_prefix="network")
    intake = loops.Loop("intake", loops.intake_work(), stop)
    threads = [
        intake,
        loops.Loop("deadlines", loops.deadline_work, stop),
        loops.Loop("polling", loops.polling_work(pool), stop),
        loops.Loop("outbox", loops.outbox_work(pool), stop),
        loops.Loop("heartbeat", loops.heartbeat_work, stop),
    ]
    listener = loops.Listener([intake], stop)
    for thread in [*threads, listener]:
        thread.start()
    logger.info("worker.started")
    try:
        asyncio.run(_jobs(stop))
    finally:
        stop.set()
        for thread in threads:
            thread.wake()
        for thread in threads:
            thread.join(timeout=10)
        pool.shutdown(wait=False, cancel_futures=True)
        logger.info("worker.stopped")


async def _jobs(stop: threading.Event) -> None:
    """Run the job queue; begin again when the database went away and came back."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked() -> None:
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
                        shutdown_graceful_timeout=10,
                        fetch_job_polling_interval=2,
                        delete_jobs="successful",
                    )
                )
                waiting = asyncio.create_task(stopped.wait())
                await asyncio.wait({work, waiting}, return_when=asyncio.FIRST_COMPLETED)
                if stopped.is_set():
                    work.cancel()
                    await asyncio.gather(work, return_exceptions=True)
                else:
                    waiting.cancel()
                    await work
        except Exception as error:
            logger.warning("jobs.interrupted", error=type(error).__name__)
            await asyncio.wait({asyncio.create_task(stopped.wait())}, timeout=2)
