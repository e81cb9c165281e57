"""The rows of the list. Written straight to HTML: a page holds thirty of them with forty places each,
and a template spent more on them than on everything else, the database included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cortafuegos.inbox.lines import Chip, Row
from cortafuegos.web.icons import icon

FIRST = 1  # a number that every address of a case may hold, to be replaced


def case_rows(context: Context, rows: Iterable[Row]) -> SafeString:
    """``<li>`` for each. The page says which one is open, what its links carry on, and who may choose."""
    slug = context["request"].brand.slug
    before, after = reverse("inbox:case", args=[slug, FIRST]).rsplit(str(FIRST), 1)
    carried = context.get("link_query")
    page = _Page(
        before=before,
        after=after + (f"?{safe(carried)}" if carried else ""),
        open_number=context.get("open_number"),
        chooses=bool(context["desk"].can["work"]),
    )
    return mark_safe("".join(map(page.row, rows)))  # noqa: S308  escaped piece by piece


class _Page:
    """What all rows of a page have in common, looked up once."""

    def __init__(self, *, before: str, after: str, open_number: int | None, chooses: bool) -> None:
        self.before, self.after, self.open_number, self.chooses = before, after, open_number, chooses
        self.public, self.private = safe(_("public")), safe(_("private"))
        self.choose = _("Choose case %(number)s")

    def row(self, row: Row) -> str:
        number = row.number
        seen = " item--seen" if row.seen else ""
        current = ' aria-current="true"' if number == self.open_number else ""
        pressing = f' title="{safe(" · ".join(row.pressing))}"' if row.pressing else ""
        return (
            f'<li class="item{seen}" id="row-{row.id}" data-id="{row.id}" data-number="{number}"'
            f' data-state="{safe(row.state)}"{current}>'
            f'<a class="item__link" href="{self.before}{number}{self.after}" data-case{pressing}>'
            f'{self._mark(row)}<span class="item__top"><b><bdi>{safe(row.name)}</bdi></b>{_when(row)}</span>'
            f'<span class="item__sub"><bdi class="item__words">{safe(row.words)}</bdi>'
            f"{''.join(map(_chip, row.chips))}</span></a>{self._pick(row)}</li>"
        )

    def _mark(self, row: Row) -> str:
        kind = "" if row.public else " mark--private"
        said = f"{safe(row.look.name)}, {self.public if row.public else self.private}"
        mark = safe(row.look.mark)
        return f'<span class="mark{kind}" role="img" aria-label="{said}" title="{said}">{mark}</span>'

    def _pick(self, row: Row) -> str:
        if not self.chooses:
            return ""
        label = safe(self.choose % {"number": row.number})
        return (
            f'<label class="item__pick"><input type="checkbox" name="id" value="{row.id}" tabindex="-1"'
            f' aria-label="{label}"></label>'
        )


def _when(row: Row) -> str:
    return "".join(_times(row))


def _times(row: Row) -> Iterator[str]:
    if row.due is None or row.due.level != "late":
        yield f'<time class="meta" datetime="{row.at.isoformat()}" data-ago>{safe(row.ago)}</time>'
    if row.due and row.due_at:
        level = f" due--{safe(row.due.level)}" if row.due.level else ""
        sign = icon("triangle-alert" if row.due.level == "late" else "clock", "s")
        until = f'data-due="{row.due_at.isoformat()}" title="{safe(row.due.until)}"'
        yield (f'<span class="chip due{level}" {until}>{sign}<span>{safe(row.due.words)}</span></span>')
    elif row.rest:
        yield f'<span class="chip due">{icon(row.rest_icon, "s")}<span>{safe(row.rest)}</span></span>'


def _chip(chip: Chip) -> str:
    level = f" chip--{safe(chip.level)}" if chip.level else ""
    title = f' title="{safe(chip.title)}"' if chip.title else ""
    sign: Any = icon(chip.icon, "s") if chip.icon else ""
    return f'<span class="chip{level}"{title}>{sign}<bdi class="clip">{safe(chip.words)}</bdi></span>'
