"""A brand's own layer over the shipped model, learned from what its agents set right. Arrays only."""

from .layer import Layer
from .learning import Example, Outcome, learn

__all__ = ["Example", "Layer", "Outcome", "learn"]
