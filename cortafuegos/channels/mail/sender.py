"""Answers: written, handed to the SMTP server, and looked for when its word got lost."""

from __future__ import annotations

import hashlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.header import Header
from email.message import Message
from email.policy import compat32
from email.utils import format_datetime, formataddr

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Found, Outgoing, Refused, SendError, Sent

from . import parts
from .mailbox import TIMEOUT, arrives, holds, keep_copy, opened, sent_folder
from .parts import UTF8
from .providers import Server
from .trouble import Cause, cause_of

MAX_REFERENCES = 30
_REPLY = re.compile(r"^\s*(re|rv|aw|sv|r|ref)\s*:", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"^<[^<>\s]+>$")


def message_id(account: AccountView, key: str) -> str:
    """The same for every attempt at one reply, so that it can be recognised wherever it turns up."""
    digest = hashlib.sha256(f"{account.network_id}\n{key}".encode()).hexdigest()
    return f"<{digest[:40]}@{account.network_id.rpartition('@')[2]}>"


def compose(account: AccountView, outgoing: Outgoing) -> tuple[str, bytes]:
    """The recipient and the message. Equal input gives equal bytes."""
    target = outgoing.target
    recipient = str(target.ref.get("reply_to") or target.author_id)
    if "@" not in recipient or not recipient.isascii():
        raise SendError(_("The message has no address that can be written to."), permanent=True)
    if recipient == account.network_id and not to_itself(account, outgoing):
        raise SendError(_("The answer would go to this same mailbox."), permanent=True)
    # The old message class: the new one rewrites long references as encoded words, and the thread is lost.
    message = Message(policy=compat32)
    name = str(account.config.get("name") or "")
    message["From"] = formataddr((_line(name), account.network_id), "utf-8")
    message["To"] = formataddr((_line(str(target.ref.get("reply_name") or "")), recipient), "utf-8")
    message["Subject"] = Header(_subject(target.subject), "utf-8", header_name="Subject").encode()
    message["Date"] = format_datetime(outgoing.first_attempt_at.astimezone(UTC))
    message["Message-ID"] = message_id(account, outgoing.key)
    if _MESSAGE_ID.match(target.network_id):
        message["In-Reply-To"] = target.network_id
        message["References"] = "\r\n ".join([*_references(target.ref), target.network_id])
    if outgoing.language:
        message["Content-Language"] = _line(outgoing.language)
    message["MIME-Version"] = "1.0"
    text = outgoing.text.replace("\0", "").replace("\r\n", "\n")
    if outgoing.media:
        parts.put(message, text, outgoing)
    else:
        message.set_payload(text, UTF8)
    return recipient, message.as_bytes(policy=compat32.clone(linesep="\r\n", max_line_length=76))


def to_itself(account: AccountView, outgoing: Outgoing) -> bool:
    """As a rehearsal is: never an answer to anything that came."""
    return outgoing.target.network_id == account.network_id


def _references(ref: dict[str, object]) -> list[str]:
    given = ref.get("references")
    found = [one for one in given if isinstance(one, str)] if isinstance(given, list) else []
    found = [one for one in found if _MESSAGE_ID.match(one) and one.isascii()]
    return found[:1] + found[1:][-MAX_REFERENCES:]


def _subject(subject: str) -> str:
    subject = _line(subject)
    return subject if _REPLY.match(subject) else f"Re: {subject}".strip()


def _line(text: str) -> str:
    """On one line: a line break inside a header would begin another header."""
    return re.sub(r"[\x00-\x1f\x7f\u2028\u2029]+", " ", text).strip()


def log_in(server: Server, username: str, password: str) -> smtplib.SMTP:
    context = ssl.create_default_context()
    # Names itself as mail programs do, by address: a name we do not own would be a lie to servers.
    hello = "[127.0.0.1]"
    if server.security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=hello, timeout=TIMEOUT, context=context
        )
    else:
        line = smtplib.SMTP(server.host, server.port, local_hostname=hello, timeout=TIMEOUT)
    try:
        if server.security == "starttls":
            line.starttls(context=context)
        line.ehlo_or_helo_if_needed()
        line.login(username, password)
    except BaseException:
        line.close()
        raise
    return line


@contextmanager
def talking(account: AccountView) -> Iterator[smtplib.SMTP]:
    config = account.config
    server = Server(str(config["smtp_host"]), int(config["smtp_port"]), str(config["smtp_security"]))
    try:
        line = log_in(server, str(config["username"]), str(account.credentials["password"]))
    except (OSError, smtplib.SMTPException, UnicodeError) as trouble:
        if cause_of(trouble) is Cause.LOGIN:
            raise Refused(_("The mail server no longer accepts the password (SMTP).")) from None
        raise SendError(_("The mail server does not answer (SMTP)."), permanent=False) from None
    try:
        yield line
    finally:
        with suppress(Exception):
            line.quit()


def send(account: AccountView, outgoing: Outgoing) -> Sent:
    recipient, raw = compose(account, outgoing)
    with talking(account) as line:
        try:
            _accepted(line.mail(account.network_id))
            _accepted(line.rcpt(recipient))
        except (OSError, smtplib.SMTPException):
            raise SendError(_("The mail server stopped answering (SMTP)."), permanent=False) from None
        try:
            _accepted(line.data(raw))
        except smtplib.SMTPDataError as refused:  # before it took a single line
            _accepted((refused.smtp_code, refused.smtp_error))
        except (OSError, smtplib.SMTPException):
            reason = _("The mail server did not confirm that it took the message (SMTP).")
            raise SendError(reason, permanent=False, lost=True) from None
    own_id = message_id(account, outgoing.key)
    with suppress(Refused, SendError):  # it is sent: a copy that could not be kept changes nothing
        keep_copy(account, own_id, raw)
    return _sent(account, outgoing)


def _accepted(answer: tuple[int, bytes | str]) -> None:
    code, said = answer
    if 200 <= code < 300:
        return
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    if code == 530:
        raise Refused(_("The mail server no longer accepts the password (SMTP)."))
    reason = _("The mail server refused it: %(reason)s") % {"reason": f"{code} {_line(words)[:200]}"}
    raise SendError(reason, permanent=code >= 500)


def find(account: AccountView, outgoing: Outgoing) -> Sent | Found:
    """In the folder of sent mail, where we or the provider keep a copy. A missing copy proves
    nothing: the server may have taken the message before it could be kept."""
    if to_itself(account, outgoing):
        return (
            _sent(account, outgoing) if arrives(account, message_id(account, outgoing.key)) else Found.ABSENT
        )
    try:
        with opened(account) as box:
            folder = sent_folder(box)
            if folder is not None and holds(box, folder, message_id(account, outgoing.key)):
                return _sent(account, outgoing)
    except SendError as trouble:  # we could not look: the reply's fate is as open as before
        raise SendError(trouble.reason, permanent=False, lost=True) from None
    return Found.UNKNOWN


def _sent(account: AccountView, outgoing: Outgoing) -> Sent:
    target = outgoing.target
    own_id = message_id(account, outgoing.key)
    references = _references(target.ref)
    if _MESSAGE_ID.match(target.network_id):
        references.append(target.network_id)
    return Sent(
        network_id=own_id,
        posted_at=datetime.fromtimestamp(int(outgoing.first_attempt_at.timestamp()), UTC),
        ref={
            "message_id": own_id,
            "references": references,
            "reply_to": str(target.ref.get("reply_to") or target.author_id),
            "reply_name": str(target.ref.get("reply_name") or ""),
        },
        conversation=target.conversation,
    )
