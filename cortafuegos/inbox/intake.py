"""From the durable log of receipts to cases: claim, read, receive, done, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db import transaction
from django.db.models import Q

from cortafuegos.channels import demo, registry
from cortafuegos.channels.capabilities import Follows, Status
from cortafuegos.channels.contract import AccountView, Connector, Delivery, Unreadable
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.channels.receipts import postgres as receipts
from cortafuegos.channels.receipts.contract import ADDRESSEE, Claimed
from cortafuegos.inbox.receive import Arrival, receive
from cortafuegos.inbox.receive.arrival import Front
from cortafuegos.inbox.receive.following import Told, follow
from cortafuegos.kit import clock, log
from cortafuegos.kit.database import GONE

BATCH = 500
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    receipts: int
    messages: int
    quarantined: int


def front_of(account: Account) -> Front:
    return Front(
        id=account.pk,
        brand_id=account.brand_id,
        network=account.network,
        network_id=account.network_id,
        language=account.language,
        time_zone=account.time_zone,
        opening_hours=account.opening_hours,
        first_answer_minutes=account.first_answer_minutes,
    )


class NotStored(Exception):
    """Something in the batch cannot be stored; the cause is the error. Nothing of it was kept."""

    def __init__(self, receipts: list[int]) -> None:
        super().__init__(f"{len(receipts)} receipts")
        self.receipts = receipts


def take(limit: int = BATCH) -> Taken:
    """Turn the oldest waiting receipts into cases. A crash at any point leaves them waiting.

    One that cannot be read is put aside with its reason; the batch around it goes through. Raises
    NotStored when the batch cannot be written, unless it is the database itself that is ill.
    """
    claimed: list[Claimed] = []
    try:
        with transaction.atomic():
            claimed += receipts.claim(limit)
            return _take(claimed) if claimed else Taken(0, 0, 0)
    except GONE:
        raise
    except Exception as error:
        if not claimed:
            raise
        raise NotStored([receipt.id for receipt in claimed]) from error


def _take(claimed: list[Claimed]) -> Taken:
    now = clock.now()
    arrivals, told, unreadable = read(claimed)
    outcome = receive(arrivals, now)
    followed = follow(told, now)
    bad = {receipt.id for receipt, _ in unreadable}
    receipts.done([receipt.id for receipt in claimed if receipt.id not in bad], now)
    for receipt, reason in unreadable:
        receipts.quarantine(receipt.id, reason)
        logger.warning("receipt.quarantined", receipt=receipt.id, account=receipt.account_id)
    _heard({receipt.account_id for receipt in claimed}, now)
    logger.info(
        "receipts.taken",
        receipts=len(claimed),
        messages=outcome.messages,
        cases=outcome.cases,
        statuses=followed.kept,
        strangers=followed.strangers,
        first=str(claimed[0].correlation),
    )
    return Taken(len(claimed), outcome.messages, len(unreadable))


def _heard(account_ids: set[int], now: datetime) -> None:
    """When something last came in, for the account's page; to the minute, so as not to write one row
    at every batch."""
    stale = Q(last_event_at=None) | Q(last_event_at__lt=now - timedelta(minutes=1))
    for pk in sorted(account_ids):
        Account.objects.filter(stale, pk=pk).update(last_event_at=now)


def read(claimed: Iterable[Claimed]) -> tuple[list[Arrival], list[Told], list[tuple[Claimed, str]]]:
    """Ask the connectors what the receipts say: posts, what became of ours, and what they cannot read."""
    claimed = list(claimed)
    accounts = Account.objects.in_bulk({receipt.account_id for receipt in claimed})
    front = cache(lambda pk: front_of(accounts[pk]))
    # Opened when first needed: credentials that cannot be concern the receipts of their account.
    view = cache(lambda pk: accounts[pk].view())
    arrivals: list[Arrival] = []
    told: list[Told] = []
    unreadable: list[tuple[Claimed, str]] = []
    for receipt in claimed:
        account = _addressee(accounts[receipt.account_id], receipt.delivery)
        if account is None:
            wanted = receipt.delivery.headers[ADDRESSEE]
            unreadable.append((receipt, f"It is for {wanted}, which is not connected here or is paused."))
            continue
        accounts.setdefault(account.pk, account)
        try:
            connector = registry.connector(account.network)
            posts = demo.read(connector, view(account.pk), receipt.delivery)
            for post in posts:
                clock.aware(post.edited_at or post.posted_at)
            statuses = _statuses(connector, view(account.pk), receipt.delivery)
        except Unreadable as error:
            unreadable.append((receipt, str(error)))
        except Exception as error:
            # A fault of the connector must not hold up everybody else; it can be replayed.
            logger.exception("receipt.crashed", receipt=receipt.id, error=type(error).__name__)
            unreadable.append((receipt, f"The connector failed: {type(error).__name__}"))
        else:
            arrivals += [Arrival(front(account.pk), post, receipt.id, receipt.correlation) for post in posts]
            told += [Told(front(account.pk), status) for status in statuses]
    return arrivals, told, unreadable


def _statuses(connector: Connector, account: AccountView, delivery: Delivery) -> Sequence[Status]:
    if not isinstance(connector, Follows):
        return ()
    found = connector.statuses(account, delivery)
    for status in found:
        clock.aware(status.at)
    return found


def _addressee(account: Account, delivery: Delivery) -> Account | None:
    """Whom a receipt of ``account`` is for: itself, or the sister a part was meant for that did not
    listen when it came (see web/edge/sharing.py). None when that one does not listen now either."""
    if not (network_id := delivery.headers.get(ADDRESSEE)):
        return account
    sisters = Account.objects.filter(brand=account.brand_id, network=account.network, removed_at=None)
    return sisters.filter(network_id=network_id).exclude(state=Account.State.PAUSED).first()


@transaction.atomic
def put_aside(receipt_id: int, reason: str) -> bool:
    """Quarantine a receipt that cannot be stored. False when somebody stored it meanwhile."""
    waiting = Receipt.objects.select_for_update().filter(pk=receipt_id, state=Receipt.State.NEW).first()
    if waiting is None:
        return False
    receipts.quarantine(waiting.pk, reason)
    logger.error("receipt.quarantined", receipt=waiting.pk, account=waiting.account_id)
    return True


class Window:
    """How many receipts to take at once: halves after a failure until the culprit stands alone,
    doubles after each success."""

    def __init__(self, most: int = BATCH) -> None:
        self.most = self.size = most

    def failed(self, receipts: int) -> None:
        self.size = max(1, min(self.size, receipts) // 2)

    def passed(self) -> None:
        self.size = min(self.most, self.size * 2)
