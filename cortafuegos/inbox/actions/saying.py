"""A reply that is on its network, as a message of its thread."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cortafuegos.channels import demo
from cortafuegos.channels.contract import Sent
from cortafuegos.inbox.models import Message, Reply
from cortafuegos.people.models import Identity, Person


def message_of(reply: Reply, sent: Sent | None, at: datetime) -> Message:
    """Our own words as a message of the thread. The network may have told us of them already,
    before its answer to us: then that row becomes the reply's."""
    network_id = sent.network_id if sent else f"reply:{reply.key}"
    target, account = reply.target, reply.account
    message, _made = Message.objects.get_or_create(
        brand_id=reply.brand_id,
        network=account.network,
        network_id=network_id,
        defaults={
            "case_id": reply.case_id,
            "conversation_id": reply.conversation_id,
            "account": account,
            "identity": _ourselves(reply),
            "agent": reply.agent,
            "direction": Message.Direction.OUT,
            "public": reply.public,
            "text": reply.text,
            "attachments": list(reply.files),
            "posted_at": at,
            "in_reply_to": target.network_id,
            "url": demo.shown(account.config, sent.url) if sent else "",
            "language": target.language,
            "ref": dict(sent.ref) if sent else {},
        },
    )
    if not _made:
        message.case_id, message.agent = reply.case_id, reply.agent
        message.direction = Message.Direction.OUT
        message.attachments = list(reply.files) or message.attachments  # with what we said of them
        message.save(update_fields=["case", "agent", "direction", "attachments"])
    for part in sent.parts if sent else ():
        _part_of(message, part, at)
    return message


def _part_of(message: Message, network_id: str, at: datetime) -> None:
    """A file of the reply that is a message of its own out there. Here it stands at the words; its row
    is that of a message that is gone, and keeps the network's telling of it out, before or after."""
    gone: dict[str, Any] = {"case": None, "text": "", "attachments": [], "deleted_at": at}
    Message.objects.update_or_create(
        brand_id=message.brand_id,
        network=message.network,
        network_id=network_id,
        defaults=gone,
        create_defaults={
            **gone,
            "conversation_id": message.conversation_id,
            "account_id": message.account_id,
            "identity_id": message.identity_id,
            "direction": Message.Direction.OUT,
            "public": message.public,
            "posted_at": at,
            "ref": {},
        },
    )


def _ourselves(reply: Reply) -> Identity:
    account = reply.account
    found = Identity.objects.filter(
        brand_id=reply.brand_id, network=account.network, network_id=account.network_id
    ).first()
    if found:
        return found
    person = Person.objects.create(brand_id=reply.brand_id, name=account.name)
    identity, made = Identity.objects.get_or_create(
        brand_id=reply.brand_id,
        network=account.network,
        network_id=account.network_id,
        defaults={"person": person, "handle": account.handle, "name": account.name, "url": account.url},
    )
    if not made:
        person.delete()
    return identity
