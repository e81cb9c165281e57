"""Identity, tax, account and card numbers in a text, told by their shape and their check digits.

The check digits are python-stdnum's. A shape that any ten digits could have counts only beside a
word that says what it is; a shape of its own (a CURP, an IBAN, "12.345.678-5") needs no such word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import pairwise

ENOUGH = re.compile(r"\d(?:[^\d\n]{0,4}\d){4}")  # five digits near one another: else nothing here
NEAR = 48  # characters before a number in which a word may say what it is


@dataclass(frozen=True, slots=True)
class Shape:
    """``cue`` is a pattern of folded text; without one the shape speaks for itself."""

    variant: str  # which sentence explains it
    number: re.Pattern[str]
    checked_by: str  # a module of python-stdnum
    cue: re.Pattern[str] | None = None


def _shape(variant: str, number: str, checked_by: str, cue: str = "") -> Shape:
    return Shape(
        variant,
        re.compile(rf"(?<![\w.#@/-])(?:{number})(?![\w]|[-/]\w)", re.IGNORECASE),
        f"stdnum.{checked_by}",
        re.compile(cue) if cue else None,
    )


_ID = (
    r"\b(?:identi|doc|d\.?n\.?i|c\.?i\b|cedula|nif\b|cuit|cuil|rut\b|ruc\b|rif\b|nit\b|cpf|cnpj|"
    r"cui\b|tax|fiscal|ssn)"
)
# Bare digits that pass a check are one or the other unless the words speak of calling.
NO_PHONE = r"^(?!.*(?:llam|tel[ef]|comuni|marca|numero|whats|call|phone|dial|\+))"
# Some customers' numbers and most company numbers are ten or eleven bare digits, as phones are.
SHAPES: tuple[Shape, ...] = (
    _shape("iban", r"[A-Z]{2} ?\d{2}(?:[ -]?[A-Z0-9]{1,4}){3,9}", "iban"),
    _shape("identity", r"[A-Z]{4}\d{6}[A-Z]{6}[A-Z0-9]\d", "mx.curp"),
    _shape("identity", r"\d{2}\.?\d{3}\.?\d{3}[ -]?[A-Z]", "es.dni"),
    _shape("identity", r"\d{7}-?[A-Z]", "es.dni", _ID),
    _shape("identity", r"[XYZ][ -]?\d\.?\d{3}\.?\d{3}[ -]?[A-Z]", "es.nie"),
    _shape("identity", r"(?:ES[ -]?)?[A-HJ-NP-SUVW][ -]?\d{7}[ -]?[0-9A-J]", "es.nif"),
    _shape("identity", r"[KLM]\d{7}[A-Z]", "es.nif"),
    _shape("identity", r"[A-ZÑ&]{3,4}[ -]?\d{6}[ -]?[A-Z0-9]{2}[0-9A]", "mx.rfc"),
    _shape("identity", r"\d{1,2}\.\d{3}\.\d{3}-?[0-9K]|\d{7,8}-[0-9K]", "cl.rut"),
    _shape("identity", r"\d{1,2}\.?\d{3}\.?\d{3}[0-9K]", "cl.rut", r"\b(?:rut|run)\b"),
    _shape("identity", r"\d{3}\.\d{3}\.\d{3}-\d{2}|\d{9}-\d{2}", "br.cpf"),
    _shape("identity", r"\d{11}", "br.cpf", NO_PHONE),
    _shape("identity", r"\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}", "br.cnpj"),
    _shape("identity", r"\d{14}", "br.cnpj", NO_PHONE),
    _shape("identity", r"\d{2}-\d{8}-\d", "ar.cuit"),
    _shape("identity", r"(?:20|2[3-7]|3[034])\d{9}", "ar.cuit", NO_PHONE),
    _shape("identity", r"\d{1,2}\.?\d{3}\.?\d{3}", "ar.dni", r"\bd\.?n\.?i\b|\bdocumento\b"),
    _shape("identity", r"\d{3}\.\d{3}\.\d{3}-\d", "co.nit"),
    _shape("identity", r"\d{8,15}-?\d", "co.nit", r"\bnit\b"),
    _shape("identity", r"[VEJPG]-?\d{8}-?\d", "ve.rif"),
    _shape("identity", r"\d{10}|\d{9}-\d", "ec.ci", r"\bc\.?i\b|cedula|identi"),
    _shape("identity", r"\d{10}-?001", "ec.ruc", NO_PHONE),
    _shape("identity", r"(?:1[057]|20)\d{9}", "pe.ruc", NO_PHONE),
    _shape("identity", r"\d{8}-?[0-9A-K]", "pe.cui", r"\bd\.?n\.?i\b|\bcui\b|documento"),
    _shape("identity", r"\d{12}", "uy.rut", NO_PHONE),
    _shape("identity", r"\d{5,8}-\d", "py.ruc", r"\bruc\b|cedula"),
    _shape("identity", r"\d{2,11}-?[0-9K]", "gt.nit", r"\bnit\b"),
    _shape("identity", r"\d{3}-\d{7}-\d", "do.cedula"),
    _shape("identity", r"\d{11}", "do.cedula", r"cedula"),
    _shape("identity", r"0?\d-\d{4}-\d{4}", "cr.cpf"),
    _shape("identity", r"\d-\d{3,4}-\d{3,4}|\d{9,10}", "cr.cpf", r"cedula|identi"),
    _shape("identity", r"\d-\d{3}-\d{6}", "cr.cpj"),
    _shape("identity", r"\d{8} ?\d ?[A-Z]{2} ?\d", "pt.cc"),
    _shape("identity", r"(?:PT ?)?\d{3} ?\d{3} ?\d{3}", "pt.nif", r"\bnif\b|contribuinte"),
    _shape("account", r"\d{4}[ -]?\d{4}[ -]?\d{2}[ -]?\d{10}", "es.ccc"),
    _shape("account", r"\d{22}", "ar.cbu"),
    _shape("account", r"ES ?\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}[ -]?[A-Z]{2}(?: ?\d[A-Z])?", "es.cups"),
    _shape("device", r"\d{2}-?\d{6}-?\d{6}-?\d{1,2}|\d{6}-\d{2}-\d{6}-\d", "imei", r"\bimei\b|serie|serial"),
)
_LONG = re.compile(r"(?<![\w@#/.])\d(?:[ -]?\d){12,18}(?![\w]|[.,]\d)")
_CLABE = re.compile(r"(?<![\w@#/.])\d{3} ?\d{3} ?\d{11} ?\d(?!\w)")
_CLABE_WEIGHTS = (3, 7, 1) * 6
# First digits of the card networks in use: Visa, Mastercard, Amex, Diners, Discover, JCB, Maestro.
_CARD = re.compile(r"4|5[0-8]|2[2-7]|3[04-9]|6[0-9]")


@dataclass(frozen=True, slots=True)
class Found:
    variant: str
    span: tuple[int, int]


# Named as the customer's own, a number is data even where a digit of it is wrong.
_NAMED = re.compile(
    r"\b(?:tu|su|your)\s(?:\w+\s){0,2}?(?:dni|nie|nif|curp|rfc|rut|run|cuit|cuil|cpf|iban|cedula|pasaporte|"
    r"passport)\b"
    r"(?:\s(?:es|is|numero|number|n[.º°o]{1,2}|con|no\.?)){0,2}[\s:#]{1,3}"
    r"((?=(?:[a-z .-]{0,8}\d){6})[a-z0-9][a-z0-9.-]{5,25}[a-z0-9])(?!\w)"
)


def numbers(text: str, folded: str) -> Iterator[Found]:
    """Where such a number stands. ``text`` and ``folded`` have the same length, links blanked out."""
    for match in _LONG.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if _CARD.match(digits) and len(set(digits)) > 1 and _valid("stdnum.luhn", digits):
            yield Found("card", match.span())
    for match in _CLABE.finditer(text):
        if _clabe(match[0].replace(" ", "")):
            yield Found("account", match.span())
    for match in _NAMED.finditer(folded):
        yield Found("identity", match.span(1))
    for shape in SHAPES:
        for match in shape.number.finditer(text):
            if _word_in_disguise(match[0]) or not _said(shape, folded, match.start()):
                continue
            if _valid(shape.checked_by, match[0]):
                yield Found(shape.variant, match.span())
            elif shape.variant == "iban" and (end := _shorter(shape, match[0])):
                yield Found(shape.variant, (match.start(), match.start() + end))


def _said(shape: Shape, folded: str, start: int) -> bool:
    return shape.cue is None or bool(shape.cue.search(folded[max(0, start - NEAR) : start]))


def _word_in_disguise(number: str) -> bool:
    """ "12345678 y" is a number and the next word."""
    return len(number) > 2 and number[-2] == " " and number[-1].islower()


def _shorter(shape: Shape, number: str) -> int:
    """An IBAN in groups runs on into the words after it: take groups away from its end."""
    ends = [match.start() for match in re.finditer(r"[ -]", number)]
    for end in reversed(ends):
        if end >= 15 and _valid(shape.checked_by, number[:end]):
            return end
    return 0


def _clabe(digits: str) -> bool:
    """Mexico's account number: weights 3, 7, 1, each product modulo 10 (Banco de México)."""
    total = sum(int(a) * b % 10 for a, b in zip(digits[:17], _CLABE_WEIGHTS, strict=False))
    return int(digits[17]) == -total % 10 and any(a != b for a, b in pairwise(digits))


def _valid(module: str, number: str) -> bool:
    check = _checker(module)
    return bool(check(number))


@cache
def _checker(module: str):  # type: ignore[no-untyped-def]
    return import_module(module).is_valid
