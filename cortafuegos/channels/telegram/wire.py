"""Speaking to Telegram's Bot API, and its failures in the contract's words."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Refused, SendError

if TYPE_CHECKING:
    import httpx

SERVER = "https://api.telegram.org"
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 7.0
LONGEST_WAIT = 900.0  # seconds
TELLS = 200  # letters of Telegram's own reason that are shown

Files = Mapping[str, tuple[str, bytes, str]]
_lock = threading.Lock()
_shared: httpx.Client | None = None


def client() -> httpx.Client:
    """One pool of connections for the process; imported late, since most processes never call."""
    global _shared
    with _lock:
        if _shared is None:
            import httpx

            _shared = httpx.Client(timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS))
        return _shared


class Moved(SendError):
    """The group became a supergroup, with another number."""

    def __init__(self, chat: int) -> None:
        super().__init__(_("This group has moved. Try again."), permanent=False)
        self.chat = chat


class Gone(SendError):
    """What is meant is not there any more."""


def call(
    account: AccountView,
    method: str,
    body: Json | None = None,
    *,
    writing: bool = False,
    files: Files | None = None,
) -> Any:
    """The result Telegram gives. ``writing``: an answer that never came leaves open whether it was done.
    The token is part of the address, so no error may carry the request."""
    import httpx

    url = f"{account.config.get('server') or SERVER}/bot{account.credentials.get('token', '')}/{method}"
    try:
        if files:
            answer = client().post(url, data=_form(body or {}), files=dict(files))
        else:
            answer = client().post(url, json=body or {})
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        raise SendError(_("Telegram cannot be reached."), permanent=False) from None
    except httpx.InvalidURL:
        raise Refused(_("Telegram does not accept the bot's token.")) from None
    except httpx.HTTPError:
        raise SendError(_("Telegram does not answer."), permanent=False, lost=writing) from None
    return _judge(answer, writing)


def _form(body: Json) -> dict[str, str]:
    """With files beside it, what is no text travels as JSON."""
    return {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}


def _judge(answer: httpx.Response, writing: bool) -> Any:
    try:
        said = answer.json()
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("ok"), bool):
        if answer.status_code in (401, 404):
            raise Refused(_("Telegram does not accept the bot's token."))
        if answer.status_code == 429:  # somebody in between: it says no, in words that are not Telegram's
            told = answer.headers.get("retry-after", "")
            wait = {"retry_after": int(told)} if told.isascii() and told.isdecimal() else {}
            raise failure(429, "", wait, writing=writing)
        raise SendError(_("Telegram answers with something unreadable."), permanent=False, lost=writing)
    if said["ok"] and answer.is_success:
        return said.get("result")
    described = said.get("description")
    parameters = said.get("parameters")
    code = said.get("error_code")
    raise failure(
        code if isinstance(code, int) else answer.status_code,
        described if isinstance(described, str) else "",
        parameters if isinstance(parameters, dict) else {},
        writing=writing,
    )


def failure(code: int, described: str, parameters: Json, *, writing: bool) -> Exception:
    if code in (401, 404):  # a token that was never given out is an address that does not exist
        return Refused(_("Telegram does not accept the bot's token."))
    if code == 429:
        wait = parameters.get("retry_after")
        seconds = float(wait) if isinstance(wait, int | float) else 30.0
        return SendError(
            _("Telegram asks us to slow down."),
            permanent=False,
            retry_after=min(max(seconds, 1.0), LONGEST_WAIT),
        )
    if code == 409:
        return SendError(
            _("Another program, or a webhook, takes this bot's messages. Only one can."), permanent=False
        )
    if code >= 500:
        return SendError(_("Telegram has trouble of its own."), permanent=False, lost=writing)
    moved = parameters.get("migrate_to_chat_id")
    if isinstance(moved, int):
        return Moved(moved)
    said = described.lower()
    for words, gone, sentence in _reasons():
        if words in said:
            return Gone(sentence, permanent=True) if gone else SendError(sentence, permanent=True)
    reason = described.partition(": ")[2] or described or str(code)
    return SendError(_("Telegram refused it: %(reason)s") % {"reason": reason[:TELLS]}, permanent=True)


def _reasons() -> tuple[tuple[str, bool, str], ...]:
    """Telegram has no numbers for these: its English words are all there is."""
    blocked = _("This person has blocked the bot, so nothing reaches them here.")
    outside = _("The bot is no longer in this group.")
    no_right = _("The bot may not write in this group.")
    answered = _("The message you answer was deleted.")
    return (
        ("bot was blocked by the user", False, blocked),
        ("user is deactivated", False, _("This person's Telegram account no longer exists.")),
        (
            "can't initiate conversation",
            False,
            _("This person has never written to the bot in private, so Telegram lets nothing reach them."),
        ),
        ("bot was kicked", False, outside),
        ("bot is not a member", False, outside),
        ("chat not found", False, _("Telegram does not know this chat, or no longer shows it to the bot.")),
        ("not enough rights", False, no_right),
        ("have no rights", False, no_right),
        ("replied not found", False, answered),
        ("replied message not found", False, answered),
        ("message to delete not found", True, _("The message is gone already.")),
        (
            "message can't be deleted",
            False,
            _("Telegram lets a bot take back a message for 48 hours. This one is older."),
        ),
        ("message is too long", False, _("The text is too long for Telegram.")),
        ("caption is too long", False, _("The text is too long to go beside a file.")),
        ("text is empty", False, _("An empty message cannot be sent.")),
        ("too large", False, _("The file is too large for Telegram.")),
    )
