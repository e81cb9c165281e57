"""A brand's own topics, each learned from a handful of examples. Pure.

Every topic is the mean direction of its examples. A post has a topic when it is nearer to it
than the topic's examples are to strangers, and no other topic is clearly nearer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import folding
from .grams import BITS, grams
from .values import Post

Array = NDArray[np.float32]
Embed = Callable[[Sequence[Post]], Array]
FOLDED = 4096  # the fast layer's vectors: n-grams folded into so many places
NEAR = 0.06  # another topic so little farther than the nearest is named too
_MOST = 3


@dataclass(frozen=True, slots=True)
class Topics:
    names: tuple[str, ...]
    directions: Array  # (topics, width), length 1
    thresholds: Array  # (topics,): cosines

    def of(self, vectors: Array) -> list[tuple[str, ...]]:
        """The topics of each post, likeliest first; often none."""
        cosines = _unit(vectors) @ self.directions.T
        found = []
        for row in cosines:
            best = float(row.max())
            order = np.argsort(-row)[:_MOST]
            found.append(
                tuple(self.names[i] for i in order if row[i] >= self.thresholds[i] and row[i] >= best - NEAR)
            )
        return found


def learn(examples: Mapping[str, Sequence[str]], embed: Embed) -> Topics:
    """Topics from {name: examples}; every topic needs one example or more."""
    names = tuple(examples)
    owner = np.repeat(np.arange(len(names)), [len(examples[name]) for name in names])
    vectors = embed([Post(text) for name in names for text in examples[name]])
    means = np.stack([vectors[owner == i].mean(axis=0) for i in range(len(names))])
    directions = _unit(means)
    own = _unit(vectors) @ directions.T
    thresholds = np.array([_threshold(own, owner, i) for i in range(len(names))], dtype=np.float32)
    return Topics(names, directions, thresholds)


def _threshold(cosines: Array, owner: NDArray[np.int64], topic: int) -> float:
    """Between how near a topic's own examples lie and how near the others' do."""
    inside, outside = cosines[owner == topic, topic], cosines[owner != topic, topic]
    low = float(outside.max()) if len(outside) else 0.5
    # An example lies nearer to a mean it is part of than a new post will.
    seen = float(np.median(inside)) * (0.75 if len(inside) > 1 else 0.6)
    return min(0.9, max(0.2, 0.5 * (low + seen)))


def fast_vectors(posts: Sequence[Post]) -> Array:
    """Vectors of n-grams alone, for when the encoder is not there or not wanted."""
    found = grams(folding.batch([post.text for post in posts]))
    flat = np.bincount(
        found.post * FOLDED + (found.bucket >> (BITS - 12)), minlength=len(posts) * FOLDED
    ).reshape(len(posts), FOLDED)
    return _unit(np.log1p(flat).astype(np.float32))


def _unit(vectors: Array) -> Array:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
