"""What every request carries in the log: one identifier, also given back to the caller."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cortafuegos.kit import log

HEADER = "X-Request-ID"
ACCEPTED = re.compile(r"[\w-]{8,64}")


class CorrelationMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        with log.correlation(given if ACCEPTED.fullmatch(given) else None) as identifier:
            response = self.get_response(request)
        response[HEADER] = identifier
        return response


# Pictures and films come from the networks; scripts, styles and frames only from us. No inline
# script and no inline style: words of strangers are shown on every page.
_CONTENT_SECURITY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob: https:",
        "media-src 'self' blob: https:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self' https:",  # connecting an account may lead on to its network; stays last
    )
)


def content_security(*, at_home: bool = False) -> str:
    """``at_home``: forms may also lead to other programs on this machine."""
    return f"{_CONTENT_SECURITY} http://127.0.0.1:* http://localhost:*" if at_home else _CONTENT_SECURITY


class ContentSecurityMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", content_security())
        return response
