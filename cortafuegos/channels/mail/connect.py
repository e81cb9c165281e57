"""The connect page: log in to both servers now, and say which of the two fails, and how."""

from __future__ import annotations

import imaplib
import re
import smtplib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.contract import Connected, ConnectError, Field

from . import mailbox, sender
from .providers import Server, imap_guesses, provider_of, smtp_guesses
from .trouble import Cause, LoginRefused, cause_of

SECURITIES = ("", "tls", "starttls", "none")
_SECURITY_HELP = _("tls, starttls, or none within your own network. Empty: what is usual for the port.")
_EMPTY_HELP = _("Empty: what is usual for your address.")

FIELDS = (
    Field("address", _("E-mail address"), kind="email"),
    Field(
        "password",
        _("Password"),
        _("Google, Microsoft, Yahoo, iCloud and others want an app password made for this purpose."),
        kind="password",
    ),
    Field("name", _("Sender name"), _("What people see beside the address, for example your brand.")),
    Field("username", _("User name"), _("Empty: the address itself."), required=False, advanced=True),
    Field("imap_host", _("Incoming mail server (IMAP)"), _EMPTY_HELP, required=False, advanced=True),
    Field("imap_port", _("IMAP port"), _EMPTY_HELP, kind="number", required=False, advanced=True),
    Field("imap_security", _("IMAP security"), _SECURITY_HELP, required=False, advanced=True),
    Field("smtp_host", _("Outgoing mail server (SMTP)"), _EMPTY_HELP, required=False, advanced=True),
    Field("smtp_port", _("SMTP port"), _EMPTY_HELP, kind="number", required=False, advanced=True),
    Field("smtp_security", _("SMTP security"), _SECURITY_HELP, required=False, advanced=True),
)

_WHICH = {"imap": _("Incoming mail (IMAP)"), "smtp": _("Outgoing mail (SMTP)")}
_SENTENCES = {
    Cause.UNKNOWN_HOST: _("{which}: there is no server called {host}."),
    Cause.SILENT: _("{which}: {host} does not answer on port {port}."),
    Cause.CERTIFICATE: _("{which}: the certificate of {host} is not valid for that name."),
    Cause.SECURITY: _("{which}: {host} does not accept “{security}” security on port {port}."),
    Cause.LOGIN: _("{which}: {host} does not accept this user name and password."),
    Cause.OTHER: _("{which}: {host} cannot attend to us now. Try again in a few minutes."),
}
_APP_PASSWORD = _("{which}: {host} does not accept this password. {provider} wants an app password here.")


def connect(form: Mapping[str, str]) -> Connected:
    address = form.get("address", "").strip().lower()
    if not re.fullmatch(r"[^\s@<>\"(),;:]+@[a-z0-9.-]+", address) or not address.isascii():
        raise ConnectError(_("Write a whole e-mail address, for example ayuda@marca.example."), "address")
    password = form.get("password", "")
    if not password or re.search(r"[\x00\r\n]", password):
        raise ConnectError(_("Write the password."), "password")
    username = form.get("username", "").strip() or address
    domain = address.rpartition("@")[2]
    name = re.sub(r"[\x00-\x1f]+", " ", form.get("name", "")).strip()

    imap = _try(
        "imap",
        imap_guesses(domain, *_typed(form, "imap")),
        lambda server: mailbox.log_in(server, username, password).logout(),
        domain,
    )
    smtp = _try(
        "smtp",
        smtp_guesses(domain, *_typed(form, "smtp")),
        lambda server: _quit(sender.log_in(server, username, password)),
        domain,
    )
    return Connected(
        network_id=address,
        handle=address,
        name=name or address,
        config={
            "name": name,
            "username": username,
            **{f"imap_{k}": getattr(imap, k) for k in ("host", "port", "security")},
            **{f"smtp_{k}": getattr(smtp, k) for k in ("host", "port", "security")},
        },
        credentials={"password": password},
    )


def _quit(line: smtplib.SMTP) -> None:
    with suppress(OSError, smtplib.SMTPException):
        line.quit()


def _typed(form: Mapping[str, str], which: str) -> tuple[str, int | None, str]:
    host = form.get(f"{which}_host", "").strip().lower()
    if not re.fullmatch(r"[\w.:-]*", host):
        raise ConnectError(
            _("Write only the server's name, for example mail.marca.example."), f"{which}_host"
        )
    port = form.get(f"{which}_port", "").strip()
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        raise ConnectError(_("A port is a number from 1 to 65535."), f"{which}_port")
    security = form.get(f"{which}_security", "").strip().lower()
    if security not in SECURITIES:
        raise ConnectError(_("Write tls, starttls or none."), f"{which}_security")
    return host, int(port) if port else None, security


def _try(which: str, guesses: Sequence[Server], log_in: Callable[[Server], object], domain: str) -> Server:
    """The first server that lets us in. A guess that leads nowhere is followed by the next; a server
    that answered has the last word."""
    for server in guesses:
        try:
            log_in(server)
            return server
        except (OSError, imaplib.IMAP4.error, smtplib.SMTPException, LoginRefused, UnicodeError) as trouble:
            cause = cause_of(trouble)
            if server is guesses[-1] or cause not in (Cause.UNKNOWN_HOST, Cause.SILENT):
                raise _error(which, cause, server, domain) from None
    raise AssertionError("there is always a guess")


def _error(which: str, cause: Cause, server: Server, domain: str) -> ConnectError:
    provider = provider_of(domain, server.host)
    words: dict[str, Any] = {"which": _WHICH[which], "host": server.host}
    if cause is Cause.LOGIN and provider is not None and provider.app_password:
        return ConnectError(format_lazy(_APP_PASSWORD, provider=provider.name, **words), "password")
    words |= {"port": str(server.port), "security": server.security}
    return ConnectError(format_lazy(_SENTENCES[cause], **words), _field(which, cause))


def _field(which: str, cause: Cause) -> str:
    if cause is Cause.LOGIN:
        return "password"
    return f"{which}_security" if cause is Cause.SECURITY else f"{which}_host"
