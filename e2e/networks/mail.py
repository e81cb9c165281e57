"""A mail host on loopback, for tests: Debian's dovecot (IMAP and LMTP), and a small SMTP server that
hands what it accepts to dovecot.
"""

from __future__ import annotations

import contextlib
import imaplib
import logging
import os
import pwd
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

PEOPLE = {
    "ayuda@marca.test": "clave-marca",
    "ana@cliente.test": "clave-ana",
    "luis@cliente.test": "clave-luis",
}

# No login process of its own user, no chroot, no ports but ours: so it runs as anybody.
_DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap lmtp
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
namespace inbox {{
  inbox = yes
  separator = .
  mailbox Enviados {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
"""


@dataclass
class MailHost:
    imap_port: int
    smtp_port: int
    lmtp_port: int
    folder: Path
    people: Mapping[str, str]
    smtp_says: dict[str, str] = field(default_factory=dict)  # command → the answer it gives instead
    accepted: list[bytes] = field(default_factory=list)

    def deliver(self, message: EmailMessage | bytes, to: str, sender: str = "x@cliente.test") -> None:
        """Put a message into a mailbox, as it stands."""
        raw = message if isinstance(message, bytes) else message.as_bytes()
        with smtplib.LMTP("127.0.0.1", self.lmtp_port) as lmtp:
            lmtp.sendmail(sender, [to], raw)

    def read(self, address: str, folder: str = "INBOX") -> list[bytes]:
        """What a person finds in their mailbox, oldest first."""
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as box:
            box.login(address, self.people[address])
            box.select(folder, readonly=True)
            found: Any = box.uid("FETCH", "1:*", "BODY.PEEK[]")[1]
            return [item[1] for item in found if isinstance(item, tuple)]

    def unread(self, address: str) -> int:
        with imaplib.IMAP4("127.0.0.1", self.imap_port) as box:
            box.login(address, self.people[address])
            box.select("INBOX", readonly=True)
            return len(box.search(None, "UNSEEN")[1][0].split())

    def empty(self) -> None:
        """Throw every message of everybody away."""
        for address, password in self.people.items():
            with imaplib.IMAP4("127.0.0.1", self.imap_port) as box:
                box.login(address, password)
                for folder in ("INBOX", "Enviados"):
                    box.select(folder)
                    box.uid("STORE", "1:*", "+FLAGS", r"(\Deleted)")
                    box.expunge()
        self.accepted.clear()

    def form(self, address: str, **changes: str) -> dict[str, str]:
        """What a person would type to connect a mailbox of this host."""
        return {
            "address": address,
            "password": self.people.get(address, ""),
            "name": "",
            "imap_host": "127.0.0.1",
            "imap_port": str(self.imap_port),
            "imap_security": "none",
            "smtp_host": "127.0.0.1",
            "smtp_port": str(self.smtp_port),
            "smtp_security": "none",
            **changes,
        }

    def new_uidvalidity(self, address: str) -> None:
        """Give the inbox a new identity, as happens when a mailbox is restored or moved."""
        box = self.folder / "mail" / address
        for index in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (box / index).unlink(missing_ok=True)


def _user() -> tuple[str, str]:
    """dovecot refuses to keep mail as root: then an existing user without rights does it."""
    if os.geteuid() != 0:
        me = pwd.getpwuid(os.geteuid())
        return me.pw_name, str(me.pw_gid)
    nobody = pwd.getpwnam("nobody")
    return nobody.pw_name, str(nobody.pw_gid)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def mail_host(people: Mapping[str, str] = PEOPLE) -> Iterator[MailHost]:
    binary = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if binary is None:
        raise RuntimeError("dovecot is missing: apt-get install dovecot-imapd dovecot-lmtpd")
    folder = Path(tempfile.mkdtemp(prefix="cortafuegos-mail-"))
    user, group_id = _user()
    try:
        for name in ("run", "state", "mail"):
            (folder / name).mkdir()
        (folder / "users").write_text("".join(f"{who}:{password}\n" for who, password in people.items()))
        ports = {"imap": _free_port(), "lmtp": _free_port()}
        group = _group_name(int(group_id))
        config = folder / "dovecot.conf"
        config.write_text(_DOVECOT.format(folder=folder, user=user, group=group, **ports))
        if os.geteuid() == 0:
            folder.chmod(0o755)
            for name in ("mail", "users"):
                shutil.chown(folder / name, user, int(group_id))
        with (folder / "out").open("w") as out:
            dovecot = subprocess.Popen([binary, "-F", "-c", str(config)], stdout=out, stderr=out)
        host = MailHost(ports["imap"], 0, ports["lmtp"], folder, people)
        try:
            _wait(dovecot, host)
            with _submission(host) as host.smtp_port:
                yield host
        finally:
            dovecot.terminate()
            dovecot.wait(timeout=10)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _group_name(group_id: int) -> str:
    import grp

    return grp.getgrgid(group_id).gr_name


def _wait(dovecot: subprocess.Popen[bytes], host: MailHost) -> None:
    deadline = time.monotonic() + 15
    for port in (host.imap_port, host.lmtp_port):
        while True:
            if dovecot.poll() is not None or time.monotonic() > deadline:
                said = [p.read_text() for p in (host.folder / "out", host.folder / "log") if p.exists()]
                raise RuntimeError("dovecot did not start: " + " ".join(said)[-2000:])
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as probe:
                probe.settimeout(5)
                if probe.recv(64):
                    break
            time.sleep(0.05)


@contextlib.contextmanager
def _submission(host: MailHost) -> Iterator[int]:
    """An SMTP server that wants a login and delivers to the mailboxes of this host."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import SMTP, AuthResult

    class Handler:
        async def handle_MAIL(
            self, server: Any, session: Any, envelope: Any, address: str, options: Any
        ) -> str:
            envelope.mail_from = address
            return host.smtp_says.get("MAIL", "250 OK")

        async def handle_RCPT(
            self, server: Any, session: Any, envelope: Any, address: str, options: Any
        ) -> str:
            if "RCPT" in host.smtp_says:
                return host.smtp_says["RCPT"]
            if address not in host.people:
                return "550 5.1.1 No such mailbox here"
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            if "DATA" in host.smtp_says:
                return host.smtp_says["DATA"]
            host.accepted.append(envelope.content)
            for address in envelope.rcpt_tos:
                host.deliver(envelope.content, address, envelope.mail_from)
            return "250 2.0.0 Taken"

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> Any:
        if "AUTH" in host.smtp_says:
            return AuthResult(success=False, handled=False, message=host.smtp_says["AUTH"])
        known = host.people.get(data.login.decode())
        return AuthResult(success=known is not None and known == data.password.decode(), handled=False)

    class Submission(Controller):
        def factory(self) -> Any:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that a login needs TLS; not on loopback
                return self.server_of()

        def server_of(self) -> Any:
            return SMTP(
                self.handler,
                hostname="smtp.marca.test",
                authenticator=authenticate,
                auth_required=True,
                auth_require_tls=False,
                data_size_limit=40_000_000,
                enable_SMTPUTF8=False,
            )

    logging.getLogger("mail.log").setLevel(logging.ERROR)
    controller = Submission(Handler(), hostname="127.0.0.1", port=_free_port())
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()
