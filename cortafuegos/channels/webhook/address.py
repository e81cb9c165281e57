"""Which addresses we may post to. Whoever connects an account types one, and must not be able to
make this machine talk to its own services or to a cloud's metadata server.

Private networks stay allowed: the system behind this channel often stands beside the desk.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.utils.translation import gettext_noop as _

IP = ipaddress.IPv4Address | ipaddress.IPv6Address

# Outside the link-local range, but still a cloud's metadata service.
_METADATA = frozenset(map(ipaddress.ip_address, ("100.100.100.200", "fd00:ec2::254", "192.0.0.192")))


class AddressRefused(Exception):
    """``str()`` is a sentence to translate; ``lasting`` tells whether asking again is pointless."""

    def __init__(self, sentence: str, *, lasting: bool = True) -> None:
        super().__init__(sentence)
        self.lasting = lasting


@dataclass(frozen=True, slots=True)
class Address:
    """An address looked up once: the request goes to this IP, whatever the name says later."""

    url: str  # with the IP in place of the name
    host: str  # for the Host header
    name: str  # for the certificate


def local_allowed() -> bool:
    return os.environ.get("CORTAFUEGOS_ALLOW_LOCAL_WEBHOOKS", "").lower() in ("1", "true", "yes", "on")


def resolve(url: str) -> Address:
    """Look the address up and refuse it when any of its IPs is one we must not talk to."""
    try:
        parts = urlsplit(url.strip())
        name, port = parts.hostname or "", parts.port
    except ValueError:
        raise AddressRefused(_("This is not a web address.")) from None
    if parts.scheme not in ("http", "https") or not name:
        raise AddressRefused(_("The address must begin with http:// or https://."))
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(_("Leave name and password out of the address: the signature proves us."))
    port = port or (443 if parts.scheme == "https" else 80)
    found = _lookup(name, port)
    for ip in found:
        if refused := why_not(ip, local=local_allowed()):
            raise AddressRefused(refused)
    ip = found[0]
    place = f"[{ip}]" if ip.version == 6 else str(ip)
    pinned = urlunsplit((parts.scheme, f"{place}:{port}", parts.path or "/", parts.query, ""))
    return Address(pinned, parts.netloc, name)


def why_not(ip: IP, *, local: bool) -> str:
    """Why we do not post to this IP; empty when we do."""
    ip = _inner(ip)
    if ip in _METADATA or ip.is_link_local:
        return _("This address belongs to the machine's own network services. It is not allowed.")
    if ip.is_loopback or ip.is_unspecified:
        if local and ip.is_loopback:
            return ""
        return _("This address is this very machine. It is not allowed here.")
    if ip.is_multicast or ip.is_reserved:
        return _("No server can be at this address.")
    return ""


def _inner(ip: IP) -> IP:
    """The IPv4 address that some IPv6 addresses wrap."""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return ip.ipv4_mapped
        if ip.sixtofour:
            return ip.sixtofour
        if ip.teredo:
            return ip.teredo[1]
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip


def _lookup(name: str, port: int) -> list[IP]:
    try:
        found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise AddressRefused(
            _("No machine has this name. Check the address for a slip."), lasting=False
        ) from None
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
