"""JSON lines, one message each; docs/import-export.md tells the form."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from cortafuegos.inbox.importing.rows import BadRow, Row, moment

EXPORT = "cortafuegos-export"  # the type of the first line of what we export


class Who(msgspec.Struct):
    id: str
    handle: str = ""
    name: str = ""
    place: str = ""
    verified: bool = False


class Said(msgspec.Struct):
    id: str
    author: str | Who
    at: str
    text: str
    ours: bool | None = None
    in_reply_to: str = ""
    conversation: str = ""
    customer: str = ""
    public: bool = True
    subject: str = ""
    language: str = ""
    url: str = ""


_decoder = msgspec.json.Decoder(Said)


def read(record: bytes, ours: Collection[str] = ()) -> Row:
    try:
        said = _decoder.decode(record)
    except msgspec.ValidationError as error:
        raise BadRow(str(error)) from None
    except msgspec.DecodeError as error:
        raise BadRow(f"not JSON: {error}") from None
    except RecursionError:
        raise BadRow("nested too deeply") from None
    who = said.author if isinstance(said.author, Who) else Who(said.author, handle=said.author)
    if not said.id or not who.id:
        raise BadRow("id or author is empty")
    names = {who.id.lower(), who.handle.lstrip("@").lower()}
    wanted = {name.strip().lstrip("@").lower() for name in ours}
    return Row(
        id=said.id,
        author=who.id,
        handle=who.handle.lstrip("@") or who.id,
        name=who.name,
        place=who.place,
        verified=who.verified,
        at=moment(said.at),
        text=said.text,
        ours=said.ours if said.ours is not None else bool(names & wanted),
        parent=said.in_reply_to,
        conversation=said.conversation,
        customer=said.customer,
        public=said.public,
        subject=said.subject,
        language=said.language[:8],
        url=said.url,
    )


def kind(record: bytes) -> str:
    """The ``type`` of a line of our own export, or nothing."""
    try:
        found: Any = msgspec.json.decode(record)
    except (msgspec.DecodeError, RecursionError):
        return ""
    return str(found.get("type", "")) if isinstance(found, dict) else ""
