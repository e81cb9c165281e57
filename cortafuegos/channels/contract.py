"""What every network speaks.

A connector is one folder under ``cortafuegos/channels`` whose module ``connector`` exposes ``connector``, an
object that satisfies :class:`Connector`. It is found by discovery (``channels.registry``); no
central file names it.

Values only: nothing here imports Django, and nothing here knows of cases. Times are aware and in
UTC. Identifiers of people and posts are *global* (a URI, a DID, a Message-ID), so that the same
post seen by two accounts of a brand counts once; what only the network's own server understands
goes into ``ref``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from cortafuegos.channels.errors import ConnectError, Forged, Refused, SendError, Unreadable

# The errors are part of the contract and lie beside it.
__all__ = ["ConnectError", "Forged", "Refused", "SendError", "Unreadable"]

Json = dict[str, Any]


class Kind(StrEnum):
    """What a post does to what we hold."""

    POST = "post"
    EDIT = "edit"  # ``network_id`` names the post that got the new text
    DELETE = "delete"  # ``network_id`` names the post that is gone


@dataclass(frozen=True, slots=True)
class Author:
    network_id: str  # global and stable: a DID, an actor URI, a lower-cased e-mail address
    handle: str  # as people write it, without a leading @
    name: str = ""
    url: str = ""
    avatar: str = ""
    followers: int | None = None
    verified: bool = False
    bio: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    kind: str  # image, video, audio, file
    url: str = ""  # where a browser can fetch it; empty when it lies inside the stored receipt
    name: str = ""
    media_type: str = ""
    size: int | None = None  # bytes
    alt: str = ""
    part: int | None = None  # index of the MIME part in the stored receipt


@dataclass(frozen=True, slots=True)
class Post:
    """One public post, comment, review or private message, in our words."""

    network_id: str
    author: Author
    text: str  # plain text as a reader sees it; HTML is already turned into text
    posted_at: datetime  # when it was first said, of an edit too where the network tells
    public: bool
    conversation: str  # key of the public thread (its root) or of the private exchange
    in_reply_to: str = ""  # network_id of the parent
    addressed: bool = True  # False: part of a thread, but said to somebody else
    kind: Kind = Kind.POST
    edited_at: datetime | None = None  # of an EDIT: when; without it, ``posted_at`` says when
    url: str = ""
    language: str = ""  # as the network declares it, ISO 639-1; empty when it does not
    subject: str = ""
    attachments: tuple[Attachment, ...] = ()
    ref: Json = field(default_factory=dict)  # what ``send`` needs to answer this post


@dataclass(frozen=True, slots=True)
class Delivery:
    """One thing that arrived, as it arrived. ``key`` is equal when the network repeats itself."""

    key: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)  # lower-cased names


@dataclass(frozen=True, slots=True)
class AccountView:
    """What a connector may know of an account: a value, with credentials decrypted."""

    id: int
    network: str
    network_id: str  # our own author id there
    handle: str
    language: str
    config: Json
    credentials: Json = field(repr=False)  # in no log, not even by accident


@dataclass(frozen=True, slots=True)
class Field:
    """One input of the connect page. ``label`` and ``help`` are lazy translations."""

    name: str
    label: Any
    help: Any = ""
    kind: str = "text"  # text, password, url, number, email, checkbox
    required: bool = True
    initial: str = ""
    advanced: bool = False  # folded away unless asked for


@dataclass(frozen=True, slots=True)
class Connected:
    """The outcome of checking what a person typed on the connect page."""

    network_id: str
    handle: str
    name: str
    config: Json
    credentials: Json = field(repr=False)
    url: str = ""
    expires_at: datetime | None = None  # when the token ends, if the network says


@dataclass(frozen=True, slots=True)
class Target:
    """The message being answered, as we stored it."""

    network_id: str
    author_id: str
    author_handle: str
    conversation: str
    url: str
    public: bool
    subject: str
    ref: Json
    root_ref: Json  # ``ref`` of the first post of the thread; equal to ``ref`` when this is it


@dataclass(frozen=True, slots=True)
class Media:
    """A file on its way out."""

    name: str
    media_type: str
    body: bytes = field(repr=False)
    alt: str = ""
    width: int | None = None  # points, of a picture
    height: int | None = None


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply on its way out. ``key`` is the idempotency key, the same on every attempt.

    parts: network_ids of the first of its files, where an earlier attempt got so far (``SendError.parts``).
    again: an earlier attempt may have got further than ``parts`` tells.
    template: {"name", "language", "values": {place: words}} when a template goes instead of free text.
    """

    key: str
    text: str
    public: bool
    target: Target
    first_attempt_at: datetime
    language: str = ""
    media: tuple[Media, ...] = ()
    template: Json = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """parts: network_ids of further messages it took on the network, where files go as such."""

    network_id: str
    url: str = ""
    posted_at: datetime | None = None
    ref: Json = field(default_factory=dict)
    conversation: str = ""  # when the network opened a new one
    spent: Decimal | None = None  # what it cost, in the connector's currency
    rest: float = 0.0  # seconds the network wants nothing more sent from this account
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Partly:
    """Its words are certainly not there; of its files these are, the first first."""

    parts: tuple[str, ...]


class Found(StrEnum):
    """What looking for a reply of unknown fate can say besides the reply itself."""

    ABSENT = "absent"  # certainly not there: sending again is safe
    UNKNOWN = "unknown"  # this network cannot tell


@dataclass(frozen=True, slots=True)
class Limits:
    length: int  # in the unit ``measure`` counts
    unit: str  # graphemes, characters, bytes, weighted
    public: bool = True  # can answer in public
    private: bool = True  # can answer in private
    note: str = ""


@dataclass(frozen=True, slots=True)
class Polled:
    """What one poll brought. ``cursor`` is stored in the transaction that stores the deliveries."""

    deliveries: Sequence[Delivery]
    cursor: Json
    more: bool = False  # there is more waiting: poll again at once
    spent: Decimal | None = None  # what this poll cost, in the connector's currency
    rest: float = 0.0  # seconds the network wants to be left alone


class HealthState(StrEnum):
    OK = "ok"
    DEGRADED = "degraded"  # the network does not answer well; nothing for a person to mend
    EXPIRING = "expiring"  # works today, needs a person soon
    REFUSED = "refused"  # needs a person now; sending is blocked


@dataclass(frozen=True, slots=True)
class Health:
    state: HealthState
    detail: str = ""
    expires_at: datetime | None = None


@runtime_checkable
class Connector(Protocol):
    """Every network answers these. Calls that touch the wire are synchronous, carry their own
    time-outs (10 s at most), and raise :class:`Refused` when credentials no longer hold."""

    network: str  # the folder's name
    name: Any  # as people call it, lazily translated
    mark: str  # one or two letters for the tile in lists
    fields: tuple[Field, ...]  # the connect page's inputs; empty when it has none
    poll_seconds: float  # how often ``poll`` is asked; 0 when posts arrive by webhook only

    def connect(self, form: Mapping[str, str]) -> Connected:
        """Check the credentials at the network, now. Raises ConnectError with a plain sentence."""
        ...

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        """Raise Forged unless a pushed delivery is signed and fresh. Polled ones are not asked."""
        ...

    def key(self, account: AccountView, delivery: Delivery) -> str:
        """The deduplication key of a pushed delivery: equal when the network repeats itself."""
        ...

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        """Turn a stored payload into posts. Pure: no network, no clock, no database; the same
        bytes give the same posts for ever. Raises Unreadable with the reason."""
        ...

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        """Fetch what is new since ``cursor`` ({} the first time: look back one day)."""
        ...

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        """The whole public thread around a post, as deliveries ``read`` understands, whose posts
        say ``addressed=False`` where they are not said to us. [] where there is no such thing."""
        ...

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent: ...

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Partly | Found:
        """Did an earlier attempt at this reply arrive? Asked before any second attempt."""
        ...

    def measure(self, text: str, *, public: bool) -> int:
        """The length of ``text`` as this network counts it."""
        ...

    def limits(self, account: AccountView, *, public: bool) -> Limits: ...

    def set_profile(self, account: AccountView, text: str) -> bool:
        """Publish the profile text (who answers, when). False where a person must do it by hand."""
        ...

    def health(self, account: AccountView) -> Health: ...
