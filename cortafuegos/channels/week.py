"""Opening hours between the form where they are typed and the sentence customers read. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cortafuegos.kit.hours import DAYS, BadHours, Hours, check

RANGES = 3  # a day, in the form: morning, afternoon, night


@dataclass(frozen=True, slots=True)
class Words:
    opening: str
    always: str
    day: Sequence[str]  # inside "from … to …"
    days: Sequence[str]  # alone: every one of them
    every_day: str
    span: str
    hours: str
    unit: str
    also: str
    at: str


WORDS: Mapping[str, Words] = {
    "es": Words(
        "Respondemos",
        "Respondemos a cualquier hora, todos los días.",
        ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"),
        ("lunes", "martes", "miércoles", "jueves", "viernes", "sábados", "domingos"),
        "todos los días",
        "de {} a {}",
        "de {} a {}",
        " h",
        "y",
        " ",
    ),
    "en": Words(
        "We answer",
        "We answer at any hour, every day.",
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays"),
        "every day",
        "{} to {}",
        "{} to {}",
        "",
        "and",
        ", ",
    ),
}


def sentence(hours: Hours, language: str) -> str:
    """ "Respondemos de lunes a viernes de 9 a 20 h". In English where we lack the language."""
    words = WORDS.get(language.split("-")[0], WORDS["en"])
    groups = _groups(hours)
    if not groups:
        return words.always
    parts = [f"{_days(days, words)}{words.at}{_hours(ranges, words)}" for days, ranges in groups]
    return f"{words.opening} {_list(parts, words)}."


def _groups(hours: Hours) -> list[tuple[list[int], list[tuple[str, str]]]]:
    """Days with the same hours, in order of their first day."""
    found: dict[tuple[tuple[str, str], ...], list[int]] = {}
    for number, day in enumerate(DAYS):
        ranges = tuple((one[0], one[1]) for one in hours.get(day, ()))
        if ranges:
            found.setdefault(ranges, []).append(number)
    return [(days, list(ranges)) for ranges, days in found.items()]


def _days(days: list[int], words: Words) -> str:
    if len(days) == len(DAYS):
        return words.every_day
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return words.span.format(words.day[days[0]], words.day[days[-1]])
    return _list([words.days[day] for day in days], words)


def _hours(ranges: list[tuple[str, str]], words: Words) -> str:
    spoken = [words.hours.format(_hour(opens, words), _hour(closes, words)) for opens, closes in ranges]
    return _list(spoken, words) + words.unit


def _hour(text: str, words: Words) -> str:
    hour, minute = text.split(":")
    hour = "24" if text == "00:00" else hour
    return str(int(hour)) if minute == "00" and words.unit else f"{int(hour)}:{minute}"


def _list(parts: Sequence[str], words: Words) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {words.also} {parts[-1]}"


def read(posted: Mapping[str, str]) -> tuple[dict[str, list[list[str]]], set[str]]:
    """The week as typed (``mon-0-from``, ``mon-0-to``, ...) and the days that make no sense.
    "always" gives {}, which means always open. A range half filled in makes no sense."""
    if posted.get("always"):
        return {}, set()
    week: dict[str, list[list[str]]] = {}
    wrong = set()
    for day in DAYS:
        typed = [
            [posted.get(f"{day}-{number}-{end}", "").strip()[:5] for end in ("from", "to")]
            for number in range(RANGES)
        ]
        ranges = sorted(one for one in typed if any(one))
        try:
            check({day: ranges})
        except BadHours:
            wrong.add(day)
        if ranges:
            week[day] = ranges
    return week, wrong


def rows(hours: Hours) -> list[tuple[str, list[tuple[str, str]]]]:
    """(day, its ranges padded with empty ones), for the form."""
    found = []
    for day in DAYS:
        ranges = [(one[0], one[1]) for one in hours.get(day, ())][:RANGES]
        found.append((day, ranges + [("", "")] * (RANGES - len(ranges))))
    return found
