"""The last look: the reply as it will hang over the street."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.text import Reading, words_of
from cortafuegos.guard.values import Context, Finding, Severity

_BLANK_TO_FILL = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\{%[^\n]{0,60}%\}|\$\{[^{}\n]{0,60}\}|%\(?[a-z_]{3,30}\)?s\b|"
    r"\{(?:[A-Za-z]{1,20}[_.][A-Za-z_.]{1,20}|nombre|name|cliente|customer|usuario|user|"
    r"agente|agent|fecha|date)\}|<\s?(?i:nombre|name|cliente|customer|fecha|date|numero|"
    r"n[úu]mero|apellido|insert\w*|link|enlace|agente|agent)[\w ]{0,30}>"
    r"|\[\s?(?i:nombre|name|cliente|customer|usuario|user|fecha|date|hora|time|n[úu]mero|"
    r"number|enlace|link|insert\w*|rellenar|completar|xxx?|tbd|pendiente|producto|product|"
    r"ciudad|city|agente|agent|firma)[\w /]{0,30}\]"
    r"|\b(?:X{4,}|x{4,}|lorem ipsum|Lorem ipsum|TBD|TODO:|FIXME|NOMBRE_CLIENTE|INSERTAR "
    r"\w+|INSERT \w+ HERE)\b(?!\s?\d)|(?<![\w@])_{4,}(?!\w)",
)
_INNER_TALK = re.compile(
    r"\b(?:no publicar|sin publicar|nota interna|uso interno|interno:|borrador:|internal "
    r"(?:note|only|use)|do not (?:publish|post)|draft:|copy:"
    r"|segun (?:el|la) (?:script|guion|plantilla|macro)|per the script|(?:este|esta|el|"
    r"la) (?:pesad[oa]|loc[oa]|trol|troll)\b|this (?:troll|idiot|guy again)"
    r"|que le (?:digo|decimos|contesto|respondo|pongo)|what (?:do|should) (?:i|we) (?:say|"
    r"reply|tell) (?:to )?(?:him|her|them)|jefe,|boss,|pasaselo a|pasalo a legal"
    r"|as an? (?:ai|language) (?:language )?model|como modelo de lenguaje|como (?:una "
    r")?(?:ia|inteligencia artificial)\b|prueba de envio|test reply|esto es una prueba|"
    r"asdf\w*)",
)
# Whole words, and beginnings that no innocent word has.
_SWEARING = words_of(
    "mierda mierdas joder jodido jodida jodidos cono hostia hostias puta puto putas putos "
    "gilipollas verga carajo capullo"
    " subnormal cojones gonorrea hijueputa imbecil imbeciles idiota idiotas estupido "
    "estupida estupidos weon weona"
    " shit shitty bullshit damn crap bitch wtf stfu moron morons idiot idiots stupid dumb dumbass"
)
_SWEARING_BEGINS = (
    "fuck",
    "asshole",
    "bastard",
    "cabron",
    "pendej",
    "chinga",
    "boludo",
    "pelotud",
    "huevon",
    "culiad",
    "malparid",
    "motherf",
)
_LAUGHTER = re.compile(
    r"\b(?:(?:ja|je|ji|ha|he){3,}[jh]?|jaja+|jeje+|haha+|hehe+|lol|lmao|rofl|xd+)\b|😂|🤣|😆|😹"
)
_CHEER = re.compile("[!¡]{2,}|🎉|🥳|😉|😜|😎|🙃|😏|💃|🕺|🤪|😋|🍾|🎊|🔥")
_UPSET = frozenset({"complaint", "threat", "insult", "crisis", "queja", "reclamo", "amenaza"})
MANY_FOLLOWERS = 10_000


def billboard(reading: Reading, context: Context) -> Iterable[Finding]:
    """A last look at a public reply as everybody will see it; stricter in a crisis and before many."""
    if not reading.public:
        return
    for variant, pattern, where, severity in (
        ("blank", _BLANK_TO_FILL, reading.text, Severity.BLOCK),
        ("inner", _INNER_TALK, reading.folded, Severity.BLOCK),
    ):
        for match in pattern.finditer(where):
            if variant == "blank" or not reading.quoted(*match.span()):
                yield Finding("billboard", severity, match.span(), {"variant": variant})
    for word in reading.words:
        bad = word.text in _SWEARING or word.text.startswith(_SWEARING_BEGINS)
        if bad and not reading.quoted(word.start, word.end):
            yield Finding("billboard", Severity.BLOCK, (word.start, word.end), {"variant": "swearing"})
    crisis = context.posture == "crisis"
    many = (context.reach or 0) >= MANY_FOLLOWERS
    upset = context.intent.lower() in _UPSET
    if crisis or many or upset:
        for match in _LAUGHTER.finditer(reading.folded):
            yield Finding("billboard", Severity.WARN, match.span(), {"variant": "laughter"})
    if crisis or many:
        for match in _CHEER.finditer(reading.text):
            yield Finding(
                "billboard", Severity.WARN if crisis else Severity.NOTE, match.span(), {"variant": "cheer"}
            )
        variant = "crisis" if crisis else "reach"
        yield Finding(
            "billboard",
            Severity.NOTE,
            (0, len(reading.text)),
            {"variant": variant, "reach": context.reach or 0},
        )


RULES: tuple[Rule, ...] = (billboard,)
