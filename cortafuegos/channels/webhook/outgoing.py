"""Posts signed JSON to the other system and tells apart the ways in which that ends."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx
from django.utils.translation import gettext_noop as _

from cortafuegos.channels.contract import Refused, SendError

from . import signing
from .address import AddressRefused, resolve

TIMEOUT_SECONDS = 5.0
DEADLINE_SECONDS = 9.0  # for the whole answer, however slowly it drips
LARGEST_ANSWER = 64_000
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    said: Mapping[str, Any]  # {} when it is not a JSON object
    retry_after: float | None = None


def post(url: str, keys: Sequence[str], event: Mapping[str, Any], *, key: str) -> Answer:
    """The other system's answer, whatever its status. AddressRefused, or SendError when none came."""
    body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    address = resolve(url)
    headers = {
        "Host": address.host,
        "Content-Type": "application/json",
        "Accept-Encoding": "identity",  # no bomb unfolds here
        "User-Agent": "Cortafuegos",
        "Idempotency-Key": key,
        "Cortafuegos-Signature": signing.header(keys, int(time.time()), body),
    }
    extensions = {"sni_hostname": address.name}
    try:
        with (
            httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST", address.url, content=body, headers=headers, extensions=extensions
            ) as answer,
        ):
            return Answer(answer.status_code, _object(_read(answer)), _wait(answer.headers))
    except _NEVER_LEFT:
        raise SendError(_("The other system cannot be reached."), permanent=False) from None
    except (httpx.InvalidURL, httpx.LocalProtocolError):
        raise SendError(_("The other system's address is not valid."), permanent=True) from None
    except httpx.HTTPError:
        raise SendError(_("The other system's answer was lost."), permanent=False, lost=True) from None


def judge(answer: Answer) -> Mapping[str, Any]:
    """What a good answer says; Refused or SendError for every other one."""
    status = answer.status
    if 200 <= status < 300:
        return answer.said
    if status in (401, 403):
        raise Refused(_("The other system refuses our signature."))
    if status == 429 or status == 503:
        raise SendError(
            _("The other system asks us to wait."), permanent=False, retry_after=answer.retry_after
        )
    if status in (408, 425) or status >= 500:
        raise SendError(_("The other system failed while taking the reply."), permanent=False, lost=True)
    if 300 <= status < 400:
        raise SendError(_("The other system's address has moved."), permanent=True)
    raise SendError(_("The other system does not take this reply."), permanent=True)


def send(url: str, keys: Sequence[str], event: Mapping[str, Any], *, key: str) -> Mapping[str, Any]:
    try:
        return judge(post(url, keys, event, key=key))
    except AddressRefused as refused:
        raise SendError(str(refused), permanent=refused.lasting) from None


def _read(answer: httpx.Response) -> bytes:
    end, read = time.monotonic() + DEADLINE_SECONDS, b""
    for chunk in answer.iter_raw():
        read += chunk
        if len(read) > LARGEST_ANSWER:
            return b""  # the status was what counts
        if time.monotonic() > end:
            raise httpx.ReadTimeout("too slow")
    return read


def _object(body: bytes) -> Mapping[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _wait(headers: httpx.Headers) -> float | None:
    value = headers.get("retry-after", "")
    return float(value) if value.isascii() and value.isdecimal() and len(value) < 7 else None
