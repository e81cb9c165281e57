"""Says that this process is alive, for `/readyz` and the doctor."""

from __future__ import annotations

import os
import socket
from datetime import datetime, timedelta

from cortafuegos.worker.models import Heartbeat

FORGOTTEN = timedelta(days=1)  # after which a process that ended is no longer spoken of


def beat(kind: str, now: datetime, **data: str | int) -> None:
    name = f"{kind}:{socket.gethostname()}:{os.getpid()}"[:120]
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now, "data": data})
    Heartbeat.objects.filter(at__lt=now - FORGOTTEN).delete()
