"""From probabilities and cues to labels. Pure.

What belongs together is decided together: a cause exactly for complaints; urgency 0 exactly where
no reply is needed. The thresholds were set on development data (docs/triage.md), not post by post.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from . import words
from .cues import Hits
from .values import INTENTS, SENTIMENTS

Array = NDArray[np.float32]
Chances = dict[str, Array]

COMPLAINT, PRAISE = INTENTS.index("complaint"), INTENTS.index("praise")
NEGATIVE, POSITIVE = SENTIMENTS.index("negative"), SENTIMENTS.index("positive")
SCORN = frozenset(phrase.strip() for phrase in words.sections("turned")["scorn"].split(";"))
CHURN = 0.5
CHURN_WITH_CUE = 0.25
# An emergency is rare and must not be missed: named in words, it needs less from the model.
NOW, NOW_WITH_CUE = 0.5, 0.2
EMERGENCIES = ("stranded", "safety", "vulnerable")
# What each value's probability is multiplied by: the mix of the corpus is not that of the networks.
# By layer, then by label, in the order of the label's values.
LEAN: dict[str, dict[str, tuple[float, ...]]] = {
    "fast": {
        "intent": (1.0, 1.0, 1.3, 1.0),
        "cause": (1.0, 1.5, 3.0, 1.0),
        "sentiment": (1.0, 0.55, 1.4),
        "urgency": (1.0, 1.1, 1.5, 1.4),
        "churn": (1.0, 4.0),
        "needs_reply": (1.0, 1.5),
    },
    "refined": {
        "intent": (1.0, 0.8, 1.2, 0.8),
        "cause": (1.0, 1.3, 3.0, 1.0),
        "sentiment": (1.0, 0.85, 0.8),
        "urgency": (1.0, 1.2, 1.3, 1.4),
        "churn": (1.0, 5.0),
        "needs_reply": (1.0, 1.65),
    },
}
# How much oftener each intent goes with (no reply, a reply) in our corpus than chance would have it: a
# question is answered, talk and praise are not. Out of source it takes needs_reply from 0.79 to 0.81 there.
ANSWERED = np.array([[0.20, 1.46], [0.01, 1.57], [2.69, 0.04], [2.75, 0.01]], dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Decision:
    """Places in ``fast.FIELDS``' values, one entry a post; and the probabilities behind them."""

    intent: NDArray[np.int64]
    cause: NDArray[np.int64]
    sentiment: NDArray[np.int64]
    urgency: NDArray[np.int64]
    churn: NDArray[np.bool_]
    needs_reply: NDArray[np.bool_]
    strength: Array  # how far from neutral, 0 to 1
    chances: Chances  # as decided together


def together(chances: Chances, layer: str) -> Chances:
    """The probabilities after each label has heard the ones it depends on."""
    leaned = {name: _leaned(values, LEAN[layer].get(name)) for name, values in chances.items()}
    intent, cause = leaned["intent"].copy(), leaned["cause"]
    caused = np.sqrt(np.maximum(1 - cause[:, :1], 1e-6))
    uncaused = np.sqrt(np.maximum(cause[:, :1], 1e-6))
    intent *= np.where(np.arange(len(INTENTS)) == COMPLAINT, caused, uncaused)
    urgency, reply = leaned["urgency"].copy(), leaned["needs_reply"]
    calm = urgency[:, 0] * reply[:, 0]
    awake = (1 - urgency[:, 0]) * reply[:, 1]
    needed = np.sqrt(awake) / np.maximum(np.sqrt(awake) + np.sqrt(calm), 1e-6)
    intent = _normal(intent)
    answered = np.stack([1 - needed, needed], axis=1) * (intent @ ANSWERED)
    return {**leaned, "intent": intent, "needs_reply": _normal(answered)}


def turned(chances: Chances, hits: Sequence[Hits], tokens: Sequence[Sequence[str]]) -> Chances:
    """Thanks for nothing are no thanks: what was given to praise goes to the complaint, and to the negative
    what was given to the positive."""
    places = [at for at, hit in enumerate(hits) if "irony" in hit and _scorns(tokens[at], *hit["irony"])]
    if not places:
        return chances
    intent, sentiment = chances["intent"].copy(), chances["sentiment"].copy()
    for values, good, bad in ((intent, PRAISE, COMPLAINT), (sentiment, POSITIVE, NEGATIVE)):
        values[places, bad] += values[places, good]
        values[places, good] = 0.0
    return {**chances, "intent": intent, "sentiment": sentiment}


def _scorns(tokens: Sequence[str], first: int, last: int) -> bool:
    """Thanks for "nada menos que" something are meant."""
    return " ".join(tokens[first : last + 1]) in SCORN and not {"menos", "mas"} & {
        *tokens[last + 1 : last + 2]
    }


def decide(chances: Chances, hits: list[Hits], layer: str = "fast") -> Decision:
    """``layer``: whose probabilities these are, "fast" or "refined"."""
    heard = together(chances, layer)
    intent = heard["intent"].argmax(axis=1)
    cause = np.where(intent == COMPLAINT, 1 + heard["cause"][:, 1:].argmax(axis=1), 0)
    sentiment = heard["sentiment"].argmax(axis=1)
    reply = heard["needs_reply"][:, 1] >= 0.5
    urgency = np.where(reply, 1 + heard["urgency"][:, 1:].argmax(axis=1), 0)
    churn = heard["churn"][:, 1] >= CHURN
    for place, hit in enumerate(hits):
        churn[place] |= "leaving" in hit and heard["churn"][place, 1] >= CHURN_WITH_CUE
        if (
            reply[place]
            and urgency[place] < 3
            and heard["urgency"][place, 3] >= NOW_WITH_CUE
            and emergency(hit)
        ):
            urgency[place] = 3
    polarity = heard["sentiment"][:, 2] - heard["sentiment"][:, 0]
    return Decision(
        intent, cause, sentiment, urgency, churn, reply, np.abs(polarity).astype(np.float32), heard
    )


def emergency(hit: Hits) -> bool:
    """Whether the words name one: somebody stranded, in danger or frail, or a fraud under way."""
    return any(cue in hit for cue in EMERGENCIES) or ("fraud" in hit and "in_progress" in hit)


def _leaned(values: Array, lean: tuple[float, ...] | None) -> Array:
    return values if lean is None else _normal(values * np.array(lean, dtype=np.float32))


def _normal(values: Array) -> Array:
    return np.asarray(values / values.sum(axis=1, keepdims=True), dtype=np.float32)
