"""Which answers a second person looks at first, and who that may be. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from cortafuegos.team.licence import POSTURES

USUAL_MINUTES = 10
MOST_MINUTES = 240
IN_A_CRISIS = 10  # a person with a tenth of the followers is as heard as one with all of them on a calm day


class Why(StrEnum):
    """What makes an answer wait for approval."""

    ROLE = "role"  # its writer may write and not send: directors, guests
    CERTIFICATE = "certificate"  # its writer lacks one that is asked for here
    ASKED = "asked"  # its writer wants a second pair of eyes
    NETWORK = "network"
    REACH = "reach"
    POSTURE = "posture"
    URGENCY = "urgency"
    WARNING = "warning"  # it would go although the guard warns
    ENDED = "ended"  # in public, to somebody with whom the relation is ended


NOT_THEIRS_TO_SEND = frozenset({Why.ROLE, Why.CERTIFICATE})
# Of these, any colleague who may send there can take the answer on; the others ask for one who decides.
FOR_ANY_COLLEAGUE = NOT_THEIRS_TO_SEND | {Why.ASKED}


class Where(StrEnum):
    OFF = "off"
    PUBLIC = "public"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Rules:
    """A brand's choice: each rule off, in public only, or everywhere, and from what value on. As
    shipped only two speak: a person whom many follow, and a warning passed over in a crisis."""

    network: Where = Where.OFF
    networks: frozenset[str] = frozenset()  # empty: every network
    reach: Where = Where.PUBLIC
    followers: int = 100_000
    posture: Where = Where.OFF
    alarm: str = "crisis"  # from this posture on
    urgency: Where = Where.OFF
    level: int = 3  # from this urgency on, 0 to 3
    warning: Where = Where.PUBLIC
    warning_from: str = "crisis"  # calm: always
    everybody: bool = False  # those who decide ask somebody else too


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of an answer before it leaves. ``followers`` and ``urgency``: None when unknown;
    ``warned``: the guard's rules that would be passed over."""

    network: str
    public: bool
    posture: str = "calm"
    followers: int | None = None
    urgency: int | None = None
    warned: frozenset[str] = frozenset()


def needed(rules: Rules, answer: Answer, *, decides: bool) -> tuple[Why, ...]:
    """Why this answer waits for a second person; empty: it may leave. ``decides``: its writer is one
    of those who approve answers like this one."""
    if decides and not rules.everybody:
        return ()
    alarm = _rank(answer.posture)
    spoken = {
        Why.NETWORK: (rules.network, not rules.networks or answer.network in rules.networks),
        Why.REACH: (rules.reach, (answer.followers or 0) >= followers_from(rules, answer.posture)),
        Why.POSTURE: (rules.posture, alarm >= _rank(rules.alarm)),
        Why.URGENCY: (rules.urgency, (answer.urgency or 0) >= rules.level),
        Why.WARNING: (rules.warning, bool(answer.warned) and alarm >= _rank(rules.warning_from)),
    }
    return tuple(why for why, (where, speaks) in spoken.items() if speaks and _here(where, answer.public))


def followers_from(rules: Rules, posture: str) -> int:
    """How many followers count as many: in a crisis a tenth."""
    return max(1, rules.followers // IN_A_CRISIS) if posture == "crisis" else rules.followers


def needs_a_decider(reasons: Collection[str]) -> bool:
    return not set(reasons) <= FOR_ANY_COLLEAGUE


def due(asked_at: datetime, minutes: int) -> datetime:
    return asked_at + timedelta(minutes=minutes)


def read(raw: Mapping[str, Any]) -> Rules:
    """Rules as they are stored. What is missing or strange is as shipped: a gate does not open by a
    typing error."""
    shipped = Rules()
    networks = raw.get("networks")
    names = [one for one in networks if isinstance(one, str)] if isinstance(networks, list) else []
    return Rules(
        **{name: _where(raw, name) for name in ("network", "reach", "posture", "urgency", "warning")},
        networks=frozenset(names),
        followers=_number(raw, "followers", 1, 1_000_000_000),
        level=_number(raw, "level", 1, 3),
        alarm=_one_of(raw, "alarm", POSTURES[1:]),
        warning_from=_one_of(raw, "warning_from", POSTURES),
        everybody=raw.get("everybody", shipped.everybody) is True,
    )


def chosen(raw: Mapping[str, Any]) -> Rules:
    """Rules as somebody sets them.

    Raises ValueError when one of them is missing or none that there is.
    """
    rules = read(raw)
    if stored(rules) != {**raw, "networks": sorted(set(raw["networks"]))}:
        raise ValueError("no such rule or value")
    return rules


def stored(rules: Rules) -> dict[str, Any]:
    names = ("network", "reach", "posture", "urgency", "warning", "alarm", "warning_from")
    return {
        **{name: str(getattr(rules, name)) for name in names},
        "networks": sorted(rules.networks),
        "followers": rules.followers,
        "level": rules.level,
        "everybody": rules.everybody,
    }


def _where(raw: Mapping[str, Any], name: str) -> Where:
    value = raw.get(name)
    return Where(value) if isinstance(value, str) and value in set(Where) else getattr(Rules(), name)


def _number(raw: Mapping[str, Any], name: str, least: int, most: int) -> int:
    value = raw.get(name)
    fits = isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    return int(value) if fits else int(getattr(Rules(), name))  # type: ignore[arg-type]


def _one_of(raw: Mapping[str, Any], name: str, known: Collection[str]) -> str:
    value = raw.get(name)
    return value if isinstance(value, str) and value in known else str(getattr(Rules(), name))


def _here(where: Where, public: bool) -> bool:
    return where == Where.ALL or (where == Where.PUBLIC and public)


def _rank(posture: str) -> int:
    """A posture nobody knows is taken for the gravest."""
    return POSTURES.index(posture) if posture in POSTURES else len(POSTURES) - 1
