"""What a list is narrowed to, as it stands in its address. Unknown words in it are ignored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from cortafuegos.triage.values import CAUSES, INTENTS, SENTIMENTS

STATES = ("open", "snoozed", "closed", "any")
PLACES = ("public", "private")
SORTS = ("due", "latest", "priority")
LABELS = {
    "intent": INTENTS,
    "cause": CAUSES,
    "sentiment": SENTIMENTS,
    "urgency": ("2", "3"),
    "churn": ("1",),
    "needs": ("1", "0"),
}
CROWDS = ("none", "bots", "spam", "pile_on", "duplicate")
LONGEST = 100


NARROWING = ("network", "tag", "language", "place", *LABELS, "topic", "crowd")


@dataclass(frozen=True, slots=True)
class Filter:
    network: str = ""
    tag: str = ""
    language: str = ""
    place: str = ""  # public, private
    state: str = ""  # instead of the queue's own; only of "all"
    agent: str = ""  # an agent's id: whose cases
    q: str = ""  # words, a name, a number
    intent: str = ""
    cause: str = ""
    sentiment: str = ""
    urgency: str = ""  # at least so urgent
    churn: str = ""  # 1: says they leave
    needs: str = ""  # 1: wants an answer, 0: wants none
    topic: str = ""
    crowd: str = ""  # a kind, none, or the number of one crowd
    sort: str = ""  # due, latest, priority; empty: the queue's own

    @property
    def narrows(self) -> bool:
        """Whether rows are left out in a way that no index of the queues knows."""
        return any(getattr(self, name) for name in NARROWING)

    @property
    def active(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self) if field.name != "sort")

    def without(self, name: str) -> Filter:
        return replace(self, **{name: ""})

    def query(self, **more: str) -> str:
        """The query string that gives this filter back, in a fixed order."""
        pairs = [(field.name, getattr(self, field.name)) for field in fields(self)]
        return urlencode([(name, value) for name, value in [*pairs, *more.items()] if value])


def parse(query: Mapping[str, str]) -> Filter:
    given = {
        field.name: query.get(field.name, "").replace("\x00", "").strip()[:LONGEST]
        for field in fields(Filter)
    }
    for name, allowed in (("place", PLACES), ("state", STATES), ("sort", SORTS), *LABELS.items()):
        if given[name] not in allowed:
            given[name] = ""
    if not _number(given["agent"]):
        given["agent"] = ""
    if given["crowd"] not in CROWDS and not _number(given["crowd"]):
        given["crowd"] = ""
    return Filter(**given)


def _number(said: str) -> bool:
    return said.isascii() and said.isdecimal() and len(said) < 19
