"""Where a reply begins to say something: after handles, greeting, name and who is writing."""

from __future__ import annotations

import re

from cortafuegos.guard.rules.tone import hits
from cortafuegos.guard.rules.tone.lexicon import words
from cortafuegos.guard.text import Reading, fold
from cortafuegos.guard.values import Context

_NOISE = re.compile(r"[\W_]{1,60}+")
_GREETING = re.compile(
    r"(?:hola+|holi|buen(?:as?|os)?(?:\s(?:dias?|tardes?|noches?))?|muy\sbuen(?:as|os)(?:\s(?:dias|tardes|noches))?|"
    r"que\stal(?:\sestas?)?|saludos|un\ssaludo|"
    r"estimad[oa]s?|apreciad[oa]s?|querid[oa]s?|distinguid[oa]|sr|sra|srta|don|dona|senor(?:a|ita)?|cliente|amig[oa]|"
    r"hi+|hello+|hey+|hiya|howdy|good\s(?:morning|afternoon|evening|day)|greetings|dear|there|mr|mrs|ms|miss|"
    r"ola|oi|bom\sdia|boa\s(?:tarde|noite)|prezad[oa]|bon\sdia|customer|all|team|"
    r"vaya|uy+|uf+|ufa|ay+|hijole|caramba|caray|pucha|chuta|ostras|jo|oh|well|ah|okay|ok|bueno|y|and)(?![\w'])"
)
_PART = r"[^\W\d_][\w'’-]{0,30}+"
_NAMES = tuple(re.compile(_PART + rf"(?:[ ]{_PART}){{{more}}}") for more in (2, 1, 0))
_CLOSED = re.compile(r"[ ]{0,2}(?:[,.:!;\n–—-]|[^\w\s]|$)")
_WHO = re.compile(
    r"(?:soy|somos|te\s(?:saluda|habla|atiende|escribe)|le\s(?:saluda|habla|atiende|escribe)|mi\snombre\ses|me\sllamo|"
    r"habla|saluda|aqui|this\sis|i'm|i\sam|my\sname\sis|my\sname's|it's|here\sis)\s(?=[^\W\d_])"
)
_FROM = re.compile(r"[\s,]{0,3}(?:de|del|desde|en\snombre\sde|from|with|at|here|of|your)\s")
_END = re.compile(r"[.!,:;\n–—]")
_NOT_NAMES = words(
    """
    gracias claro perfecto vale no si tu su el la los las lo nos que como para por con sin si yes
    please thank thanks sure sorry disculpa disculpe perdon lamentamos sentimos siento lamento
    tranquilo tranquila calma eso esto our we you your it this that i what apologies
    """
)


def content_start(reading: Reading, context: Context) -> int:
    """The position of the first word that is more than a greeting, a name or an introduction;
    the length of the text when there is none. Bounded: a greeting of twelve parts is enough."""
    at, greeted = 0, False
    names = {fold(part) for part in context.customer.split() if part}
    for _ in range(12):
        noise = _NOISE.match(reading.prose, at)
        if noise:
            at = noise.end()
            continue
        step = _greeting(reading, at) or _who(reading, at) or _name(reading, at, names, greeted=greeted)
        if step is None:
            break
        greeted = True
        at = step
    while at and reading.text[at - 1] in '¿¡«“"(':
        at -= 1
    return min(at, len(reading.text))


def _greeting(reading: Reading, at: int) -> int | None:
    match = _GREETING.match(reading.prose, at)
    return match.end() if match else None


def _who(reading: Reading, at: int) -> int | None:
    """ "Soy Marta, del equipo de Marnal.": told by the capital letter of a name."""
    match = _WHO.match(reading.prose, at)
    if not match or not reading.text[match.end() : match.end() + 1].isupper():
        return None
    end = _clause(reading, match.end())
    more = _FROM.match(reading.prose, end)
    return _clause(reading, more.end()) if more else end


def _clause(reading: Reading, at: int) -> int:
    end = _END.search(reading.prose, at, at + 80)
    return end.end() if end else at


def _closes(reading: Reading, at: int) -> bool:
    """Whether a name ends here: at a mark, before a greeting, or right before the regret itself."""
    if _CLOSED.match(reading.text, at) or _GREETING.match(reading.prose, at + 1):
        return True
    return any(hit.start == at + 1 for hit in hits.of(reading, "regret"))


def _name(reading: Reading, at: int, names: set[str], *, greeted: bool) -> int | None:
    """The customer's own name, or up to three capitalised words that a mark closes: "Ana Ruiz,"."""
    for pattern in _NAMES:
        match = pattern.match(reading.text, at)
        if not match:
            continue
        words = match[0].split()
        folded = [fold(word) for word in words]
        if all(word in names for word in folded):
            return match.end()
        capital = all(word[:1].isupper() for word in words)
        likely = capital and folded[0] not in _NOT_NAMES and (greeted or len(words) < 3)
        if likely and _closes(reading, match.end()):
            return match.end()
    return None
