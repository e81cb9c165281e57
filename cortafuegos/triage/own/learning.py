"""Learning a brand's layer from corrections, and judging it on corrections it has not seen.

Weighted logistic regression on the folded n-grams, with the shipped model's log-probabilities as a
fixed offset, so that with few corrections little changes. Messages that nobody corrected hold the
model to what it already said: corrections alone are all its errors and none of what it gets right.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cortafuegos.triage import fast
from cortafuegos.triage.own.layer import LEAST, Layer, with_bias
from cortafuegos.triage.values import Post

Array = NDArray[np.float32]
HELD_OUT = 4  # every fourth, by a hash of its key: the same ones every night
LEAST_CORRECTIONS, LEAST_HELD_OUT = 20, 5
KEPT = 0.95  # of the labels that nobody corrected must stay what they were
STEPS, RIDGE, ANCHOR = 300, 0.003, 0.25


@dataclass(frozen=True, slots=True)
class Example:
    """A message and what its labels are; ``anchor``: nobody corrected it, so it may stay as it is."""

    key: str
    text: str
    language: str
    labels: dict[str, Any]
    anchor: bool = False

    @property
    def held_out(self) -> bool:
        return zlib.crc32(self.key.encode()) % HELD_OUT == 0


@dataclass(frozen=True, slots=True)
class Outcome:
    """Shares, 0 to 1, of held-out corrections that each reads right; ``kept``: of held-out labels
    that nobody corrected, those the new layer leaves alone. ``verdict``: taken, too_few, no_better,
    forgets."""

    layer: Layer
    verdict: str
    corrections: int = 0
    held_out: int = 0
    shipped: float = 0.0
    before: float = 0.0
    after: float = 0.0
    kept: float = 1.0


def learn(examples: Sequence[Example], current: Layer) -> Outcome:
    """A new layer, and whether it may take the place of ``current``. Needs no randomness: the same
    examples give the same layer."""
    corrected = [one for one in examples if not one.anchor]
    unseen = [one for one in corrected if one.held_out]
    count, held = sum(len(one.labels) for one in corrected), sum(len(one.labels) for one in unseen)
    if count < LEAST_CORRECTIONS or held < LEAST_HELD_OUT:
        return Outcome(Layer(), "too_few", count, held)
    layer = fit([one for one in examples if not one.held_out])
    anchors = [one for one in examples if one.anchor and one.held_out]
    plain, old, new = (_right(one, unseen) for one in (Layer(), current, layer))
    kept = score(layer, anchors) if anchors else 1.0
    verdict = "taken"
    if not (better(new, old) and better(new, plain)):
        verdict = "no_better"
    elif kept < KEPT:
        verdict = "forgets"
    shipped, before, after = (float(right.mean()) for right in (plain, old, new))
    return Outcome(layer, verdict, count, held, shipped, before, after, kept)


def score(layer: Layer, examples: Sequence[Example]) -> float:
    """The share of these examples' labels that come out as they should; 0 for none."""
    right = _right(layer, examples)
    return float(right.mean()) if len(right) else 0.0


def _right(layer: Layer, examples: Sequence[Example]) -> NDArray[np.bool_]:
    found = layer.read(posts(examples), explain=False)
    return np.array(
        [
            getattr(labels, name) == value
            for one, labels in zip(examples, found, strict=True)
            for name, value in one.labels.items()
        ],
        dtype=bool,
    )


def better(new: NDArray[np.bool_], old: NDArray[np.bool_]) -> bool:
    """Whether more was won than lost, by more than chance gives every third time: one standard
    error of the difference (McNemar 1947)."""
    won, lost = int((new & ~old).sum()), int((old & ~new).sum())
    return won - lost > math.sqrt(won + lost)


def fit(examples: Sequence[Example]) -> Layer:
    read = posts(examples)
    seen = with_bias(read)
    chances = fast.chances(fast.see(read).logits)
    weights: dict[str, Array] = {}
    for name, values in fast.FIELDS.items():
        told = [at for at, one in enumerate(examples) if name in one.labels]
        if all(examples[at].anchor for at in told):
            continue
        wanted = np.array([values.index(examples[at].labels[name]) for at in told])
        weight = np.array([ANCHOR if examples[at].anchor else 1.0 for at in told], dtype=np.float32)
        weights[name] = _fit(seen[told], np.log(chances[name][told] + LEAST), wanted, weight)
    return Layer(weights)


def _fit(x: Array, offset: Array, wanted: NDArray[np.int64], weight: Array) -> Array:
    """Nesterov's accelerated descent; the loss is smooth with constant 1 as rows of x have length
    √2 at most and the softmax curves at most ½."""
    target = np.eye(offset.shape[1], dtype=np.float32)[wanted]
    share = (weight / weight.sum())[:, None]
    w = v = np.zeros((x.shape[1], offset.shape[1]), dtype=np.float32)
    for step in range(STEPS):
        gradient = x.T @ (share * (fast.softmax(offset + x @ v) - target)) + RIDGE * v
        new = v - gradient / (1 + RIDGE)
        v = new + step / (step + 3) * (new - w)
        w = new
    return w


def posts(examples: Sequence[Example]) -> list[Post]:
    return [Post(one.text, one.language) for one in examples]
