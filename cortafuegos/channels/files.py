"""What a network takes besides words, and why it would not take this. Values and pure functions.

Sizes and counts are each network's own rules of a day (``as_of``) and stand in its connector.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from cortafuegos.channels.contract import AccountView

# Pictures as the desk keeps them that can be made smaller without anybody's asking.
SHRINKABLE = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True, slots=True)
class Files:
    """What one reply may carry. ``sizes``: most bytes by media type; ``image/*`` and ``*/*`` stand for
    what is not named by itself. Empty: nothing, and ``note`` says why."""

    as_of: date
    sizes: Mapping[str, int] = field(default_factory=dict)
    most: int = 1
    total: int | None = None  # most bytes of all together
    alone: frozenset[str] = frozenset()  # media types (or ``video/*``) that go without company
    alt: int = 0  # characters of a picture's description; 0: the network has none
    beside: int | None = None  # most words beside files, as ``measure`` counts; None: as without
    note: Any = ""  # a lazy translation: what to mind

    def most_bytes(self, media_type: str) -> int:
        """0 when the network does not take it."""
        return next((self.sizes[name] for name in _names(media_type) if name in self.sizes), 0)

    def goes_alone(self, media_type: str) -> bool:
        return any(name in self.alone for name in _names(media_type))


@runtime_checkable
class TakesFiles(Protocol):
    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        """What a public or private answer may carry; ``to_public``: it answers something public. Pure."""
        ...


@dataclass(frozen=True, slots=True)
class About:
    """One file, without its contents. ``size`` in bytes."""

    name: str
    media_type: str
    size: int
    alt: str = ""


class Trouble(StrEnum):
    NONE = "none"  # no file at all goes this way
    SORT = "sort"
    SIZE = "size"
    COUNT = "count"
    COMPANY = "company"  # it goes alone
    ALT = "alt"
    TOTAL = "total"
    WORDS = "words"  # too many beside a file


def trouble(files: Files, carried: Sequence[About], length: int) -> tuple[Trouble, About] | None:
    """The first reason why a reply of ``length`` would be refused with these files, and the file that
    is meant. Pictures that can be made smaller are never too large."""
    for one in carried:
        most = files.most_bytes(one.media_type)
        if not files.sizes:
            return Trouble.NONE, one
        if not most:
            return Trouble.SORT, one
        if one.size > most and one.media_type not in SHRINKABLE:
            return Trouble.SIZE, one
        if files.goes_alone(one.media_type) and len(carried) > 1:
            return Trouble.COMPANY, one
        if files.alt and len(one.alt) > files.alt:
            return Trouble.ALT, one
    if len(carried) > files.most:
        return Trouble.COUNT, carried[files.most]
    if files.total is not None and sum(one.size for one in carried) > files.total:
        return Trouble.TOTAL, carried[-1]
    if carried and files.beside is not None and length > files.beside:
        return Trouble.WORDS, carried[0]
    return None


def _names(media_type: str) -> tuple[str, str, str]:
    return media_type, f"{media_type.partition('/')[0]}/*", "*/*"
