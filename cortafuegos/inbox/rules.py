"""What the inbox decides, as plain functions over values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

REOPEN_WITHIN = timedelta(days=14)
SUBJECT_LENGTH = 80
SNIPPET_LENGTH = 160


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case that a new message might belong to."""

    id: int
    state: str  # open, snoozed, closed
    last_message_at: datetime
    closed_at: datetime | None
    conversations: frozenset[int]
    quiet: bool = False  # out of sight: the relation with them is ended


def choose_case(candidates: Iterable[Candidate], conversation: int, said_at: datetime) -> Candidate | None:
    """The case a person's new message joins, or None for a new one.

    A case of the same conversation comes first, then any case still open (one matter across
    channels), then one of the same conversation closed within 14 days, which is reopened.
    """

    def rank(case: Candidate) -> tuple[int, datetime] | None:
        here = conversation in case.conversations
        if case.state != "closed":
            return (0 if here else 1), case.last_message_at
        if here and said_at - (case.closed_at or case.last_message_at) <= REOPEN_WITHIN:
            return 2, case.last_message_at
        return None

    ranked = [(key, case) for case in candidates if (key := rank(case)) is not None]
    if not ranked:
        return None
    best = min(key[0] for key, _ in ranked)
    return max((case for key, case in ranked if key[0] == best), key=lambda c: (c.last_message_at, c.id))


def first_words(text: str, length: int) -> str:
    """The text on one line, cut at a word where there is one."""
    line = " ".join(text[: length * 4].split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut) + "…"


@dataclass(frozen=True, slots=True)
class Sibling:
    """An account of the brand, as a way to answer."""

    id: int
    network: str
    is_support: bool
    may_send: bool


def answering_account(received_on: int, network: str, public: bool, accounts: Sequence[Sibling]) -> int:
    """Which account answers: in public the network's support account if it can send, else the
    one written to. A private exchange cannot change hands."""
    if public:
        for account in accounts:
            if account.is_support and account.network == network and account.may_send:
                return account.id
    return received_on


def retry_delay(attempts: int, asked: float | None = None) -> timedelta:
    """Wait before attempt ``attempts + 1``: what the network asked, else 5 s doubling to 10 min."""
    if asked is not None:
        return timedelta(seconds=max(1.0, min(asked, 3600.0)))
    return timedelta(seconds=min(5.0 * 2 ** max(0, attempts - 1), 600.0))


MAX_ATTEMPTS = 10

# By how much the reply to a case overtakes others that wait for a slow network, by the case's urgency
# (triage: 2 soon, 3 now). Nobody is overtaken by what was written later than that, so nobody starves.
URGENT = 2
HEAD_START = {2: timedelta(hours=1), 3: timedelta(hours=4)}
