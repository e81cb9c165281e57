"""An answer that a person posts in the network's own window, because its rules let no program do it.

It is judged, owned and written down like any other before the window opens; then it waits for the link
of what was posted, which makes it sent.
"""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import ByHand
from cortafuegos.channels.contract import Sent
from cortafuegos.inbox.actions import outbox, replies
from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Message, Reply
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.targets import target_of
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

LONGEST_LINK = 500


def address(reply: Reply) -> str:
    """Where the network's own window opens with the text; empty where it has none."""
    connector = registry.connector(reply.account.network)
    if not isinstance(connector, ByHand):
        return ""
    return connector.compose_address(reply.account.view(), target_of(reply.target), reply.text)


@transaction.atomic
def settle(actor: Agent, reply: Reply, link: str) -> Reply:
    """It is posted: ``link`` leads to it. The post becomes the reply's message, also when it arrived by
    itself before, and when it arrives later it is known. Refuses with ``known``, ``no_link``,
    ``not_ours``, ``another_case``, ``another_reply``, ``older``."""
    allow(actor, May.SEND)
    reply = replies.held(actor, reply)
    if reply.state != Reply.State.BY_HAND:
        raise Refusal(_("Nobody has to post this by hand any more."), code="known")
    sent = _recognised(reply, link.strip())
    _agrees(reply, sent)
    outbox.settle_sent(reply, sent, clock.now(), by=actor)
    return reply


def _recognised(reply: Reply, link: str) -> Sent:
    account = reply.account
    connector = registry.connector(account.network)
    sent = None
    if link and len(link) <= LONGEST_LINK and isinstance(connector, ByHand):
        with suppress(ValueError):  # what people paste is not always an address
            sent = connector.recognise(account.view(), link)
    if sent is None:
        raise Refusal(
            _(
                "That is no link to an answer of %(account)s on %(network)s. Open your answer there and "
                "copy its address."
            )
            % {"account": account.name, "network": look(account.network).name},
            code="no_link",
            status=422,
        )
    return sent


def _agrees(reply: Reply, sent: Sent) -> None:
    """What we know of the post already must not say that it is something else."""
    known = Message.objects.filter(
        brand_id=reply.brand_id, network=reply.account.network, network_id=sent.network_id
    )
    post = known.select_related("identity", "case", "reply").first()
    if post is None:
        return
    if post.identity.network_id != reply.account.network_id:
        raise Refusal(
            _("That link leads to a message of %(name)s, not to ours.") % {"name": post.identity},
            code="not_ours",
            status=422,
        )
    if hasattr(post, "reply"):
        raise Refusal(
            _("That link is of another answer that is noted already."), code="another_reply", status=422
        )
    if post.case is not None and post.case_id != reply.case_id:
        raise Refusal(
            _("That link is of an answer in case %(number)d.") % {"number": post.case.number},
            code="another_case",
            status=422,
        )
    if post.posted_at < reply.target.posted_at:
        raise Refusal(
            _("That link is of something older than what it should answer."), code="older", status=422
        )
