"""Which language a post is in. Pure.

py3langid scores bytes and is at its best on long texts; short posts of Spanish's neighbours
are told apart by small words and letters, and by what the account usually hears (the hint).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .folding import cut
from .values import LANGUAGES, UNDETERMINED
from .words import sections

OTHERS = ("ar", "hi", "ru", "uk", "el", "he", "zh", "ja", "ko", "nl", "pl", "ro", "tr")
ALL = (*LANGUAGES, *OTHERS)
_ROW = {code: row for row, code in enumerate(ALL)}
HINT = 0.9  # what the hint is worth; one small word that no other language has is worth WORD
WORD, LETTER = 1.0, 0.8
SURE = 1.8  # ahead by so much, the words decide and nothing else is asked
ENOUGH_WORDS = 60  # tell a language as well as all of them
ENOUGH = 0.45  # share of the belief below which a post without a hint has no language
_NOISE = re.compile(r"[hw@#](?:(?<=h)ttps?:/*\S*|(?<=w)ww\.\S+|(?<=@)\S*|(?<=#)\w+)")
_LAUGHTER = re.compile(r"rt|[jk]+|(?:[jh][aeiou]+){2,}h?|lo+l+|x+d+|ok+")
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
    return identify_all([text], [hint])[0]


def identify_all(texts: Sequence[str], hints: Sequence[str]) -> list[str]:
    """``identify`` of many posts."""
    told = [_NOISE.sub(" ", cut(text).lower()) for text in texts]
    words = [
        [word for word in _WORDS.findall(text) if word[0] not in "rjkhlxo" or not _LAUGHTER.fullmatch(word)]
        for text in told
    ]
    hints = [hint.partition("-")[0].lower() for hint in hints]
    beliefs, known = _evident(told, words, hints)
    best = beliefs.argmax(axis=1).tolist()
    first = np.partition(beliefs, -2, axis=1)
    sure = (first[:, -1] - first[:, -2] >= SURE).tolist()
    found = []
    for at, own in enumerate(words):
        if not own:
            found.append(UNDETERMINED)
            continue
        belief = beliefs[at]
        if not sure[at]:
            belief = belief + _scored(told[at], own)
            best[at] = int(belief.argmax())
        if hints[at] not in _ROW and not known[at] and len(own) < 3:
            odds = np.exp(belief - belief.max())
            if odds[best[at]] / odds.sum() < ENOUGH:
                found.append(UNDETERMINED)
                continue
        found.append(ALL[best[at]])
    return found


def _evident(
    told: Sequence[str], words: Sequence[list[str]], hints: Sequence[str]
) -> tuple[NDArray[np.float32], list[int]]:
    """What small words, letters and the hint say of each post, as log odds of every language (posts,
    languages); and how many of the words were known."""
    small_words, letters, worth = _evidence()
    rows: list[int] = []
    owners: list[int] = []
    known = []
    for at, own in enumerate(words):
        mine = [small_words[word] for word in own[:60] if word in small_words]
        known.append(len(mine))
        mine += [letters[letter] for letter in letters.keys() & set(told[at])]
        rows += mine
        owners += [at] * len(mine)
    beliefs = np.zeros((len(words), len(ALL)), dtype=np.float32)
    np.add.at(beliefs, owners, worth[rows])
    beliefs /= np.sqrt(np.maximum(1.0, np.array([[len(own)] for own in words]) / 12)).astype(np.float32)
    for at, hint in enumerate(hints):
        if hint in _ROW:
            beliefs[at, _ROW[hint]] += HINT
    return beliefs, known


def _scored(told: str, words: list[str]) -> NDArray[np.float32]:
    """What py3langid says, as log odds."""
    identifier, places = _identifier()
    belief = np.empty(len(ALL), np.float32)
    belief[places] = np.log(np.maximum(identifier._decide(" ".join(words[:ENOUGH_WORDS])), 1e-4))
    if not _UNLATIN.search(told):
        belief[len(LANGUAGES) :] -= 2.0  # Dutch, Polish, ... are rarer here than a misspelt neighbour
    return belief
