"""Speaking to the Graph API: one object per task, and its failures in the contract's words."""

from __future__ import annotations

import json as jsonlib
import re
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django.utils.translation import gettext

from cortafuegos.channels.contract import Json, Media, SendError

from . import errors, signature

if TYPE_CHECKING:
    import httpx

ADDRESS = "https://graph.facebook.com"
VERSION = "v26.0"  # what facebook-business 26.0.3 speaks, 2026-11-20; a version lives two years
CONNECT_SECONDS = 3.0
ANSWER_SECONDS = 7.0
FILE_SECONDS = 30.0  # until Meta has looked at a whole film
NEARLY_ALL = 95  # per cent of a limit; from here on we rest before Meta makes us
LOOPBACK = ("localhost", "127.0.0.1", "::1")

_lock = threading.Lock()
_shared: httpx.Client | None = None


def client() -> httpx.Client:
    """One pool of connections for the process; imported late, since most processes never call."""
    global _shared
    with _lock:
        if _shared is None:
            import httpx

            _shared = httpx.Client(
                timeout=httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS),
                headers={"user-agent": "Cortafuegos", "accept": "application/json"},
            )
        return _shared


class Graph:
    """``rest``: seconds Meta wants to be left alone, as its last answer told.

    get, post and delete give the answer's object; they raise Denied, Failed (Gone, OutsideWindow) or
    plain SendError. ``secret`` proves that token and app belong together.
    """

    def __init__(
        self,
        address: str,
        version: str,
        token: str,
        *,
        secret: str = "",
        verdicts: Mapping[tuple[int, int], errors.Verdict] = errors.VERDICTS,
    ) -> None:
        self._base = "/".join(filter(None, (address, version))) + "/"
        self._token, self._secret, self._verdicts = token, secret, verdicts
        self.rest = 0.0

    def get(self, path: str, **params: Any) -> Json:
        return self._call("GET", path, params=params)

    def post(self, path: str, body: Json | None = None, **params: Any) -> Json:
        return self._call("POST", path, params=params, json=body or {})

    def upload(self, path: str, form: Mapping[str, str], name: str, media: Media, *, writing: bool) -> Json:
        """A form with a file in its field ``name``. ``writing``: somebody reads it at once."""
        import httpx

        # Names that are not ASCII are not taken for attachments (Meta, 2026-06-30).
        plain = unicodedata.normalize("NFKD", media.name).encode("ascii", "ignore").decode()
        file = (plain.strip("._ ") or "file", media.body, media.media_type)
        wait = httpx.Timeout(FILE_SECONDS, connect=CONNECT_SECONDS)
        return self._call(
            "POST", path, params={}, writing=writing, data=dict(form), files={name: file}, timeout=wait
        )

    def delete(self, path: str, **params: Any) -> Json:
        return self._call("DELETE", path, params=params)

    def pages(self, path: str, most: int, **params: Any) -> Iterator[list[Json]]:
        """Up to ``most`` pages of a list, and where it goes on is taken from Meta's cursor; not its
        ``next`` address, which would tell our token where to go."""
        after = ""
        for _page in range(most):
            said = self.get(path, **params, **({"after": after} if after else {}))
            yield listed(said)
            after = after_of(said)
            if not after:
                return

    def _call(
        self, method: str, path: str, *, params: Json, writing: bool | None = None, **body: Any
    ) -> Json:
        import httpx

        writing = method != "GET" if writing is None else writing
        if self._secret:
            params = {**params, "appsecret_proof": signature.proof(self._token, self._secret)}
        try:
            answer = client().request(
                method,
                self._base + path,
                params=params,
                **body,
                headers={"authorization": f"Bearer {self._token}"},
            )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
            raise SendError(gettext("Meta cannot be reached."), permanent=False) from None
        except (httpx.HTTPError, httpx.InvalidURL):
            raise SendError(gettext("Meta's answer was lost."), permanent=False, lost=writing) from None
        return self._read(answer.status_code, answer.content, answer.headers, writing=writing)

    def _read(self, status: int, content: bytes, headers: Mapping[str, str], *, writing: bool) -> Json:
        self.rest = rest_of(headers)
        try:
            said = jsonlib.loads(content)
        except (ValueError, RecursionError):
            said = None
        if status < 300 and isinstance(said, dict) and "error" not in said:
            return said
        problem = errors.problem_of(status, said, self.rest or _retry_after(headers))
        if status < 300 and not problem.code:
            raise errors.unreadable(status, writing=writing)
        raise errors.judge(problem, writing=writing, verdicts=self._verdicts)


def listed(said: Json) -> list[Json]:
    """The objects of a list answer; odd ones are left out."""
    data = said.get("data")
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def after_of(said: Json) -> str:
    """Where the list goes on; empty at its end."""
    paging = said.get("paging")
    if not isinstance(paging, dict) or not paging.get("next"):
        return ""
    cursors = paging.get("cursors")
    return str(cursors.get("after") or "") if isinstance(cursors, dict) else ""


def rest_of(headers: Mapping[str, str]) -> float:
    """Seconds to rest, from X-App-Usage and X-Business-Use-Case-Usage (per cent used, minutes until
    access comes back); 0 while there is room."""
    told: list[Json] = []
    app = _object(headers.get("x-app-usage"))
    told.append(app)
    for uses in _object(headers.get("x-business-use-case-usage")).values():
        told += [use for use in uses if isinstance(use, dict)] if isinstance(uses, list) else []
    rest = 0.0
    for use in told:
        minutes = use.get("estimated_time_to_regain_access")
        if isinstance(minutes, int | float) and minutes > 0:
            rest = max(rest, min(minutes * 60.0, errors.LONGEST_WAIT))
        used = [use.get(name) for name in ("call_count", "total_time", "total_cputime")]
        if any(isinstance(part, int | float) and part >= NEARLY_ALL for part in used):
            rest = max(rest, errors.WAIT_UNTOLD)
    return rest


def _object(text: str | None) -> Json:
    try:
        found = jsonlib.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _retry_after(headers: Mapping[str, str]) -> float:
    told = headers.get("retry-after", "")
    return float(told) if told.isascii() and told.isdecimal() else 0.0


def base_address(typed: str) -> str:
    """The Graph API's address as typed, or ValueError. Plain http is for this very machine: a token
    does not travel in the open."""
    parts = urlsplit(typed.strip().rstrip("/") or ADDRESS)
    host = parts.hostname or ""
    if not re.fullmatch(r"[\w.-]+|::1", host) or parts.username or parts.path or parts.query:
        raise ValueError("not an address")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        raise ValueError("not https")
    name = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{name}" + (f":{parts.port}" if parts.port else "")


def version_name(typed: str) -> str:
    """A version as Meta writes it, or ValueError."""
    found = re.fullmatch(r"v?(\d{1,3}\.\d)", typed.strip() or VERSION, re.ASCII)
    if not found:
        raise ValueError("not a version")
    return "v" + found[1]
