"""A customer's data stay out of public sight, whoever wrote them there first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cortafuegos.guard import asking, contact, identifiers, references
from cortafuegos.guard.identifiers import ENOUGH, Found
from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.text import Reading, fold
from cortafuegos.guard.values import Context, Finding, Severity

_LINK_OR_NAME = re.compile(r"https?://\S+|www\.\S+|(?<![\w.+-])(?:@|#(?!\d))\w+", re.IGNORECASE)
_MAILBOX = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,3}")
_VALUE = re.compile(r"(?<![\w.,$€£])\+?\d(?:[ .-]?\d){5,20}(?![\w%€$£]|[.,:/]\d)")
_DATE_OR_SUM = re.compile(
    r"\d{1,3}(?:\.\d{3})+$|(?:19|20)\d\d[ .-]\d\d?[ .-]\d\d?$|\d\d?[ .-]\d\d?[ .-](?:19|20)\d\d$"
)
_ASKS_A_NUMBER = re.compile(
    r"(?:\b(?:telefono|fono|celular|whatsapp|phone|call|llam\w+)\b|\bnumero\s(?:de|del|para)\b|"
    r"\bnumber\b)[^.!]{0,80}\?"
)
MASK = "•••"
READ_AT_MOST = 20_000  # characters of what the customer wrote


def sensitive_data(reading: Reading, context: Context) -> Iterable[Finding]:
    """Identity, account, card, order and booking numbers, telephones, mailboxes, homes, secrets:
    in public, no customer's, also when the customer wrote them in public before."""
    if not reading.public:
        return
    for found in places(reading.text, context):
        yield Finding("sensitive-data", Severity.BLOCK, found.span, {"variant": found.variant}, MASK)


def places(text: str, context: Context) -> Iterator[Found]:
    """Where a text holds a customer's data, in reading order, none inside another."""
    end = 0
    for found in sorted(_all(text, context), key=lambda one: (one.span[0], -one.span[1])):
        if found.span[0] >= end:
            end = found.span[1]
            yield found


def _all(text: str, context: Context) -> Iterator[Found]:
    text = _LINK_OR_NAME.sub(_blank, text)
    folded = fold(text)
    if "@" in text:
        yield from contact.mailboxes(text, folded)
        yield from _echoes(text, context)
    if not any(char.isdigit() for char in text):
        if (
            "loc" in folded
            or "pnr" in folded
            or "reserva" in folded
            or "booking" in folded
            or "confirm" in folded
        ):
            yield from references.references(text, folded)
        return
    if ENOUGH.search(text):
        yield from identifiers.numbers(text, folded)
        yield from contact.phones(
            text, folded, asked=bool(_ASKS_A_NUMBER.search(fold(context.message[:READ_AT_MOST])))
        )
    yield from references.references(text, folded)
    yield from contact.homes(text, folded)
    yield from _echoes(text, context)


def _echoes(text: str, context: Context) -> Iterator[Found]:
    """Numbers that the customer gave, here or in the messages before."""
    here = [(re.sub(r"\D", "", match[0]), match) for match in _VALUE.finditer(text)]
    here = [
        (n, match)
        for n, match in here
        if not _DATE_OR_SUM.match(match[0]) and (len(n) > 6 or match[0].isdigit())
    ]
    said = [context.message, *(entry.text for entry in context.history if entry.author == "customer")]
    given = "\n".join(one[:READ_AT_MOST] for one in said)
    if given:
        folded = fold(given)
        named = {folded[a:b] for a, b in (found.span for found in references.references(given, folded))}
        digits_given = {re.sub(r"\D", "", match[0]) for match in _VALUE.finditer(given)}
        for digits, match in here:
            if digits in digits_given and not contact.is_line(match[0]):
                yield Found("echo", match.span())
        named |= {match.lower() for match in _MAILBOX.findall(given)}
        for value in named:
            for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", fold(text)):
                yield Found("echo", match.span())


def asks_sensitive(reading: Reading, context: Context) -> Iterable[Finding]:
    """A public question is answered in public: ask for data where nobody else reads. A password, a PIN
    or a code is asked for nowhere, and does not go out."""
    for match in asking.secrets(reading.prose) if asking.NAMES_A_SECRET.search(reading.prose) else ():
        yield Finding("asks-sensitive", Severity.BLOCK, match.span(), {"variant": "secret"})
        return
    if not reading.public or asking.PRIVATE_WAY.search(reading.prose):
        return
    for match in asking.asks(reading.prose):
        after = " " + _privately(reading.language)
        proposal = reading.text[match.start() : match.end()] + after
        yield Finding("asks-sensitive", Severity.WARN, match.span(), {}, proposal)
        return


def _privately(language: str) -> str:
    return {"en": "by direct message", "pt": "por mensagem privada", "ca": "per missatge privat"}.get(
        language, "por mensaje privado"
    )


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


RULES: tuple[Rule, ...] = (sensitive_data, asks_sensitive)
