"""What a mistake of ours asks for, and words to apologise with. Pure."""

from __future__ import annotations

from enum import StrEnum

from cortafuegos.knowledge.rules import fill, wording

LONGEST = 1_000  # characters of what was wrong, of a reason, of what was learnt


class Cause(StrEnum):
    """What kind of mistake it was: said by whoever reports it, confirmed by whoever reviews it."""

    PERSON = "person"  # it was meant for somebody else
    ACCOUNT = "account"  # it left from the wrong account
    FACTS = "facts"
    DATA = "data"  # what nobody else may know
    TONE = "tone"
    UNFINISHED = "unfinished"  # or sent twice
    OTHER = "other"


NONE = "none"  # a supervisor looked, and it was no mistake


class Step(StrEnum):
    TAKE_OFF = "take_off"
    APOLOGISE = "apologise"


def open_steps(*, gone: bool, stays: str, apologised: bool, unsaid: str) -> tuple[Step, ...]:
    """What nobody has done, and of which nobody has said why not, in order."""
    found = []
    if not (gone or stays):
        found.append(Step.TAKE_OFF)
    if not (apologised or unsaid):
        found.append(Step.APOLOGISE)
    return tuple(found)


# We own it, regret it before anything else, say nothing of what was wrong where everybody reads, and
# offer help. By cause, language and form of address (``knowledge.rules.wording``).
_APOLOGIES = {
    Cause.PERSON: {
        "es-tu": "{name}, te pedimos perdón: la respuesta que te llegó no era para ti, y el error es "
        "nuestro. ¿En qué te podemos ayudar?",
        "es-usted": "{name}, le pedimos perdón: la respuesta que le llegó no era para usted, y el error es "
        "nuestro. ¿En qué le podemos ayudar?",
        "es-vos": "{name}, te pedimos perdón: la respuesta que te llegó no era para vos, y el error es "
        "nuestro. ¿En qué te podemos ayudar?",
        "en": "{name}, we're sorry. The reply you got was not meant for you, and the mistake is ours. "
        "How can we help you?",
    },
    Cause.FACTS: {
        "es-tu": "{name}, te pedimos perdón: el dato que te dimos no era correcto, y el error es nuestro. "
        "Queremos ayudarte con el bueno: ¿qué necesitas saber?",
        "es-usted": "{name}, le pedimos perdón: el dato que le dimos no era correcto, y el error es nuestro. "
        "Queremos ayudarle con el bueno: ¿qué necesita saber?",
        "es-vos": "{name}, te pedimos perdón: el dato que te dimos no era correcto, y el error es nuestro. "
        "Queremos ayudarte con el bueno: ¿qué necesitás saber?",
        "en": "{name}, we're sorry. What we told you was not correct, and the mistake is ours. "
        "We want to help you with the right answer: what do you need to know?",
    },
    Cause.TONE: {
        "es-tu": "{name}, te pedimos perdón: no debimos contestarte así, y el error es nuestro. "
        "Queremos ayudarte: ¿nos cuentas qué necesitas?",
        "es-usted": "{name}, le pedimos perdón: no debimos contestarle así, y el error es nuestro. "
        "Queremos ayudarle: ¿nos cuenta qué necesita?",
        "es-vos": "{name}, te pedimos perdón: no debimos contestarte así, y el error es nuestro. "
        "Queremos ayudarte: ¿nos contás qué necesitás?",
        "en": "{name}, we're sorry. We should not have answered you like that, and the mistake is ours. "
        "We want to help: what do you need from us?",
    },
}
_ANY = {
    "es-tu": "{name}, te pedimos perdón: esa respuesta es nuestra y no debió salir. "
    "¿En qué te podemos ayudar?",
    "es-usted": "{name}, le pedimos perdón: esa respuesta es nuestra y no debió salir. "
    "¿En qué le podemos ayudar?",
    "es-vos": "{name}, te pedimos perdón: esa respuesta es nuestra y no debió salir. "
    "¿En qué te podemos ayudar?",
    "en": "{name}, we're sorry. That reply was ours and it should never have gone out. How can we help you?",
}


def apology(cause: str, language: str, formality: str, name: str, signature: str) -> str:
    """Words to start an apology from, in the customer's language; empty where we have none in it."""
    texts = _APOLOGIES.get(Cause(cause), _ANY) if cause in set(Cause) else _ANY
    words = wording(texts, language, formality)
    return fill(words, name, signature) if words else ""
