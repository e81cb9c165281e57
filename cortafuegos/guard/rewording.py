"""Other words for the same: what a care team says a hundred times a day, said in another way."""

from __future__ import annotations

import re
from collections.abc import Sequence

# Each row says one thing; any may stand for any. Lower case; the first letter follows the draft.
_ES = (
    ("lamentamos mucho", "sentimos de verdad", "de veras lamentamos"),
    ("lamentamos", "sentimos", "nos duele"),
    ("sentimos mucho", "lamentamos de verdad", "nos sabe muy mal"),
    ("sentimos", "lamentamos"),
    ("gracias por escribirnos", "gracias por contárnoslo", "te agradecemos que nos escribas"),
    ("gracias por avisarnos", "gracias por hacérnoslo saber", "te agradecemos el aviso"),
    ("gracias por tu paciencia", "te agradecemos la espera", "gracias por esperar"),
    ("gracias por tu mensaje", "gracias por escribirnos", "hemos leído tu mensaje"),
    ("queremos ayudarte", "vamos a ayudarte", "estamos para ayudarte"),
    ("estamos trabajando", "seguimos trabajando", "el equipo está trabajando"),
    ("lo revisamos", "lo miramos", "nos ponemos con ello"),
    ("por mensaje privado", "en un mensaje privado", "por privado"),
    ("¿nos escribes", "¿puedes escribirnos", "¿nos cuentas más"),
    ("lo antes posible", "cuanto antes", "en cuanto podamos"),
    ("un saludo", "saludos", "que tengas buen día"),
    ("quedamos a tus órdenes", "seguimos a tu disposición", "aquí estamos para lo que necesites"),
    ("las molestias", "el mal rato", "los inconvenientes"),
    ("la incidencia", "lo ocurrido", "lo que te ha pasado"),
)
_EN = (
    ("we're very sorry", "we're truly sorry", "we do apologise"),
    ("we're sorry", "we apologise", "we regret this"),
    ("we are sorry", "we apologise", "our apologies"),
    ("sorry for the trouble", "sorry about all this", "our apologies for the trouble"),
    ("sorry to hear", "sorry to read", "we're sad to hear"),
    ("thanks for reaching out", "thank you for writing", "thanks for letting us know"),
    ("thank you for reaching out", "thanks for getting in touch", "thank you for telling us"),
    ("thanks for your patience", "thank you for bearing with us", "we appreciate your patience"),
    ("we'd like to help", "we want to help", "let us help"),
    ("we're here to help", "we want to help", "let us look into it with you"),
    ("we're working on it", "our team is on it", "we're putting it right"),
    ("the delay with", "the wait for", "how long you've waited for"),
    ("we want to put it right", "let us put it right for you", "we'd like to make up for it"),
    ("please send us", "could you send us", "can you share"),
    ("send us a dm", "write to us by dm", "drop us a direct message"),
    ("as soon as possible", "as soon as we can", "very soon"),
    ("have a great day", "enjoy your day", "all the best"),
    ("let us know", "tell us", "drop us a line"),
)  # fmt: skip
MOST = 3


def variants(text: str, language: str) -> Sequence[str]:
    """Up to three other wordings of the whole, each different from the draft and from one another;
    none when the draft has no phrase that is known here."""
    rows = _EN if language == "en" else _ES
    lowered = text.lower()
    if len(lowered) != len(text):
        return ()
    hits = []
    taken: list[tuple[int, int]] = []
    for row in rows:
        for phrase in row:
            at = lowered.find(phrase)
            end = at + len(phrase)
            if at < 0 or any(a < end and at < b for a, b in taken) or not _whole(lowered, at, end):
                continue
            taken.append((at, end))
            hits.append((at, end, [other for other in row if other != phrase]))
            break
    offered: list[str] = []
    for turn in range(MOST):
        out = text
        for at, end, others in sorted(hits, reverse=True):
            out = out[:at] + _like(text[at:end], others[turn % len(others)]) + out[end:]
        if out != text and out not in offered:
            offered.append(out)
    return tuple(offered)


def _whole(text: str, at: int, end: int) -> bool:
    return not re.match(r"\w", text[at - 1 : at]) and not re.match(r"\w", text[end : end + 1])


def _like(written: str, other: str) -> str:
    first = next((char for char in written if char.isalpha()), "a")
    if not first.isupper():
        return other
    at = next(index for index, char in enumerate(other) if char.isalpha())
    return other[:at] + other[at].upper() + other[at + 1 :]
