"""The first layer: hashed n-grams and cues, one linear head a label. Arrays in, arrays out.

The features of a post are two blocks. N-grams: x = Σ idf(g) over all its n-grams, divided by
sqrt(Σ idf(g)²), so that long and short posts weigh alike. Cues: as they are. Every head reads
both; all heads' weights lie side by side, so that one pass over the n-grams serves them all.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import cues, folding
from .grams import Grams, grams
from .values import CAUSES, INTENTS, SENTIMENTS, URGENCIES, Post

WEIGHTS = Path(__file__).resolve().parent / "weights" / "fast.npz"
Array = NDArray[np.float32]

# Which columns of the logits belong to which label, in the order of the label's values.
FIELDS: dict[str, tuple[Any, ...]] = {
    "intent": INTENTS,
    "cause": CAUSES,
    "sentiment": SENTIMENTS,
    "urgency": URGENCIES,
    "churn": (False, True),
    "needs_reply": (False, True),
}
COLUMNS: dict[str, slice] = {}
_at = 0
for _name, _values in FIELDS.items():
    COLUMNS[_name] = slice(_at, _at + len(_values))
    _at += len(_values)
WIDTH = _at


@dataclass(frozen=True, slots=True)
class Weights:
    place: NDArray[np.int32]  # (2**BITS,): the row of a bucket in the table, or -1
    table: Array  # (rows, WIDTH + 1): idf times weight for every column, and idf²
    cues: Array  # (cues.COUNT, WIDTH)
    bias: Array  # (WIDTH,)
    made_from: str  # digest of the corpus and of the code that read it


@dataclass(frozen=True, slots=True)
class Seen:
    """A batch as the first layer saw it: what decides and what explains."""

    logits: Array  # (posts, WIDTH)
    tokens: list[list[str]]
    hits: list[cues.Hits]
    cues: Array  # (posts, cues.COUNT)
    grams: Grams
    pulls: Array  # (n-grams, WIDTH + 1): what each n-gram adds to each logit; the last column is no pull


@cache
def weights(path: Path = WEIGHTS) -> Weights:
    with np.load(path) as stored:
        rows = np.cumsum(stored["gaps"].astype(np.int64))
        place = np.full(stored["size"].item(), -1, dtype=np.int32)
        place[rows] = np.arange(len(rows))
        table = np.empty((len(rows), WIDTH + 1), dtype=np.float32)
        table[:, :WIDTH] = stored["table"] * stored["scale"]
        table[:, WIDTH] = stored["idf"]
        made_from = json.loads(stored["about"].item())["made_from"]
        return Weights(place, table, stored["cues"].astype(np.float32), stored["bias"], made_from)


def features(posts: Sequence[Post]) -> tuple[list[list[str]], list[cues.Hits], Array, Grams]:
    tokens = folding.batch([post.text for post in posts])
    hits = [cues.find(words) for words in tokens]
    shapes = cues.vectors([post.text for post in posts], tokens, hits)
    return tokens, hits, shapes, grams(tokens)


def see(posts: Sequence[Post], by: Weights | None = None) -> Seen:
    """The logits of a batch and all that led to them. Takes any text and never fails."""
    by = by or weights()
    tokens, hits, shapes, found = features(posts)
    logits = shapes @ by.cues + by.bias
    at = by.place[found.bucket]
    known = at >= 0
    found = found.only(known)
    rows = np.take(by.table, at[known], axis=0, mode="clip")
    if len(rows):
        firsts = np.flatnonzero(np.diff(found.post, prepend=-1))
        sums = np.add.reduceat(rows, firsts, axis=0)
        norms = np.sqrt(np.maximum(sums[:, WIDTH], 1e-6))
        logits[found.post[firsts]] += sums[:, :WIDTH] / norms[:, None]
    return Seen(logits, tokens, hits, shapes, found, rows)


def chances(logits: Array) -> dict[str, Array]:
    """Probabilities of every label's values, rows summing to one."""
    return {name: softmax(logits[:, columns]) for name, columns in COLUMNS.items()}


def softmax(logits: Array) -> Array:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)
