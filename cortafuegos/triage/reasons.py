"""Why a label is what it is, in the post's own words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from . import folding
from .decide import Decision
from .fast import COLUMNS, FIELDS, Seen
from .values import Post, Reason

# Which cues speak for which value. A label shows the first two that the post has.
SPEAKS_FOR: dict[tuple[str, object], tuple[str, ...]] = {
    ("intent", "complaint"): ("insult", "silence", "outage", "irony", "waiting", "money"),
    ("intent", "question"): ("question",),
    ("intent", "praise"): ("praise", "thanks"),
    ("cause", "product"): ("outage", "money", "product"),
    ("cause", "service"): ("silence", "people"),
    ("cause", "human"): ("human",),
    ("sentiment", "negative"): ("insult", "irony", "silence"),
    ("sentiment", "positive"): ("praise", "thanks"),
    ("urgency", 2): ("fraud", "leaving", "legal", "press", "soon", "waiting", "vulnerable", "money"),
    ("urgency", 3): ("stranded", "safety", "vulnerable", "fraud", "in_progress", "legal", "press"),
    ("churn", True): ("leaving", "other_brand"),
    ("needs_reply", True): ("request", "question", "demand"),
}
MOST = 2  # reasons a label
EXPLAINED = frozenset({"intent", "cause", "sentiment", "urgency"})  # by the model's words, failing cues


def reasons(posts: Sequence[Post], seen: Seen, made: Decision) -> list[list[Reason]]:
    """For each post, the cues behind its labels; and where no cue speaks, the words that weighed most."""
    found: list[list[Reason]] = [[] for _ in posts]
    plain: dict[int, str] = {}

    def shown(at: int, words: Sequence[str]) -> tuple[str, ...]:
        text = posts[at].text
        if any(word not in text for word in words) and at not in plain:
            plain[at] = folding.plain_letters(text)
        return tuple(word if word in text else _written(text, plain[at], word) for word in words)

    for name, columns in COLUMNS.items():
        places = np.asarray(getattr(made, name)).astype(np.int64)
        wanting = []
        for at, place in enumerate(places.tolist()):
            cues = SPEAKS_FOR.get((name, FIELDS[name][place]))
            if cues is None:
                continue
            hits = seen.hits[at]
            given = [cue for cue in cues if cue in hits][:MOST]
            for cue in given:
                first, last = hits[cue]
                found[at].append(Reason(name, cue, shown(at, seen.tokens[at][first : last + 1])))
            if not given and name in EXPLAINED:
                wanting.append(at)
        if wanting:
            for at, words in _heaviest(seen, columns, places, wanting).items():
                if words:
                    found[at].append(Reason(name, "words", shown(at, words)))
    return found


def _written(text: str, plain: str, token: str) -> str:
    """The word as its author wrote it, where folding kept the places of the letters."""
    at = plain.find(token) if len(plain) == len(text) else -1
    return text[at : at + len(token)] if at >= 0 else token


def _heaviest(
    seen: Seen, columns: slice, places: NDArray[np.int64], wanting: Sequence[int]
) -> dict[int, list[str]]:
    """The one to three words of each of these posts that pulled most toward the value chosen."""
    grams = seen.grams
    wanted = np.zeros(len(seen.tokens), dtype=np.bool_)
    wanted[wanting] = True
    own = np.flatnonzero(wanted[grams.post])
    place = places[grams.post[own]]
    # Against the first other value: enough to rank words by, and quick.
    rows, start = own * seen.pulls.shape[1], columns.start
    flat = seen.pulls.ravel()
    pull = flat[rows + (start + place)] - flat[rows + (start + (place == 0))]
    weight = np.bincount(grams.word[own], weights=pull, minlength=len(grams.words))
    ends = np.searchsorted(grams.word_post, np.arange(len(seen.tokens) + 1))
    found = {}
    for at in wanting:
        start, end = int(ends[at]), int(ends[at + 1])
        mine = weight[start:end]
        best = [start + i for i in np.argsort(-mine)[:6].tolist() if mine[i] > 0]
        words = [
            grams.words[i] for i in best if grams.words[i] not in folding.MARKS and grams.words[i].isalnum()
        ]
        found[at] = list(dict.fromkeys(words))[:3]
    return found
