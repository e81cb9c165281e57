"""Macro-F1 with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

FEWEST = 5  # a value seen less often is left out of the mean: its F1 would be chance


def macro_f1(truth: Sequence[object], said: Sequence[object]) -> float:
    """The mean F1 over the values that ``truth`` has at least FEWEST times."""
    y, p = np.array([str(v) for v in truth]), np.array([str(v) for v in said])
    scores = []
    for value, count in zip(*np.unique(y, return_counts=True), strict=True):
        if count >= FEWEST:
            right = float(((y == value) & (p == value)).sum())
            scores.append(2 * right / max(1.0, float((y == value).sum() + (p == value).sum())))
    return float(np.mean(scores)) if scores else float("nan")


def interval(truth: Sequence[object], said: Sequence[object], turns: int = 400) -> tuple[float, float]:
    """The middle 95 % of macro-F1 over posts drawn again with replacement."""
    dice = np.random.default_rng(11)
    size = len(truth)
    drawn = [dice.integers(0, size, size) for _ in range(turns)]
    scores = [macro_f1([truth[i] for i in own], [said[i] for i in own]) for own in drawn]
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


def shown(truth: Sequence[object], said: Sequence[object]) -> str:
    low, high = interval(truth, said)
    return f"{macro_f1(truth, said):.3f} [{low:.3f} {high:.3f}]"
