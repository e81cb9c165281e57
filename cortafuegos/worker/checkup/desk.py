"""How the desk is doing: its worker, what waits, its accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Min

from cortafuegos.channels import registry
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.inbox.models import Reply
from cortafuegos.kit import clock
from cortafuegos.kit.crypto import Unsealable
from cortafuegos.worker.checkup.finding import Finding, judged, mend, ok, watch
from cortafuegos.worker.models import Heartbeat

SILENT = timedelta(minutes=1)  # a worker says that it lives every few seconds
STUCK_RECEIPT = timedelta(minutes=5)
STUCK_REPLY = timedelta(minutes=15)
ENDS_SOON = timedelta(days=7)


def worker() -> Iterator[Finding]:
    now = clock.now()
    seen = Heartbeat.objects.filter(name__startswith="worker").order_by("-at").first()
    if seen is None:
        yield watch("worker", "no worker has run yet: cortafuegos up starts one, or cortafuegos worker")
        return
    alive = Heartbeat.objects.filter(name__startswith="worker", at__gt=now - SILENT).count()
    yield judged(
        "worker",
        alive > 0,
        f"{alive} worker{'s' if alive > 1 else ''} at work",
        f"no worker since {_ago(now - seen.at)}: nothing is read or sent. Start cortafuegos worker",
    )


def receipts() -> Iterator[Finding]:
    waiting = Receipt.objects.filter(state="new")
    oldest = waiting.order_by("pk").values_list("received_at", flat=True).first()
    age = clock.now() - oldest if oldest else timedelta()
    yield judged(
        "receipts",
        age < STUCK_RECEIPT,
        f"{waiting.count()} deliveries wait to be read" if oldest else "every delivery has been read",
        f"{waiting.count()} deliveries wait to be read, the oldest for {_ago(age)}",
    )
    aside = Receipt.objects.filter(state="quarantined").count()
    yield judged(
        "quarantine",
        not aside,
        "no delivery is in quarantine",
        f"{aside} deliveries could not be read: see Quarantine in the settings of their brand",
    )


def replies() -> Iterator[Finding]:
    waiting = Reply.objects.filter(state__in=["queued", "sending"])
    oldest = waiting.aggregate(Min("created_at"))["created_at__min"]
    age = clock.now() - oldest if oldest else timedelta()
    yield judged(
        "replies",
        age < STUCK_REPLY,
        f"{waiting.count()} replies on their way" if oldest else "no reply waits to leave",
        f"{waiting.count()} replies wait to leave, the oldest for {_ago(age)}",
    )
    unknown = Reply.objects.filter(state="unknown").count()
    yield judged(
        "unknown_replies",
        not unknown,
        "the fate of every reply is known",
        f"nobody knows whether {unknown} replies arrived: look at the network and say so in their cases",
    )


def accounts() -> Iterator[Finding]:
    now = clock.now()
    connected = Account.objects.filter(removed_at=None).exclude(state="paused").select_related("brand")
    found = [finding for account in connected.order_by("pk") if (finding := _account(account, now))]
    yield from found
    if not found:
        yield ok("accounts", f"{len(connected)} accounts connected and well")


def _account(account: Account, now: datetime) -> Finding | None:
    name = f"{account.name} ({account.network}, {account.brand.slug})"
    if account.network not in registry.networks():
        return mend("accounts", f"{name}: this installation no longer has that network")
    try:
        _ = account.credentials
    except Unsealable:
        return mend(
            "accounts",
            f"{name}: its credentials were sealed with another secret. Put the former one behind a comma"
            " in CORTAFUEGOS_SECRET, or connect it again",
        )
    if account.state == "refused":
        return mend("accounts", f"{name}: the network refuses us. Connect it again")
    if account.expires_at and account.expires_at - now < ENDS_SOON:
        return mend("accounts", f"{name}: its access ends on {account.expires_at:%Y-%m-%d}. Connect it again")
    if account.state == "expiring":
        return mend("accounts", f"{name}: its access ends soon. Connect it again")
    if account.state == "degraded":
        return watch("accounts", f"{name}: the network answers badly; we keep trying")
    return None


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours" if minutes < 2880 else f"{minutes // 1440} days"


CHECKS = (worker, receipts, replies, accounts)
