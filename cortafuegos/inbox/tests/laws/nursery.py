"""A process with everything imported, which forks workers on demand: a line on its standard input
asks for one, a line on its output gives its number. Cheap enough to kill two hundred of them.

    work       the whole worker, as `cortafuegos worker` runs it
    take       nothing but receipts into cases, as fast as it goes, in batches of random size
    drain      the same until none waits, then it ends
    deliver 7  one attempt at reply 7
    migrate    the tables
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Callable


def take() -> None:
    from cortafuegos.inbox import intake
    from cortafuegos.kit.database import GONE, deadlocked

    chance = random.Random(os.getpid())
    while True:
        try:
            intake.take(chance.choice((1, 20, 500)))
        except GONE as error:
            if not deadlocked(error):
                raise


def drain() -> None:
    from cortafuegos.kit.database import GONE
    from cortafuegos.worker import loops

    work = loops.intake_work()
    while True:
        try:
            if work():
                return
        except GONE:
            continue  # a deadlock; nobody else is at work by now, so it ends


def deliver(reply: str) -> None:
    from cortafuegos.inbox import delivery

    delivery.deliver(int(reply))


def work() -> None:
    from cortafuegos.worker.main import run

    run()


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)


TASKS: dict[str, Callable[..., None]] = {
    task.__name__: task for task in (take, drain, deliver, work, migrate)
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortafuegos.settings")
    import django

    django.setup()
    from cortafuegos.channels import registry
    from cortafuegos.channels.sandbox.client import http
    from cortafuegos.inbox.tests import networks
    from cortafuegos.kit.crypto import seal
    from cortafuegos.triage import rules as triage
    from cortafuegos.worker import main as _main  # noqa: F401 - imported here, so that forks are quick

    networks.learn()
    for network in registry.networks():
        registry.connector(network)
    http()  # reads its certificates
    seal({})  # makes its key
    triage.read(
        [("Llevo dos horas esperando y nadie contesta", ""), ("xyzzy plugh", "")]
    )  # loads its weights
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the dead
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            try:
                task, *arguments = line.split()
                TASKS[task](*arguments)
            finally:
                os._exit(0)
        print(child, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
