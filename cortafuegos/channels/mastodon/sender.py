"""Replies: out, and looked for when the answer to sending never came."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import regex
from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Found, Json, Outgoing, SendError, Sent, Target

from . import media
from .measure import MENTION
from .reader import direct_key
from .wire import Gone, Wire, speaking, status_json, wire

PAGE = 40
PAGES = 10  # own posts looked through before saying "cannot tell"
CLOCKS = timedelta(minutes=5)  # the server's clock and ours may differ by so much


def send(account: AccountView, outgoing: Outgoing) -> Sent:
    line = wire(account)
    text = compose(account, outgoing)
    target_id = local_id(account, line, outgoing.target)
    media_ids = media.upload(line, outgoing)
    with speaking(line, writing=True):
        line.api.status_post(
            text,
            media_ids=media_ids or None,
            in_reply_to_id=target_id,
            visibility=visibility(outgoing),
            language=(outgoing.language or account.language or None),
            idempotency_key=outgoing.key,
        )
        status = status_json(line.raw())
    return _sent(account, outgoing, status)


def find(account: AccountView, outgoing: Outgoing) -> Sent | Found:
    """Among our own posts since the first attempt: one that says the same to the same post. Our
    server always shows us our own posts, so one that is not there was not made."""
    try:
        return _look(account, outgoing)
    except SendError as trouble:  # we could not look: the reply's fate is as open as before
        raise SendError(trouble.reason, permanent=False, lost=True, retry_after=trouble.retry_after) from None


def _look(account: AccountView, outgoing: Outgoing) -> Sent | Found:
    line = wire(account)
    text = compose(account, outgoing)
    since = outgoing.first_attempt_at - CLOCKS
    before: str | None = None
    for _page in range(PAGES):
        with speaking(line):
            line.api.account_statuses(str(account.config["account_id"]), limit=PAGE, max_id=before)
            page = [status_json(status) for status in line.raw()]
        for status in page:
            if datetime.fromisoformat(str(status["created_at"])) < since:
                return Found.ABSENT
            if _answers(account, status, outgoing) and _source(line, status) == text:
                return _sent(account, outgoing, status)
        if not page:
            return Found.ABSENT
        before = str(page[-1]["id"])
    return Found.UNKNOWN


def _answers(account: AccountView, status: Json, outgoing: Outgoing) -> bool:
    """Does it answer the target? A target deleted since leaves no trace on its replies, and one that
    had to be looked up from another server has an id we do not know: the words then decide."""
    replied = status.get("in_reply_to_id")
    if replied is None or outgoing.target.ref.get("server") != account.config["server"]:
        return True
    return bool(replied == outgoing.target.ref.get("id"))


def _source(line: Wire, status: Json) -> str | None:
    """The text as it was typed, before the server made HTML of it."""
    try:
        with speaking(line):
            line.api.status_source(str(status["id"]))
            source = line.raw()
    except Gone:
        return None
    return str(source.get("text")) if isinstance(source, dict) else None


def local_id(account: AccountView, line: Wire, target: Target) -> str:
    """The target's id on *our* server. A post that another account of the brand received elsewhere
    is fetched by its URI first."""
    if target.ref.get("server") == account.config["server"] and target.ref.get("id"):
        return str(target.ref["id"])
    with speaking(line):
        line.api.search_v2(target.network_id, resolve=True, result_type="statuses")
        found = [status_json(status) for status in line.raw()["statuses"]]
    for status in found:
        if target.network_id in (status.get("uri"), status.get("url")):
            return str(status["id"])
    raise Gone(
        _("This account's server cannot see that post. Answer from the account that received it."),
        permanent=True,
    )


def visibility(outgoing: Outgoing) -> str:
    if not outgoing.public:
        return "direct"
    return "unlisted" if outgoing.target.ref.get("visibility") == "unlisted" else "public"


def compose(account: AccountView, outgoing: Outgoing) -> str:
    """The text with the mention that makes it reach the person, once."""
    domain = str(account.config.get("domain", "")).lower()
    user, _at, host = outgoing.target.author_handle.partition("@")
    whom = user if host.lower() in ("", domain) else outgoing.target.author_handle
    own = {account.handle.lower(), account.handle.lower().partition("@")[0]}
    reached: list[str] = []
    others: list[str] = []

    def full(found: regex.Match[str]) -> str:
        named = found[0][1:].lower()
        if named in (user.lower(), outgoing.target.author_handle.lower()):
            reached.append(named)
            return f"@{whom}"  # a bare name would reach whoever bears it on our own server
        if named not in own:
            others.append(found[0])
        return str(found[0])

    text = MENTION.sub(full, outgoing.text)
    if others and not outgoing.public:
        # On Mastodon whoever is named in a private message receives it.
        raise SendError(
            _("A private message also goes to everybody it names. Take out %(names)s.")
            % {"names": ", ".join(others)},
            permanent=True,
        )
    return text if reached else f"@{whom} {text}"


def _sent(account: AccountView, outgoing: Outgoing, status: Json) -> Sent:
    target = outgoing.target
    conversation = target.conversation
    if not outgoing.public and target.public:
        conversation = direct_key(account, target.author_handle)
    return Sent(
        network_id=str(status.get("uri") or status.get("url")),
        url=str(status.get("url") or ""),
        posted_at=datetime.fromisoformat(str(status["created_at"])).astimezone(UTC),
        ref={
            "server": account.config["server"],
            "id": str(status["id"]),
            "visibility": str(status.get("visibility", "")),
        },
        conversation=conversation,
    )
