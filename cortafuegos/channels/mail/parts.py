"""A letter with enclosures: the words first, then each file as an attachment."""

from __future__ import annotations

import hashlib
from datetime import date
from email.charset import QP, Charset
from email.encoders import encode_base64
from email.message import Message
from email.policy import compat32

from cortafuegos.channels.contract import Media, Outgoing
from cortafuegos.channels.files import Files

# No rule of mail's: what the large providers take is 25 MB, and a file grows by a third on its way.
_TOTAL = 18_000_000  # bytes
FILES = Files(date(2026, 11, 1), {"*/*": _TOTAL}, 20, total=_TOTAL)

UTF8 = Charset("utf-8")
UTF8.body_encoding = QP  # readable in any program, and safe on any way


def put(message: Message, text: str, outgoing: Outgoing) -> None:
    """Make ``message`` carry the words and the files. Equal input gives equal bytes: the boundary is
    made of the reply's key, which no file's letters can hold."""
    boundary = hashlib.sha256(f"boundary {outgoing.key}".encode()).hexdigest()[:40]
    message["Content-Type"] = f'multipart/mixed; boundary="={boundary}"'
    words = Message(policy=compat32)
    words.set_payload(text, UTF8)
    message.set_payload([words, *(_enclosed(one) for one in outgoing.media)])


def _enclosed(one: Media) -> Message:
    part = Message(policy=compat32)
    part["Content-Type"] = one.media_type
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", one.name))
    if one.alt:
        part["Content-Description"] = " ".join(one.alt.split()).encode("ascii", "ignore").decode()[:200]
    part.set_payload(one.body)
    encode_base64(part)
    return part
