"""When Meta lets a person be written to. Rules as read on 2026-11-20 (messaging policy of 28 Sep 2026,
private replies of 2 Jul 2026); dated data, not law.

Messenger and Instagram: 24 hours after the person's last message; with the HUMAN_AGENT permission,
seven days. One private reply to a comment, within seven days of it.
"""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Closed, Exchange, Permission
from cortafuegos.channels.contract import AccountView, Target

STANDARD = timedelta(hours=24)
HUMAN_AGENT = timedelta(days=7)
PRIVATE_REPLY = timedelta(days=7)


def human_agent(account: AccountView) -> bool:
    """Did Meta grant this app the permission to answer after 24 hours?"""
    return account.config.get("human_agent") is True


def private(account: AccountView, exchange: Exchange) -> Permission:
    """Into a private exchange that the person began."""
    heard = exchange.heard_at or exchange.said_at
    age = exchange.now - heard
    if age < STANDARD:
        return Permission(until=heard + STANDARD)
    if age >= HUMAN_AGENT:
        return Permission(
            Closed.WINDOW,
            _("More than seven days since this person wrote: Meta takes no message until they write again."),
        )
    if human_agent(account):
        return Permission(
            sentence=_("More than 24 hours have passed: only a person may answer, and nothing that sells."),
            until=heard + HUMAN_AGENT,
        )
    return Permission(
        Closed.WINDOW,
        _(
            "More than 24 hours since this person wrote: Meta takes no message until they write again. "
            "With Meta's human agent permission it would be seven days."
        ),
    )


def private_reply(exchange: Exchange) -> Permission:
    """From a public comment into the person's private messages."""
    if exchange.answers:
        return Permission(
            Closed.ONCE, _("Meta allows one private answer to a comment, and this one has had it.")
        )
    until = exchange.said_at + PRIVATE_REPLY
    if exchange.now >= until:
        return Permission(
            Closed.WINDOW, _("The comment is older than seven days: it can only be answered in public.")
        )
    return Permission(
        sentence=_("Meta allows one private answer to a comment: say all of it in this one."), until=until
    )


def live_reply(exchange: Exchange) -> Permission:
    """From a comment on a live video. When the video ended nobody tells us: Meta then refuses."""
    allowed = private_reply(exchange)
    if allowed.closed:
        return allowed
    return Permission(
        sentence=_("A comment on a live video can be answered in private only while it lasts, and once."),
        until=allowed.until,
    )


def never_private(target: Target) -> Permission:
    kind = target.ref.get("kind")
    if kind == "review":
        return Permission(Closed.NEVER, _("A review can only be answered in public."))
    if kind == "mention":
        return Permission(
            Closed.NEVER, _("A mention on somebody else's page or profile can only be answered in public.")
        )
    return Permission(Closed.NEVER, _("Meta does not let this be answered in private."))


def never_public() -> Permission:
    return Permission(Closed.NEVER, _("A private message can only be answered in private."))
