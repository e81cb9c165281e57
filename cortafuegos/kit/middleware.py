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
