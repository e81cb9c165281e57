"""May this answer go through the network's interface now? Asked before anybody writes, when the button
is pressed, and again just before it leaves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Closed, Exchange, Permission, Permits
from cortafuegos.channels.models import Account
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Message, Reply
from cortafuegos.inbox.targets import target_of
from cortafuegos.kit import clock
from cortafuegos.kit.sql import rows

CODE = "window"
EVER = 2**62  # later than any reply

# Where a network sets rules, what it asks is always the same: one statement, by the keys of one case,
# one person and one conversation.
_FACTS = """
WITH heard AS (
  SELECT max(m.posted_at) AS at FROM cortafuegos_message m
   WHERE m.brand_id = %(brand)s AND {theirs} AND m.direction = 'in' AND NOT m.public
), answered AS (
  SELECT count(*) AS n FROM cortafuegos_reply r
   WHERE r.brand_id = %(brand)s AND r.case_id = %(case)s AND r.target_id = %(target)s
     AND r.public = %(public)s AND r.id < %(before)s
     AND r.state IN ('queued', 'sending', 'sent', 'unknown')
), elsewhere AS (
  SELECT count(*) AS n FROM cortafuegos_message m
   WHERE m.brand_id = %(brand)s AND m.case_id = %(case)s AND m.direction = 'out'
     AND m.public = %(public)s AND m.in_reply_to = %(post)s
     AND NOT EXISTS (SELECT FROM cortafuegos_reply r WHERE r.brand_id = %(brand)s AND r.message_id = m.id)
), said AS (
  SELECT count(*) AS n FROM cortafuegos_message m, heard
   WHERE m.brand_id = %(brand)s AND {ours} AND m.direction = 'out' AND NOT m.public
     AND (heard.at IS NULL OR m.posted_at > heard.at)
), leaving AS (
  SELECT count(*) AS n FROM cortafuegos_reply r
   WHERE r.brand_id = %(brand)s AND r.case_id = %(case)s AND r.account_id = %(account)s
     AND NOT r.public AND r.id < %(before)s AND r.message_id IS NULL
     AND r.state IN ('queued', 'sending', 'unknown')
)
SELECT heard.at, answered.n + elsewhere.n, said.n + leaving.n
  FROM heard, answered, elsewhere, said, leaving
"""
# A private exchange is known by its conversation; before there is one, by the person and the case.
_PRIVATE = _FACTS.format(
    theirs="m.conversation_id = %(conversation)s AND m.identity_id = %(identity)s",
    ours="m.conversation_id = %(conversation)s",
)
_PUBLIC = _FACTS.format(
    theirs="m.identity_id = %(identity)s AND m.account_id = %(account)s",
    ours="m.case_id = %(case)s AND m.account_id = %(account)s",
)


def exchange(
    account: Account, target: Message, *, public: bool, now: datetime, before: Reply | None = None
) -> Exchange:
    """The facts, in one statement. ``before``: only replies older than this one count, so that of two
    on their way together the first may go."""
    ((heard_at, answers, run),) = rows(
        _PUBLIC if target.public else _PRIVATE,
        brand=target.brand_id,
        case=target.case_id,
        target=target.pk,
        post=target.network_id,
        public=public,
        account=account.pk,
        identity=target.identity_id,
        conversation=target.conversation_id,
        before=before.pk if before else EVER,
    )
    return Exchange(now, target.posted_at, heard_at, answers, run)


def ask(
    account: Account,
    target: Message,
    *,
    public: bool,
    now: datetime | None = None,
    before: Reply | None = None,
) -> Permission | None:
    """What the network allows now; None where it sets no such rules."""
    try:
        connector = registry.connector(account.network)
    except registry.UnknownNetwork:
        return None
    if not isinstance(connector, Permits):
        return None
    if target.get_deferred_fields():  # a page reads of each message only what it shows
        whole = Message.objects.filter(brand_id=target.brand_id).select_related("identity", "conversation")
        target = whole.get(pk=target.pk)
    facts = exchange(account, target, public=public, now=now or clock.now(), before=before)
    return connector.permission(account.view(), target_of(target), facts, public=public)


def why_not(found: Permission | None, *, by_hand: bool = False, template: bool = False) -> Any:
    """The sentence for the agent; empty when it may go. ``by_hand``: a person posts it in the network's
    own window. ``template``: what goes is one the network approved."""
    if by_hand:
        return "" if found and found.closed and found.by_hand else NOT_BY_HAND
    if found is None or found.closed is None or (template and found.template):
        return ""
    return found.sentence or SENTENCES[found.closed]


NOT_BY_HAND = _("This answer can leave from here; nobody has to post it by hand.")
SENTENCES = {
    Closed.WINDOW: _("The time this network gives for an answer has passed."),
    Closed.ONCE: _("This network allows one answer here, and it was given."),
    Closed.UNINVITED: _("They did not speak to you, so this network lets no program answer."),
    Closed.NEVER: _("This network offers no such way to answer."),
}


def require(
    account: Account, target: Message, *, public: bool, by_hand: bool = False, template: bool = False
) -> None:
    """Refuse what the network would refuse, in the same words as the composer."""
    found = ask(account, target, public=public)
    if sentence := why_not(found, by_hand=by_hand, template=template):
        raise Refusal(sentence, code=CODE)


def still(reply: Reply) -> Any:
    """Asked just before a reply leaves: empty, or why it may no longer go."""
    found = ask(reply.account, reply.target, public=reply.public, before=reply)
    return why_not(found, template=bool(reply.template))
