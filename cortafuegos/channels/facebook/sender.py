"""Comments out, and looked for when Meta's answer was lost."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Found, Json, Outgoing, SendError, Sent
from cortafuegos.channels.meta import parts, private
from cortafuegos.channels.meta.account import graph_of
from cortafuegos.channels.meta.envelope import time_of
from cortafuegos.channels.meta.errors import Gone, this_alone, unreadable

from . import limits

PAGE = 100
PAGES = 5  # of comments, looked through before saying "cannot tell"


def send(account: AccountView, outgoing: Outgoing) -> Sent:
    if not outgoing.target.public:
        raise SendError(_("A private message can only be answered in private."), permanent=True)
    graph, path = graph_of(account), f"{outgoing.target.ref['id']}/comments"
    parts.refused(outgoing.media, limits.PICTURE)
    with this_alone():
        if outgoing.media:
            (picture,) = outgoing.media
            said = graph.upload(path, {"message": outgoing.text}, "source", picture, writing=True)
        else:
            said = graph.post(path, {"message": outgoing.text})
    own = said.get("id")
    if not isinstance(own, str) or not own:
        raise unreadable(200, writing=True)
    return _sent(outgoing, own, datetime.now(UTC).replace(microsecond=0))  # as Meta will tell it


def find(account: AccountView, outgoing: Outgoing) -> Sent | Found:
    """Among our comments under that post since the first attempt, one that says the same. A comment on
    a comment stands in the same stream, wherever Meta hung it."""
    since = outgoing.first_attempt_at - private.CLOCKS
    post = str(outgoing.target.ref.get("post") or outgoing.target.ref["id"])
    ask: Json = {"filter": "stream", "order": "reverse_chronological", "limit": PAGE}
    pages = 0
    with private.looking():
        try:
            for page in graph_of(account).pages(
                f"{post}/comments", PAGES, fields="id,message,from,created_time", **ask
            ):
                pages += 1
                for comment in page:
                    if time_of(comment) < since:
                        return Found.ABSENT
                    if private.same_words(comment.get("message"), outgoing.text) and private.from_us(
                        account, comment
                    ):
                        return _sent(outgoing, str(comment.get("id")), time_of(comment))
        except Gone:
            return Found.ABSENT  # the post is gone, and with it whatever hung below
    return Found.ABSENT if pages < PAGES else Found.UNKNOWN


def _sent(outgoing: Outgoing, own: str, at: datetime) -> Sent:
    post = str(outgoing.target.ref.get("post") or outgoing.target.ref["id"])
    return Sent(
        network_id=f"facebook:{own}",
        url=f"https://www.facebook.com/{own}",
        posted_at=at,
        ref={"kind": "comment", "id": own, "post": post, "at": at.isoformat()},
        conversation=outgoing.target.conversation,
    )
