"""The HTML of a status, as the plain text a reader sees."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cortafuegos.channels.markup import tokens

_BLOCKS = {"p", "div", "ul", "ol", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"}


class _Reader:
    """Mastodon cuts long links with invisible spans, and shows a mention of ``@ana@far.example`` as
    ``@ana``: the full address and the full handle come from the attributes, not from what is shown.
    """

    def __init__(self, handles: Mapping[str, str]) -> None:
        self.handles = handles
        self.out: list[str] = []
        self.link: str | None = None
        self.shown: list[str] = []
        self.lists: list[int | None] = []  # the next number of each open list; None for bullets

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if tag == "br":
            self.say("\n")
        elif tag in _BLOCKS:
            if not self.lists:
                self.say("\n\n")
            if tag in ("ul", "ol"):
                self.lists.append(1 if tag == "ol" else None)
        elif tag == "li":
            self.say("\n" + self.marker())
        elif tag == "a" and self.link is None:
            self.link, self.shown = attributes.get("href", ""), []

    def end(self, tag: str) -> None:
        if tag == "a" and self.link is not None:
            link, shown = self.link, "".join(self.shown)
            self.link = None
            self.say(_anchor(link, shown, self.handles))
        elif tag in _BLOCKS:
            if tag in ("ul", "ol") and self.lists:
                self.lists.pop()
            self.say("\n\n")

    def marker(self) -> str:
        if not self.lists or (number := self.lists[-1]) is None:
            return "• "
        self.lists[-1] = number + 1
        return f"{number}. "

    def say(self, text: str) -> None:
        (self.out if self.link is None else self.shown).append(text)


def _anchor(link: str, shown: str, handles: Mapping[str, str]) -> str:
    text = shown.strip()
    if text.startswith("@"):
        return "@" + handles[link] if link in handles else text
    if text.startswith("#") or not link:
        return text
    short = text.removesuffix("…")
    if not text or short in link:  # the shown text is the address itself, perhaps cut
        return link
    return f"{text} ({link})"


def to_text(html: str, handles: Mapping[str, str] | None = None) -> str:
    """``handles`` maps the address of a mentioned profile to its full ``user@host``."""
    reader = _Reader(handles or {})
    for token in tokens(html):
        if token.kind == "start":
            reader.start(token.value, token.attributes)
        elif token.kind == "end":
            reader.end(token.value)
        else:
            reader.say(token.value)
    if reader.link is not None:  # an anchor that was never closed
        reader.out.append("".join(reader.shown))
    text = "".join(reader.out).replace("\r\n", "\n").replace("\xa0", " ")
    text = re.sub(r"[ \t]+\n", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
