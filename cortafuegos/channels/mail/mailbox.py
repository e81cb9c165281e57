"""The mailbox over IMAP: what is new, and what was sent. Never marks a message as read."""

from __future__ import annotations

import hashlib
import imaplib
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, Refused, SendError

from .providers import Server
from .trouble import Cause, LoginRefused, cause_of

TIMEOUT = 10.0
ARRIVES = 20.0  # seconds that mail to oneself may take
BATCH = 50  # messages of one poll
BATCH_BYTES = 25_000_000  # of one poll, but always one message
LARGEST = 40_000_000  # bytes of one message; of a larger one this much is read
WINDOW = 50_000  # UIDs asked for at once: imaplib refuses answers of over a million characters
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SENT_NAMES = {"sent", "sent items", "sent messages", "enviados", "elementos enviados", "mensajes enviados"}


def log_in(server: Server, username: str, password: str) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    if server.security == "tls":
        box: imaplib.IMAP4 = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=TIMEOUT)
    else:
        box = imaplib.IMAP4(server.host, server.port, timeout=TIMEOUT)
    try:
        if server.security == "starttls":
            try:
                box.starttls(context)
            except imaplib.IMAP4.error as refused:
                raise ssl.SSLError("no STARTTLS") from refused
        try:
            if "AUTH=PLAIN" in box.capabilities:
                # imaplib's LOGIN takes ASCII only; people's passwords have ñ and €.
                box.authenticate("PLAIN", lambda _challenge: f"\0{username}\0{password}".encode())
            else:
                box.login(username, password)
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error as refused:
            raise LoginRefused(str(refused)[:200]) from None
    except BaseException:
        with suppress(Exception):
            box.shutdown()
        raise
    return box


@contextmanager
def opened(account: AccountView) -> Iterator[imaplib.IMAP4]:
    config = account.config
    server = Server(str(config["imap_host"]), int(config["imap_port"]), str(config["imap_security"]))
    try:
        box = log_in(server, str(config["username"]), str(account.credentials["password"]))
    except (OSError, imaplib.IMAP4.error, LoginRefused, UnicodeError) as trouble:
        if cause_of(trouble) is Cause.LOGIN:
            raise Refused(_("The mailbox no longer accepts the password (IMAP).")) from None
        raise SendError(_("The mailbox does not answer (IMAP)."), permanent=False) from None
    try:
        yield box
    except (OSError, imaplib.IMAP4.error) as trouble:
        raise SendError(_("The mailbox stopped answering (IMAP)."), permanent=False) from trouble
    finally:
        with suppress(Exception):
            box.logout()


def poll(account: AccountView, cursor: Json) -> Polled:
    today = datetime.now(UTC).date()
    with opened(account) as box:
        _ok(box.select("INBOX", readonly=True))
        validity = _number(box, "UIDVALIDITY")
        following = _number(box, "UIDNEXT")
        if cursor.get("uidvalidity") != validity:
            # A mailbox seen for the first time, or one that was renumbered: begin a day before we
            # last looked. What comes twice has the same key.
            day = date.fromisoformat(cursor["day"]) if "day" in cursor else today
            recent = _search(box, f"SINCE {imap_day(day - timedelta(days=1))}")
            last = min(recent) - 1 if recent else following - 1
        else:
            last = int(cursor["uid"])
        waiting = _after(box, last, following)
        chosen = _fitting(box, waiting[:BATCH]) if waiting else []
        deliveries = [_delivery(*found, validity) for found in _fetch(box, chosen)]
    last = max([*(uid for uid, _size in chosen), last])
    more = len(chosen) < len(waiting)
    seen = str(cursor.get("day", today.isoformat())) if more else today.isoformat()
    return Polled(deliveries, {"uidvalidity": validity, "uid": last, "day": seen}, more=more)


def _after(box: imaplib.IMAP4, last: int, following: int) -> list[int]:
    """UIDs above ``last``, a window at a time, until one has some."""
    for begin in range(last + 1, following, WINDOW):
        end = min(begin + WINDOW, following) - 1
        # A range whose end lies past the last message still matches that message: hence the filter.
        if found := sorted(uid for uid in _search(box, f"UID {begin}:{end}") if begin <= uid <= end):
            return found
    return []


def _search(box: imaplib.IMAP4, criteria: str) -> list[int]:
    lines = _ok(box.uid("SEARCH", criteria))
    return [int(word) for line in lines if isinstance(line, bytes) for word in line.split()]


def _fitting(box: imaplib.IMAP4, uids: list[int]) -> list[tuple[int, int]]:
    """The first of ``uids`` that one poll can carry, with their sizes."""
    lines = _ok(box.uid("FETCH", ",".join(map(str, uids)), "(UID RFC822.SIZE)"))
    sizes = {}
    for line in lines:
        if isinstance(line, bytes) and (uid := _field(line, b"UID")) is not None:
            sizes[uid] = _field(line, b"RFC822.SIZE") or 0
    chosen: list[tuple[int, int]] = []
    total = 0
    for uid in uids:
        total += min(sizes.get(uid, 0), LARGEST)
        if chosen and total > BATCH_BYTES:
            break
        chosen.append((uid, sizes.get(uid, 0)))
    return chosen


def _fetch(box: imaplib.IMAP4, chosen: Sequence[tuple[int, int]]) -> Iterator[tuple[int, str, bytes]]:
    ordinary = [str(uid) for uid, size in chosen if size <= LARGEST]
    large = [str(uid) for uid, size in chosen if size > LARGEST]
    for uids, what in ((ordinary, "BODY.PEEK[]"), (large, f"BODY.PEEK[]<0.{LARGEST}>")):
        if uids:
            yield from _messages(_ok(box.uid("FETCH", ",".join(uids), f"(UID INTERNALDATE {what})")))


def _messages(lines: Sequence[Any]) -> Iterator[tuple[int, str, bytes]]:
    """imaplib gives a literal as (what stood before it, the literal), then what stood after it."""
    for at, item in enumerate(lines):
        if not isinstance(item, tuple):
            continue
        rest = lines[at + 1] if at + 1 < len(lines) and isinstance(lines[at + 1], bytes) else b""
        around = item[0] + b" " + rest
        uid = _field(around, b"UID")
        if uid is not None:
            yield uid, _internal_date(around), item[1]


def _field(line: bytes, name: bytes) -> int | None:
    found = re.search(rb"\b" + re.escape(name) + rb" (\d+)", line)
    return int(found[1]) if found else None


def _internal_date(line: bytes) -> str:
    found = re.search(rb'INTERNALDATE "\s?(\d+)-(\w{3})-(\d{4}) (\d\d:\d\d:\d\d) ([+-]\d{4})"', line)
    if not found:
        return ""
    day, month, year, clock, zone = (group.decode() for group in found.groups())
    if month.capitalize() not in _MONTHS:
        return ""
    number = _MONTHS.index(month.capitalize()) + 1
    return f"{year}-{number:02}-{int(day):02}T{clock}{zone[:3]}:{zone[3:]}"


def _delivery(uid: int, arrived: str, raw: bytes, validity: int) -> Delivery:
    # By its bytes, not by its Message-ID: some programs give every message the same one.
    key = hashlib.sha256(raw).hexdigest()
    return Delivery(key, raw, {"uid": str(uid), "uidvalidity": str(validity), "internaldate": arrived})


def _number(box: imaplib.IMAP4, name: str) -> int:
    _kind, values = box.response(name)
    if not values or not isinstance(values[0], bytes) or not values[0].isdigit():
        raise imaplib.IMAP4.error(f"the server did not tell {name}")
    return int(values[0])


def _ok(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, lines = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(f"the server said {kind}")
    return lines


def imap_day(day: date) -> str:
    """The protocol's own English months, whatever the machine's locale."""
    return f"{day.day:02}-{_MONTHS[day.month - 1]}-{day.year}"


def sent_folder(box: imaplib.IMAP4) -> str | None:
    """The folder for sent mail, as IMAP writes its name (quoted, in its own alphabet)."""
    by_name = None
    for line in _ok(box.list()):
        found = re.match(rb'\(([^)]*)\) (?:"[^"]*"|NIL) (.+)$', line) if isinstance(line, bytes) else None
        if not found:
            continue
        flags, name = found[1].lower(), found[2].decode("ascii", "replace").strip()
        if rb"\noselect" in flags:
            continue
        if rb"\sent" in flags.split():
            return name
        if re.split(r"[./]", name.strip('"'))[-1].lower() in _SENT_NAMES:
            by_name = name
    return by_name


def holds(box: imaplib.IMAP4, folder: str, message_id: str) -> bool:
    _ok(box.select(folder, readonly=True))
    return bool(_search(box, f'HEADER Message-ID "{message_id}"'))


def arrives(account: AccountView, message_id: str) -> bool:
    """Is it in the inbox, or is it there within the time that mail to oneself takes?"""
    until = time.monotonic() + ARRIVES
    with opened(account) as box:
        while not holds(box, "INBOX", message_id):
            if time.monotonic() > until:
                return False
            time.sleep(1.0)
    return True


def keep_copy(account: AccountView, message_id: str, raw: bytes) -> None:
    """Put what was sent among the sent mail, unless the provider already did."""
    with opened(account) as box:
        folder = sent_folder(box)
        if folder is not None and not holds(box, folder, message_id):
            now = imaplib.Time2Internaldate(datetime.now(UTC))
            _ok(box.append(folder, r"(\Seen)", now, raw))
