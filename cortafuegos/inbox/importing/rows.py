"""One message of a file, whatever its layout."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_YES = frozenset({"true", "t", "1", "yes", "y"})
_NO = frozenset({"false", "f", "0", "no", "n"})


class BadRow(Exception):
    """This row cannot be imported; ``str()`` is the reason, in one line, without its text."""


@dataclass(slots=True)
class Row:
    id: str
    author: str  # the author's stable id
    at: datetime
    text: str
    ours: bool  # said by the brand
    handle: str = ""
    name: str = ""
    place: str = ""
    verified: bool = False
    parent: str = ""  # id of the message it answers
    answers: tuple[str, ...] = ()  # ids of the messages that answer it
    conversation: str = ""  # key of the thread, where the file has one
    customer: str = ""  # whom a message of ours was for, where the file says
    public: bool = True
    subject: str = ""
    language: str = ""
    url: str = ""


def moment(given: str) -> datetime:
    """ISO 8601 (without a zone: UTC), or "Tue Oct 31 22:10:47 +0000 2017"."""
    given = given.strip()
    try:
        found = datetime.fromisoformat(given)
    except ValueError:
        found = _as_twitter_writes(given)
    try:
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except OverflowError:
        raise BadRow("the time is out of this world's calendar") from None


def _as_twitter_writes(given: str) -> datetime:
    # Not strptime: it reads the month in the machine's language.
    try:
        _, month, day, clock, zone, year = given.split()
        hour, minute, second = clock.split(":")
        sign = {"+": 1, "-": -1}[zone[0]]
        away = sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5]))
        return datetime(
            int(year),
            _MONTHS.index(month) + 1,
            int(day),
            int(hour),
            int(minute),
            int(second),
            tzinfo=timezone(away),
        )
    except (ValueError, KeyError, IndexError):
        raise BadRow("the time is neither ISO 8601 nor like Tue Oct 31 22:10:47 +0000 2017") from None


def truth(given: str, column: str) -> bool:
    word = given.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise BadRow(f"{column} is neither true nor false")


def identifier(given: str, column: str) -> str:
    """Spreadsheets turn long numbers into 1.47342E+18 and whole ones into 5.0: the second can be
    mended, the first is lost."""
    given = given.strip()
    head, point, tail = given.partition(".")
    if point and head.isdecimal() and not tail.strip("0"):
        return head
    if "e+" in given.lower() and given.lower().replace("e+", "").replace(".", "").isdecimal():
        raise BadRow(f"{column} was rounded by a spreadsheet and no longer names a message")
    return given
