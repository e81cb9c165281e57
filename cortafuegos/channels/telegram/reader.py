"""One update, as posts. Pure. Fed alike by polling and by webhook: the body is the update itself."""

from __future__ import annotations

import json

from cortafuegos.channels.contract import AccountView, Author, Delivery, Json, Kind, Post, Unreadable

from .media import files
from .values import chat_id, child, clean, exchange, message_id, moment, needed, number, person_id, text
from .words import is_event, mentions, said

_MESSAGES = {"message": Kind.POST, "edited_message": Kind.EDIT}
# Known, and nothing is said in them: who blocked us is learnt when we send.
_SILENT = ("my_chat_member", "channel_post", "edited_channel_post")
_GROUPS = ("group", "supergroup")


def update(delivery: Delivery) -> Json:
    try:
        found = json.loads(delivery.body)
    except (ValueError, RecursionError) as wrong:
        raise Unreadable(f"not an update: {type(wrong).__name__}") from None
    if not isinstance(found, dict) or number(found, "update_id") is None:
        raise Unreadable("an update without a number")
    return found


def key(found: Json) -> str:
    """Polled or pushed, the same update has the same key."""
    return f"update:{found['update_id']}"


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    found = update(delivery)
    for name, kind in _MESSAGES.items():
        if (message := child(found, name)) is not None:
            return _read(account, message, kind)
    if any(name in found for name in _SILENT):
        return []
    raise Unreadable("an update of a kind we did not ask for")


def _read(account: AccountView, message: Json, kind: Kind) -> list[Post]:
    chat = child(message, "chat")
    if chat is None:
        raise Unreadable("a message in no chat")
    if is_event(message) or text(chat, "type") not in ("private", *_GROUPS):
        return []
    return [_post(account, message, chat, kind)]


def _post(account: AccountView, message: Json, chat: Json, kind: Kind) -> Post:
    bot, where, this = account.network_id, needed(chat, "id"), needed(message, "message_id")
    public = text(chat, "type") in _GROUPS
    parent = _parent(message)
    attached = files(message)
    author = _author(message)
    return Post(
        network_id=message_id(bot, where, this),
        author=author,
        text=said(message),
        posted_at=moment(message, "date"),
        public=public,
        conversation=_thread(bot, message, parent, where) if public else exchange(bot, where),
        in_reply_to=message_id(bot, where, needed(parent, "message_id")) if parent else "",
        addressed=_addressed(account, message, parent) if public else not _knocks(message),
        kind=kind,
        edited_at=moment(message, "edit_date") if kind is Kind.EDIT and "edit_date" in message else None,
        url=_link(chat, where, this),
        attachments=tuple(attachment for attachment, _file in attached),
        ref=_ref(message, where, this, [file for _attachment, file in attached]),
    )


def _parent(message: Json) -> Json | None:
    """What it answers. In a group with topics everything hangs under the topic's own beginning."""
    parent = child(message, "reply_to_message")
    return None if parent is not None and "forum_topic_created" in parent else parent


def _knocks(message: Json) -> bool:
    """The button that opens every chat with a bot says /start: nobody's words yet."""
    return text(message, "text").partition(" ")[0] == "/start"


def _ref(message: Json, chat: int, this: int, files: list[str]) -> Json:
    ref: Json = {"chat": chat, "message": this}
    if message.get("is_topic_message") is True and (topic := number(message, "message_thread_id")):
        ref["topic"] = topic
    if album := text(message, "media_group_id"):
        ref["album"] = album
    if files:
        ref["files"] = files
    return ref


def _author(message: Json) -> Author:
    """A person; or the group or channel in whose name an administrator speaks."""
    if (speaking := child(message, "sender_chat")) is not None:
        title = text(speaking, "title") or "?"
        return Author(chat_id(needed(speaking, "id")), text(speaking, "username") or title, title)
    person = child(message, "from")
    if person is None:
        raise Unreadable("a message by nobody")
    number_ = needed(person, "id")
    name = clean(f"{text(person, 'first_name')} {text(person, 'last_name')}".strip())
    handle = text(person, "username")
    url = f"https://t.me/{handle}" if handle.isascii() and handle.isidentifier() else ""
    return Author(person_id(number_), handle or name or str(number_), name, url)


def _addressed(account: AccountView, message: Json, parent: Json | None) -> bool:
    """In a group: who names the bot, answers it, or comments a post of the channel it belongs to."""
    if message.get("is_automatic_forward") is True:
        return False
    bot = _bot(account)
    answered = child(parent or {}, "from") or {}
    if number(answered, "id") == bot or (parent or {}).get("is_automatic_forward") is True:
        return True
    return mentions(message, account.handle, bot)


def _bot(account: AccountView) -> int:
    tail = account.network_id.rpartition(":")[2]
    return int(tail) if tail.isascii() and tail.isdecimal() else 0


def _thread(bot: str, message: Json, parent: Json | None, chat: int) -> str:
    """The root of what is being answered, where Telegram tells it: in supergroups the thread's number
    is that of its first message. Elsewhere only the message right above is known. The pictures of an
    album are messages of their own, of which only one has the words: they stay together."""
    root = number(message, "message_thread_id")
    if root is not None and message.get("is_topic_message") is not True:
        return message_id(bot, chat, root)
    if parent is not None:
        return message_id(bot, chat, needed(parent, "message_id"))
    if album := text(message, "media_group_id"):
        return f"{bot}:{chat}:album:{album}"
    return message_id(bot, chat, needed(message, "message_id"))


def _link(chat: Json, where: int, this: int) -> str:
    """Only public groups have addresses; those of others open for their members."""
    name = text(chat, "username")
    if text(chat, "type") != "supergroup":
        return ""
    if name.isascii() and name.isidentifier():
        return f"https://t.me/{name}/{this}"
    return f"https://t.me/c/{-where - 1_000_000_000_000}/{this}"
