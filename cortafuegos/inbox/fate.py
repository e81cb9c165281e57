"""What became of an answer of ours, in words, and what a person may do about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from cortafuegos.channels import pace
from cortafuegos.channels.capabilities import Step
from cortafuegos.channels.models import Account
from cortafuegos.inbox import holding, words
from cortafuegos.inbox.models import DeliveryStatus, Reply
from cortafuegos.inbox.networks import look


@dataclass(frozen=True, slots=True)
class Fate:
    state: str
    icon: str
    words: str
    url: str = ""  # where it can be read
    cancel: bool = False
    retry: bool = False
    settle: bool = False
    left: int = 0  # seconds it is held back for
    by_hand: bool = False  # the link of what was posted is asked for


def reached(status: DeliveryStatus, now: datetime) -> Fate | None:
    """What the network says of a message of ours, where that is more than that it has it."""
    moment = {"moment": words.at(status.at, now)}
    match status.step:
        case Step.READ:
            return Fate("sent", "check-check", _("Read %(moment)s") % moment)
        case Step.DELIVERED:
            return Fate("sent", "check-check", _("Delivered %(moment)s") % moment)
        case Step.FAILED:
            return Fate(
                "failed", "triangle-alert", _("Not delivered: %(reason)s") % {"reason": status.reason}
            )
    return None


def fate(
    reply: Reply,
    account: Account,
    now: datetime,
    *,
    may_send: bool,
    url: str = "",
    status: DeliveryStatus | None = None,
) -> Fate:
    """Of one that got part of the way, what is there already is said too: it does not go again."""
    found = _fate(reply, account, now, may_send=may_send, url=url, status=status)
    if not reply.parts or found.state in (Reply.State.SENT, Reply.State.SENDING):
        return found
    there = _("Files of it that are there already: %(n)d.") % {"n": len(reply.parts)}
    return replace(found, words=f"{found.words.rstrip('.')}. {there}")


def _fate(
    reply: Reply,
    account: Account,
    now: datetime,
    *,
    may_send: bool,
    url: str = "",
    status: DeliveryStatus | None = None,
) -> Fate:
    state = reply.state
    network = look(account.network).name
    match state:
        case Reply.State.QUEUED if not reply.attempts and (left := holding.left(reply.held_until, now)):
            said = _("Leaves in %(n)d s") % {"n": left}
            return Fate(state, "hourglass", said, cancel=may_send, left=left)
        case Reply.State.QUEUED:
            if pace.resting(account, now) and account.rests_until:
                said = _("%(network)s asks us to wait. It leaves %(moment)s") % {
                    "network": network,
                    "moment": words.at(account.rests_until, now),
                }
                return Fate(state, "hourglass", said, cancel=may_send and not reply.look_first)
            if reply.attempts and reply.next_attempt_at > now:
                said = _("%(network)s does not answer. Next try %(moment)s") % {
                    "network": network,
                    "moment": words.at(reply.next_attempt_at, now),
                }
                return Fate(state, "hourglass", said, cancel=may_send and not reply.look_first)
            return Fate(state, "hourglass", _("On its way out"), cancel=may_send and not reply.look_first)
        case Reply.State.SENDING:
            return Fate(state, "send", _("Leaving now"))
        case Reply.State.SENT:
            sent_at = reply.sent_at or reply.created_at
            said = _("Posted by hand %(moment)s") if reply.by_hand else _("Sent %(moment)s")
            said %= {"moment": words.at(sent_at, now)}
            then = reached(status, now) if status else None
            if then and then.state == state:
                return replace(then, words=f"{said} · {then.words}", url=url)
            return Fate(state, "check", said, url=url)
        case Reply.State.FAILED:
            said = _("It did not go out.") + (f" {_(reply.reason)}" if reply.reason else "")
            if reply.message_id and reply.reason:  # the network had taken it
                said = _("Not delivered: %(reason)s") % {"reason": reply.reason}
            return Fate(
                state, "triangle-alert", said, retry=may_send, cancel=may_send and not reply.look_first
            )
        case Reply.State.UNKNOWN:
            said = _(
                "Nobody knows whether it arrived: %(network)s did not say. Look there before writing again."
            )
            return Fate(state, "circle-question-mark", said % {"network": network}, settle=may_send)
        case Reply.State.BY_HAND:
            said = _("Not on %(network)s yet: somebody has to post it there by hand.") % {"network": network}
            return Fate(state, "hand", said, by_hand=may_send)
    if status and (then := reached(status, now)):  # it failed late, and its words became a draft again
        return then
    said = _("Taken back before its words left") if reply.parts else _("Taken back before it left")
    return Fate(state, "circle-slash", said)
