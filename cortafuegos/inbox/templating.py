"""Templates the network approved, filled in. Pure: values in, values out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cortafuegos.channels.capabilities import Template

LONGEST = 1000  # characters of one value
_PLACE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


class Missing(ValueError):
    """A place of the template has no words. ``place`` names it."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its words, and the text they make together."""

    name: str
    language: str
    values: Mapping[str, str]
    text: str

    def stored(self) -> dict[str, Any]:
        """As the reply keeps it and the connector gets it (``Outgoing.template``)."""
        return {"name": self.name, "language": self.language, "values": dict(self.values)}


def stored(raw: Mapping[str, Any], text: str) -> Filled | None:
    """What a row keeps (``Filled.stored``), with the text it made; None where it keeps none."""
    return Filled(raw["name"], raw["language"], raw["values"], text) if raw else None


def fill(template: Template, given: Mapping[str, str]) -> Filled:
    """Put words into every place, each on one line. Words are words: what looks like a place in them is
    not filled in again. Raises Missing for the first place without words; what fits no place is left
    out."""
    values = {place: " ".join(given.get(place, "").split())[:LONGEST] for place in template.places}
    for place, words in values.items():
        if not words:
            raise Missing(place)
    text = _PLACE.sub(lambda found: values.get(found[1], found[0]), template.text)
    return Filled(template.name, template.language, values, text)


def pieces(template: Template) -> list[tuple[str, str]]:
    """The text in order as (words, "") and ("", place), for a preview that is filled while one types."""
    out: list[tuple[str, str]] = []
    last = 0
    for found in _PLACE.finditer(template.text):
        if found[1] in template.places:
            out += [(template.text[last : found.start()], ""), ("", found[1])]
            last = found.end()
    out.append((template.text[last:], ""))
    return [piece for piece in out if piece != ("", "")]
