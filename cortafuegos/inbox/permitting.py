"""What a network allows now, in words, before anybody writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import ByHand, Templated
from cortafuegos.channels.models import Account
from cortafuegos.inbox import words
from cortafuegos.inbox.actions import permission
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.networks import look
from cortafuegos.kit import clock

SOON = timedelta(hours=1)  # from here the countdown is amber


@dataclass(frozen=True, slots=True)
class Shown:
    mode: str
    target: int
    account: int
    network: Any
    closed: str = ""  # why free text may not go
    mind: str = ""  # what to mind while it may
    until: datetime | None = None
    allowed: str = ""  # You can write to them until 18:40
    left: str = ""  # 3 h left
    soon: bool = False
    by_hand: bool = False  # a person may post it in the network's own window
    template: bool = False  # what the network approved beforehand may go


def shown(account: Account, target: Message, *, public: bool) -> Shown | None:
    """None where the network sets no such rules."""
    now = clock.now()
    found = permission.ask(account, target, public=public, now=now)
    if found is None:
        return None
    place = ("public" if public else "private", target.pk, account.pk, look(account.network).name)
    if why := str(permission.why_not(found)):
        connector = registry.connector(account.network)
        by_hand = found.by_hand and isinstance(connector, ByHand)
        template = found.template and isinstance(connector, Templated)
        return Shown(*place, closed=why, by_hand=by_hand, template=template)
    if found.until is None:
        return Shown(*place, mind=str(found.sentence))
    sentence = _("You can answer in public %(until)s") if public else _("You can write to them %(until)s")
    return Shown(
        *place,
        mind=str(found.sentence),
        until=found.until,
        allowed=sentence % {"until": words.until(found.until, now)},
        left=words.left(found.until, now),
        soon=found.until - now <= SOON,
    )
