"""What went wrong on the way to a mail server, by its cause."""

from __future__ import annotations

import imaplib
import re
import smtplib
import socket
import ssl
from enum import StrEnum


class Cause(StrEnum):
    UNKNOWN_HOST = "unknown_host"
    SILENT = "silent"  # nothing listens there, or nothing comes back in time
    CERTIFICATE = "certificate"
    SECURITY = "security"  # one side speaks TLS and the other does not
    LOGIN = "login"
    OTHER = "other"


# IMAP says NO to a login for other reasons than the password (RFC 5530); large providers in words.
_BUSY = re.compile(
    r"\[(UNAVAILABLE|INUSE|SERVERBUG|LIMIT|THROTTLED)\]|too many|temporar|try again|rate", re.IGNORECASE
)


def cause_of(trouble: BaseException) -> Cause:
    if isinstance(trouble, ssl.SSLCertVerificationError):
        return Cause.CERTIFICATE
    if isinstance(trouble, ssl.SSLError | smtplib.SMTPNotSupportedError):
        return Cause.SECURITY
    if isinstance(trouble, socket.gaierror | UnicodeError):
        return Cause.UNKNOWN_HOST
    if isinstance(trouble, smtplib.SMTPAuthenticationError):
        return Cause.LOGIN if trouble.smtp_code >= 500 else Cause.OTHER
    if isinstance(trouble, imaplib.IMAP4.abort | smtplib.SMTPServerDisconnected):
        return Cause.SILENT
    if isinstance(trouble, LoginRefused):
        return Cause.OTHER if _BUSY.search(str(trouble)) else Cause.LOGIN
    if isinstance(trouble, smtplib.SMTPException):
        return Cause.OTHER
    return Cause.SILENT if isinstance(trouble, OSError) else Cause.OTHER


class LoginRefused(Exception):
    """IMAP said no to the address and password; ``str()`` is what it said."""
