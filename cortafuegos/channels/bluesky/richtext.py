"""Bluesky's rich text: plain text beside *facets*, which mark ranges of its UTF-8 bytes as
mentions, links and tags. Bytes, not characters: every accented letter moves what follows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .limits import TAG_GRAPHEMES, graphemes

Facet = dict[str, Any]

MENTION = "app.bsky.richtext.facet#mention"
LINK = "app.bsky.richtext.facet#link"
TAG = "app.bsky.richtext.facet#tag"

_MENTION = re.compile(r"(?<![\w@.])@([a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)+)", re.IGNORECASE)
_LINK = re.compile(r"(?<![\w/])https?://[^\s<>\"]+", re.IGNORECASE)
_TAG = re.compile(r"(?<!\S)[#＃](\S+)")
_CLOSING = {")": "(", "]": "[", "}": "{", "»": "«"}
_SHORTENED = re.compile(r"(…|\.{3})$")


# --- reading ---------------------------------------------------------------


def features(facets: Any) -> Iterator[tuple[int, int, dict[str, Any]]]:
    """(first byte, byte after the last, feature) of all well-formed facets; others are not ours to
    judge: any client may write them, and Bluesky's own just ignores them."""
    for facet in facets if isinstance(facets, list) else ():
        index = facet.get("index") if isinstance(facet, dict) else None
        marks = facet.get("features") if isinstance(facet, dict) else None
        if not isinstance(index, dict) or not isinstance(marks, list):
            continue
        start, end = index.get("byteStart"), index.get("byteEnd")
        if not (type(start) is int and type(end) is int and 0 <= start < end):
            continue
        for mark in marks:
            if isinstance(mark, dict):
                yield start, end, mark


def mentions(facets: Any) -> set[str]:
    return {str(mark.get("did")) for _, _, mark in features(facets) if mark.get("$type") == MENTION}


def with_full_links(text: str, facets: Any) -> str:
    """The text with each link written out. Apps show "marca.example/ayuda/pedi…" or any words
    over a link; who answers must see where it goes, the more so when words and target disagree."""
    raw = text.encode("utf-8", "surrogatepass")
    links = sorted(
        (start, end, mark["uri"])
        for start, end, mark in features(facets)
        if mark.get("$type") == LINK and isinstance(mark.get("uri"), str) and end <= len(raw)
    )
    out, done = [], 0
    for start, end, uri in links:
        if start < done:
            continue  # overlaps the one before
        try:
            before, shown = raw[done:start].decode(), raw[start:end].decode()
        except UnicodeDecodeError:
            continue  # cuts a character in two
        out += [before, _written_out(shown, uri)]
        done = end
    out.append(raw[done:].decode("utf-8", "surrogatepass"))
    return "".join(out)


def _written_out(shown: str, uri: str) -> str:
    bare = re.sub(r"^https?://(www\.)?", "", uri)
    stem = re.sub(r"^(https?://)?(www\.)?", "", _SHORTENED.sub("", shown.strip()))
    if stem.rstrip("/") == bare.rstrip("/") or (stem and _SHORTENED.search(shown) and bare.startswith(stem)):
        return uri
    return f"{shown} ({uri})"


# --- writing ---------------------------------------------------------------


def detect(text: str, resolve: Callable[[str], str | None]) -> list[Facet]:
    """Facets for the mentions, links and tags a person typed. ``resolve`` turns a handle into a DID,
    or into nothing, and then the mention stays plain text."""
    facets = []
    taken: list[tuple[int, int]] = []
    for match in _LINK.finditer(text):
        uri = _without_closing_marks(match.group())
        end = match.start() + len(uri)
        taken.append((match.start(), end))
        facets.append(_facet(text, match.start(), end, {"$type": LINK, "uri": uri}))
    for match in _MENTION.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        did = resolve(match.group(1).lower())
        if did:
            facets.append(_facet(text, match.start(), match.end(), {"$type": MENTION, "did": did}))
    for match in _TAG.finditer(text):
        tag = _without_closing_marks(match.group(1))
        if tag and not tag.isdigit() and graphemes(tag) <= TAG_GRAPHEMES:
            end = match.start(1) + len(tag)
            facets.append(_facet(text, match.start(), end, {"$type": TAG, "tag": tag}))
    return sorted(facets, key=lambda facet: int(facet["index"]["byteStart"]))


def _without_closing_marks(word: str) -> str:
    """ "(mira https://marca.example)." ends before the parenthesis and the full stop."""
    while word:
        last = word[-1]
        unopened = last in _CLOSING and word.count(last) > word.count(_CLOSING[last])
        if not unopened and last not in ".,;:!?¡¿'\"…”’":
            break
        word = word[:-1]
    return word


def _facet(text: str, start: int, end: int, feature: dict[str, str]) -> Facet:
    first = len(text[:start].encode())
    return {
        "index": {"byteStart": first, "byteEnd": first + len(text[start:end].encode())},
        "features": [feature],
    }
