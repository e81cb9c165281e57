"""Direct messages. They live in a service of their own, to which the data server passes our calls on
when the app password allows it. There they have no names of our choosing, so a lost answer is looked
for by text and time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ..contract import AccountView, Unreadable
from .session import NO_PERMISSION, Sessions
from .sweep import LOOK_BACK
from .values import Json, child, find_time
from .xrpc import NoAnswer, XrpcError

PAGE = 100
PAGES = 5  # in one poll
PAUSE = timedelta(minutes=5)  # when the service does not answer: it must not slow the rest down
CREATED = "chat.bsky.convo.defs#logCreateMessage"


@dataclass(frozen=True, slots=True)
class Chat:
    found: Sequence[Json]  # messages, each with its ``convo``
    state: Json
    more: bool = False


def key(message: Json) -> str:
    return f"{child(message, 'convo').get('id')}/{message.get('id')}"


def permitted(account: AccountView) -> bool:
    return account.config.get("direct_messages") is True


def ask(
    sessions: Sessions,
    account: AccountView,
    name: str,
    params: Json | None = None,
    json: Json | None = None,
) -> Json:
    nsid, proxy = f"chat.bsky.convo.{name}", account.config["chat"]
    return sessions.call(account, nsid, params=params, json=json, proxy=proxy)


def poll(sessions: Sessions, account: AccountView, state: Json, now: datetime) -> Chat:
    if not permitted(account) or now < _paused_until(state, now):
        return Chat((), state)
    try:
        return _follow(sessions, account, state) if state.get("log") else _begin(sessions, account, now)
    except XrpcError as error:
        pause = PAUSE if error.message != NO_PERMISSION else LOOK_BACK
    except NoAnswer:
        pause = PAUSE
    return Chat((), {**state, "paused": (now + pause).isoformat()})


def _paused_until(state: Json, now: datetime) -> datetime:
    return find_time(state["paused"]) if state.get("paused") else now


def _begin(sessions: Sessions, account: AccountView, now: datetime) -> Chat:
    """The log's end first, then what lies before it: nothing falls between."""
    log = ask(sessions, account, "getLog").get("cursor")
    since, found = now - LOOK_BACK, []
    page: Any = None
    for _ in range(PAGES):
        answer = ask(sessions, account, "listConvos", {"limit": PAGE, **({"cursor": page} if page else {})})
        for convo in _objects(answer.get("convos")):
            if _sent_at(child(convo, "lastMessage"), since) <= since:
                continue
            for message in history(sessions, account, str(convo.get("id")), since):
                found.append({**message, "convo": _trimmed(convo)})
        page = answer.get("cursor")
        if not page:
            break
    found.sort(key=lambda message: _sent_at(message, since))
    return Chat(found, {"log": log or ""} if log else {})


def _follow(sessions: Sessions, account: AccountView, state: Json) -> Chat:
    log, found = state["log"], []
    convos: dict[str, Json] = {}
    for _ in range(PAGES):
        answer = ask(sessions, account, "getLog", {"cursor": log})
        entries = _objects(answer.get("logs"))
        for entry in entries:
            message = child(entry, "message")
            if entry.get("$type") == CREATED and message:
                convo_id = str(entry.get("convoId"))
                if convo_id not in convos:
                    convos[convo_id] = _convo(sessions, account, convo_id)
                found.append({**message, "convo": convos[convo_id]})
        following = answer.get("cursor") or log
        if not entries or following == log:
            return Chat(found, {"log": following})
        log = following
    return Chat(found, {"log": log}, more=True)


def history(sessions: Sessions, account: AccountView, convo_id: str, since: datetime) -> Iterator[Json]:
    """Messages of one conversation, newest first, back to ``since``."""
    page: Any = None
    for _ in range(PAGES):
        params = {"convoId": convo_id, "limit": PAGE, **({"cursor": page} if page else {})}
        answer = ask(sessions, account, "getMessages", params)
        for message in _objects(answer.get("messages")):
            if _sent_at(message, since) <= since:
                return
            if "text" in message:  # the others were deleted
                yield message
        page = answer.get("cursor")
        if not page:
            return


def _convo(sessions: Sessions, account: AccountView, convo_id: str) -> Json:
    try:
        return _trimmed(child(ask(sessions, account, "getConvo", {"convoId": convo_id}), "convo"))
    except XrpcError as error:
        if error.passing:
            raise
        return {"id": convo_id, "members": []}  # we left it since


def _trimmed(convo: Json) -> Json:
    return {name: convo[name] for name in ("id", "status", "members") if name in convo}


def _objects(value: Any) -> list[Json]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _sent_at(message: Json, otherwise: datetime) -> datetime:
    try:
        return find_time(message.get("sentAt"))
    except Unreadable:
        return otherwise
