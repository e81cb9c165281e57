"""Which language a post is in. Pure.

py3langid scores bytes and is at its best on long texts; short posts of Spanish's neighbours
are told apart by small words and letters, and by what the account usually hears (the hint).
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .folding import cut
from .values import LANGUAGES, UNDETERMINED
from .words import sections

OTHERS = ("ar", "hi", "ru", "uk", "el", "he", "zh", "ja", "ko", "nl", "pl", "ro", "tr")
ALL = (*LANGUAGES, *OTHERS)
HINT = 0.9  # what the hint is worth; one small word that no other language has is worth WORD
WORD, LETTER = 1.0, 0.8
SURE = 1.8  # ahead by so much, the words decide and nothing else is asked
ENOUGH = 0.45  # share of the belief below which a post without a hint has no language
_NOISE = re.compile(
    r"https?:/*\S*|www\.\S+|\S*@\S*|#\w+|\d+|\bRT\b|(?i:\b(?:[jk]+|(?:[jh][aeiou]+){2,}h?|lo+l+|x+d+|ok+)\b)"
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’·][^\W\d_]+)*")
_UNLATIN = re.compile(r"[^\x00-\u024f\W\d_]")

# Letters and what speaks for whom; a language named twice counts twice.
LETTERS = {
    "ñ": ("es", "gl"),
    "¿": ("es", "es"),
    "¡": ("es",),
    "ã": ("pt", "pt"),
    "õ": ("pt", "pt"),
    "ç": ("pt", "ca", "fr"),
    "ê": ("pt", "fr"),
    "â": ("pt", "fr"),
    "ô": ("pt", "fr"),
    "à": ("ca", "fr", "it", "pt"),
    "è": ("ca", "fr", "it"),
    "ò": ("ca", "it"),
    "ï": ("ca", "fr"),
    "ß": ("de", "de"),
    "ä": ("de",),
    "ö": ("de",),
    "ü": ("de", "es", "ca"),
    "œ": ("fr",),
}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(ALL)
    return identifier, np.array([ALL.index(label) for label in identifier.nb_classes])


@cache
def _evidence() -> tuple[dict[str, int], dict[str, int], NDArray[np.float32]]:
    """Small words and letters, the row of each, and what the rows are worth to each language."""
    words: dict[str, int] = {}
    rows: list[NDArray[np.float32]] = []
    for code, text in sections("small_words").items():
        for word in set(text.split()):
            if word not in words:
                words[word] = len(rows)
                rows.append(np.zeros(len(ALL), np.float32))
            rows[words[word]][ALL.index(code)] = 1.0
    for row in rows:
        row *= WORD / row.sum()
    letters: dict[str, int] = {}
    for letter, codes in LETTERS.items():
        letters[letter] = len(rows)
        rows.append(np.zeros(len(ALL), np.float32))
        for code in codes:
            rows[-1][ALL.index(code)] += LETTER / len(codes) * (2 if len(set(codes)) == 1 else 1)
    return words, letters, np.stack(rows)


def identify(text: str, hint: str = "") -> str:
    """ISO 639-1, or ``und`` when there is nothing to tell it by.

    ``hint`` is believed unless the words speak against it; a hint that is no language we know
    counts nothing.
    """
    told = _NOISE.sub(" ", cut(text)).lower()
    words = _WORDS.findall(told)
    if not words:
        return UNDETERMINED
    hint = hint.partition("-")[0].lower()
    belief, known = _evident(told, words)
    if hint in ALL:
        belief[ALL.index(hint)] += HINT
    first, second = sorted(belief.tolist())[-1:-3:-1]
    if first - second < SURE:
        belief = belief + _scored(told, words)
    best = int(belief.argmax())
    if hint not in ALL and not known and len(words) < 3:
        odds = np.exp(belief - belief.max())
        if odds[best] / odds.sum() < ENOUGH:
            return UNDETERMINED
    return ALL[best]


def _evident(told: str, words: list[str]) -> tuple[NDArray[np.float32], int]:
    """What small words and letters say, as log odds of every language; and how many were known."""
    small_words, letters, worth = _evidence()
    rows = [small_words[word] for word in words[:60] if word in small_words]
    known = len(rows)
    rows += [letters[letter] for letter in letters.keys() & set(told)]
    belief = worth[rows].sum(axis=0) / np.float32(math.sqrt(max(1.0, len(words) / 12)))
    return belief, known


def _scored(told: str, words: list[str]) -> NDArray[np.float32]:
    """What py3langid says, as log odds."""
    identifier, places = _identifier()
    belief = np.empty(len(ALL), np.float32)
    belief[places] = np.log(np.maximum(identifier._decide(" ".join(words)), 1e-4))
    if not _UNLATIN.search(told):
        belief[len(LANGUAGES) :] -= 2.0  # Dutch, Polish, ... are rarer here than a misspelt neighbour
    return belief
