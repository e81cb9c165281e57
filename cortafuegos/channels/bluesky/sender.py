"""Public replies. A reply's record gets its name from the idempotency key (``tid``), so a second
attempt cannot make a second post, and whether a first one arrived can be looked up by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from ..contract import AccountView, Found, Outgoing, SendError, Sent, Unreadable
from . import files, limits, reader, tid
from .richtext import detect
from .session import Sessions
from .values import Json, child, find_time
from .xrpc import NoAnswer, XrpcError

COLLECTION = "app.bsky.feed.post"
MENTIONS = 10  # looked up in one text


def send(sessions: Sessions, account: AccountView, outgoing: Outgoing) -> Sent:
    check_length(outgoing.text, limits.POST)
    try:
        record = _record(sessions, account, outgoing)
    except (XrpcError, NoAnswer) as error:
        raise failure(error, wrote=False) from None
    write = {
        "repo": account.network_id,
        "collection": COLLECTION,
        "rkey": tid.for_key(outgoing.key, outgoing.first_attempt_at),
        "record": record,
    }
    try:
        made = sessions.call(account, "com.atproto.repo.createRecord", json=write)
    except NoAnswer as error:
        raise failure(error, wrote=True) from None
    except XrpcError as error:
        if error.server_fault:
            return _after_a_fault(sessions, account, outgoing, error)
        raise failure(error, wrote=True) from None
    return _sent(str(made.get("uri")), str(made.get("cid")), record)


def find(sessions: Sessions, account: AccountView, outgoing: Outgoing) -> Sent | Found:
    where = {
        "repo": account.network_id,
        "collection": COLLECTION,
        "rkey": tid.for_key(outgoing.key, outgoing.first_attempt_at),
    }
    try:
        got = sessions.call(account, "com.atproto.repo.getRecord", params=where)
    except XrpcError as error:
        if error.name == "RecordNotFound" or "Could not locate record" in error.message:
            return Found.ABSENT
        raise
    return _sent(str(got.get("uri")), str(got.get("cid")), child(got, "value"))


def check_length(text: str, size: limits.Size) -> None:
    if not text.strip():
        raise SendError(_("The reply is empty."), permanent=True)
    if not limits.fits(text, size):
        raise SendError(
            _("The reply is too long: Bluesky takes %(graphemes)d characters and %(octets)d bytes.")
            % {"graphemes": size.graphemes, "octets": size.octets},
            permanent=True,
        )


def failure(error: XrpcError | NoAnswer, *, wrote: bool) -> SendError:
    """What a failed call means for the reply. ``wrote``: the call was the one that publishes."""
    if isinstance(error, NoAnswer):
        lost = wrote and error.reached
        return SendError(_("Bluesky does not answer."), permanent=False, lost=lost)
    if error.limited:
        reason = _("Bluesky wants a pause: the account has written a lot in a short time.")
        return SendError(reason, permanent=False, retry_after=error.retry_after)
    if error.passing:
        reason = _("Bluesky has a fault of its own just now.")
        lost = wrote and error.server_fault
        return SendError(reason, permanent=False, lost=lost, retry_after=error.retry_after)
    return SendError(_("Bluesky does not accept it (%(code)s).") % {"code": error.name}, permanent=True)


def _after_a_fault(sessions: Sessions, account: AccountView, outgoing: Outgoing, error: XrpcError) -> Sent:
    """A name already taken is a fault to the data server, too: the reply may be there."""
    try:
        found = find(sessions, account, outgoing)
    except (XrpcError, NoAnswer):
        raise failure(error, wrote=True) from None
    if isinstance(found, Sent):
        return found
    raise failure(error, wrote=False) from None


def _record(sessions: Sessions, account: AccountView, outgoing: Outgoing) -> Json:
    parent, root = _ends(sessions, account, outgoing)
    record: Json = {
        "$type": COLLECTION,
        "text": outgoing.text,
        "createdAt": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "reply": {"root": root, "parent": parent},
    }
    language = outgoing.language or account.language
    if language:
        record["langs"] = [language]
    if outgoing.media:
        record["embed"] = files.embed(sessions, account, outgoing)
    facets = detect(outgoing.text, _resolver(sessions, account))
    if facets:
        record["facets"] = facets
    return record


def _ends(sessions: Sessions, account: AccountView, outgoing: Outgoing) -> tuple[Json, Json]:
    """The post answered and the first of its thread. The data server would take an answer to
    anything, so the app view is asked first whether the post still stands and can be answered."""
    uri = outgoing.target.ref.get("uri")
    if not isinstance(uri, str):
        raise SendError(_("There is no public post to answer. Answer in private."), permanent=True)
    answer = sessions.call(account, "app.bsky.feed.getPosts", params={"uris": [uri]})
    posts = answer.get("posts")
    post = posts[0] if isinstance(posts, list) and posts and isinstance(posts[0], dict) else None
    author = child(post, "author") if post else _profile(sessions, account, outgoing.target.author_id)
    relation = child(author, "viewer")
    if relation.get("blockedBy"):
        raise SendError(_("This person has blocked the account. The reply cannot be sent."), permanent=True)
    if relation.get("blocking") or relation.get("blockingByList"):
        raise SendError(_("The account has blocked this person. Unblock to answer."), permanent=True)
    if post is None:
        raise SendError(_("The post was deleted. There is nothing left to answer."), permanent=True)
    if child(post, "viewer").get("replyDisabled"):
        raise SendError(_("Its author lets only some people answer this thread."), permanent=True)
    parent = {"uri": uri, "cid": str(post.get("cid"))}
    root = child(child(child(post, "record"), "reply"), "root")
    return parent, {"uri": root["uri"], "cid": root["cid"]} if {"uri", "cid"} <= root.keys() else parent


def _profile(sessions: Sessions, account: AccountView, did: str) -> Json:
    try:
        return sessions.call(account, "app.bsky.actor.getProfile", params={"actor": did})
    except XrpcError as error:
        if error.passing:
            raise
        return {}  # the person is gone as well


def _resolver(sessions: Sessions, account: AccountView) -> Callable[[str], str | None]:
    known: dict[str, str | None] = {}

    def resolve(handle: str) -> str | None:
        if handle not in known and len(known) < MENTIONS:
            known[handle] = _did(sessions, account, handle)
        return known.get(handle)

    return resolve


def _did(sessions: Sessions, account: AccountView, handle: str) -> str | None:
    try:
        did = sessions.call(account, "com.atproto.identity.resolveHandle", params={"handle": handle}).get(
            "did"
        )
    except XrpcError as error:
        if error.passing:
            raise
        return None
    return did if isinstance(did, str) else None


def _sent(uri: str, cid: str, record: Json) -> Sent:
    try:
        posted_at = find_time(record.get("createdAt"))
    except Unreadable:
        posted_at = None
    root = child(child(record, "reply"), "root")
    ref = {"uri": uri, "cid": cid, "root": root or {"uri": uri, "cid": cid}}
    return Sent(uri, reader.web_url(uri), posted_at, ref, str(root.get("uri") or ""))
