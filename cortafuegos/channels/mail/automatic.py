"""Is a machine talking? Such mail is kept and shown, but is not said to us: answering it is how two
machines come to write to each other all night (RFC 3834).
"""

from __future__ import annotations

import re
from email.message import Message

from .message import header, headers

_PRECEDENCE = {"bulk", "junk", "list", "auto_reply"}
_ROBOTS = re.compile(r"^(mailer-daemon|postmaster|mail-daemon|mdaemon)@", re.IGNORECASE)


def automatic(message: Message[str, str], sender: str, own_domain: str) -> bool:
    if bounce(message):
        return True
    submitted = header(message, "auto-submitted").split(";")[0].strip().lower()
    if submitted and submitted != "no":
        return True
    if any(header(message, name) for name in ("x-autoreply", "x-autorespond", "x-auto-reply-from")):
        return True
    if _ROBOTS.match(sender):
        return True
    if _own_list(message, own_domain):
        return False  # customers write to our own group address, and the group passes it on to us
    return bool(header(message, "list-id")) or header(message, "precedence").lower() in _PRECEDENCE


def bounce(message: Message[str, str]) -> bool:
    """The null return path, or a delivery report by its form."""
    if any(path.replace(" ", "") == "<>" for path in headers(message, "return-path")):
        return True
    kind = message.get_content_type() == "multipart/report"
    return kind and "delivery-status" in header(message, "content-type").lower()


def _own_list(message: Message[str, str], own_domain: str) -> bool:
    listed = header(message, "list-id").rsplit("<", 1)[-1].strip(" >").lower()
    return bool(own_domain) and (listed == own_domain or listed.endswith("." + own_domain))
