"""Labels in words, and the keys that set them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cortafuegos.inbox.labels.rules import VALUES

FIELDS: dict[str, Any] = {
    "intent": _("What it is"),
    "cause": _("Because of"),
    "sentiment": _("Toward us"),
    "urgency": _("How urgent"),
    "churn": _("Leaves us"),
    "needs_reply": _("Wants an answer"),
}
WORDS: dict[tuple[str, Any], Any] = {
    ("intent", "complaint"): _("Complaint"),
    ("intent", "question"): _("Question"),
    ("intent", "praise"): _("Praise"),
    ("intent", "other"): pgettext_lazy("intent", "Other"),
    ("cause", "none"): pgettext_lazy("cause", "None"),
    ("cause", "product"): _("Product or price"),
    ("cause", "service"): _("How we attended"),
    ("cause", "human"): _("Something we posted"),
    ("sentiment", "negative"): _("Negative"),
    ("sentiment", "neutral"): _("Neutral"),
    ("sentiment", "positive"): _("Positive"),
    ("urgency", 0): _("Nothing to do"),
    ("urgency", 1): _("Ordinary"),
    ("urgency", 2): _("Soon"),
    ("urgency", 3): pgettext_lazy("urgency", "Now"),
    ("churn", False): _("Stays"),
    ("churn", True): _("Is leaving"),
    ("needs_reply", False): _("Needs no answer"),
    ("needs_reply", True): _("Needs an answer"),
}
# As they lie under the hand: a row of the keyboard for each label.
KEYS = {
    "intent": "1234",
    "cause": "qwer",
    "sentiment": "asd",
    "urgency": "zxcv",
    "churn": "gt",
    "needs_reply": "ny",
}


@dataclass(frozen=True, slots=True)
class Choice:
    field: str
    value: str
    words: Any
    key: str
    chosen: bool


def words(field: str, value: Any) -> str:
    """Empty for a value nobody knows: an older version's, or nothing."""
    return str(WORDS.get((field, value), ""))


def choices(field: str, chosen: Any) -> list[Choice]:
    return [
        Choice(field, str(value).lower(), WORDS[field, value], key, value == chosen)
        for value, key in zip(VALUES[field], KEYS[field], strict=True)
    ]
