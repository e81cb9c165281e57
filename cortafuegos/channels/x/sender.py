"""Answers: out, and looked for when X's answer to one never came.

X takes no idempotency key. A second attempt is made only after looking through our own timeline, and
X itself refuses the same words twice; then the one it holds is looked for and is the answer.
"""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Found, Json, Outgoing, SendError, Sent

from . import find, media, names, prices, weight
from .refusals import Duplicate
from .rules import MESSAGE_LENGTH, POST_LENGTH
from .values import child, moment_of, number_id
from .wire import Answer, call


def send(account: AccountView, outgoing: Outgoing) -> Sent:
    return _post(account, outgoing) if outgoing.public else _message(account, outgoing)


def price(account: AccountView, outgoing: Outgoing) -> Decimal:
    return prices.of_answer(
        public=outgoing.public,
        link=weight.has_link(outgoing.text),
        summoned=outgoing.target.ref.get("summoned") is True,
        enterprise=bool(account.config.get("enterprise")),
    )


def composed(outgoing: Outgoing) -> str:
    """The text without the mention that X puts before an answer by itself."""
    text = outgoing.text.strip()
    return weight.without_mentions(text, {outgoing.target.author_handle.lower()}) if outgoing.public else text


def _post(account: AccountView, outgoing: Outgoing) -> Sent:
    target_id = number_id(outgoing.target.ref.get("id"))
    if not target_id:
        raise SendError(_("A private message cannot be answered in public on X."), permanent=True)
    text = composed(outgoing)
    _fits(weight.weight(text), POST_LENGTH)
    reply: Json = {"in_reply_to_tweet_id": target_id}
    others = outgoing.target.ref.get("others")
    if isinstance(others, list) and others:
        # Bystanders named in the question are not told of the answer, unless the agent names them.
        reply["exclude_reply_user_ids"] = [one for one in others if number_id(one)]
    body: Json = {"text": text, "reply": reply}
    if outgoing.media:
        body["media"] = {"media_ids": media.upload(account, outgoing)}
    try:
        answer = call(account, "POST", "/2/tweets", body=body, writing=True)
    except Duplicate:
        found = find.post(account, outgoing, text)
        if isinstance(found, Sent):
            return found
        raise
    made = number_id(child(answer.body, "data").get("id"))
    if not made:
        raise SendError(_("X's answer made no sense."), permanent=False, lost=True)
    return Sent(
        network_id=names.post(made),
        url=names.post_url(names.web(account), account.handle, made),
        posted_at=moment_of(made),
        ref=find.post_ref(account, outgoing, made),
        conversation=outgoing.target.conversation if outgoing.target.public else "",
        spent=price(account, outgoing),
        rest=answer.rest,
    )


def _message(account: AccountView, outgoing: Outgoing) -> Sent:
    target = outgoing.target
    text = composed(outgoing)
    _fits(len(text), MESSAGE_LENGTH)
    body: Json = {"text": text} if text else {}
    if outgoing.media:
        body["attachments"] = [{"media_id": one} for one in media.upload(account, outgoing)]
    answer: Answer = call(account, "POST", f"{find.exchange_path(target)}/messages", body=body, writing=True)
    made = number_id(child(answer.body, "data").get("dm_event_id"))
    if not made:
        raise SendError(_("X's answer made no sense."), permanent=False, lost=True)
    return Sent(
        network_id=names.message(made),
        posted_at=datetime.now(UTC),
        ref=find.message_ref(account, target, made),
        conversation=find.exchange_key(account, target),
        spent=price(account, outgoing),
        rest=answer.rest,
    )


def _fits(length: int, allowed: int) -> None:
    if length > allowed:
        raise SendError(
            _("This is too long for X: %(length)d of %(allowed)d.") % {"length": length, "allowed": allowed},
            permanent=True,
        )


def look(account: AccountView, outgoing: Outgoing) -> Sent | Found:
    """Did an earlier attempt arrive? When X cannot be asked, that is as open as before."""
    try:
        if outgoing.public:
            return find.post(account, outgoing, composed(outgoing))
        return find.message(account, outgoing, composed(outgoing), datetime.now(UTC))
    except SendError as trouble:
        raise SendError(trouble.reason, permanent=False, lost=True, retry_after=trouble.retry_after) from None
