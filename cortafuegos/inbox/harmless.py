"""Strangers' text as safe HTML: faithful to read, unable to do anything. No Django but its escaping."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

LONG = 1200  # characters, or LINES, from which the page folds a message
LINES = 14
MOST = 20_000  # of one message on a page; the rest is one click away
MARKS = 3  # combining marks in a row that a script may need

# Overrides turn the order of letters round ("gpj.exe"): shown as marks. Isolates and the plain
# left-to-right marks are what honest Arabic and Hebrew need.
_OVERRIDES = {"\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO"}
_ZERO_WIDTH = re.compile("[\u200b\u2060\ufeff\u00ad\u180e\u2061-\u2064\U000e0000-\U000e0fff]{2,}")
_URL = re.compile(r"https?://[^\s<>\"'\u0000-\u0020\u202a-\u202e\u2066-\u2069]{3,2000}")
# Most of what people write is nothing but this: no marks to count, nothing that hides.
_simple = re.compile(
    "[\n -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20ac\U0001f300-\U0001faff]*"
).fullmatch
_SPECIAL = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]")


def text(raw: str, most: int = MOST) -> SafeString:
    """The words, with addresses as links and invisible orders made visible."""
    cut = _calm(raw[:most])
    out: list[str] = []
    last = 0
    for match in _URL.finditer(cut):
        address = match[0].rstrip(".,;:!?)]}»”’'")
        out += [_words(cut[last : match.start()]), _link(address)]
        last = match.start() + len(address)
    out.append(_words(cut[last:]))
    return mark_safe("".join(out))  # noqa: S308  every piece is escaped above


def name(raw: str) -> str:
    """A name or a title: one line, and not a long one."""
    return line(raw[:300])


def line(raw: str) -> str:
    """One line of plain text: nothing in it that turns it round or hides in it."""
    if _simple(raw):
        return " ".join(raw.split())
    plain = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in raw)
    plain = "".join(c for c in plain if c not in _OVERRIDES)
    return " ".join(_stacked(_ZERO_WIDTH.sub("", plain)).split())


def is_long(raw: str) -> bool:
    return len(raw) > LONG or raw.count("\n") >= LINES


def host(url: str) -> str:
    """Where a link leads, and nothing for what is not a web address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return (parts.hostname or "") if parts.scheme in {"http", "https"} else ""


def web(url: str) -> str:
    """The address if a browser may follow it, else nothing: no javascript:, no data:."""
    return url if host(url) else ""


def initials(raw: str) -> str:
    letters = [word[0] for word in re.findall(r"[^\W_]+", name(raw))]
    return "".join(letters[:1] + letters[-1:] if len(letters) > 1 else letters).upper() or "·"


def _calm(raw: str) -> str:
    if _simple(raw):
        return raw
    return _stacked(_ZERO_WIDTH.sub("\u200b", raw.replace("\r\n", "\n").replace("\r", "\n")))


def _stacked(raw: str) -> str:
    """Letters under a tower of marks lose the tower: it would cover the lines around."""
    out: list[str] = []
    run = 0
    for c in raw:
        run = run + 1 if unicodedata.combining(c) else 0
        if run <= MARKS:
            out.append(c)
    return "".join(out)


def _words(raw: str) -> str:
    # Not str.join over characters: a message may have a hundred thousand of them.
    out: list[str] = []
    last = 0
    for match in _SPECIAL.finditer(raw):
        out += [str(escape(raw[last : match.start()])), _mark(match[0])]
        last = match.end()
    return "".join([*out, str(escape(raw[last:]))])


def _mark(c: str) -> str:
    if c in "\u2028\u2029":
        return "\n"
    label = _OVERRIDES.get(c) or f"U+{ord(c):04X}"
    return f'<span class="ctrl" translate="no">{label}</span>'


def _link(address: str) -> str:
    if not host(address):
        return _words(address)
    safe = escape(address)
    return f'<a href="{safe}" target="_blank" rel="noopener noreferrer nofollow ugc">{safe}</a>'
