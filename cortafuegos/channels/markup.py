"""Tags and text out of HTML that strangers wrote, in time that grows with its length and no faster.

The standard library's parser needs minutes for 400 kB of unclosed comments, and tree builders for
deep nesting. A reader of messages needs no tree: it needs to know what begins, what ends, what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]{0,30})")
_STOP = re.compile(r"[>\"']")
_ATTRIBUTE = re.compile(r"""([^\s=/"'>]++)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]*+))?""")
_UNSEEN = ("script", "style", "title")
_WITH_ATTRIBUTES = ("a", "img")
_LONGEST_TAG = 6_000  # characters of a tag in which attributes are looked for


class Token(NamedTuple):
    kind: str  # text, start, end
    value: str  # the words, or the tag's name in lower case
    attributes: dict[str, str] = {}


def tokens(html: str) -> Iterator[Token]:
    at, length = 0, len(html)
    never: set[str] = set()  # closings that do not come any more: looked for once
    quoted = True  # whether quotes are believed to pair up
    while at < length:
        opening = html.find("<", at)
        if opening < 0:
            opening = length
        if opening > at:
            yield Token("text", text(html[at:opening]))
        if opening == length:
            return
        at = opening
        if html.startswith("<!--", at):
            at = _after(html, "-->", at, never) or at + 4
            continue
        name = _NAME.match(html, at)
        if name is None:
            if html.startswith(("<!", "<?", "</"), at):
                at = _after(html, ">", at, never) or at + 2
            else:
                yield Token("text", "<")
                at += 1
            continue
        end = _tag_end(html, name.end()) if quoted else -1
        if end < 0:
            quoted = False
            end = -1 if ">" in never else html.find(">", name.end())
        if end < 0:  # a tag that never closes is no tag
            never.add(">")
            yield Token("text", "<")
            at += 1
            continue
        tag = name[1].lower()
        at = end + 1
        if html.startswith("</", opening):
            yield Token("end", tag)
            continue
        inside = html[name.end() : min(end, name.end() + _LONGEST_TAG)]
        yield Token("start", tag, _attributes(inside) if tag in _WITH_ATTRIBUTES else {})
        if tag in _UNSEEN and (closing := _after(html, f"</{tag}", at, never)):
            at = closing - len(tag) - 2


def _after(html: str, closing: str, at: int, never: set[str]) -> int:
    """Where the text goes on after ``closing``; 0 when it does not come any more."""
    if closing in never:
        return 0
    found = html.find(closing, at)
    if found < 0:
        never.add(closing)
        return 0
    return found + len(closing)


def _tag_end(html: str, at: int) -> int:
    """The ``>`` of this tag, past those within quotes; -1 when quotes do not pair up."""
    while (stop := _STOP.search(html, at)) is not None:
        if stop[0] == ">":
            return stop.start()
        closing = html.find(stop[0], stop.end())
        if closing < 0:
            return -1
        at = closing + 1
    return -1


def _attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(inside):
        found.setdefault(name.lower(), text(value.strip("\"'")))
    return found


def text(raw: str) -> str:
    try:
        return unescape(raw)
    except ValueError:  # a numeric reference of thousands of digits
        return raw
