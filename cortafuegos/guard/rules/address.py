"""To whom it is said, and by whom: the customer's name, the agent's, tú or usted or vos, the language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortafuegos.guard import formality
from cortafuegos.guard.languages import SPOKEN_AS_ONE
from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.text import Reading, fold, language_of, words_of
from cortafuegos.guard.values import Context, Finding, Severity

# Where an agent of a brand speaks in the brand's name, and says who it is.
SIGNED = words_of(
    "x twitter bluesky mastodon facebook instagram threads linkedin tiktok youtube sandbox mail email google"
    " reddit"
)
NAMED = SIGNED | {"whatsapp", "telegram", "messenger", "webchat", "sms"}
_PERSON = re.compile(r"[^\W\d_]{2,20}(?:[-'’][^\W\d_]{2,20})?")
_NOT_A_NAME = words_of(
    "user usuario cliente customer anonymous anonimo client guest invitado unknown desconocido "
    "admin the el la los las don dona sr sra mr mrs"
    " dr team oficial official club tienda store"
)
_GREETING = re.compile(
    r"^\s*(?:@\w+[\s,:]*)*(?:hola|buen[oa]s?(?:\s(?:dias?|tardes?|noches?))?|saludos|estimad[oa]|"
    r"hi|hello|hey|good\s(?:morning|afternoon|evening)|dear)(?:\s(?:there|de nuevo|again))?",
)


def missing_name(reading: Reading, context: Context) -> Iterable[Finding]:
    """A first answer calls the customer by the name they go by, where it is known."""
    name = first_name(context.customer)
    if not name or context.network.lower() not in NAMED or not _is_first(context):
        return
    called = fold(name)
    if (
        any(word.text == called or word.text.startswith(called) for word in reading.words)
        or called in reading.folded
    ):
        return
    at = 0
    proposal = f"{name}, "
    if (greeting := _GREETING.match(reading.folded)) is not None:
        at, proposal = greeting.end(), f", {name}"
    yield Finding("missing-name", Severity.NOTE, (at, at), {}, proposal)


def first_name(known: str) -> str:
    """The name to call somebody by, or "" when what they go by is no name: a handle, a nickname with
    digits, a shop."""
    match = _PERSON.match(known.strip())
    if not match or len(known) > 60 or any(char.isdigit() for char in known.split()[0]):
        return ""
    word = match[0]
    followed = known.strip()[match.end() :]
    if followed and not followed[0].isspace() and followed[0] not in ".,":
        return ""
    if fold(word) in _NOT_A_NAME or (len(word) > 3 and word.isupper() and " " not in known.strip()):
        return ""
    return word if word[0].isupper() else word.capitalize()


def _is_first(context: Context) -> bool:
    if context.first_answer is not None:
        return context.first_answer
    return not any(entry.author == "agent" for entry in context.history)


def missing_signature(reading: Reading, context: Context) -> Iterable[Finding]:
    """In public the customer sees which person of the brand is speaking."""
    if not reading.public or context.network.lower() not in SIGNED or not (context.agent or context.initials):
        return
    if not reading.words or reading.signature:
        return
    tail = reading.text.rstrip()[-60:]
    name = context.agent.split()[0] if context.agent.split() else ""
    signs = [sign for sign in (context.initials, name) if sign]
    if any(re.search(rf"(?<!\w){re.escape(fold(sign))}(?!\w)", fold(tail)) for sign in signs):
        return
    end = len(reading.text.rstrip())
    yield Finding(
        "missing-signature",
        Severity.NOTE,
        (end, end),
        {},
        f" ^{context.initials}" if context.initials else f" – {name}",
    )


def formality_mismatch(reading: Reading, context: Context) -> Iterable[Finding]:
    """Tú, usted or vos: as the brand has chosen, and one of them within one reply."""
    if reading.language not in ("es", ""):
        return
    forms = formality.forms(reading)
    if context.formality:
        for form in forms:
            if form.says not in formality.GOES_WITH[context.formality]:
                proposal = formality.instead(form, context.formality)
                yield Finding(
                    "formality-mismatch",
                    Severity.WARN,
                    form.span,
                    {"variant": str(context.formality)},
                    proposal,
                )
        return
    if (odd := formality.odd_one_out(forms)) is not None:
        form, rest = odd
        proposal = formality.instead(form, rest)
        yield Finding("formality-mismatch", Severity.WARN, form.span, {"variant": "mixed"}, proposal)


def language_mismatch(reading: Reading, context: Context) -> Iterable[Finding]:
    """The reply speaks the customer's language."""
    if not reading.sure:
        return
    known = context.language[:2].lower()
    theirs = language_of(context.message, known) or known
    if theirs and theirs != reading.language and frozenset((theirs, reading.language)) not in SPOKEN_AS_ONE:
        yield Finding(
            "language-mismatch",
            Severity.WARN,
            (0, len(reading.text)),
            {"variant": theirs if theirs in ("es", "en") else "other"},
        )


RULES: tuple[Rule, ...] = (missing_name, missing_signature, formality_mismatch, language_mismatch)
