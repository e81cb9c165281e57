"""What the phrases find in a reading, found once for all rules of tone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from cortafuegos.guard.rules.tone.lexicon import (
    arguing_en,
    arguing_es,
    blaming_en,
    blaming_es,
    frames_en,
    frames_es,
    harming,
    help,
    minimising,
    regret,
    words,
)
from cortafuegos.guard.rules.tone.lexicon.classes import CLASSES
from cortafuegos.guard.rules.tone.phrases import Hit, Phrases
from cortafuegos.guard.text import Reading, Sentence


def _joined(*families: Mapping[str, str]) -> Mapping[str, str]:
    """Variants of the same name stand in several files: set phrases in one, frames in another."""
    variants: dict[str, str] = {}
    for family in families:
        for variant, lines in family.items():
            variants[variant] = variants.get(variant, "") + "\n" + lines.strip("\n")
    return variants


PHRASES = Phrases(
    {
        "regret": regret.REGRET,
        "hollow-apology": _joined(regret.HOLLOW, frames_es.HOLLOW, frames_en.HOLLOW),
        "owned": regret.OWNED,
        "help": help.HELP,
        "empathy": help.EMPATHY,
        "minimises": _joined(minimising.MINIMISES, frames_es.MINIMISES, frames_en.MINIMISES),
        "blames": _joined(blaming_es.BLAMES, blaming_en.BLAMES, frames_es.BLAMES, frames_en.BLAMES),
        "argues": _joined(
            arguing_es.ARGUES, arguing_en.ARGUES, harming.HARMS, frames_es.ARGUES, frames_en.ARGUES
        ),
    },
    CLASSES,
)

# Somebody else's words, told again: "sentimos que te dijeran que no era para tanto".
_TOLD = words(
    """
    dijeran dijera dijese dijeron dijo digan diga hayan respondieran respondieron contestaran
    contestaron hicieran said saying told implied suggested suggesting heard hear felt feel feeling
    made
    """
)
_WE = words(
    """
    we i we've i've hemos he dijimos nosotros
    """
)
_REACH = 7  # words before a hit in which a report still covers it

_memo: tuple[Reading | None, Mapping[str, Sequence[Hit]]] = (None, {})


def of(reading: Reading, family: str) -> Sequence[Hit]:
    """The hits of a family, in reading order. The walk is shared: a draft's rules run one after another."""
    global _memo
    kept, found = _memo
    if kept is not reading:
        found = PHRASES.find(reading)
        _memo = (reading, found)
    return found.get(family, ())


def spoken(
    reading: Reading, family: str, weak: frozenset[str] = frozenset()
) -> Iterator[tuple[Sentence, Hit]]:
    """One hit for each sentence that is our own word: not quoted, not what others are said to have
    said. A weak variant only where there is no other."""
    best: dict[int, tuple[Sentence, Hit]] = {}
    for hit in of(reading, family):
        sentence = reading.sentence_at(hit.start)
        if sentence is None or (
            sentence.start in best and (hit.variant in weak or best[sentence.start][1].variant not in weak)
        ):
            continue
        if not reading.quoted(hit.start, hit.end) and not _reported(reading, sentence, hit):
            best[sentence.start] = (sentence, hit)
    yield from best.values()


def _reported(reading: Reading, sentence: Sentence, hit: Hit) -> bool:
    before = [word.text for word in reading.words if sentence.start <= word.start < hit.start][-_REACH:]
    if "feel free" in reading.prose[max(sentence.start, hit.start - 40) : hit.end]:
        return False
    return not _TOLD.isdisjoint(before) and _WE.isdisjoint(before)
