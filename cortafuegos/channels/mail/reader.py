"""A stored message, as a post. Pure: the bytes, and the time the mailbox got them, say it all."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import parsedate_to_datetime

from cortafuegos.channels.contract import AccountView, Attachment, Author, Delivery, Json, Post, Unreadable

from .automatic import automatic, bounce
from .message import (
    Part,
    address,
    attached,
    content,
    decode,
    header,
    headers,
    name_of,
    parse,
    parts,
    raw_headers,
    text_of,
    unfold,
)
from .visible import html_to_text, tidy, trim

MAX_TEXT = 100_000  # characters shown; the receipt keeps the rest
MAX_REFERENCES = 50
_ID = re.compile(r"<[^<>\s]{1,900}>")
_KNOWN = ("from", "to", "subject", "date", "message-id", "received", "return-path", "sender", "content-type")
_NOISE = {
    "application/pgp-signature",
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "message/delivery-status",
    "text/rfc822-headers",
}
_KINDS = {"image", "video", "audio"}


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    message = parse(delivery.body)
    if not any(header(message, name) for name in _KNOWN):
        raise Unreadable("not an e-mail: it has no headers")
    digest = hashlib.sha256(delivery.body).hexdigest()
    network_id = message_id(message, digest)
    subject = header(message, "subject")[:500]
    author = _author(message, digest)
    parents = _ids(message, "in-reply-to")
    references = _ids(message, "references") or parents[:1]
    if bounce(message) and (returned := _returned(message)):
        # A report of failure belongs where the message is that did not arrive.
        parents, references = [returned[-1]], returned
    body, attachments = _body(message)
    return [
        Post(
            network_id=network_id,
            author=author,
            text=trim(body, subject),
            posted_at=_time(message, delivery),
            public=False,
            conversation=references[0] if references else network_id,
            in_reply_to=(parents or references[-1:] or [""])[-1],
            addressed=author.network_id != account.network_id
            and not automatic(message, author.network_id, account.network_id.rpartition("@")[2]),
            language=_language(message),
            subject=subject,
            attachments=attachments,
            ref=_ref(account, message, network_id, references, author),
        )
    ]


def message_id(message: Message[str, str], digest: str) -> str:
    """With its angle brackets, as everybody quotes it. A message that has none gets one from its
    own bytes, so that reading it again gives the same."""
    found = _ids(message, "message-id")
    return found[0] if found else f"<{digest[:40]}@no-message-id.invalid>"


def _ids(message: Message[str, str], name: str) -> list[str]:
    found = [one for value in headers(message, name) for one in _ID.findall(value)]
    return found[:1] + found[1:][-(MAX_REFERENCES - 1) :]


def address_in(message: Message[str, str], name: str) -> tuple[str, str]:
    """Display name and lower-cased address of the first mailbox in a header; empty without one."""
    for raw in raw_headers(message, name):
        shown, found = address(raw)
        found = unfold(found).lower()
        if re.fullmatch(r"[^\s@<>\"(),;:]+@[^\s@<>\"(),;:]+", found) and len(found) <= 254:
            return unfold(decode(shown))[:200], found
    return "", ""


def _author(message: Message[str, str], digest: str) -> Author:
    for name in ("from", "sender", "reply-to", "return-path"):
        shown, found = address_in(message, name)
        if found:
            return Author(network_id=found, handle=found, name=shown or found.partition("@")[0])
    shown = header(message, "from").lstrip("@ ")[:200]
    return Author(network_id=f"unknown-{digest[:24]}", handle=shown or "?", name=shown)


def _ref(
    account: AccountView, message: Message[str, str], network_id: str, references: list[str], author: Author
) -> Json:
    name, reply_to = address_in(message, "reply-to")
    if not reply_to or reply_to == account.network_id:
        name, reply_to = author.name, author.network_id if "@" in author.network_id else ""
    return {
        "message_id": network_id,
        "references": [one for one in references if one != network_id],
        "reply_to": reply_to,
        "reply_name": name,
    }


def _time(message: Message[str, str], delivery: Delivery) -> datetime:
    """When it was sent; when it arrived, where the sender's clock says nothing or runs ahead."""
    said = _date(header(message, "date"))
    arrived = _date(header(message, "received").rpartition(";")[2]) or _iso(delivery)
    if said and arrived and said > arrived + timedelta(hours=1):
        return arrived
    return said or arrived or datetime(1970, 1, 1, tzinfo=UTC)


def _date(value: str) -> datetime | None:
    try:
        when = parsedate_to_datetime(value)
        when = when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return when if when.year >= 1980 else None


def _iso(delivery: Delivery) -> datetime | None:
    try:
        when = datetime.fromisoformat(delivery.headers.get("internaldate", ""))
        return when.astimezone(UTC) if when.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _language(message: Message[str, str]) -> str:
    found = re.match(r"[A-Za-z]{2}(?![A-Za-z])", header(message, "content-language"))
    return found[0].lower() if found else ""


def _body(message: Message[str, str]) -> tuple[str, tuple[Attachment, ...]]:
    """The words, from plain text where there is some and from HTML otherwise; and what hangs on it."""
    plain: list[str] = []
    rich: list[str] = []
    attachments: list[Attachment] = []
    for part in parts(message):
        if part.type.startswith("multipart/"):
            if not part.message.is_multipart():  # a broken one, or one past our bounds: as it stands
                plain.append(text_of(part.message, MAX_TEXT * 4))
        elif _is_words(part):
            words = text_of(part.message, MAX_TEXT * 10)
            (rich if part.type == "text/html" else plain).append(words)
        elif part.type not in _NOISE:
            attachments.append(_attachment(part))
    text = tidy("\n\n".join(words for words in plain if words.strip()))
    if not text.strip() and rich:
        text = "\n\n".join(html_to_text(html) for html in rich)
    return text[:MAX_TEXT], tuple(attachments)


def _is_words(part: Part) -> bool:
    disposition = header(part.message, "content-disposition").lower()
    if part.type not in ("text/plain", "text/html") or disposition.startswith("attachment"):
        return False
    return not name_of(part.message)


def _attachment(part: Part) -> Attachment:
    kind = part.type.partition("/")[0]
    name = name_of(part.message)
    if not name and part.type == "message/rfc822":
        inside = attached(part.message)
        subject = header(inside, "subject") if inside else ""
        name = (subject[:100] or "message") + ".eml"
    return Attachment(
        kind=kind if kind in _KINDS else "file",
        name=name,
        media_type=part.type,
        size=len(content(part.message)),
        alt=header(part.message, "content-description")[:300],
        part=part.index,
    )


def _returned(message: Message[str, str]) -> list[str]:
    """The references of the message that a delivery report returns, ending with its own id."""
    for part in parts(message):
        original = attached(part.message) if part.type == "message/rfc822" else None
        if part.type == "text/rfc822-headers":
            original = parse(content(part.message))
        if original is not None and (own := _ids(original, "message-id")):
            return [*_ids(original, "references"), own[0]]
    return []
