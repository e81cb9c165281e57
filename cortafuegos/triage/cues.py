"""The cues in a post: what a person would point at to explain a label. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from . import words

_GAP = 2  # "_" in a pattern: so many words at most
_KNOWN = 20_000  # words remembered with the cues that they can begin
GLAD = frozenset("😀😃😄😁😊🙂😍🥰😘👍👏🙌❤💙💚💛💜🧡🎉🥳😎🤗💪🙏✨⭐🌟💯👌😻♥🤩")
ANGRY = frozenset("😡😠🤬👎😤😒🙄😞😔😢😭😩😫🤦💩🤮🤢😑😐😣😖💔🖕☹🙁😱😨😰🚨⚠🆘")
LAUGHING = frozenset("😂🤣😅😆😹😜😝🤪🤡🙃😏")
SHAPES = (
    "question_mark", "question_opened", "ends_in_question", "exclamations", "capitals", "handle_first",
    "handles", "link_last", "links", "numbers", "hashtags", "glad", "angry", "laughing", "dots", "short",
    "long", "quoted", "retweet", "handle_inside", "cut_off",
)  # fmt: skip
NAMES = (*words.CUES, *SHAPES)
COUNT = len(NAMES)
_SHOUT = re.compile(r"\b[A-ZÁÉÍÓÚÑÇ]{3,}\b")

Hits = dict[str, tuple[int, int]]  # cue: first and last word (of the post's tokens) of its first match


Rest = tuple[str, ...]


@dataclass(slots=True)
class _Opening:
    """What a word may begin: cues by itself, and patterns by the word that must follow."""

    alone: list[str] = field(default_factory=list)
    then: dict[str, list[tuple[str, Rest]]] = field(default_factory=dict)
    otherwise: list[tuple[str, Rest]] = field(default_factory=list)


class _Finder:
    """Patterns by their first word. Whole words are looked up; beginnings are tried at each length."""

    def __init__(self) -> None:
        self.whole: dict[str, list[tuple[str, Rest]]] = {}
        self.begun: dict[str, list[tuple[str, Rest]]] = {}
        for cue, pattern in words.patterns():
            first, rest = pattern[0], pattern[1:]
            table = self.begun if first.endswith("*") else self.whole
            table.setdefault(first.rstrip("*"), []).append((cue, rest))
        self.sizes = sorted({len(start) for start in self.begun})
        self.known: dict[str, _Opening | None] = {}

    def opening(self, token: str) -> _Opening | None:
        found = list(self.whole.get(token, ()))
        for size in self.sizes:
            if size > len(token):
                break
            found += self.begun.get(token[:size], ())
        opening = _sorted(found) if found else None
        if len(self.known) < _KNOWN:
            self.known[token] = opening
        return opening


def _sorted(found: list[tuple[str, Rest]]) -> _Opening:
    opening = _Opening()
    for cue, rest in found:
        if not rest:
            opening.alone.append(cue)
        elif rest[0] == "_" or rest[0].endswith("*"):
            opening.otherwise.append((cue, rest))
        else:
            opening.then.setdefault(rest[0], []).append((cue, rest))
    return opening


_finder = _Finder()


def _goes_on(tokens: Sequence[str], at: int, rest: tuple[str, ...]) -> int:
    """Where the pattern ends, or -1."""
    for turn, word in enumerate(rest):
        if word == "_":
            for gap in range(_GAP + 1):
                end = _goes_on(tokens, at + gap, rest[turn + 1 :])
                if end >= 0:
                    return end
            return -1
        if at >= len(tokens):
            return -1
        token = tokens[at]
        if token != word and not (word[-1] == "*" and token.startswith(word[:-1])):
            return -1
        at += 1
    return at - 1


def find(tokens: Sequence[str]) -> Hits:
    """The cues that the words of a post give, with the place of each cue's first match."""
    hits: Hits = {}
    known = _finder.known
    last = len(tokens) - 1
    for at, token in enumerate(tokens):
        opening = known[token] if token in known else _finder.opening(token)
        if opening is None:
            continue
        for cue in opening.alone:
            hits.setdefault(cue, (at, at))
        if at < last:
            for cue, rest in opening.then.get(tokens[at + 1], ()):
                _try(tokens, at, cue, rest, hits)
            for cue, rest in opening.otherwise:
                _try(tokens, at, cue, rest, hits)
    return hits


def _try(tokens: Sequence[str], at: int, cue: str, rest: Rest, hits: Hits) -> None:
    if cue not in hits:
        end = _goes_on(tokens, at + 1, rest)
        if end >= 0:
            hits[cue] = (at, end)


_PLACE = {name: place for place, name in enumerate(NAMES)}


def vectors(
    texts: Sequence[str], tokens: Sequence[Sequence[str]], hits: Sequence[Hits]
) -> NDArray[np.float32]:
    """The cues and the shape of every post (posts, COUNT)."""
    found = np.zeros((len(texts), COUNT), dtype=np.float32)
    posts = [at for at, hit in enumerate(hits) for _ in hit]
    found[posts, [_PLACE[cue] for hit in hits for cue in hit]] = 1.0
    if texts:
        found[:, len(words.CUES) :] = [_shape(text, own) for text, own in zip(texts, tokens, strict=True)]
    return found


def _shape(text: str, tokens: Sequence[str]) -> tuple[float, ...]:
    present = set(tokens)
    count = len(tokens)
    handles = tokens.count("@") if "@" in present else 0
    questions = "?" in present
    return (
        questions,
        "¿" in present,
        questions and "?" in tokens[-3:],
        "!" in present,
        min(len(_SHOUT.findall(text[:600])), 5) / 5,
        count > 0 and tokens[0] == "@",
        min(handles, 4) / 4,
        count > 0 and tokens[-1] == "ł",
        "ł" in present,
        "0" in present,
        "#" in present,
        not present.isdisjoint(GLAD),
        not present.isdisjoint(ANGRY),
        not present.isdisjoint(LAUGHING),
        "." in present and (".." in text or "…" in text),
        count < 8,
        min(count, 120) / 120,
        not present.isdisjoint('"“”«»'),
        count > 1 and tokens[0] == "rt" and tokens[1] == "@",
        handles > 1 or (handles == 1 and tokens[0] != "@"),
        "…" in text[-30:] or "..." in text[-30:],
    )
