"""What speaks for two accounts being one person's, and how much it weighs. Pure.

A suggestion that is wrong shows a stranger's private case as theirs, so only what leads from one account
to the other counts as **strong**: the address or number of the one, given by the other in private. What both
gave in private (a booking, a number) a family shares too, and what stands in a profile may be that of an
idol or an agency, and nobody counts in how many profiles it stands: these are **fair**, and suggest
something only beside the same name or handle. A name, a handle, and whatever was
said in public, where anybody can copy it, are **weak**: shown beside the rest, alone they suggest nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from cortafuegos.guard.contact import is_line
from cortafuegos.guard.references import references
from cortafuegos.guard.text import fold

READ_AT_MOST = 4_000  # characters of a text
SHARED_BY = 2  # persons; what three wrote is a shop's address or a campaign's code, and tells nothing


class Kind(StrEnum):
    MAIL = "mail"
    PHONE = "phone"
    PROFILE = "profile"
    REFERENCE = "reference"  # of an order, a booking, a claim, a customer
    NAME = "name"
    HANDLE = "handle"


class Where(StrEnum):
    PROFILE = "profile"
    PRIVATE = "private"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Clue:
    """Something in a text that may lead to another account. ``value``: a lower-cased address, digits after
    a plus, a handle (``network`` says where), or a reference in lower case."""

    kind: Kind
    value: str
    network: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing that speaks for it. ``who``: the account that gave it (here, there or both); ``where``:
    the most public place of those it was given in."""

    kind: Kind
    who: str
    where: Where
    value: str = ""

    @property
    def strong(self) -> bool:
        # naming a profile is not saying that it is one's own
        return self.who != "both" and self.where is Where.PRIVATE and self.kind is not Kind.PROFILE

    @property
    def fair(self) -> bool:
        return self.where is Where.PROFILE or (self.who == "both" and self.where is Where.PRIVATE)

    def kept(self) -> dict[str, str]:
        """As a joining keeps it: what sort it was, never what was said."""
        return {"kind": self.kind.value, "who": self.who, "where": self.where.value}


def suggests(grounds: Iterable[Ground]) -> bool:
    held = list(grounds)
    same = any(ground.kind in (Kind.NAME, Kind.HANDLE) for ground in held)
    return any(ground.strong or (ground.fair and same) for ground in held)


_MAIL = re.compile(r"(?<![\w.+@/-])[a-z0-9][\w.+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}")
_FEDIVERSE = re.compile(r"(?<![\w@/])@([a-z0-9_.-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4})")
_LINK = re.compile(r"(?<![\w@])(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}/[^\s<>\"'()«»]{1,200})")
_ABROAD = re.compile(r"(?<![\w+])(?:\+|00)([1-9](?:[ .()/-]{0,2}\d){7,14})(?!\d)")
_SPANISH_MOBILE = re.compile(
    r"(?<![\w+.,-])([67]\d{2}(?:[ .-]?\d{2}){3}|[67]\d{2}(?:[ .-]?\d{3}){2})(?![\w-])"
)
_HOSTS = {
    "x.com": "x",
    "twitter.com": "x",
    "instagram.com": "instagram",
    "t.me": "telegram",
    "telegram.me": "telegram",
    "threads.net": "threads",
    "threads.com": "threads",
    "facebook.com": "facebook",
}
_HANDLE = re.compile(r"[\w.-]{1,64}")
# Mailboxes and lines of companies, which customers mention too.
_ROLE = re.compile(
    r"(?:info|hol[ai]|hello|ayuda|help|soporte|suporte|support|atenci[oó]n|care|contact|servicio|service|"
    r"client|customer|reclam|queja|complain|sac|ventas|sales|pedidos|orders|reservas|booking|prensa|press|"
    r"admin|no-?reply|facturaci|billing|devoluci|returns|privac|legal|dpo|seguridad|security|abuse|fraude)"
)
_NO_HANDLE = frozenset({"home", "search", "share", "intent", "p", "reel", "i", "hashtag", "explore", "login"})


def clues(text: str) -> list[Clue]:
    """What a text gives, each once, in the order mail, telephone, profile, reference."""
    text = text[:READ_AT_MOST]
    low = text.lower()
    found = [Clue(Kind.MAIL, match[0].rstrip(".")) for match in _MAIL.finditer(low)]
    found += (Clue(Kind.PHONE, "+" + re.sub(r"\D", "", m[1])) for m in _ABROAD.finditer(low))
    found += (Clue(Kind.PHONE, "+34" + re.sub(r"\D", "", m[1])) for m in _SPANISH_MOBILE.finditer(low))
    found += (Clue(Kind.PROFILE, m[1].rstrip("."), "mastodon") for m in _FEDIVERSE.finditer(low))
    found += (clue for m in _LINK.finditer(low) if (clue := _profile(m[1])))
    folded = fold(text)
    found += (Clue(Kind.REFERENCE, value) for value in _references(text, folded))
    return [clue for clue in dict.fromkeys(found) if not _of_a_company(clue)]


def _of_a_company(clue: Clue) -> bool:
    if clue.kind is Kind.MAIL:
        return bool(_ROLE.match(clue.value))
    return clue.kind is Kind.PHONE and is_line(clue.value)


def _profile(address: str) -> Clue | None:
    """The account a web address shows; none for a post or a page about something else."""
    parts = urlsplit(f"https://{address}")
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    path = [part for part in parts.path.rstrip(".,;:!?/").split("/") if part]
    if host == "wa.me" and path and path[0].isdigit():
        return Clue(Kind.PHONE, f"+{path[0]}")
    if host == "bsky.app" and path[:1] == ["profile"] and len(path) == 2:
        return Clue(Kind.PROFILE, path[1], "bluesky")
    if len(path) != 1:
        return None
    handle = path[0].removeprefix("@")
    if not _HANDLE.fullmatch(handle) or handle in _NO_HANDLE:
        return None
    if network := _HOSTS.get(host):
        return Clue(Kind.PROFILE, handle, network)
    return Clue(Kind.PROFILE, f"{handle}@{host}", "mastodon") if path[0].startswith("@") else None


def _references(text: str, folded: str) -> Iterator[str]:
    for found in references(text, folded):
        value = folded[found.span[0] : found.span[1]]
        if found.variant in ("order", "booking", "file") and len(value) >= 6:
            yield value


def alike(one: Sequence[str], other: Sequence[str]) -> list[Ground]:
    """The weak ones, from (handle, name) of each."""
    found = []
    if _bare(one[0]) and _bare(one[0]) == _bare(other[0]):
        found.append(Ground(Kind.HANDLE, "both", Where.PUBLIC, one[0]))
    if len(_bare(one[1])) > 3 and _bare(one[1]) == _bare(other[1]):
        found.append(Ground(Kind.NAME, "both", Where.PUBLIC, one[1]))
    return found


def _bare(word: str) -> str:
    return re.sub(r"[\W_]", "", fold(word.partition("@")[0]))
