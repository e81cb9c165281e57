"""The encoder's heads, learned once its corrections are fixed: one logistic regression a label."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from cortafuegos.triage import fast
from cortafuegos.triage.encoder.session import Encoder
from cortafuegos.triage.training.corpus import Example

# Most of the corrections: between the encoder as it came and as the corpus would have it, posts of
# other sources are read best (Wortsman et al. 2022, and docs/triage.md).
TRUST = 0.8
STRENGTH = 0.003  # the inverse of the L2 penalty, on vectors of unit variance


def softened(corrections: dict[str, NDArray[Any]], trust: float = TRUST) -> dict[str, NDArray[Any]]:
    return {
        name: (values * np.float16(trust) if name.endswith(".up") else values)
        for name, values in corrections.items()
    }


def learn(corrections: dict[str, NDArray[Any]], examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The softened corrections with the heads that go with them, ready to be stored."""
    found = softened(corrections)
    vectors, about = Encoder(found).encode([example.text for example in examples])
    middle, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    weight = np.zeros((fast.WIDTH, vectors.shape[1]), dtype=np.float32)
    bias = np.zeros(fast.WIDTH, dtype=np.float32)
    for name, values in fast.FIELDS.items():
        answers = [values.index(getattr(example, name)) for example in examples]
        model = LogisticRegression(C=STRENGTH, max_iter=300)
        model.fit((vectors - middle) / spread, answers)
        start = fast.COLUMNS[name].start
        rows = [start + int(c) for c in model.classes_] if len(values) > 2 else [start + 1]
        weight[rows] = model.coef_ / spread
        bias[rows] = model.intercept_ - weight[rows] @ middle
    return {
        **found,
        "head.weight": weight.astype(np.float16),
        "head.bias": bias,
        "about.middle": about.mean(axis=0),
    }
