"""The last look: the reply as it will hang over the street."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import hits
from cortafuegos.guard.rules.tone.complaint import is_complaint
from cortafuegos.guard.text import Reading, words_of
from cortafuegos.guard.values import Context, Finding, Severity

_FIELD = (
    r"(?i:first[ _-]?name|last[ _-]?name|full[ _-]?name|nombre|name|apellidos?|cliente|customer|usuario|"
    r"user|agente|agent|fecha|date|"
    r"hora|time|n[úu]mero|number|enlace|link|ciudad|city|producto|product|firma|signature|pedido|order|"
    r"insert\w*|rellenar|"
    r"completar|pendiente|tbd|xxx?)"
)
# What a template or a hurried hand left open.
_BLANK_TO_FILL = re.compile(
    r"\{\{[^{}\n]{0,60}\}\}|\{%[^\n]{0,60}%\}|\$\{[^{}\n]{0,60}\}|%\(?[a-z_]{3,30}\)?s\b|%[A-Z][A-Z_]{3,30}%"
    r"|\{(?:[A-Za-z]{1,20}[_.][A-Za-z_.]{1,20}|" + _FIELD + r")\}"
    r"|<\s?" + _FIELD + r"[\w ]{0,30}>|<<[^<>\n]{1,40}>>|\[\s?" + _FIELD + r"[\w /]{0,30}\]"
    r"|(?<![\w$])\$" + _FIELD + r"\b"
    r"|\b(?:X{4,}|x{4,}|[Ll]orem ipsum|TBD|FIXME|NOMBRE_CLIENTE|INSERTAR \w+|"
    r"INSERT \w+ HERE)\b(?!\s?\d)"
    r"|\bTODO[:-]\s?(?i:completar|a[ñn]adir|poner|rellenar|revisar|preguntar|confirmar|fecha|fill|add|"
    r"check|write|ask|date)\b"
    r"|(?<![\w@])_{4,}(?!\w)"
    r"|(?<=\b(?:[Hh]ola|[Dd]ear)\s)[Xx]{2,}\b|(?<=\b(?:[Hh]i|Sr)\s)[Xx]{2,}\b|(?<=\bHello\s)[Xx]{2,}\b|"
    r"(?<=\bEstimad[oa]\s)[Xx]{2,}\b"
    r"|\b(?i:insert|inserta|inserte|pon|poner|add)\s(?i:an?\s|the\s|el\s|la\s|un\s|una\s|"
    r"our\s)?(?i:apolog\w+|greeting|excuse|sign-?off|"
    r"disculpa|saludo|excusa|despedida|respuesta|texto)\s(?i:here|aqu[íi])\b"
)
# Spoken to colleagues: about the customer as a third person, about what to say and what not.
_INNER_TALK = re.compile(
    r"\b(?:no publicar|sin publicar|nota interna|uso interno|interno:|borrador:|internal (?:note|only|use)|"
    r"internal:|"
    r"do not (?:publish|post)|draft:|copy:|segun (?:el|la) (?:script|guion|plantilla|macro)|per the script"
    r"|(?:este|esta|el|la) (?:pesad[oa]|loc[oa]|trol|troll)\b|this (?:troll|idiot|(?:guy|customer|"
    r"client) (?:again|complains|always|is a))"
    r"|este (?:cliente|tio|tipo|fulano) (?:es un|siempre|otra vez|vuelve|se queja)\b"
    r"|que le (?:digo|decimos|contesto|respondo|pongo)|what (?:do|should) (?:i|we) (?:say|reply|"
    r"tell) (?:to )?(?:him|her|them)"
    r"|before (?:i|we) (?:post|publish|send (?:it|this))\b|antes de (?:publicarlo|contestarle|responderle)\b"
    r"|(?<!que )no (?:le|les) (?:digan|digais|ofrezcan|ofrezcais|contesten|respondan|prometan)\b|"
    r"(?:contestad|responded|contesten|respondan|"
    r"decid|diganl?|ofreced)les?\b|(?:do not|don't) (?:offer|promise) (?:\w+ ){0,4}?(?:him|her|this (?:one|"
    r"guy|customer))\b"
    r"|(?:pasale|pasaselo|pasalo|mandaselo|reenvialo) (?:\w+ ){0,2}?a (?:legal(?:es)?|juridico|marketing|"
    r"mi jefe|la jefa|"
    r"comunicacion)\b|(?:fyi|heads up|ojo|aviso),? (?:team|equipo|chicos|chicas|compis)\b"
    r"|(?:standard|stock|canned) (?:answer|reply) (?:for|here)\b|la respuesta (?:tipo|de siempre|"
    r"estandar) (?:para|aqui)\b"
    r"|jefe,|boss,|as an? (?:ai|language) (?:language )?model|como modelo de lenguaje|como (?:una )?(?:ia|"
    r"inteligencia artificial)\b"
    r"|prueba de envio|test reply|esto es una prueba|asdf\w*|(?:test|prueba|testing)[ ,.]{1,3}(?:test|"
    r"prueba|testing|123)\b)"
)
# A cheap look first: without one of these, the pattern finds nothing.
_BLANK_SIGNS = (
    *"{<[$%_",
    "XX",
    "xx",
    "orem",
    "TBD",
    "TODO",
    "FIXME",
    "INSERT",
    "nsert",
    "pon",
    "Pon",
    "add",
    "Add",
)
_INNER_SIGNS = (
    *words_of(
        "publica intern borrador: draft copy: pesad loco loca trol contestad respond contesten decidle"
    ),
    *words_of("digan ofreced offer promise asale asaselo pasalo mandaselo reenvialo fyi ojo aviso standard"),
    *words_of("stock canned respuesta jefe, boss, prueba test asdf"),
    *(
        "segun el",
        "segun la",
        "per the s",
        "this ",
        "este cl",
        "este ti",
        "este fu",
        "que le ",
        "what ",
        "not p",
    ),
    *("before ", "antes de ", "no le", "heads up", "as a", "como mod", "como ia", "como una", "como inte"),
)
# Whole words, and beginnings that no innocent word has. Mild ones are for a brand to decide.
_SWEARING = words_of(
    "mierda mierdas joder jodido jodida jodidos hostia hostias puta puto putas putos ptm ctm csm hdp mames "
    "gilipollas verga vergas carajo capullo capullos chucha "
    "subnormal cojones gonorrea hijueputa imbecil imbeciles idiota idiotas weon weona wea weas "
    "shit shitty bullshit bitch wtf stfu moron morons idiot idiots dumbass arse arsehole ass prick cunt"
)
_MILD = words_of("damn crap crappy stupid dumb estupido estupida hell wth")
_MILD_IF_AFTER = {"hell": words_of("the what")}  # "what the hell"; but "hell of a good idea"
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
    for variant, signs, pattern, where, severity in (
        ("blank", _BLANK_SIGNS, _BLANK_TO_FILL, reading.text, Severity.BLOCK),
        ("inner", _INNER_SIGNS, _INNER_TALK, reading.folded, Severity.BLOCK),
    ):
        if not any(sign in where for sign in signs):
            continue
        for match in pattern.finditer(where):
            if variant == "blank" or not reading.quoted(*match.span()):
                yield Finding("billboard", severity, match.span(), {"variant": variant})
    yield from _swearing(reading)
    crisis = context.posture == "crisis"
    many = (context.reach or 0) >= MANY_FOLLOWERS
    upset = context.intent.lower() in _UPSET or is_complaint(context) is True
    if crisis or many or upset or hits.of(reading, "regret"):  # nobody laughs while saying sorry
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


def _swearing(reading: Reading) -> Iterable[Finding]:
    for at, word in enumerate(reading.words):
        strong = word.text in _SWEARING or word.text.startswith(_SWEARING_BEGINS)
        strong = strong or reading.text[word.start : word.end].lower() in ("coño", "coños")
        before = reading.words[at - 1].text if at else ""
        mild = word.text in _MILD and before in _MILD_IF_AFTER.get(word.text, (before,))
        if (strong or mild) and not reading.quoted(word.start, word.end):
            severity = Severity.BLOCK if strong else Severity.WARN
            yield Finding("billboard", severity, (word.start, word.end), {"variant": "swearing"})


RULES: tuple[Rule, ...] = (billboard,)
