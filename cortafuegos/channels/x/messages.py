"""A direct message, as a post of ours: of the present interface, and of the events that webhooks bring."""

from __future__ import annotations

from datetime import UTC, datetime

from cortafuegos.channels.contract import AccountView, Attachment, Author, Json, Post, Unreadable

from . import names, people, words
from .values import child, children, moment, needed_id, number_id, text


def read(account: AccountView, event: Json, includes: Json) -> Post | None:
    """None for somebody who came or went."""
    if text(event, "event_type") not in ("", "MessageCreate"):
        return None
    sender = needed_id(event.get("sender_id"), "the sender")
    user = people.included(includes, sender)
    us = names.number(account.network_id)
    conversation = text(event, "dm_conversation_id")
    return _post(
        account,
        event_id=needed_id(event.get("id"), "the message"),
        sender=people.author(account, sender, user),
        other=_other(us, sender, conversation),
        group=conversation if conversation and "-" not in conversation else "",
        said=words.plain(text(event, "text"), children(child(event, "entities"), "urls")),
        said_at=moment(event.get("created_at"), "the message"),
        attachments=words.attachments(event, includes),
    )


def _other(us: str, sender: str, conversation: str) -> str:
    """The other one of an exchange of two ("12-345"); the group's number of a larger one."""
    if "-" not in conversation:
        return conversation or sender
    others = [one for one in conversation.split("-") if number_id(one) and one != us]
    return others[0] if others else sender


def read_event(account: AccountView, event: Json, users: Json) -> Post | None:
    """As webhooks bring it, in the shape of the older interface. None for what is no message."""
    if text(event, "type") != "message_create":
        return None
    made = child(event, "message_create")
    data = child(made, "message_data")
    sender = needed_id(made.get("sender_id"), "the sender")
    recipient = number_id(child(made, "target").get("recipient_id"))
    us = names.number(account.network_id)
    told = child(users, sender)
    told = child(told, "data") or told
    media = child(child(data, "attachment"), "media")
    own = (text(media, "url"),) if text(media, "url") else ()
    return _post(
        account,
        event_id=needed_id(event.get("id"), "the message"),
        sender=people.author(account, sender, told)
        if "username" in told
        else people.older_author(account, sender, told),
        other=recipient if sender == us and recipient else sender,
        group="",
        said=words.plain(text(data, "text"), children(child(data, "entities"), "urls"), own),
        said_at=_stamp(event.get("created_timestamp")),
        attachments=words.older_attachments([media] if media else []),
    )


def _post(
    account: AccountView,
    *,
    event_id: str,
    sender: Author,
    other: str,
    group: str,
    said: str,
    said_at: datetime,
    attachments: tuple[Attachment, ...],
) -> Post:
    return Post(
        network_id=names.message(event_id),
        author=sender,
        text=said,
        posted_at=said_at,
        public=False,
        conversation=names.exchange(account, other),
        addressed=sender.network_id != account.network_id,
        attachments=attachments,
        ref={
            "event": event_id,
            "author": names.number(sender.network_id),
            **({"group": group} if group else {}),
        },
    )


def _stamp(value: object) -> datetime:
    """Milliseconds since 1970, written as text."""
    digits = number_id(value)
    try:
        return datetime.fromtimestamp(int(digits) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        raise Unreadable("the message has no time") from None
