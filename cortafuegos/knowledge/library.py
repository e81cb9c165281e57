"""A brand's playbooks as they read today: its own versions, and the starter set where it has none."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cortafuegos.kit.compiled import compiled

from . import plain
from .models import Playbook, PlaybookVersion
from .shipped import starter
from .values import Playbook as Value

_MOST = 2_000
_read: OrderedDict[int, Value] = OrderedDict()  # by version: a version never changes


@dataclass(frozen=True, slots=True)
class Entry:
    """``number`` is 0 for a shipped one that nobody has used yet."""

    value: Value
    active: bool = True
    number: int = 0
    shipped: bool = True


def library(brand_id: int) -> dict[str, Entry]:
    """By slug, in the order in which they are tried. One statement, and one more for versions that
    this process has not read before."""
    found = {slug: Entry(value) for slug, value in starter().items()}
    rows = _latest(brand_id)
    bodies = values(brand_id, [row.pk for row in rows])
    for row in rows:
        slug = row.playbook.slug
        as_shipped = row.shipped and slug in starter()
        value = starter()[slug] if as_shipped else bodies.get(row.pk)
        if value is not None:
            found[slug] = Entry(value, row.playbook.active, row.number, row.shipped)
    return dict(sorted(found.items(), key=lambda pair: (pair[1].value.position, pair[0])))


@compiled
def _latest(brand_id: Any) -> QuerySet[PlaybookVersion]:
    rows = PlaybookVersion.objects.filter(brand_id=brand_id).select_related("playbook").defer("body")
    return rows.order_by("playbook_id", "-number").distinct("playbook_id")


def values(brand_id: int, version_ids: Iterable[int]) -> dict[int, Value]:
    """Versions by their key. One that nobody can read (from a tampered file) is not there."""
    wanted = set(version_ids)
    missing = wanted - _read.keys()
    if missing:
        rows = PlaybookVersion.objects.filter(brand_id=brand_id, pk__in=missing)
        for pk, slug, body in rows.values_list("pk", "playbook__slug", "body"):
            with suppress(plain.WrongPlaybook):
                _read[pk] = plain.playbook(slug, body)
    found = {pk: _read[pk] for pk in wanted if pk in _read}
    while len(_read) > _MOST:
        _read.popitem(last=False)
    return found


@transaction.atomic
def write(brand_id: int, value: Value, author_id: int | None, *, shipped: bool = False) -> PlaybookVersion:
    """The next version; the same words as the latest make none. Call from a verb."""
    held, latest = hold(brand_id, value.slug)
    body = plain.body(value)
    if latest is not None and latest.body == body and latest.shipped == shipped:
        return latest
    return PlaybookVersion.objects.create(
        brand_id=brand_id,
        playbook=held,
        number=(latest.number if latest else 0) + 1,
        body=body,
        shipped=shipped,
        author_id=author_id,
    )


def hold(brand_id: int, slug: str) -> tuple[Playbook, PlaybookVersion | None]:
    """The row, held until the transaction ends, and its latest version."""
    Playbook.objects.get_or_create(brand_id=brand_id, slug=slug)
    held = Playbook.objects.select_for_update(no_key=True).get(brand_id=brand_id, slug=slug)
    versions = PlaybookVersion.objects.filter(brand_id=brand_id, playbook=held)
    return held, versions.order_by("-number").first()


def today(brand_id: int, slug: str) -> PlaybookVersion | None:
    """The version that a case would begin with now, written down if it was not yet."""
    _held, latest = hold(brand_id, slug)
    if slug in starter() and (latest is None or latest.shipped):
        return write(brand_id, starter()[slug], None, shipped=True)
    return latest
