"""An answer: prepared, then published; and looked for when Meta's answer was lost."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Found, Json, Outgoing, SendError, Sent
from cortafuegos.channels.meta import parts, private
from cortafuegos.channels.meta.envelope import link, time_of
from cortafuegos.channels.meta.errors import this_alone, unreadable
from cortafuegos.channels.meta.graph import listed

from .wire import line, own

LOOKED = 100  # of our newest answers, looked through before saying "cannot tell"
SHOWN = "id,text,timestamp,permalink,replied_to"


def send(account: AccountView, outgoing: Outgoing) -> Sent:
    if not outgoing.public:
        raise SendError(_("Threads' interface has no private messages."), permanent=True)
    parts.refused(outgoing.media, parts.none(""))
    graph, target = line(account), outgoing.target
    with this_alone():
        try:
            prepared = graph.post(
                f"{own(account)}/threads",
                {"media_type": "TEXT", "text": outgoing.text, "reply_to_id": target.ref["id"]},
            )
        except SendError as error:
            error.lost = False  # nobody has read it yet: what was prepared twice does no harm
            raise
        said = graph.post(f"{own(account)}/threads_publish", {"creation_id": prepared.get("id")})
    number = said.get("id")
    if not isinstance(number, str) or not number:
        raise unreadable(200, writing=True)
    return _sent(outgoing, number, datetime.now(UTC))


def find(account: AccountView, outgoing: Outgoing) -> Sent | Found:
    """Among our newest answers since the first attempt, one under that post that says the same."""
    since = outgoing.first_attempt_at - private.CLOCKS
    with private.looking():
        items = listed(line(account).get(f"{own(account)}/replies", fields=SHOWN, limit=LOOKED))
    for item in items:
        at = time_of(item, "timestamp")
        if at < since:
            return Found.ABSENT
        parent = item.get("replied_to")
        there = isinstance(parent, dict) and str(parent.get("id")) == outgoing.target.ref["id"]
        if there and private.same_words(item.get("text"), outgoing.text):
            return _sent(outgoing, str(item.get("id")), at, link(str(item.get("permalink") or "")))
    return Found.ABSENT if len(items) < LOOKED else Found.UNKNOWN


def _sent(outgoing: Outgoing, number: str, at: datetime, url: str = "") -> Sent:
    target = outgoing.target
    ref: Json = {"id": number, "root": target.ref["root"], "parent": target.ref["id"]}
    return Sent(f"threads:{number}", url=url, posted_at=at, ref=ref, conversation=target.conversation)
