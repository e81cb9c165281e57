"""Playbooks as plain values: when one fits, and what it advises. No Django, no database.

Every text is a mapping from a language ("es", "en") to words; a wording's key may add how it
addresses the person ("es-tu", "es-usted", "es-vos").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known of a case. Unknown is empty or None, and then no condition on it holds."""

    intent: str = ""
    cause: str = ""
    urgency: int | None = None  # 0 to 3
    churn: bool = False
    topics: frozenset[str] = frozenset()  # those of triage and the labels people gave the case
    cues: frozenset[str] = frozenset()  # the codes of triage's reasons
    text: str = field(default="", repr=False)  # what the customer wrote last
    public: bool | None = None
    network: str = ""
    posture: str = "calm"  # calm, watch, crisis
    first: bool | None = None  # nobody of ours has answered yet
    newcomer: bool | None = None  # no earlier case of this person is known
    sensitive: bool = False  # what they wrote holds somebody's data


@dataclass(frozen=True, slots=True)
class Trigger:
    """All conditions that are set must hold. Topics, cues and words are three ways of telling one
    thing, what it is about: any of them is enough. ``urgency`` is the least."""

    intents: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    words: tuple[str, ...] = ()  # "sin servicio", "retras*": whole words, a star for any ending
    networks: tuple[str, ...] = ()
    postures: tuple[str, ...] = ()
    urgency: int = 0
    churn: bool | None = None
    public: bool | None = None
    first: bool | None = None
    newcomer: bool | None = None
    sensitive: bool | None = None


@dataclass(frozen=True, slots=True)
class Step:
    id: str  # keeps its name from version to version, so that reasons add up
    advice: Texts  # one sentence
    wordings: Texts = field(default_factory=dict)  # to start from; {name} is the customer's
    private: bool = False  # said in private only
    department: Texts = field(default_factory=dict)  # whose task it is
    task: Texts = field(default_factory=dict)
    collect: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # facts to ask for


@dataclass(frozen=True, slots=True)
class Playbook:
    slug: str
    title: Texts
    trigger: Trigger
    steps: tuple[Step, ...]
    position: int = 1000  # of several that fit, the lowest comes first

    def step(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.id == name), None)
