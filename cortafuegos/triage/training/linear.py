"""Learns the first layer: one logistic regression a label, on n-grams and cues together.

Needs scikit-learn, which the desk itself does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from cortafuegos.triage import fast
from cortafuegos.triage.grams import BITS
from cortafuegos.triage.values import Post

RARE = 2  # n-grams of fewer posts are left out
CUE_SCALE = 0.5  # cues are many and always there: their weights are held shorter than the n-grams'
STRENGTH = 3.0  # the inverse of the L2 penalty


def matrix(texts: Sequence[str], idf: NDArray[np.float32] | None = None) -> tuple[Any, NDArray[np.float32]]:
    """(features of every text, idf of every bucket), as ``fast`` makes them."""
    blocks, shapes = [], []
    for start in range(0, len(texts), 512):
        part = [Post(text) for text in texts[start : start + 512]]
        _, _, shape, found = fast.features(part)
        ones = np.ones(len(found.bucket), dtype=np.float32)
        blocks.append(sparse.csr_matrix((ones, (found.post, found.bucket)), shape=(len(part), 2**BITS)))
        shapes.append(shape)
    counts = sparse.vstack(blocks).tocsr()
    if idf is None:
        seen = np.bincount(counts.indices, minlength=2**BITS)
        idf = np.log((1 + counts.shape[0]) / (1 + seen)).astype(np.float32) + 1
        idf[seen < RARE] = 0
        idf = idf.astype(np.float16).astype(np.float32)
    lengths = np.sqrt(np.maximum(counts @ (idf**2), 1e-6))
    scaled = sparse.diags(1 / lengths) @ counts @ sparse.diags(idf)
    return sparse.hstack([scaled, np.concatenate(shapes) * CUE_SCALE]).tocsr().astype(np.float32), idf


def learn(
    features: Any, labels: dict[str, list[Any]], weight: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(coefficients of every column, intercepts) for features as ``matrix`` gives them."""
    coefficients = np.zeros((features.shape[1], fast.WIDTH), dtype=np.float32)
    intercepts = np.zeros(fast.WIDTH, dtype=np.float32)
    for name, values in fast.FIELDS.items():
        answers = np.array([values.index(value) for value in labels[name]])
        model = LogisticRegression(C=STRENGTH, max_iter=300, tol=1e-3)
        model.fit(features, answers, sample_weight=weight)
        columns = fast.COLUMNS[name]
        if len(values) == 2:  # one row for the second value; the first one's logit is zero
            coefficients[:, columns.stop - 1] = model.coef_[0]
            intercepts[columns.stop - 1] = model.intercept_[0]
        else:
            at = [columns.start + value for value in model.classes_]
            coefficients[:, at] = model.coef_.T
            intercepts[at] = model.intercept_
    return coefficients, intercepts


def stored(
    coefficients: NDArray[np.float32], intercepts: NDArray[np.float32], idf: NDArray[np.float32]
) -> dict[str, NDArray[Any]]:
    """Eight bits a weight, a scale a column; buckets that no post filled are left out."""
    table = coefficients[: 2**BITS] * idf[:, None]
    rows = np.flatnonzero(idf)
    scale = np.maximum(np.abs(table).max(axis=0), 1e-9) / 127
    return {
        "size": np.array(2**BITS),
        "gaps": np.diff(rows, prepend=0).astype(np.uint32),
        "table": np.round(table[rows] / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "idf": (idf[rows] ** 2).astype(np.float16),
        "cues": (coefficients[2**BITS :] * CUE_SCALE).astype(np.float16),
        "bias": intercepts.astype(np.float32),
    }
