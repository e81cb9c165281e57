"""Numbers that open a customer's file: orders, bookings, parcels, contracts, and secrets said aloud.

They have no check digit, so a word must say what they are. A case number opens nothing and is left
alone; so is a flight's, which everybody on board knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cortafuegos.guard.identifiers import Found

_NUMBER_WORD = (
    r"(?:\s?(?:numero|num\.?|n[.º°o]{1,2}|nro\.?|no\.?|number|code|codigo|id|ref(?:erencia|erence)?\.?|"
    r"is|es|con|:|#)){0,3}\s?[:#(\"'«“]?\s?"
)
_VALUE = (
    r"((?=[a-z0-9-]{0,12}\d)[a-z0-9](?:[a-z0-9]|-(?=[a-z0-9])){3,24})(?![\w%€$£]|[.,/:]\d|\s?(?:€|"
    r"euros?|dolares|pesos|usd|mxn|eur|dias|days|hours|horas|h\b|puntos|points|miles|millas|"
    r"gb|mb))"
)
_ORDER = re.compile(
    r"\b(?:pedido|orden(?:\sde\scompra)?|compra|albaran|factura|seguimiento|rastreo|guia|"
    r"paquete|envio|order|invoice|tracking|parcel"
    r"|shipment|purchase|folio de (?:compra|pedido))(?!\w)" + _NUMBER_WORD + _VALUE
)
_BOOKING = re.compile(
    r"\b(?:reserva|reservacion|localizador|billete|boleto|booking|reservation|confirmation|"
    r"itinerary|record\slocator|pnr|e-?ticket"
    r"|codigo de confirmacion)(?!\w)" + _NUMBER_WORD + _VALUE
)
# A locator may have no digit at all: six capitals straight after the word.
_LOCATOR = re.compile(
    r"\b(?:localizador|pnr|record locator|locator|reserva|booking(?: ref(?:erence)?| code)?|"
    r"confirmation(?: code| number)?)"
    r"(?:\s(?:es|is|numero|code))?\s?[:#]?\s?([a-z0-9]{6})\b"
)
_FILE = re.compile(
    r"\b(?:poliza|contrato|cuenta|cliente|socio|titular|expediente|prestamo|credito|linea|"
    r"suministro|matricula|placas?|pasaporte"
    r"|seguridad social|afiliacion|passport|policy|contract|account|customer|membership|"
    r"member|loyalty|plate|ssn)"
    r"(?!\w)" + _NUMBER_WORD + _VALUE
)
_CARE = re.compile(
    r"\b(?:nass|nss|naf|seguridad social|afiliacion|nhc|cipa|historia(?: clinica)?|tarjeta "
    r"sanitaria|social security|national insurance)"
    r"(?!\w)\D{0,12}((?:\d{2}[ /-]?\d{7,8}(?:[ /-]?\d{2})?|\d{6,12}))(?!\w)"
)
_SECRET = re.compile(
    r"\b(?:contrasena|clave(?: de acceso)?|password|passcode|pin|cvv|cvc|nip|token|otp|"
    r"codigo (?:de )?(?:verificacion|seguridad|acceso)"
    r"|(?:verification|security|access) code)"
    r"\s?(?:temporal|nueva|provisional|actual)?\s?(?:es|is|:|=|sera|will be)?\s?[:\"'«“]?\s?((?=[\w!"
    r"$%&*-]{0,20}\d)[\w!$%&*-]{3,24})"
)
_BIRTH = re.compile(
    r"\b(?:nacimiento|nacist\w+|nacid[oa]|naciste|cumpleanos|birth|born|dob)\b[^.!?\n]{0,20}?"
    r"(\d{1,2}[/. -](?:\d{1,2}|de [a-z]{4,10} de|[a-z]{3,9})[/. -]\s?(?:19|20)?\d\d)"
)
_CURRENCY = re.compile(r"[$€£]\s?$|\b(?:de|por|usd|mxn)\s[$€£]?$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_TOO_PLAIN = re.compile(
    r"\d{1,4}(?:h|am|pm|g|hrs?|st|nd|rd|th|er|ra|ta|min|kg|km|cm|gb|mb)$|\d-\d{1,2}$|covid|24-7|ios\d|5g|4g"
)
LEAST_DIGITS = 4  # "pedido 12" is a quantity


def references(text: str, folded: str) -> Iterator[Found]:
    for variant, pattern in (("order", _ORDER), ("booking", _BOOKING), ("file", _FILE)):
        for match in pattern.finditer(folded):
            if _telling(match, folded):
                yield Found(variant, match.span(1))
    for match in _CARE.finditer(folded):
        yield Found("file", match.span(1))
    for match in _LOCATOR.finditer(folded):
        as_typed = text[match.start(1) : match.end(1)]
        if as_typed.isupper():
            yield Found("booking", match.span(1))
    for match in _SECRET.finditer(folded):
        if not _CURRENCY.search(folded[: match.start(1)][-8:]) and re.search(
            r"\d{3}|[a-z].*\d|\d.*[a-z]", match[1]
        ):
            yield Found("secret", match.span(1))
    for match in _BIRTH.finditer(folded):
        yield Found("birth", match.span(1))


def _telling(match: re.Match[str], folded: str) -> bool:
    value = match[1]
    digits = sum(char.isdigit() for char in value)
    mixed = digits >= 2 and len(value) >= 5 and any(char.isalpha() for char in value)
    if digits < LEAST_DIGITS and not mixed:
        return False
    return not (
        _YEAR.match(value) or _TOO_PLAIN.match(value) or _CURRENCY.search(folded[: match.start(1)][-8:])
    )
