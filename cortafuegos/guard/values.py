"""What the guard is given and what it gives back. Plain values: no Django, no clock, no database.

Whatever a person wrote is left out of every ``repr``, so that no traceback and no log line shows it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    NOTE = "note"  # worth knowing; changes no verdict
    WARN = "warn"  # may go, with a reason
    BLOCK = "block"  # does not go


class Setting(StrEnum):
    """What a brand makes of a rule. A rule without a setting speaks with its own severity."""

    OFF = "off"
    NOTE = "note"
    WARN = "warn"
    BLOCK = "block"


class Verdict(StrEnum):
    PASS = "pass"  # noqa: S105
    WARN = "warn"
    BLOCK = "block"


class Formality(StrEnum):
    TU = "tu"
    USTED = "usted"
    VOS = "vos"


@dataclass(frozen=True, slots=True)
class Draft:
    text: str = field(repr=False)
    public: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """A message of the case, before the draft. ``author`` is "customer" or "agent"."""

    author: str
    public: bool
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a draft. Every field may be unknown, and a rule that needs an unknown
    fact stays silent. ``length`` and ``limit`` are in the network's own unit, as its connector
    measured them; without them nothing is too long."""

    length: int | None = None
    limit: int | None = None
    asked_in_private: bool = False  # the message answered is private
    network: str = ""  # bluesky, mastodon, x, instagram, facebook, whatsapp, mail, ...
    language: str = ""  # two letters: what the customer is taken to speak
    first_answer: bool | None = None  # nobody of the brand has answered in this case yet
    message: str = field(default="", repr=False)  # what the draft answers
    intent: str = ""  # complaint, question, praise, threat, insult, ..., or unknown
    cause: str = ""  # human, product, service, or unknown
    urgency: int | None = None  # 0 to 3
    customer: str = field(default="", repr=False)  # the name they go by
    agent: str = field(default="", repr=False)  # the name that signs
    initials: str = ""
    history: Sequence[Entry] = ()  # oldest first, without the message answered
    channel_moves: int | None = None  # how often this case was sent to another channel
    consecutive_dms: int | None = None  # direct messages of ours since the customer last wrote
    posture: str = "calm"  # calm, watch, crisis
    formality: Formality | None = None  # how the brand addresses its customers in Spanish
    reach: int | None = None  # followers of the customer
    recent_public: Sequence[str] = field(default=(), repr=False)  # our public words to others, lately
    forbidden: Mapping[str, str] = field(default_factory=dict)  # the brand's own: never, instead or ""
    names: Sequence[str] = ()  # product and brand names: never a finding inside one
    own_domains: Sequence[str] = ()  # the brand's own sites, which a link may always lead to
    settings: Mapping[str, Setting] = field(default_factory=dict)  # rule id: what the brand made of it


@dataclass(frozen=True, slots=True)
class Finding:
    """``span`` is in code points of the draft, end excluded; ``proposal`` goes in its place.
    ``facts`` fill the sentence that explains: counts and kinds, never what was found."""

    rule: str
    severity: Severity
    span: tuple[int, int]
    facts: Mapping[str, Any] = field(default_factory=dict)
    proposal: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    verdict: Verdict
    findings: Sequence[Finding]
