"""Answers to comments and mentions, and looked for when Meta's answer was lost."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Found, Json, Outgoing, SendError, Sent
from cortafuegos.channels.meta import parts, private
from cortafuegos.channels.meta.account import graph_of, own_id
from cortafuegos.channels.meta.envelope import time_of
from cortafuegos.channels.meta.errors import Gone, this_alone, unreadable

PAGE = 50
PAGES = 5  # of answers, looked through before saying "cannot tell"


def send(account: AccountView, outgoing: Outgoing) -> Sent:
    target = outgoing.target
    if not target.public:
        raise SendError(_("A private message can only be answered in private."), permanent=True)
    parts.refused(outgoing.media, parts.none(""))
    graph, ref = graph_of(account), target.ref
    with this_alone():
        if ref.get("kind") == "mention":
            said = graph.post(f"{own_id(account)}/mentions", _mention(ref, outgoing.text))
        else:
            said = graph.post(_answers(ref), {"message": outgoing.text})
    own = said.get("id")
    if not isinstance(own, str) or not own:
        raise unreadable(200, writing=True)
    return _sent(outgoing, own, datetime.now(UTC).replace(microsecond=0))  # as Meta will tell it


def _mention(ref: Json, text: str) -> Json:
    body = {"media_id": ref["media"], "message": text}
    return body | ({"comment_id": ref["id"]} if ref["id"] != ref["media"] else {})


def _answers(ref: Json) -> str:
    """Where the answers to it hang: under its first comment, or under the medium itself."""
    return f"{ref['media']}/comments" if ref.get("kind") == "media" else f"{ref['top']}/replies"


def find(account: AccountView, outgoing: Outgoing) -> Sent | Found:
    """Among the answers to that comment since the first attempt, one of ours that says the same."""
    ref = outgoing.target.ref
    if ref.get("kind") == "mention":
        return Found.UNKNOWN  # under somebody else's medium: we are not shown what hangs there
    since = outgoing.first_attempt_at - private.CLOCKS
    pages = 0
    with private.looking():
        try:
            for page in graph_of(account).pages(
                _answers(ref), PAGES, fields="id,text,timestamp,username,from", limit=PAGE
            ):
                pages += 1
                for comment in page:  # in no promised order: all are looked at
                    if _is_it(account, comment, outgoing.text) and time_of(comment, "timestamp") >= since:
                        return _sent(outgoing, str(comment.get("id")), time_of(comment, "timestamp"))
        except Gone:
            return Found.ABSENT
    return Found.ABSENT if pages < PAGES else Found.UNKNOWN


def _is_it(account: AccountView, comment: Json, text: str) -> bool:
    ours = private.from_us(account, comment) or comment.get("username") == account.handle
    return ours and private.same_words(comment.get("text"), text)


def _sent(outgoing: Outgoing, own: str, at: datetime) -> Sent:
    ref = outgoing.target.ref
    top = own if ref.get("kind") in ("media", "mention") else ref["top"]
    return Sent(
        network_id=f"instagram:{own}",
        posted_at=at,
        ref={"kind": "comment", "id": own, "media": ref["media"], "top": top, "at": at.isoformat()},
        conversation=outgoing.target.conversation,
    )
