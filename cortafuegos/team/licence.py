"""The licence to answer. Pure: what a brand asks for and what a person holds in, what is lacking out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

POSTURES = ("calm", "watch", "crisis")


class Kind(StrEnum):
    """What a certificate is for."""

    CHANNEL = "channel"  # value: a network's name; empty: every network
    LANGUAGE = "language"  # value: a language's code
    CRISIS = "crisis"  # held: no value. Asked for: the posture from which on, "watch" or "crisis"


@dataclass(frozen=True, slots=True)
class Need:
    """A certificate that a brand asks for."""

    kind: Kind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Holding:
    """A certificate that a person has. ``until`` is aware; at that moment it no longer holds."""

    kind: Kind
    value: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when an answer would appear."""

    network: str
    language: str  # of the conversation; a region ("es-MX") does not matter
    posture: str = "calm"


def lacking(
    needs: Iterable[Need], holdings: Iterable[Holding], place: Place, now: datetime
) -> tuple[Need, ...]:
    """The certificates somebody would need to answer there and does not hold; empty: they may."""
    valid = [one for one in holdings if one.until > now]
    return tuple(
        need
        for need in sorted(set(needs), key=lambda one: (one.kind, one.value))
        if applies(need, place) and not any(covers(one, need, place) for one in valid)
    )


def applies(need: Need, place: Place) -> bool:
    match need.kind:
        case Kind.CHANNEL:
            return need.value in ("", place.network)
        case Kind.LANGUAGE:
            return primary(need.value) == primary(place.language)
        case Kind.CRISIS:
            return _rank(place.posture) >= _rank(need.value)


def covers(held: Holding, need: Need, place: Place) -> bool:
    """One for every network does for each of them, and one for this network does where the brand asks
    for any."""
    if held.kind != need.kind:
        return False
    match need.kind:
        case Kind.CHANNEL:
            return held.value in ("", place.network)
        case Kind.LANGUAGE:
            return primary(held.value) == primary(need.value)
        case Kind.CRISIS:
            return True


def primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _rank(posture: str) -> int:
    """A posture nobody knows is taken for the gravest: a gate must not open by a typing error."""
    return POSTURES.index(posture) if posture in POSTURES else len(POSTURES) - 1
