"""The only writer of a brand's directory of departments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox import asking
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Department
from cortafuegos.kit import log
from cortafuegos.kit.text import storable
from cortafuegos.team.access import require
from cortafuegos.team.models import Agent, Brand
from cortafuegos.team.rules import May

LANGUAGES = ("es", "en")
MOST = 100
logger = log.get(__name__)

_WRONG: dict[str, Any] = {
    "empty": _("Name at least one person to ask."),
    "too_many": _("At most five people in line."),
    "no_name": _("Step %(place)d has no name."),
    "hours": _("Step %(place)d: between 1 and 120 hours."),
    "twice": _("Step %(place)d has the address of somebody before."),
}


@transaction.atomic
def save(
    actor: Agent,
    department: Department | None,
    *,
    name: str,
    language: str,
    office_hours: bool,
    ladder: Sequence[Mapping[str, Any]],
) -> Department:
    """A new department, or one as it is now. Questions under way go on with the line as it becomes."""
    require(actor, May.INVITE)
    Brand.objects.select_for_update(no_key=True).get(pk=actor.brand_id)
    theirs = Department.objects.filter(brand_id=actor.brand_id)
    if department is not None and department.brand_id != actor.brand_id:
        raise Refusal(_("There is no such department."), code="no_such_department", status=404)
    name = " ".join(storable(name).split())[:80]
    if not name:
        raise Refusal(_("Give the department a name."), code="no_name", status=422)
    others = theirs.exclude(pk=department.pk) if department else theirs
    if others.filter(name__iexact=name).exists():
        raise Refusal(_("There is already a department with this name."), code="name_taken", status=422)
    if department is None and theirs.count() >= MOST:
        raise Refusal(_("There are too many departments already."), code="too_many", status=422)
    found = department or Department(brand_id=actor.brand_id)
    found.name, found.office_hours = name, office_hours
    found.language = language if language in LANGUAGES else LANGUAGES[0]
    found.ladder = [asdict(rung) for rung in _line(ladder)]
    found.save()
    logger.info("department_saved", brand=actor.brand_id, by=actor.pk, department=found.pk)
    return found


def _line(raw: Sequence[Mapping[str, Any]]) -> tuple[asking.Rung, ...]:
    try:
        line = asking.ladder([{key: storable(str(value)) for key, value in one.items()} for one in raw])
    except asking.WrongLadder as wrong:
        sentence = _WRONG[wrong.code]
        raise Refusal(
            sentence % {"place": wrong.place} if wrong.place else sentence, code=wrong.code, status=422
        ) from None
    for place, rung in enumerate(line, 1):
        try:
            if rung.email:
                validate_email(rung.email)
        except ValidationError:
            raise Refusal(
                _("Step %(place)d: that is no e-mail address.") % {"place": place}, code="email", status=422
            ) from None
    return line


def switch(actor: Agent, department: Department, *, on: bool) -> None:
    """Off, nobody can ask it anything new; what was asked stays."""
    require(actor, May.INVITE)
    Department.objects.filter(brand_id=actor.brand_id, pk=department.pk).update(active=on)
    logger.info("department_switched", brand=actor.brand_id, by=actor.pk, department=department.pk, on=on)
