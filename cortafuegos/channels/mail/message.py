"""A message as its headers and parts, whatever its bytes. The standard library parses; here stand the
bounds that keep a hostile message cheap, and the decoding that keeps a careless one readable.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from email.utils import parseaddr
from typing import Any

MAX_DEPTH = 20
MAX_PARTS = 300
MAX_HEADER = 10_000  # characters of one header that are looked at
# Past these a message is read as one piece: the parser's work grows with lines times depth.
MAX_MULTIPARTS = 60
MAX_BOUNDARIES = 20_000

_MULTIPART = re.compile(rb"multipart/", re.IGNORECASE)
# Text encodings found in mail. Not every codec Python knows: some are quadratic, some run code paths
# nobody expects of a mail ("punycode", "idna", "unicode_escape").
_CODECS = re.compile(
    r"^(utf-?(8|16|32).*|ascii|iso8859.*|cp\d+|koi8.*|gb.*|big5.*|shift_jis.*|euc.*|iso2022.*|mac.*)$"
)
_TYPE = re.compile(r"[a-z0-9.+_-]{1,60}/[a-z0-9.+_-]{1,60}")
_WESTERN = re.compile(r"^(ascii|iso8859.*|cp125\d)$")


@dataclass(frozen=True, slots=True)
class Part:
    index: int  # counted depth first; the root is 0
    message: Message[str, str]
    parents: tuple[str, ...]  # content types from the root down

    @property
    def type(self) -> str:
        given = self.message.get_content_type()
        return given if _TYPE.fullmatch(given) else "application/octet-stream"


def parse(raw: bytes) -> Message[str, str]:
    flat = len(_MULTIPART.findall(raw)) > MAX_MULTIPARTS or raw.count(b"\n--") > MAX_BOUNDARIES
    try:
        return BytesParser(policy=compat32).parsebytes(raw, headersonly=flat)
    except RecursionError:
        return BytesParser(policy=compat32).parsebytes(raw, headersonly=True)


def parts(message: Message[str, str]) -> Iterator[Part]:
    """Every part, depth first. An attached message counts as one part and is not entered."""
    stack: list[tuple[Message[str, str], tuple[str, ...]]] = [(message, ())]
    index = 0
    while stack and index < MAX_PARTS:
        this, parents = stack.pop()
        part = Part(index, this, parents)
        yield part
        index += 1
        if part.type.startswith("multipart/") and len(parents) < MAX_DEPTH:
            inside = (*parents, part.type)
            stack += [(child, inside) for child in reversed(children(this))]


def part_of(raw: bytes, index: int) -> tuple[str, str, bytes] | None:
    """The attachment with this index in a stored receipt: its name, media type and bytes."""
    for part in parts(parse(raw)):
        if part.index == index:
            return name_of(part.message), part.type, content(part.message)
    return None


def attached(message: Message[str, str]) -> Message[str, str] | None:
    """The message inside a message/rfc822 part."""
    return next(iter(children(message)), None)


def children(message: Message[str, str]) -> list[Message[str, str]]:
    # Asked of a leaf, get_payload decodes, and stumbles over impossible character sets.
    payload: Any = message.get_payload() if message.is_multipart() else []
    return [child for child in payload if isinstance(child, Message)]


def content(message: Message[str, str]) -> bytes:
    """The decoded bytes of one part; an attached message as a whole."""
    if message.is_multipart():
        return b"".join(_bytes(child) for child in children(message))
    try:
        decoded: Any = message.get_payload(decode=True)
    except Exception:  # hostile transfer encodings raise what they please
        decoded = None
    return decoded if isinstance(decoded, bytes) else b""


def _bytes(message: Message[str, str]) -> bytes:
    try:
        return message.as_bytes()
    except Exception:  # the generator refuses headers that the parser took
        return b""


def text_of(message: Message[str, str], limit: int) -> str:
    return to_text(content(message)[:limit], charset_of(message))


def charset_of(message: Message[str, str]) -> str:
    try:
        return message.get_content_charset() or ""
    except Exception:
        return ""


def to_text(data: bytes, charset: str = "") -> str:
    """Bytes as text, believing the bytes more than the label: what is valid UTF-8 beyond ASCII was
    not meant to be Latin-1, and senders that label wrongly are many."""
    declared = _codec(charset)
    order = [declared, "utf-8"] if declared and not _WESTERN.match(declared) else ["utf-8", declared]
    for codec in (*order, "cp1252"):
        try:
            return data.decode(codec) if codec else _fail()
        except UnicodeError:
            continue
    return data.decode("cp1252", "replace")


def _fail() -> str:
    raise UnicodeError


def _codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError, UnicodeError):
        return ""
    if name == "iso8859-1":
        return "cp1252"  # as every browser reads it
    return name if _CODECS.match(name) else ""


def header(message: Message[str, str], name: str) -> str:
    """The first header of this name, decoded, on one line; empty when there is none."""
    return next(headers(message, name), "")


def headers(message: Message[str, str], name: str) -> Iterator[str]:
    return (unfold(decode(raw)) for raw in raw_headers(message, name))


def address(value: str) -> tuple[str, str]:
    """Name and address of the first mailbox, both as they stand."""
    try:
        return parseaddr(re.sub(r"[\x00-\x1f]+", " ", value[:2000]))
    except (RecursionError, ValueError, IndexError):  # comments within comments within comments
        return "", ""


def raw_headers(message: Message[str, str], name: str) -> Iterator[str]:
    for found, value in message.raw_items():
        if found.lower() == name:
            data = str(value)[:MAX_HEADER].encode("utf-8", "surrogateescape")
            yield to_text(data)


def decode(value: str) -> str:
    """RFC 2047 words as the text they stand for."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        return value
    return "".join(
        piece if isinstance(piece, str) else to_text(piece, charset or "") for piece, charset in pieces
    )


def unfold(value: str) -> str:
    """One line, and nothing that a terminal or a database would stumble over."""
    value = re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", value)
    return re.sub(r" {2,}", " ", value).strip().encode("utf-8", "replace").decode()


def name_of(message: Message[str, str]) -> str:
    try:
        name = message.get_filename() or ""
    except Exception:  # RFC 2231 continuations with impossible character sets
        name = ""
    name = unfold(decode(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")))
    return re.split(r"[\\/]", name)[-1][:255]
