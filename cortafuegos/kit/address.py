"""Where the desk is reached from outside, and whether a request comes from this very machine."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def absolute(request: HttpRequest, path: str) -> str:
    """For links given to others: the address this installation is known by. A desk that only has
    the local one uses whatever address this person reached it at."""
    if is_loopback(settings.PUBLIC_URL):
        return request.build_absolute_uri(path)
    return f"{settings.PUBLIC_URL}{path}"


def from_this_machine(request: HttpRequest) -> bool:
    """The browser runs here: it asked a loopback address, from one, with no proxy between."""
    proxied = any(header in request.META for header in _FORWARDED)
    asked = request.get_host().rsplit(":", 1)[0].strip("[]")
    return not proxied and _is_loopback(request.META.get("REMOTE_ADDR", "")) and _is_loopback(asked)


def is_loopback(url: str) -> bool:
    """Whether an address leads to this machine only."""
    return _is_loopback(urlsplit(url).hostname or "")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
