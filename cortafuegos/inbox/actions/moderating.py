"""Hiding what somebody wrote under a post of ours, and showing it again. It goes on record each time:
nobody makes a complaint disappear unseen."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Moderates
from cortafuegos.inbox.actions import intervening
from cortafuegos.inbox.actions.intervening import Kind, State
from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Intervention, Message
from cortafuegos.inbox.networks import look
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May


def hide(actor: Agent, message: Message, reason: str) -> Intervention:
    """Have a comment hidden on its network. Refuses with ``not_theirs``, ``gone``, ``busy``, ``as_it_is``,
    ``no_such_way``, ``account_refused``, ``needs_reason``, ``not_allowed``."""
    return _ask(actor, message, Kind.HIDE, reason)


def show(actor: Agent, message: Message, reason: str) -> Intervention:
    """Have a hidden comment shown again."""
    return _ask(actor, message, Kind.SHOW, reason)


@transaction.atomic
def _ask(actor: Agent, message: Message, kind: str, reason: str) -> Intervention:
    allow(actor, May.MODERATE)
    message = intervening.hold(actor, message)
    if message.direction != Message.Direction.IN or not message.public:
        raise Refusal(
            _("Only what somebody wrote in public under a post of ours can be hidden."),
            code="not_theirs",
            status=422,
        )
    if message.deleted_at is not None:
        raise Refusal(_("It is no longer on the network."), code="gone")
    if again := intervening.under_way(message):
        if again.kind == kind:
            return again
        raise Refusal(_("The network is still busy with this message. Wait a moment."), code="busy")
    if is_hidden(message) is (kind == Kind.HIDE):
        raise Refusal(_("It is so already."), code="as_it_is")
    if not able(message.network):
        raise Refusal(
            _("%(network)s lets nobody hide what others write.") % {"network": look(message.network).name},
            code="no_such_way",
            status=422,
        )
    return intervening.ask(actor, message, message.account, kind, reason)


def is_hidden(message: Message) -> bool:
    """What was done last stands."""
    done = Intervention.objects.filter(
        brand_id=message.brand_id, message=message, state=State.DONE, kind__in=(Kind.HIDE, Kind.SHOW)
    )
    return done.order_by("-pk").values_list("kind", flat=True).first() == Kind.HIDE


def able(network: str) -> bool:
    try:
        return isinstance(registry.connector(network), Moderates)
    except registry.UnknownNetwork:
        return False
