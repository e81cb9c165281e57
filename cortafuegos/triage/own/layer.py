"""What a brand's corrections add to the shipped model's answers.

For every label, log-odds are added to the shipped probabilities: p' ∝ p · exp(xW + b), where x are
the post's n-grams, folded into ``topics.FOLDED`` places. Nothing learned: W and b are zero, and p' is p.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cortafuegos.triage import fast, reading, refine
from cortafuegos.triage.topics import FOLDED, fast_vectors
from cortafuegos.triage.values import Labels, Post

Array = NDArray[np.float32]
LEAST = 1e-6


@dataclass(frozen=True, slots=True)
class Layer:
    """``weights``: by label, (FOLDED + 1, values); the last row is the bias."""

    weights: Mapping[str, Array] = field(default_factory=dict)

    def adjusted(self, chances: Mapping[str, Array], posts: Sequence[Post]) -> dict[str, Array]:
        """Probabilities with the brand's own log-odds added; rows sum to one."""
        if not self.weights:
            return dict(chances)
        seen = with_bias(posts)
        return {
            name: fast.softmax(np.log(values + LEAST) + seen @ self.weights[name])
            if name in self.weights
            else values
            for name, values in chances.items()
        }

    def read(self, posts: Sequence[Post], *, explain: bool = True) -> list[Labels]:
        """As ``triage.read``, with what the brand taught."""
        found: list[Labels] = []
        for start in range(0, len(posts), reading.BATCH):
            part = posts[start : start + reading.BATCH]
            seen = fast.see(part)
            chances = self.adjusted(fast.chances(seen.logits), part)
            found += reading.label(part, seen, chances, layer="fast", explain=explain)
        return found

    def refined(self, posts: Sequence[Post]) -> tuple[list[Labels], Array]:
        """As ``refine.read_with_vectors``, with what the brand taught. Raises EncoderMissing."""
        found: list[Labels] = []
        about = []
        for start in range(0, len(posts), refine.BATCH):
            part = posts[start : start + refine.BATCH]
            seen = fast.see(part)
            vectors, topical = refine.encoder().encode([post.text for post in part])
            chances = self.adjusted(refine.blended(seen.logits, vectors), part)
            found += reading.label(part, seen, chances, layer="refined")
            about.append(refine._topical(part, topical))
        return found, np.concatenate(about) if about else np.zeros((0, 0), dtype=np.float32)

    def dump(self) -> bytes:
        """Compressed; most of it is zeros."""
        out = io.BytesIO()
        halves = {name: values.astype(np.float16) for name, values in self.weights.items()}
        np.savez_compressed(out, **halves)  # type: ignore[arg-type]
        return out.getvalue()

    @classmethod
    def load(cls, raw: bytes) -> Layer:
        """Raises ValueError for what no ``dump`` wrote, or one of another shape."""
        try:
            with np.load(io.BytesIO(raw), allow_pickle=False) as stored:
                weights = {name: stored[name].astype(np.float32) for name in stored.files}
        except (OSError, EOFError, KeyError, ValueError) as error:
            raise ValueError("no layer of ours") from error
        for name, values in weights.items():
            if name not in fast.FIELDS or values.shape != (FOLDED + 1, len(fast.FIELDS[name])):
                raise ValueError(f"a layer of another shape: {name[:40]}")
        return cls(weights)


def with_bias(posts: Sequence[Post]) -> Array:
    """(posts, FOLDED + 1)"""
    ones = np.ones((len(posts), 1), dtype=np.float32)
    return np.concatenate([fast_vectors(posts), ones], axis=1)
