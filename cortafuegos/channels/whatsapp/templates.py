"""Templates WhatsApp approved: what an agent may pick, and filling one in.

Offered are those in which only words are to be filled in, in the body. One whose title has places, that
wants a picture, or whose buttons end in a place, needs more than words and is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels.capabilities import Template
from cortafuegos.channels.contract import Json, SendError
from cortafuegos.channels.meta import graph

from .measure import PLACE, measure
from .values import children, text

PAGES = 10
PAGE = 100
FIELDS = "name,language,status,category,components,parameter_format"
_PLACE = re.compile(r"\{\{\s*([A-Za-z0-9_]{1,60})\s*\}\}", re.ASCII)
_BROKEN = re.compile(r"[\n\t\r]| {5,}")  # WhatsApp takes none of these in a value


def listed(line: graph.Graph, waba: str) -> list[Template]:
    found: list[Template] = []
    asked = {"fields": FIELDS, "status": "APPROVED", "limit": PAGE}
    for page in line.pages(f"{waba}/message_templates", PAGES, **asked):
        found += [template for one in page if (template := offered(one)) is not None]
    return sorted(found, key=lambda template: (template.name, template.language))


def offered(said: Json) -> Template | None:
    if text(said, "status") != "APPROVED" or text(said, "category") == "AUTHENTICATION":
        return None
    parts: dict[str, str] = {}
    for component in children(said, "components"):
        kind = text(component, "type").upper()
        if kind == "HEADER" and (text(component, "format") != "TEXT" or places(text(component, "text"))):
            return None
        if kind == "BUTTONS" and any(_wants_words(b) for b in children(component, "buttons")):
            return None
        if kind not in ("HEADER", "BODY", "FOOTER", "BUTTONS"):
            return None
        parts[kind] = text(component, "text")
    if not parts.get("BODY") or not text(said, "name"):
        return None
    return Template(
        name=text(said, "name"),
        language=text(said, "language"),
        text="\n\n".join(parts[kind] for kind in ("HEADER", "BODY", "FOOTER") if parts.get(kind)),
        places=places(parts["BODY"]),
        category=text(said, "category"),
    )


def _wants_words(button: Json) -> bool:
    ordinary = text(button, "type") in ("QUICK_REPLY", "PHONE_NUMBER", "URL")
    return not ordinary or bool(places(text(button, "url")))


def places(words: str) -> tuple[str, ...]:
    """In order, each once: {{1}} {{2}}, or {{name}}."""
    found = list(dict.fromkeys(_PLACE.findall(words)))
    return tuple(sorted(found, key=int)) if all(name.isdecimal() for name in found) else tuple(found)


def wanted(line: graph.Graph, waba: str, asked: Mapping[str, Any]) -> Template:
    """The template to be sent, as it is approved now. Raises SendError."""
    name, language = str(asked.get("name") or ""), str(asked.get("language") or "")
    said = line.get(f"{waba}/message_templates", fields=FIELDS, name=name, limit=PAGE)
    for one in graph.listed(said):
        if text(one, "name") == name and text(one, "language") == language:
            template = offered(one)
            if template is not None:
                return template
    raise SendError(
        _("WhatsApp does not know this template in this language, or has not approved it."), permanent=True
    )


def filled(template: Template, values: Any) -> Json:
    """The template object of a message. Raises SendError where words are missing or break a rule."""
    given = {str(place): str(words) for place, words in values.items()} if isinstance(values, Mapping) else {}
    for place in template.places:
        words = given.get(place, "").strip()
        if not words:
            raise SendError(
                _("The place %(place)s of the template is empty.") % {"place": place}, permanent=True
            )
        if _BROKEN.search(words) or measure(words) > PLACE:
            raise SendError(
                _("In a template's place: one line, no tabs, at most %(number)s characters.")
                % {"number": PLACE},
                permanent=True,
            )
    if set(given) - set(template.places):
        raise SendError(_("The words for the template do not fit its places."), permanent=True)
    positional = all(place.isdecimal() for place in template.places)
    parameters = [
        {"type": "text", **({} if positional else {"parameter_name": place}), "text": given[place].strip()}
        for place in template.places
    ]
    body: Json = {"name": template.name, "language": {"code": template.language}}
    return {**body, **({"components": [{"type": "body", "parameters": parameters}]} if parameters else {})}
