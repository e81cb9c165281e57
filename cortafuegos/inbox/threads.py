"""The whole public thread around a message, fetched when somebody opens the case."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from cortafuegos.channels import actions as accounts
from cortafuegos.channels import demo, registry
from cortafuegos.channels.contract import Delivery, Post, Refused, SendError, Unreadable
from cortafuegos.channels.models import Account
from cortafuegos.inbox.intake import front_of
from cortafuegos.inbox.models import Case, Conversation, Message
from cortafuegos.inbox.receive import Arrival, receive
from cortafuegos.inbox.targets import target_of
from cortafuegos.kit import clock, log

FRESH = timedelta(minutes=2)
logger = log.get(__name__)


def ask(case: Case) -> int:
    """Have the case's public threads read if nobody did lately. Returns how many were asked for."""
    from cortafuegos.inbox.jobs import read_thread  # jobs import this module

    now = clock.now()
    stale = Q(thread_read_at=None) | Q(thread_read_at__lt=now - FRESH)
    conversations = Conversation.objects.filter(
        stale, brand_id=case.brand_id, public=True, messages__case=case
    ).distinct()
    asked = list(conversations.values_list("pk", flat=True)[:5])
    with transaction.atomic():
        # Marked when asked for, so that a hundred viewers ask once.
        Conversation.objects.filter(brand_id=case.brand_id, pk__in=asked).update(thread_read_at=now)
        for conversation_id in asked:
            read_thread.defer(brand_id=case.brand_id, conversation_id=conversation_id)
    return len(asked)


def read(brand_id: int, conversation_id: int) -> int:
    """Fetch a thread and store what we had not seen, as context that opens no case."""
    message = (
        Message.objects.select_related("account", "identity", "conversation")
        .filter(brand_id=brand_id, conversation_id=conversation_id, deleted_at=None)
        .order_by("-posted_at")
        .first()
    )
    if message is None or not message.account.may_send:
        return 0
    account, connector = message.account, registry.connector(message.network)
    try:
        deliveries = connector.thread(account.view(), target_of(message))
    except Refused as refused:
        accounts.mark_refused(account, str(refused))
        return 0
    except SendError as error:
        logger.info("thread.unread", conversation=conversation_id, lost=error.lost)
        return 0
    arrivals = [
        Arrival(front_of(account), post, correlation=uuid.uuid4())
        for delivery in deliveries
        for post in _posts(account, delivery)
    ]
    with transaction.atomic():
        return receive(arrivals, clock.now()).messages


def _posts(account: Account, delivery: Delivery) -> list[Post]:
    try:
        return demo.read(registry.connector(account.network), account.view(), delivery)
    except Unreadable:
        logger.warning("thread.unreadable", account=account.pk)
        return []
