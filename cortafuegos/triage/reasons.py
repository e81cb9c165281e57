"""Why a label is what it is, in the post's own words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

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
    heavy = _Heavy(seen)

    def shown(at: int, words: Sequence[str]) -> tuple[str, ...]:
        text = posts[at].text
        if any(word not in text for word in words) and at not in plain:
            plain[at] = folding.plain_letters(text)
        return tuple(word if word in text else _written(text, plain[at], word) for word in words)

    for name, columns in COLUMNS.items():
        places = np.asarray(getattr(made, name)).astype(np.int64).tolist()
        for at, place in enumerate(places):
            cues = SPEAKS_FOR.get((name, FIELDS[name][place]))
            if cues is None:
                continue
            hits = seen.hits[at]
            given = [cue for cue in cues if cue in hits][:MOST]
            for cue in given:
                first, last = hits[cue]
                found[at].append(Reason(name, cue, shown(at, seen.tokens[at][first : last + 1])))
            # Against the first other value: enough to rank words by, and quick.
            if not given and name in EXPLAINED:
                words = heavy.words(at, columns.start + place, columns.start + (place == 0))
                if words:
                    found[at].append(Reason(name, "words", shown(at, words)))
    return found


def _written(text: str, plain: str, token: str) -> str:
    """The word as its author wrote it, where folding kept the places of the letters."""
    at = plain.find(token) if len(plain) == len(text) else -1
    return text[at : at + len(token)] if at >= 0 else token


class _Heavy:
    """Which words of a post pulled most toward a value. A post's n-grams and words lie side by side."""

    def __init__(self, seen: Seen) -> None:
        bounds = np.arange(len(seen.tokens) + 1)
        self.grams, self.pulls = seen.grams, seen.pulls
        self.own = np.searchsorted(seen.grams.post, bounds).tolist()
        self.first = np.searchsorted(seen.grams.word_post, bounds).tolist()

    def words(self, at: int, column: int, other: int) -> list[str]:
        """The one to three words of post ``at`` that pulled most to ``column`` and away from ``other``."""
        own = slice(self.own[at], self.own[at + 1])
        first, known = self.first[at], self.grams.words
        pull = self.pulls[own, column] - self.pulls[own, other]
        weight = np.bincount(self.grams.word[own] - first, weights=pull, minlength=self.first[at + 1] - first)
        best = [known[first + i] for i in np.argsort(-weight)[:6].tolist() if weight[i] > 0]
        words = [word for word in best if word not in folding.MARKS and word.isalnum()]
        return list(dict.fromkeys(words))[:3]
