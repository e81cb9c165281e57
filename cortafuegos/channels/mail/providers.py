"""Where the large providers keep their servers, and which want an app password. Read 2026-11."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Server:
    host: str
    port: int
    security: str  # tls, starttls, none


@dataclass(frozen=True, slots=True)
class Provider:
    name: str
    imap: str
    smtp: Server
    app_password: bool = False


_GMAIL = Provider("Google", "imap.gmail.com", Server("smtp.gmail.com", 465, "tls"), app_password=True)
_MICROSOFT = Provider(
    "Microsoft", "outlook.office365.com", Server("smtp.office365.com", 587, "starttls"), app_password=True
)
_YAHOO = Provider(
    "Yahoo", "imap.mail.yahoo.com", Server("smtp.mail.yahoo.com", 465, "tls"), app_password=True
)
_APPLE = Provider(
    "iCloud", "imap.mail.me.com", Server("smtp.mail.me.com", 587, "starttls"), app_password=True
)
_FASTMAIL = Provider(
    "Fastmail", "imap.fastmail.com", Server("smtp.fastmail.com", 465, "tls"), app_password=True
)
_GMX = Provider("GMX", "imap.gmx.com", Server("mail.gmx.com", 587, "starttls"))
_ZOHO = Provider("Zoho", "imap.zoho.eu", Server("smtp.zoho.eu", 465, "tls"), app_password=True)

PROVIDERS = {
    "gmail.com": _GMAIL,
    "googlemail.com": _GMAIL,
    "outlook.com": _MICROSOFT,
    "outlook.es": _MICROSOFT,
    "hotmail.com": _MICROSOFT,
    "hotmail.es": _MICROSOFT,
    "live.com": _MICROSOFT,
    "yahoo.com": _YAHOO,
    "yahoo.es": _YAHOO,
    "icloud.com": _APPLE,
    "me.com": _APPLE,
    "fastmail.com": _FASTMAIL,
    "gmx.com": _GMX,
    "gmx.es": _GMX,
    "zoho.eu": _ZOHO,
}
_IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
_SMTP_PORTS = {"tls": 465, "starttls": 587, "none": 25}
_BY_PORT = {993: "tls", 465: "tls", 143: "starttls", 587: "starttls", 25: "starttls"}


def imap_guesses(domain: str, host: str, port: int | None, security: str) -> list[Server]:
    """What to try, in this order: what was typed, else what is usual for the domain."""
    security = security or _BY_PORT.get(port or 0, "tls")
    port = port or _IMAP_PORTS[security]
    known = PROVIDERS.get(domain)
    hosts = [host] if host else [known.imap] if known else [f"imap.{domain}", f"mail.{domain}"]
    return [Server(name, port, security) for name in hosts]


def smtp_guesses(domain: str, host: str, port: int | None, security: str) -> list[Server]:
    known = PROVIDERS.get(domain)
    if known and not host:
        return [known.smtp]
    hosts = [host] if host else [f"smtp.{domain}", f"mail.{domain}"]
    if port or security:
        security = security or _BY_PORT.get(port or 0, "tls")
        return [Server(name, port or _SMTP_PORTS[security], security) for name in hosts]
    return [Server(name, p, s) for name in hosts for p, s in ((465, "tls"), (587, "starttls"))]


def provider_of(domain: str, host: str) -> Provider | None:
    """Also for a company's own domain that one of them hosts."""
    by_host = (p for p in PROVIDERS.values() if host in (p.imap, p.smtp.host))
    return PROVIDERS.get(domain) or next(by_host, None)
