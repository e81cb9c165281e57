"""One post on its way to a case, and what the steps have found out about it so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from cortafuegos.channels.contract import Kind, Post
from cortafuegos.inbox.rules import Candidate

Key = tuple[str, str]  # network, network_id


@dataclass(frozen=True, slots=True)
class Front:
    """The account a post came in on, as far as the pipeline needs it."""

    id: int
    brand_id: int
    network: str
    network_id: str
    language: str
    time_zone: str
    opening_hours: Mapping[str, Any]
    first_answer_minutes: int


@dataclass(slots=True)
class NewCase:
    """A case about to be written; it gets its id when it is."""

    subject: str
    opened_at: datetime
    person_id: int
    home_id: int | None = None  # whose it is if they are separated again
    quiet: bool = False  # of somebody with whom the relation is ended
    id: int = 0
    number: int = 0


@dataclass(slots=True)
class Arrival:
    account: Front
    post: Post
    receipt_id: int | None = None
    correlation: UUID | None = None
    # found out on the way
    ours: bool = False  # said by an account of the brand, not through the desk
    known: bool = False  # we have it already, from around a thread
    identity_id: int = 0
    person_id: int = 0
    home_id: int | None = None  # whose it was before persons were joined
    ended: bool = False  # the relation with them is
    conversation_id: int = 0
    message_id: int = 0
    case: NewCase | Candidate | None = None
    labels: dict[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.post_network, self.post.network_id

    @property
    def post_network(self) -> str:
        return self.account.network

    @property
    def edited(self) -> bool:
        return self.post.kind is Kind.EDIT

    @property
    def happened_at(self) -> datetime:
        return self.post.edited_at or self.post.posted_at

    @property
    def author(self) -> Key:
        return self.account.network, self.post.author.network_id

    @property
    def thread(self) -> Key:
        return self.account.network, self.post.conversation

    @property
    def case_id(self) -> int | None:
        return self.case.id if self.case else None
