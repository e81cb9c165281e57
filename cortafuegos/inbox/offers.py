"""What may be done on its network to a message that stands there, and what was done, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cortafuegos.inbox import words
from cortafuegos.inbox.actions import moderating, withdrawing
from cortafuegos.inbox.actions.intervening import Kind, State
from cortafuegos.inbox.models import Intervention, Message
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries.cast import Cast


@dataclass(frozen=True, slots=True)
class Offer:
    kind: str  # withdraw, hide, show
    label: str
    title: str  # of the question
    means: str  # what the network can do, and what it cannot


@dataclass(frozen=True, slots=True)
class Handled:
    state: str  # waiting, done, failed
    icon: str
    words: str
    hidden: bool = False


def offers(
    message: Message, done: Intervention | None, *, may_send: bool, may_moderate: bool
) -> tuple[Offer, ...]:
    """Nothing while something is under way, and nothing for what is gone."""
    if message.deleted_at or (done and done.state in (State.WAITING, State.WORKING)):
        return ()
    if message.direction == Message.Direction.OUT:
        return (_withdraw(message),) if may_send and withdrawing.possible(message) else ()
    # A comment hangs on something; what begins a thread is its author's own.
    if not (may_moderate and message.public and message.in_reply_to and moderating.able(message.network)):
        return ()
    return (_moderate(message, hidden=_hidden(done)),)


def _hidden(done: Intervention | None) -> bool:
    """Whether it is hidden now: an attempt that failed left it as it was."""
    if done is None:
        return False
    return done.kind == (Kind.SHOW if done.state == State.FAILED else Kind.HIDE)


def _withdraw(message: Message) -> Offer:
    network = {"network": look(message.network).name}
    means = (
        _("It disappears from %(network)s. Whoever has read it has read it, and may have kept a picture.")
        if message.public
        else _("It is deleted from the conversation on %(network)s. They may have read it already.")
    )
    return Offer("withdraw", _("Take it off the network…"), _("Take back what we said?"), means % network)


def _moderate(message: Message, *, hidden: bool) -> Offer:
    network = {"network": look(message.network).name}
    if hidden:
        means = _("Everybody on %(network)s can read it again.")
        return Offer("show", _("Show it again…"), _("Show this comment again?"), means % network)
    means = _(
        "On %(network)s only its author and their friends go on seeing it. It is not deleted, and hiding "
        "a complaint often makes it louder."
    )
    return Offer("hide", _("Hide it on the network…"), _("Hide this comment?"), means % network)


def handled(message: Message, done: Intervention, cast: Cast, now: datetime) -> Handled:
    network = {"network": look(message.network).name}
    if done.state in (State.WAITING, State.WORKING):
        moment = words.at(done.next_attempt_at, now)
        return Handled("waiting", "hourglass", _waiting(done) % {**network, "moment": moment})
    who = cast.agent(done.agent_id)
    told = {
        **network,
        "who": who.name if who else _("Somebody"),
        "moment": words.at(done.done_at or done.created_at, now),
        "reason": done.reason,
        "trouble": _(done.trouble) if done.trouble else "",
    }
    if done.state == State.FAILED:
        return Handled("failed", "triangle-alert", _failed(done) % told, hidden=_hidden(done))
    sentence = {
        Kind.WITHDRAW: _("%(who)s took it off %(network)s %(moment)s: %(reason)s"),
        Kind.HIDE: _("%(who)s hid it on %(network)s %(moment)s: %(reason)s"),
        Kind.SHOW: _("%(who)s had it shown again on %(network)s %(moment)s: %(reason)s"),
    }[Kind(done.kind)]
    icon = {Kind.WITHDRAW: "undo-2", Kind.HIDE: "eye-off", Kind.SHOW: "eye"}[Kind(done.kind)]
    return Handled("done", icon, sentence % told, hidden=done.kind == Kind.HIDE)


def _waiting(done: Intervention) -> str:
    if done.trouble:
        return _("%(network)s has not done it yet, so nothing has changed there. Next try %(moment)s")
    match done.kind:
        case Kind.WITHDRAW:
            return _("Being taken off %(network)s")
        case Kind.HIDE:
            return _("Being hidden on %(network)s")
    return _("Being shown again on %(network)s")


def _failed(done: Intervention) -> str:
    match done.kind:
        case Kind.WITHDRAW:
            return _("It could not be taken off %(network)s, and is still there. %(trouble)s")
        case Kind.HIDE:
            return _("It could not be hidden on %(network)s. %(trouble)s")
    return _("It could not be shown again on %(network)s. %(trouble)s")
