"""The queues and teams of the side bar. Written straight to HTML, like the rows of a list: twenty lines on
every page, and again whenever a number changes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe

from cortafuegos.web.icons import icon

if TYPE_CHECKING:
    from cortafuegos.web.context import Desk, QueueLine

NAME = "0"  # stands in an address for a queue's name, to be replaced


def nav_lines(desk: Desk, lines: Iterable[QueueLine]) -> SafeString:
    """``<li>`` for each."""
    before, after = reverse("inbox:queue", args=[desk.brand.slug, NAME]).rsplit(NAME, 1)
    here = desk.current_queue
    return mark_safe("".join(_line(line, before, after, here) for line in lines))  # noqa: S308  escaped inside


def _line(line: QueueLine, before: str, after: str, here: str) -> str:
    title, key = safe(line.title), safe(line.key)
    wide = "" if line.on_phone else ' class="nav__wide"'
    go = f' data-go="{key}" aria-keyshortcuts="g {key}"' if key else ""
    current = ' aria-current="page"' if line.name == here else ""
    address = f"{before}{line.name}{after}"
    return (
        f'<li{wide}><a href="{address}" data-queue="{line.name}"{go} title="{title}"{current}>'
        f'{icon(line.icon)}<span class="clip">{title}</span>{_count(line)}</a></li>'
    )


def _count(line: QueueLine) -> str:
    if not line.count:
        return ""
    kind, sign = "", ""
    if line.late:
        kind, sign = " count--late", icon("triangle-alert", "s")
    elif line.name == "promises":
        kind, sign = " count--due", icon("clock", "s")
    return f'<span class="count{kind}">{sign}{safe(line.count)}</span>'
