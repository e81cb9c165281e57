"""Taking back what we said, while it stands on the network."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Withdraws
from cortafuegos.channels.models import Account
from cortafuegos.inbox.actions import intervening
from cortafuegos.inbox.actions.intervening import Kind
from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Intervention, Message
from cortafuegos.inbox.networks import look
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

# A person's word put it there (``outbox.settle_sent``): the network's own number for it is not known.
NUMBERLESS = "reply:"


@transaction.atomic
def withdraw(actor: Agent, message: Message, reason: str) -> Intervention:
    """Have a post or message of ours taken off its network, and say why.

    Asked again while it is under way is asked once. The row returned tells what became of it:
    ``state`` waiting, working, done or failed (with ``trouble``, a sentence for a person). When it is
    done the message has ``deleted_at``, and who was answered by it alone waits for an answer again.
    Refuses with ``not_ours``, ``gone``, ``no_number``, ``no_such_way``, ``account_refused``,
    ``needs_reason``, ``not_allowed``.
    """
    allow(actor, May.SEND)
    message = intervening.hold(actor, message)
    if message.direction != Message.Direction.OUT:
        raise Refusal(_("Only what we said can be taken back."), code="not_ours", status=422)
    if again := intervening.under_way(message):
        return again
    if message.deleted_at is not None:
        raise Refusal(_("It is no longer on the network."), code="gone")
    if message.network_id.startswith(NUMBERLESS):
        raise Refusal(
            _("The desk does not know which post it is there. Take it back on the network itself."),
            code="no_number",
            status=422,
        )
    account = speaker(message)
    if not able(account.network):
        raise Refusal(
            _("%(network)s lets nobody take back what was said.") % {"network": look(account.network).name},
            code="no_such_way",
            status=422,
        )
    return intervening.ask(actor, message, account, Kind.WITHDRAW, reason)


def possible(message: Message) -> bool:
    """Whether the desk can take this one off; where it cannot, a person does it on the network itself."""
    return not message.network_id.startswith(NUMBERLESS) and able(message.network)


def able(network: str) -> bool:
    try:
        return isinstance(registry.connector(network), Withdraws)
    except registry.UnknownNetwork:
        return False


def speaker(message: Message) -> Account:
    """The account that said it. One that came in from the network may have been seen by a sister."""
    spoke = Account.objects.filter(
        brand_id=message.brand_id,
        network=message.network,
        network_id=message.identity.network_id,
        removed_at=None,
    )
    return spoke.first() or message.account
