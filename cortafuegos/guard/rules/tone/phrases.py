"""A small language for phrases, and one pass that finds all of them.

A phrase is a line of tokens:

    word  a|b|c     one of these words; ``_`` joins words, ``*`` ends a stem ("retras*")
    [a|b]           the same, but it may be missing
    ~3              up to three words, none of them a negation
    =3              the same, with nothing but spaces between them (no comma)
    +a|b            a word that nothing but a space parts from what stands before
    !a|b            none of these may come next
    -a|b            only first in the line: none of these in the four words before
    --a|b           only first in the line: none of these anywhere before in the sentence
    ^               only first in the line: at the beginning of its sentence
    $               the clause ends here; also as one of the alternatives
    /.../           a regular expression, as it stands

A line that is indented goes on with the one before it. A phrase never crosses the end of a sentence.
Every repetition is bounded or possessive, and a phrase is only tried where its first word stands, so
the pass is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from cortafuegos.guard.text import Reading

SEPARATOR = r"[^\w.!?…;\n]{1,5}+"
SPACE = r"[^\S\n]{1,3}+"
WORD = r"(?!(?:no|not|nunca|never|jamas|tampoco|nothing|nobody|\w{2,7}+n't)\b)[\w']++"
_END = r"(?=[\s\"»”)]{0,4}(?:[.!?…,;:\n(]|$|[-–—^~/])|[^\w\s]{1,3}\s*$)"
_JOINED = re.compile(r"(\|?)\n {4}")
_STEM = 3  # letters by which a stem is looked up
_MET = 20_000  # words
_WORDS = 2_000  # of a draft that are read: more than any network takes, and an end to any bad day
_BEFORE = 4  # words in which a negation still reaches the phrase


Matches = Callable[[str, int], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Phrase:
    family: str
    variant: str
    source: str
    unless: frozenset[str]
    nowhere: frozenset[str]
    opens: bool
    stems: tuple[str, ...]  # that its first word may begin with


@dataclass(frozen=True, slots=True)
class Hit:
    variant: str
    start: int
    end: int


def _one(alternatives: str) -> str:
    words = []
    for word in alternatives.split("|"):
        word = re.escape(word).replace(r"\*", r"\w*").replace(r"\#", r"\d[\d.,]*")
        words.append(word.replace("_", SEPARATOR))
    return "(?:" + "|".join(words) + r")(?![\w'])"


def _rest(token: str) -> str:
    if token.startswith("~"):
        return f"(?:{SEPARATOR}{WORD}){{0,{int(token[1:])}}}?"
    if token.startswith("="):
        return f"(?:{SPACE}{WORD}){{0,{int(token[1:])}}}?"
    if token.startswith("+"):
        return SPACE + _one(token[1:])
    if token.startswith("["):
        return f"(?:{SEPARATOR}{_one(token[1:-1])})?"
    if token.startswith("!"):
        return f"(?!{SEPARATOR}{_one(token[1:])})"
    if token.startswith("/"):
        return token[1:-1]
    if "$" in token:
        others = token.replace("|$", "").replace("$|", "").replace("$", "")
        return f"(?:{SEPARATOR}{_one(others)}|{_END})" if others else _END
    return SEPARATOR + _one(token)


def _firsts(tokens: list[str]) -> Iterator[str]:
    """Every word that the phrase can begin with, a stem with its star."""
    for alternative in tokens[0].strip("[]").split("|"):
        yield alternative.split("_")[0]
    if tokens[0].startswith("["):
        yield from _firsts(tokens[1:])


def _expression(tokens: list[str]) -> str:
    if tokens[0].startswith("["):
        with_it = _one(tokens[0][1:-1]) + "".join(map(_rest, tokens[1:]))
        return f"(?:{with_it}|{_expression(tokens[1:])})"
    return _one(tokens[0]) + "".join(map(_rest, tokens[1:]))


@cache
def compiled(source: str) -> re.Pattern[str]:
    """Once, when its first word is first met: most never are."""
    return re.compile(source)


def _joint(line_end: re.Match[str]) -> str:
    return line_end[1] or " "


class Phrases:
    """All families in one index by first word, so that a text is walked through once."""

    def __init__(self, families: Mapping[str, Mapping[str, str]], classes: Mapping[str, str]) -> None:
        self._words: dict[str, list[Phrase]] = {}
        self._stems: dict[str, list[Phrase]] = {}
        self._met: dict[str, Sequence[tuple[Matches, Phrase]]] = {}
        for family, variants in families.items():
            for variant, lines in variants.items():
                for line in _JOINED.sub(_joint, lines.strip("\n")).splitlines():
                    self._add(family, variant, self._filled(line, classes).split())

    @staticmethod
    def _filled(line: str, classes: Mapping[str, str]) -> str:
        return re.sub(
            r"<(\w+)>('s)?", lambda m: "|".join(word + (m[2] or "") for word in classes[m[1]].split()), line
        )

    def _add(self, family: str, variant: str, tokens: list[str]) -> None:
        unless: frozenset[str] = frozenset()
        nowhere: frozenset[str] = frozenset()
        opens = False
        while tokens[0][0] in "-^":
            if tokens[0] == "^":
                opens = True
            elif tokens[0].startswith("--"):
                nowhere = frozenset(tokens[0][2:].split("|"))
            else:
                unless = frozenset(tokens[0][1:].split("|"))
            tokens = tokens[1:]
        firsts = tuple(dict.fromkeys(_firsts(tokens)))
        stems = tuple(first[:-1] for first in firsts if first.endswith("*"))
        phrase = Phrase(family, variant, _expression(tokens), unless, nowhere, opens, stems)
        for first in firsts:
            if first.endswith("*"):
                self._stems.setdefault(first[:_STEM], []).append(phrase)
            else:
                self._words.setdefault(first, []).append(phrase)

    def all(self) -> Iterator[Phrase]:
        for phrases in (*self._words.values(), *self._stems.values()):
            yield from phrases

    def find(self, reading: Reading) -> dict[str, list[Hit]]:
        """Hits by family, in reading order; at most one per variant that begins at the same word."""
        found: dict[str, list[Hit]] = {}
        prose, candidates = reading.prose, self._candidates
        for at, word in enumerate(reading.words[:_WORDS]):
            seen: set[tuple[str, str]] = set()
            for matches, phrase in candidates(word.text):
                match = matches(prose, word.start)
                if match is None or self._barred(phrase, reading, at):
                    continue
                kind = (phrase.family, phrase.variant)
                if kind not in seen:
                    seen.add(kind)
                    found.setdefault(phrase.family, []).append(Hit(phrase.variant, *match.span()))
        return found

    def _candidates(self, word: str) -> Sequence[tuple[Matches, Phrase]]:
        """What can begin with this word. Kept for the words that are met, and no more than a language has."""
        kept = self._met.get(word)
        if kept is None:
            stems = [p for p in self._stems.get(word[:_STEM], ()) if any(map(word.startswith, p.stems))]
            kept = tuple((compiled(p.source).match, p) for p in (*self._words.get(word, ()), *stems))
            if len(self._met) < _MET:
                self._met[word] = kept
        return kept

    @staticmethod
    def _barred(phrase: Phrase, reading: Reading, at: int) -> bool:
        if not (phrase.opens or phrase.unless or phrase.nowhere):
            return False
        start = reading.words[at].start
        sentence = reading.sentence_at(start)
        begin = sentence.start if sentence else 0
        reach = 0 if phrase.nowhere else max(0, at - _BEFORE)
        before = [w.text for w in reading.words[reach:at] if w.start >= begin]
        return (
            (phrase.opens and bool(before))
            or not phrase.unless.isdisjoint(before[-_BEFORE:])
            or not phrase.nowhere.isdisjoint(before)
        )
