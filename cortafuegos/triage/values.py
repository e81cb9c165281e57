"""What goes into triage and what comes out: values without behaviour, but for their plain form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

INTENTS = ("complaint", "question", "praise", "other")
CAUSES = ("none", "product", "service", "human")
SENTIMENTS = ("negative", "neutral", "positive")
URGENCIES = (0, 1, 2, 3)
LANGUAGES = ("es", "en", "pt", "ca", "gl", "eu", "fr", "it", "de")
UNDETERMINED = "und"


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said before a post. ``ours``: by the brand; None when nobody tells. ``labels`` of what
    a customer said, in plain form; None where it was not read yet."""

    text: str
    ours: bool | None = None
    labels: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A post to read. ``language`` is what the network or the account says, a hint only;
    ``thread`` holds what was said before it, oldest first."""

    text: str
    language: str = ""
    thread: tuple[Turn, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why ``field`` has its value: ``code`` names a cue of ``words/``, or is "words" when the
    model itself decided; ``words`` are those of the post that weighed most."""

    field: str
    code: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labels:
    """What triage says of one post. ``strength`` is how clear the sentiment is, 0 to 1;
    ``confidence`` is the probability given to the intent, the cause and so on."""

    language: str
    intent: str
    cause: str
    sentiment: str
    strength: float
    urgency: int
    churn: bool
    needs_reply: bool
    topics: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()
    layer: str = "fast"
    confidence: dict[str, float] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The same as what JSON can hold. By hand: ``dataclasses.asdict`` copies deeply, and took a
        third of the whole reading."""
        return {
            "language": self.language,
            "intent": self.intent,
            "cause": self.cause,
            "sentiment": self.sentiment,
            "strength": self.strength,
            "urgency": self.urgency,
            "churn": self.churn,
            "needs_reply": self.needs_reply,
            "topics": list(self.topics),
            "reasons": [
                {"field": one.field, "code": one.code, "words": list(one.words)} for one in self.reasons
            ],
            "layer": self.layer,
            "confidence": dict(self.confidence),
        }
