"""Private messages out, on Messenger and on Instagram; and looked for when Meta's answer was lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Found, Json, Outgoing, Partly, SendError, Sent
from cortafuegos.channels.files import Files

from . import errors, parts
from .account import graph_of, own_id, page_of
from .envelope import moment, time_of
from .graph import Graph, listed
from .messages import conversation
from .windows import STANDARD, human_agent

CLOCKS = timedelta(minutes=5)  # Meta's clock and ours may differ by so much
LOOKED_THROUGH = 100  # messages of one exchange, before saying "cannot tell"
FIELDS = "id,created_time,from,to,message,attachments{id}"


def send(account: AccountView, outgoing: Outgoing, platform: str) -> Sent:
    graph = graph_of(account)
    out = list(outgoing.parts)
    if outgoing.media:
        parts.refused(outgoing.media, _takes(outgoing, platform))
        if outgoing.again:
            with looking():
                out = _further(account, outgoing, _look(account, outgoing, platform))[: len(outgoing.media)]
    with parts.told(out):
        for media in outgoing.media[len(out) :]:
            mid, _to = _say(account, graph, outgoing, parts.uploaded(account, graph, media, platform))
            out.append(f"{account.network}:{mid}")
        mid, person = _say(account, graph, outgoing, {"text": outgoing.text})
    return _sent(account, outgoing, mid, person, datetime.now(UTC), out)


def _further(account: AccountView, outgoing: Outgoing, there: parts.There) -> list[str]:
    """What stands of the files. Once something else was said only what we were told counts."""
    seen = [f"{account.network}:{mid}" for mid in there.files]
    return max(seen, list(outgoing.parts), key=len)


def _takes(outgoing: Outgoing, platform: str) -> Files:
    if outgoing.target.public:
        return parts.none("")
    return parts.MESSENGER if platform == "messenger" else parts.INSTAGRAM


def _say(account: AccountView, graph: Graph, outgoing: Outgoing, message: Json) -> tuple[str, str]:
    """One message; its id, and whom it went to."""
    body: Json = {"recipient": _recipient(outgoing), "message": message}
    late = not outgoing.target.public and _late(outgoing, datetime.now(UTC))
    if late and human_agent(account):
        said = _post(account, graph, body, tag=True)
    else:
        try:
            said = _post(account, graph, body)
        except errors.OutsideWindow:
            if outgoing.target.public or not human_agent(account):
                raise
            said = _post(account, graph, body, tag=True)
    mid = said.get("message_id")
    if not isinstance(mid, str) or not mid:
        raise errors.unreadable(200, writing=True)
    return mid, str(said.get("recipient_id") or outgoing.target.ref.get("person") or "")


def _post(account: AccountView, graph: Graph, body: Json, *, tag: bool = False) -> Json:
    kind = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"} if tag else {"messaging_type": "RESPONSE"}
    with errors.this_alone():
        return graph.post(f"{page_of(account)}/messages", {**body, **kind})


def _recipient(outgoing: Outgoing) -> Json:
    ref = outgoing.target.ref
    if not outgoing.target.public:
        return {"id": str(ref["person"])}
    if ref.get("kind") in ("comment", "live"):
        return {"comment_id": str(ref["id"])}
    if ref.get("kind") == "post":
        return {"post_id": str(ref["id"])}
    raise SendError(_("Meta does not let this be answered in private."), permanent=True)


def _late(outgoing: Outgoing, now: datetime) -> bool:
    told = outgoing.target.ref.get("at")
    return bool(told) and now - moment(str(told)) >= STANDARD


def find(account: AccountView, outgoing: Outgoing, platform: str) -> Sent | Partly | Found:
    """Among our messages to this person since the first attempt, one that says the same."""
    person = str(outgoing.target.ref.get("person") or "")
    if not person:
        return Found.UNKNOWN
    with looking():
        there = _look(account, outgoing, platform)
    if there.words is not None:
        mid, at = str(there.words.get("id")), time_of(there.words)
        return _sent(account, outgoing, mid, person, at, _further(account, outgoing, there))
    if not there.whole:
        return Found.UNKNOWN
    out = _further(account, outgoing, there)
    return Partly(tuple(out)) if out else Found.ABSENT


def _look(account: AccountView, outgoing: Outgoing, platform: str) -> parts.There:
    said = graph_of(account).get(
        f"{page_of(account)}/conversations",
        platform=platform,
        user_id=str(outgoing.target.ref["person"]),
        fields=f"messages.limit({LOOKED_THROUGH}){{{FIELDS}}}",
    )
    since = outgoing.first_attempt_at - CLOCKS
    messages = [m for c in listed(said) for m in listed(c.get("messages") or {})]
    ours = [(m, same_words(m.get("message"), outgoing.text)) for m in messages if from_us(account, m)]
    reached = any(time_of(m) < since for m in messages)
    return parts.standing(ours, since, whole=reached or len(messages) < LOOKED_THROUGH)


@contextmanager
def looking() -> Iterator[None]:
    """Within the block a failure means that the reply's fate is as open as before."""
    try:
        yield
    except SendError as error:
        wait = error.retry_after
        raise SendError(error.reason, permanent=False, lost=True, retry_after=wait) from None


def from_us(account: AccountView, said: Json) -> bool:
    sender = said.get("from")
    own = {own_id(account), page_of(account)}
    return isinstance(sender, dict) and (
        str(sender.get("id")) in own or sender.get("username") == account.handle
    )


def same_words(told: object, text: str) -> bool:
    """Meta trims what it stores, and nothing else."""
    return isinstance(told, str) and told.split() == text.split()


def _sent(
    account: AccountView, outgoing: Outgoing, mid: str, person: str, at: datetime, out: Sequence[str]
) -> Sent:
    return Sent(
        network_id=f"{account.network}:{mid}",
        posted_at=at,
        ref={"kind": "message", "person": person, "at": at.isoformat()},
        conversation=conversation(account, person) if person else outgoing.target.conversation,
        parts=tuple(out),
    )
