"""Time zones and languages by the names people give them, for the lists of forms."""

from __future__ import annotations

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import get_timezone_location

SPOKEN = ("es", "en", "pt", "ca", "gl", "eu", "fr", "it", "de")  # languages customers may be answered in
_REGIONS = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def known(zone: str) -> bool:
    return zone in available_timezones()


@cache
def choices(language: str) -> list[tuple[str, str]]:
    """(zone, "Madrid, Spain") by city, in the reader's language; one entry for each real zone."""
    locale = _locale(language)
    territories, aliases = get_global("zone_territories"), get_global("zone_aliases")
    found = [("UTC", "UTC")]
    for zone in (available_timezones() & territories.keys()) - aliases.keys():
        if zone.split("/")[0] in _REGIONS:
            city = get_timezone_location(zone, locale=locale, return_city=True).split("/")[-1]
            land = locale.territories.get(territories[zone], "")
            found.append((zone, f"{city}, {land}" if land and land != city else city))
    return sorted(found, key=lambda one: fold(one[1]))


def fold(words: str) -> str:
    """For sorting: Á beside A."""
    return unicodedata.normalize("NFKD", words).casefold()


@cache
def languages(language: str) -> list[tuple[str, str]]:
    names = _locale(language).languages
    spoken = [(code, str(names.get(code, code))) for code in SPOKEN]
    return [(code, name[:1].upper() + name[1:]) for code, name in spoken]  # alone on its line


def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language.replace("-", "_"))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("en")
