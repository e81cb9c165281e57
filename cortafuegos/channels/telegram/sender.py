"""Answers: out, and taken back. Telegram has no idempotency key, and cannot be asked what was sent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Media, Outgoing, SendError, Sent

from . import measure
from .values import exchange, message_id
from .wire import Gone, Moved, call


def send(account: AccountView, outgoing: Outgoing) -> Sent:
    aim = _aim(outgoing)
    _check(outgoing)
    try:
        said = _out(account, outgoing, aim)
    except Moved as moved:  # what it answers has another number there, which nobody tells
        aim = {"chat_id": moved.chat}
        said = _out(account, outgoing, aim)
    first = said[0] if isinstance(said, list) and said else said
    try:
        chat, message = int(first["chat"]["id"]), int(first["message_id"])
        posted_at = datetime.fromtimestamp(int(first["date"]), UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        raise SendError(
            _("Telegram answers with something unreadable."), permanent=False, lost=True
        ) from None
    conversation = outgoing.target.conversation
    if not outgoing.public:
        conversation = exchange(account.network_id, chat)
    ref: Json = {"chat": chat, "message": message}
    if isinstance(said, list):
        ref["messages"] = [part["message_id"] for part in said]
    return Sent(
        network_id=message_id(account.network_id, chat, message),
        posted_at=posted_at,
        ref=ref,
        conversation=conversation,
        rest=measure.GROUP_REST if outgoing.public else measure.REST,
    )


def _aim(outgoing: Outgoing) -> Json:
    """Where it goes, and what it answers. In private it goes out even if the person deleted what
    they had said; in a group it would be said to everybody about nothing."""
    target, ref = outgoing.target, outgoing.target.ref
    if not isinstance(ref.get("chat"), int) or not isinstance(ref.get("message"), int):
        raise SendError(_("This message did not come from Telegram."), permanent=True)
    if outgoing.public and not target.public:
        raise SendError(_("A private message is not answered in public."), permanent=True)
    if target.public and not outgoing.public:
        kind, _colon, number = target.author_id.rpartition(":")
        if kind != "telegram:user" or not number.isdecimal():
            raise SendError(_("Whoever speaks as a group or a channel has no private chat."), permanent=True)
        return {"chat_id": int(number)}
    aim: Json = {
        "chat_id": ref["chat"],
        "reply_parameters": {
            "message_id": ref["message"],
            "allow_sending_without_reply": not outgoing.public,
        },
    }
    if isinstance(ref.get("topic"), int):
        aim["message_thread_id"] = ref["topic"]
    return aim


def _check(outgoing: Outgoing) -> None:
    """What Telegram would refuse after a file has travelled for nothing."""
    if outgoing.media and measure.measure(outgoing.text) > measure.CAPTION:
        raise SendError(
            _("Beside a file Telegram takes %(number)s characters. Send the text and the file apart.")
            % {"number": measure.CAPTION},
            permanent=True,
        )
    if len(outgoing.media) > measure.ALBUM:
        raise SendError(
            _("Telegram takes %(number)s files at once.") % {"number": measure.ALBUM}, permanent=True
        )
    if any(len(media.body) > measure.FILE_BYTES for media in outgoing.media):
        raise SendError(_("The file is too large for Telegram."), permanent=True)


def _out(account: AccountView, outgoing: Outgoing, aim: Json) -> Any:
    # Half of an emoji, as some editors leave it, is no text that Telegram takes.
    text = outgoing.text.encode("utf-8", "replace").decode()
    if not outgoing.media:
        return call(account, "sendMessage", {**aim, "text": text}, writing=True)
    if len(outgoing.media) == 1:
        (media,) = outgoing.media
        kind = _kind(media)
        body = {**aim, **({"caption": text} if text else {})}
        return call(account, f"send{kind.title()}", body, writing=True, files={kind: _file(media)})
    kinds = [_kind(media) for media in outgoing.media]
    # Pictures and films share an album; files and music only with their like.
    if not set(kinds) <= {"photo", "video"} and len(set(kinds)) > 1:
        kinds = ["document"] * len(kinds)
    group: list[Json] = [{"type": kind, "media": f"attach://file{place}"} for place, kind in enumerate(kinds)]
    if text:
        group[0]["caption"] = text
    files = {f"file{place}": _file(media) for place, media in enumerate(outgoing.media)}
    return call(account, "sendMediaGroup", {**aim, "media": group}, writing=True, files=files)


def _kind(media: Media) -> str:
    if media.media_type in ("image/jpeg", "image/png", "image/webp"):
        return "photo" if len(media.body) <= measure.PHOTO_BYTES else "document"
    if media.media_type == "video/mp4":
        return "video"
    return "audio" if media.media_type in ("audio/mpeg", "audio/mp4") else "document"


def _file(media: Media) -> tuple[str, bytes, str]:
    return (media.name, media.body, media.media_type)


def withdraw(account: AccountView, ref: Json) -> None:
    """An album is as many messages as it has files."""
    for message in ref.get("messages") or [ref.get("message")]:
        try:
            call(account, "deleteMessage", {"chat_id": ref.get("chat"), "message_id": message}, writing=False)
        except Gone:
            continue
