"""When may free words go out? The window, as Meta's policy stood on 2026-11-22."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Closed, Exchange, Permission
from cortafuegos.channels.contract import Target

from .measure import WINDOW

_LATE = _("More than 24 hours have passed since this person wrote. Only a template may go.")


def permission(target: Target, exchange: Exchange, *, public: bool) -> Permission:
    """Free words within 24 hours of the person's last message; after that a template, until they
    write again. WhatsApp's clock decides, so the last seconds are not to be relied on."""
    if public:
        return Permission(Closed.NEVER, _("On WhatsApp everything is private."))
    until = (exchange.heard_at or exchange.said_at) + WINDOW
    if exchange.now >= until:
        return Permission(Closed.WINDOW, _LATE, template=True)
    return Permission(until=until)
