"""Speaking to a Mastodon server: one client per call, and its failures in the contract's words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Refused, SendError

if TYPE_CHECKING:
    import requests

TIMEOUT = 10.0  # seconds, to connect and then between two bytes of the answer
AGENT = "Cortafuegos"
LONGEST_WAIT = 900.0  # a server that asks for more is asked again by then


class Wire:
    """Mastodon.py, with the bytes of the last answer within reach: what is stored is what came."""

    def __init__(self, server: str, token: str) -> None:
        # Imported here: Mastodon.py and requests cost 0.3 s that a command line need not pay.
        import requests
        from mastodon import Mastodon

        self.last: requests.Response | None = None
        self.server = server
        session = self.session = requests.Session()
        session.max_redirects = 0  # a token goes to the server it was made for, and nowhere else
        session.hooks["response"].append(self._keep)
        self.api: Any = Mastodon(
            api_base_url=server,
            session=session,
            request_timeout=TIMEOUT,
            ratelimit_method="throw",
            mastodon_version="4.3.0",  # said, so that it is not asked of the server on every call
            user_agent=AGENT,
        )
        # Given to the constructor, a token that is also the name of a file would be read from disk.
        self.api.access_token = token

    def ask(self, method: str, path: str, **request: Any) -> Any:
        """What Mastodon.py would ask only after learning the server's version; its errors are the same."""
        import requests
        from mastodon import errors

        headers = {"Authorization": f"Bearer {self.api.access_token}", "User-Agent": AGENT}
        url = f"{self.server}{path}"
        try:
            answer = self.session.request(
                method, url, headers=headers, timeout=TIMEOUT, allow_redirects=False, **request
            )
        except requests.RequestException as trouble:
            raise errors.MastodonNetworkError from trouble
        if not 200 <= answer.status_code < 300:
            raise errors.MastodonAPIError
        return self.raw()

    def _keep(self, response: requests.Response, *args: Any, **kwargs: Any) -> None:
        self.last = response

    def raw(self) -> Any:
        """The last answer as the server wrote it; Mastodon.py's own objects rewrite times and ids."""
        return json.loads(self.last.content) if self.last is not None else None


def wire(account: AccountView) -> Wire:
    return Wire(str(account.config["server"]), str(account.credentials["token"]))


class Gone(SendError):
    """The server does not know the post (any more), or does not show it to us."""


@contextmanager
def speaking(line: Wire, *, writing: bool = False) -> Iterator[None]:
    """Turn what Mastodon.py raises into Refused, Gone or SendError. ``writing``: an answer that
    never came leaves open whether the post was taken."""
    from mastodon import errors

    line.last = None
    try:
        yield
    except errors.MastodonNetworkError as trouble:
        lost = writing and not _never_left(trouble.__context__)
        raise SendError(_("The server does not answer."), permanent=False, lost=lost) from None
    except (errors.MastodonError, ValueError, KeyError, TypeError, AttributeError):
        raise _failure(line.last, writing=writing) from None


def _never_left(cause: BaseException | None) -> bool:
    """True when no connection was made, so that the server cannot have seen the request."""
    import requests
    from urllib3.exceptions import MaxRetryError, NewConnectionError, SSLError

    if isinstance(cause, requests.exceptions.ConnectTimeout | requests.exceptions.SSLError):
        return True
    if isinstance(cause, requests.exceptions.ConnectionError) and cause.args:
        inner = cause.args[0]
        reason = inner.reason if isinstance(inner, MaxRetryError) else inner
        return isinstance(reason, NewConnectionError | SSLError)
    return False


def _failure(response: requests.Response | None, *, writing: bool) -> Exception:
    if response is None:
        return SendError(_("The server does not answer."), permanent=False)
    status = response.status_code
    if status in (401, 403):
        return Refused(_("The server no longer accepts the access token."))
    if status in (404, 410):
        return Gone(_("The post no longer exists, or its author blocks this account."), permanent=True)
    if status == 429:
        return SendError(
            _("The server asks us to slow down."), permanent=False, retry_after=wait_asked(response)
        )
    if status >= 500:
        # A gateway that gave up waiting says nothing of what the server behind it did.
        lost = writing and status in (502, 504)
        return SendError(_("The server has trouble of its own."), permanent=False, lost=lost)
    if status >= 400:
        reason = server_reason(response)
        return SendError(_("The server refused it: %(reason)s") % {"reason": reason}, permanent=True)
    return SendError(_("The server answers with something unreadable."), permanent=False, lost=writing)


def server_reason(response: requests.Response) -> str:
    try:
        said = json.loads(response.content)
    except (ValueError, RecursionError):
        said = None
    error = said.get("error") if isinstance(said, dict) else None
    return str(error)[:300] if error else str(response.status_code)


def wait_asked(response: requests.Response) -> float:
    """Seconds until the limit ends: an ISO time on Mastodon, a Unix time on its relatives; both
    by the server's own clock."""
    headers = response.headers
    reset = headers.get("X-RateLimit-Reset", "")
    try:
        now = parsedate_to_datetime(headers["Date"]) if "Date" in headers else datetime.now(UTC)
        if reset.isdigit():
            seconds = int(reset) - now.timestamp()
        elif reset:
            seconds = datetime.fromisoformat(reset).timestamp() - now.timestamp()
        else:
            seconds = float(headers.get("Retry-After", ""))
    except (ValueError, OverflowError):
        seconds = 60.0
    return min(max(seconds, 1.0), LONGEST_WAIT)


def status_json(value: Any) -> Json:
    """What the server gave as a status; anything else is an unreadable answer."""
    if not isinstance(value, dict) or not isinstance(value.get("id"), str):
        raise ValueError("not a status")
    return value
