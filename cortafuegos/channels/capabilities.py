"""What some networks can do besides, and what they forbid.

A connector that has the method has the capability: the desk asks with ``isinstance`` and shows
nothing where there is none. As in the contract: values only, no Django, times aware and in UTC;
what touches the wire raises ``Refused`` and ``SendError`` with the same meaning as ``send``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import IntEnum, StrEnum
from typing import Any, Protocol, runtime_checkable

from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    Delivery,
    Json,
    Outgoing,
    Post,
    Sent,
    Target,
)

# --- may this reply go out ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Exchange:
    """What we know of the exchange a reply would go into."""

    now: datetime
    said_at: datetime  # when the message being answered was posted
    heard_at: datetime | None = None  # the person's last private message in this conversation
    answers: int = 0  # our answers to this very message in the same mode, sent or on their way
    run: int = 0  # our private messages in a row since the person's last


class Closed(StrEnum):
    """Why the network's interface does not take a reply now."""

    WINDOW = "window"  # its time has passed
    ONCE = "once"  # one answer was allowed, and it was given
    UNINVITED = "uninvited"  # the person did not address us: the interface may not answer
    NEVER = "never"  # this way of answering does not exist for this message


@dataclass(frozen=True, slots=True)
class Permission:
    """May free text be sent through the network's interface? Told before anybody writes, and asked
    again at sending. Rules and windows are dated data of the connector.

    ``sentence`` is a lazy translation for the agent: why not, or what to mind while it is open.
    ``template``: only a template the network approved may go. ``by_hand``: a person may post it in
    the network's own window (see :class:`ByHand`).
    """

    closed: Closed | None = None
    sentence: Any = ""
    until: datetime | None = None  # open until then, for a countdown
    template: bool = False
    by_hand: bool = False


@runtime_checkable
class Permits(Protocol):
    def permission(
        self, account: AccountView, target: Target, exchange: Exchange, *, public: bool
    ) -> Permission:
        """Pure: no network, no clock."""
        ...


@runtime_checkable
class ByHand(Protocol):
    def compose_address(self, account: AccountView, target: Target, text: str) -> str:
        """Where a person's browser opens the network's own window with the text ready."""
        ...

    def recognise(self, account: AccountView, link: str) -> Sent | None:
        """The post a pasted link names, with the network_id it will have when it arrives; None
        when it is no link to a post of this account."""
        ...


# --- after it was said --------------------------------------------------------------------


@runtime_checkable
class Withdraws(Protocol):
    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        """Take back a post or message of ours. One that is gone already is a success."""
        ...


@runtime_checkable
class Moderates(Protocol):
    def hide(self, account: AccountView, target: Target, *, hidden: bool) -> None:
        """Hide somebody's comment under a post of ours, or show it again."""
        ...


class Step(IntEnum):
    """How far a message of ours got. A later one holds against an earlier, in whatever order they are
    told: what somebody has read was delivered, and what was delivered did not fail."""

    SENT = 1  # the network has it
    FAILED = 2  # the network had taken it, and could not deliver it
    DELIVERED = 3
    READ = 4


@dataclass(frozen=True, slots=True)
class Status:
    """What became of a message of ours, or of all that we said in a private exchange until ``at``.

    ``key``: the idempotency key of the reply, where the network gives it back. ``reason``: of a failed
    one, a sentence in the account's language.
    """

    step: Step
    at: datetime
    network_id: str = ""  # the message; empty where ``conversation`` is told
    conversation: str = ""
    reason: str = ""
    key: str = ""


@runtime_checkable
class Follows(Protocol):
    def statuses(self, account: AccountView, delivery: Delivery) -> Sequence[Status]:
        """What a delivery tells of our own messages, besides the posts that ``read`` finds in it. Pure,
        as ``read`` is. Raises Unreadable."""
        ...


# --- templates the network approved -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Template:
    name: str
    language: str  # as the network writes it: es, es_MX
    text: str  # with {{1}}, {{2}} ... or {{name}} where words are to be filled in
    places: tuple[str, ...]  # the names of those places, in order
    category: str = ""


@runtime_checkable
class Templated(Protocol):
    def templates(self, account: AccountView) -> Sequence[Template]: ...


# --- connecting and listening -------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Begun:
    """A connection begun in the browser: where to send the person, and what to remember meanwhile
    (``kept`` stays in the signed-in session, never in the address)."""

    address: str
    kept: Json


@runtime_checkable
class Authorises(Protocol):
    """Connects by OAuth 2: the person says yes on the network's own page. With ``only_authorises =
    True`` on the connector there is no other way, and the connect page has that button alone."""

    def begin(self, form: Mapping[str, str], return_to: str, state: str) -> Begun: ...

    def finish(self, kept: Json, query: Mapping[str, str], return_to: str) -> Connected:
        """``query`` is what the network's page came back with. Raises ConnectError."""
        ...


@runtime_checkable
class Renews(Protocol):
    def renew(self, account: AccountView) -> Connected | None:
        """Fresh credentials when these end soon; None while they are good."""
        ...


@runtime_checkable
class Shared(Protocol):
    """One address for many accounts: a network's app sends what concerns any of them to one place. The
    address of an account is shown for these, for those that answer a ``challenge``, for those that are
    never polled, and for those that say ``may_push = True``."""

    def split(self, account: AccountView, delivery: Delivery) -> Sequence[tuple[str, Delivery]]:
        """Parts with the ``network_id`` of the account each belongs to. Pure."""
        ...


# --- money and pace -----------------------------------------------------------------------


@runtime_checkable
class Priced(Protocol):
    currency: str  # ISO 4217

    def price(self, account: AccountView, outgoing: Outgoing) -> Decimal:
        """What sending this would cost. Pure; prices are dated data of the connector."""
        ...


@runtime_checkable
class Guides(Protocol):
    steps: tuple[Any, ...]  # what is to be set on the network's side, lazily translated, in order
    by_hand_steps: tuple[Any, ...]  # what no interface can do (pinned notice), to be ticked off


# --- proving it with a real account -------------------------------------------------------


@runtime_checkable
class Rehearses(Protocol):
    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        """What ``cortafuegos channel check --write`` may answer so that no customer reads it, mostly
        something of our own or ourselves; and whether in public. Raises SendError where there is
        nothing, with a sentence that says what would help."""
        ...


def target_of(post: Post) -> Target:
    """A post that was just read, as something to answer."""
    return Target(
        network_id=post.network_id,
        author_id=post.author.network_id,
        author_handle=post.author.handle,
        conversation=post.conversation,
        url=post.url,
        public=post.public,
        subject=post.subject,
        ref=post.ref,
        root_ref=post.ref,
    )
