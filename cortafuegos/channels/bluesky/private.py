"""Replies by direct message."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from ..contract import AccountView, Found, Outgoing, SendError, Sent
from . import files, limits, messages, reader
from .richtext import detect
from .sender import check_length, failure
from .session import NO_PERMISSION, Sessions
from .values import Json, child, find_time
from .xrpc import NoAnswer, XrpcError

CLOCK_TOLERANCE = timedelta(minutes=2)  # between their clock and ours


def send(sessions: Sessions, account: AccountView, outgoing: Outgoing) -> Sent:
    check_length(outgoing.text, limits.DIRECT_MESSAGE)
    if not messages.permitted(account):
        raise _not_permitted()
    if outgoing.media:
        raise SendError(str(files.files(public=False).note), permanent=True)
    try:
        convo_id = _convo(sessions, account, outgoing)
    except (XrpcError, NoAnswer) as error:
        raise _explained(error, wrote=False) from None
    message: Json = {"text": outgoing.text}
    facets = detect(outgoing.text, lambda handle: None)
    if facets:
        message["facets"] = facets
    try:
        made = messages.ask(sessions, account, "sendMessage", json={"convoId": convo_id, "message": message})
    except (XrpcError, NoAnswer) as error:
        raise _explained(error, wrote=True) from None
    return _sent(convo_id, made)


def find(sessions: Sessions, account: AccountView, outgoing: Outgoing) -> Sent | Found:
    """A message of ours with the same words since the first attempt is that attempt. One from just
    before it may be, if clocks differ, or may be another "Gracias": then we do not know."""
    convo_id = _convo(sessions, account, outgoing)
    doubtful = False
    for message in messages.history(sessions, account, convo_id, outgoing.first_attempt_at - CLOCK_TOLERANCE):
        if child(message, "sender").get("did") != account.network_id or message.get("text") != outgoing.text:
            continue
        if find_time(message.get("sentAt")) >= outgoing.first_attempt_at:
            return _sent(convo_id, message)
        doubtful = True
    return Found.UNKNOWN if doubtful else Found.ABSENT


def _convo(sessions: Sessions, account: AccountView, outgoing: Outgoing) -> str:
    ref = outgoing.target.ref
    convo_id = ref.get("convo")
    if not convo_id:
        members = {"members": [outgoing.target.author_id]}
        convo = child(messages.ask(sessions, account, "getConvoForMembers", members), "convo")
        return str(convo.get("id"))
    if ref.get("accepted") is not True:
        messages.ask(sessions, account, "acceptConvo", json={"convoId": convo_id})
    return str(convo_id)


def _explained(error: XrpcError | NoAnswer, *, wrote: bool) -> SendError:
    if isinstance(error, NoAnswer) or error.passing:
        return failure(error, wrote=wrote)
    said = error.message.lower()
    if error.message == NO_PERMISSION:
        return _not_permitted()
    if "block" in said:
        return SendError(
            _("This person has blocked the account, or the account this person."), permanent=True
        )
    if "follow" in said or "disabled" in said:
        return SendError(
            _("This person does not take direct messages from accounts they do not follow."), permanent=True
        )
    return failure(error, wrote=wrote)


def _not_permitted() -> SendError:
    return SendError(
        _("The app password does not allow direct messages. Make one that does and connect again."),
        permanent=True,
    )


def _sent(convo_id: str, message: Json) -> Sent:
    message_id, key = str(message.get("id")), reader.convo_key(convo_id)
    return Sent(
        f"{key}/{message_id}",
        posted_at=find_time(message.get("sentAt")),
        ref={"convo": convo_id, "message": message_id, "accepted": True},
        conversation=key,
    )
