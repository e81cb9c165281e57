"""The sandbox's heartbeat: tells the stories and pushes the webhooks, in one thread.

Several web processes may each have one: both jobs claim what they do inside SQLite, so that
together they do it once.
"""

from __future__ import annotations

import logging
import threading

from . import pusher, storyteller
from .store import Store, now

BEAT_SECONDS = 0.7
REST_SECONDS = 10.0  # after a failure, for instance a full disk

log = logging.getLogger(__name__)


class Runner:
    def __init__(self, store: Store) -> None:
        self.store = store
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Starts once; asked again, does nothing."""
        if self._thread is not None:
            return
        with self._lock:
            if self._thread is None and not self._stop.is_set():
                self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread is not None:
            self._thread.join(10)

    def _run(self) -> None:
        rest = 0.0
        while not self._stop.wait(rest or BEAT_SECONDS):
            try:
                storyteller.tick(self.store, now())
                pusher.push_due(self.store, now())
                rest = 0.0
            except Exception as error:
                # The pretend network must outlive a bad moment; what it says stays out of the log.
                log.warning("sandbox heartbeat failed: %s", type(error).__name__)
                rest = REST_SECONDS
