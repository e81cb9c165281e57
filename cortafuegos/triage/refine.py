"""The second layer: the encoder's own heads beside the first layer's, for the posts that matter."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import fast, reading, topics
from .encoder.session import Encoder
from .values import Labels, Post

Array = NDArray[np.float32]
WEIGHTS = Path(__file__).resolve().parent / "weights" / "refined.npz"
BATCH = 64
MEANING = 0.8  # how much the encoder's vector weighs beside n-grams, in telling topics
SHARE = 0.6  # how much the encoder says; the rest is the first layer's


@cache
def learned() -> dict[str, NDArray[Any]]:
    """What was taught to the encoder: low-rank corrections, and a head for every label."""
    with np.load(WEIGHTS) as stored:
        return {name: stored[name] for name in stored.files}


def made_from() -> str:
    return str(json.loads(learned()["about"].item())["made_from"])


@cache
def encoder() -> Encoder:
    """Raises EncoderMissing where its packages are not installed."""
    return Encoder(learned())


def read(batch: Sequence[Post], *, explain: bool = True) -> list[Labels]:
    """The labels of both layers together, in the posts' order. Raises EncoderMissing."""
    return read_with_vectors(batch, explain=explain)[0]


def read_with_vectors(batch: Sequence[Post], *, explain: bool = True) -> tuple[list[Labels], Array]:
    """The same, and the vectors by which topics are told."""
    found: list[Labels] = []
    about = []
    for start in range(0, len(batch), BATCH):
        part = batch[start : start + BATCH]
        seen = fast.see(part)
        vectors, topical = encoder().encode([post.text for post in part])
        found += reading.label(part, seen, blended(seen.logits, vectors), layer="refined", explain=explain)
        about.append(_topical(part, topical))
    return found, np.concatenate(about) if about else np.zeros((0, 0), dtype=np.float32)


def blended(first: Array, vectors: Array) -> dict[str, Array]:
    """Probabilities of both layers, as a weighted geometric mean."""
    weight, bias = learned()["head.weight"].astype(np.float32), learned()["head.bias"]
    return mixed(fast.chances(first), fast.chances(vectors @ weight.T + bias))


def mixed(first: dict[str, Array], second: dict[str, Array]) -> dict[str, Array]:
    found = {}
    for name, values in second.items():
        logs = SHARE * np.log(values + 1e-6) + (1 - SHARE) * np.log(first[name] + 1e-6)
        found[name] = fast.softmax(logs)
    return found


def vectors(posts: Sequence[Post]) -> Array:
    """What the posts are about, one row each, to learn topics by. Raises EncoderMissing."""
    return _topical(posts, encoder().encode([post.text for post in posts])[1])


def _topical(posts: Sequence[Post], middle: Array) -> Array:
    """The encoder's middle layer, less what all posts have in common, beside the post's n-grams: the
    one knows what is alike, the other holds on to the words."""
    away = middle - learned()["about.middle"]
    away /= np.maximum(np.linalg.norm(away, axis=1, keepdims=True), 1e-9)
    return np.concatenate([away * MEANING, topics.fast_vectors(posts)], axis=1).astype(np.float32)
