"""Links that are safe to press, show where they lead, and work."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.text import Reading, words_of
from cortafuegos.guard.values import Context, Finding, Severity

_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'»”)\]]+", re.IGNORECASE)
_HOST = re.compile(r"(?:https?://)?(?:[^\s/@]*@)?([^\s/:?#]+)", re.IGNORECASE)
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}$|\[")
# t.co is what X itself makes of every link.
_SHORTENED = words_of(
    "bit.ly tinyurl.com goo.gl ow.ly is.gd cutt.ly buff.ly rb.gy acortar.link t.ly shorturl.at "
    "tiny.cc rebrand.ly bl.ink"
)
_TELLTALE = re.compile(
    r"[?&;](?:token|access_token|session\w*|sid|jsessionid|phpsessid|auth|apikey|api_key|"
    r"password|pwd|email|mail|dni|phone|telefono|otp|key|sig)=[^&\s]",
    re.IGNORECASE,
)
_BROKEN = re.compile(
    r"\bhttps?:/(?!/)\S*|\bhttps?//\S+|\bhttps?://(?=\s|$)|\bhttps?:\s*//\s+\S|\bhttps?:\s+//\S|"
    r"\bhtt(?:p|ps)?;//|\bwww\s*\.\s+\w+\.\w+|\bwww,\w+",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?:^|\.)(?:localhost|intranet|staging|sharepoint)\b|\.(?:local|internal|lan|corp|"
    r"test)$|^(?:10|127|192\.168)\."
)
MOST_LINKS = 2


def links(reading: Reading, context: Context) -> Iterable[Finding]:
    """A link that is safe to press, shows where it leads, and works."""
    found = list(_LINK.finditer(reading.text))
    for match in found:
        variant = _fault(match[0], context)
        if variant:
            severity = Severity.NOTE if variant in ("short", "foreign") else Severity.WARN
            proposal = "https://" + match[0].split("://", 1)[1] if variant == "open" else None
            yield Finding("links", severity, match.span(), {"variant": variant}, proposal)
    for match in _BROKEN.finditer(reading.text):
        yield Finding("links", Severity.WARN, match.span(), {"variant": "broken"})
    if len(found) > MOST_LINKS:
        yield Finding(
            "links", Severity.NOTE, found[MOST_LINKS].span(), {"variant": "many", "count": len(found)}
        )
    if found and not reading.words:
        yield Finding("links", Severity.WARN, found[0].span(), {"variant": "alone"})


def _fault(link: str, context: Context) -> str:
    host_match = _HOST.match(link)
    host = host_match[1].lower().rstrip(".,;:!?") if host_match else ""
    bare = host.removeprefix("www.")
    if "@" in link.split("/", 3)[2 if "://" in link else 0]:
        return "disguised"
    if host.startswith("xn--") or ".xn--" in host or not host.isascii():
        own = any(host.endswith(domain) for domain in context.own_domains)
        return "" if own else "disguised"
    if _INNER.search(host):
        return "inner"
    if _IP.match(host):
        return "address"
    if _TELLTALE.search(link):
        return "telltale"
    if bare in _SHORTENED:
        return "short"
    if link.lower().startswith("http://"):
        return "open"
    if (
        context.own_domains
        and bare != "t.co"
        and not any(bare == own or bare.endswith(f".{own}") for own in context.own_domains)
    ):
        return "foreign"
    return ""


RULES: tuple[Rule, ...] = (links,)
