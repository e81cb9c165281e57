"""Finds words in a template that no translator will ever see.

Words are fine inside `translate` and `blocktranslate`, inside code, and wherever the HTML says
`translate="no"` (names of networks, of keys, of people).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, TokenType

TAG = "\0"  # stands where a template tag stood
WORD = re.compile(r"[^\W\d_]{2,}")
SPOKEN_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "aria-description", "label"}
NOT_SPOKEN = {"script", "style", "code", "kbd", "pre", "svg"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
ENTITY = re.compile(r"&\w+;")


def find(template: str) -> Iterator[tuple[int, str]]:
    """(line, words) for each piece of literal text."""
    parser = _Parser()
    parser.feed(_without_tags(template))
    parser.close()
    yield from parser.found


def _without_tags(template: str) -> str:
    pieces: list[str] = []
    closing = ""  # the end tag that we are waiting for: what stands before it is not shown literally
    for token in Lexer(template).tokenize():
        word = token.contents.split(None, 1)[0] if token.contents.strip() else ""
        raw = token.contents
        if closing:
            pieces.append("\n" * raw.count("\n"))
            if token.token_type is TokenType.BLOCK and word == closing:
                closing = ""
        elif token.token_type is TokenType.TEXT:
            pieces.append(raw)
        else:
            pieces.append(TAG + "\n" * raw.count("\n"))
            if token.token_type is TokenType.BLOCK and word in {"blocktranslate", "blocktrans", "comment"}:
                closing = f"end{word}"
    return "".join(pieces)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[tuple[int, str]] = []
        self._open: list[tuple[str, bool]] = []  # element, whether it silences what is inside

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = tag in NOT_SPOKEN or given.get("translate") == "no"
        if not silent and not self._silenced():
            for name, value in attrs:
                if name in SPOKEN_ATTRIBUTES:
                    self._note(value or "")
            if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
                self._note(given.get("value") or "")
        if tag not in VOID:
            self._open.append((tag, silent))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        # A template's branches may close an element twice: look for the nearest open one.
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if not self._silenced():
            self._note(data)

    def _silenced(self) -> bool:
        return any(silent for _, silent in self._open)

    def _note(self, text: str) -> None:
        spoken = ENTITY.sub(" ", text.replace(TAG, " "))
        if WORD.search(spoken):
            before = len(text) - len(text.lstrip())
            line = self.getpos()[0] + text[:before].count("\n")
            self.found.append((line, " ".join(spoken.split())[:60]))
