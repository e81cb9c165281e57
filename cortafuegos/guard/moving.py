"""Where a reply sends its reader: to a direct message, a telephone, a mailbox, a counter, a form.

Patterns read folded prose: lower case, no accents, links and handles blanked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PRIVATE = (
    r"(?:mensajes?\s(?:privad|direct|intern)os?|mensaje por privado|privado|md|dm|dms|"
    r"mp|inbox|interno|directo"
    r"|private\smessages?|direct\smessages?|pm|private)"
)
_WAYS: tuple[tuple[str, str], ...] = (
    (
        "dm",
        rf"\b(?:escrib|envi|mand|contact|habl|pas|compart|facilit|indic|proporcion|cont|"
        rf"cuent|dej|d[ai]nos|comunic|conect|confirm|continu|sig|segu|asist|atend|atiend|"
        rf"ayud)\w*"
        rf"[^.!?\n]{{0,60}}?\b(?:por|via|al|en|a\straves\sde(?:l)?|un|x)\s(?:(?:un|nuestro|"
        rf"tu|el|los|mensaje)\s)?{_PRIVATE}\b"
        rf"|\b(?:escribenos|escribinos|escribanos|contactanos)\s(?:al?\s)?{_PRIVATE}\b"
        r"|\b(?:please|pls|kindly|to|and|can you|could you|just|or|us)\sdm\b"
        r"|(?:^|[.!?:]\s{1,3})dm\s\w|\b(?:dm|pm|message)\sus\b|\b(?:in|into|to|over)\s(?:a\s|the\s)?dms?\b"
        r"|\b(?:send|drop|shoot|give|share|provide|follow|reach|contact|write|slide|via|"
        r"by)\b[^.!?\n]{0,60}?\b(?:dm|dms|direct message|private message|privately)\b",
    ),
    (
        "phone",
        r"\b(?:llam(?:a|anos|enos|e|en|ar|ando|ame|alos)|comuni(?:cate|quese|quense|carte|"
        r"carse)|marca(?:nos|r)?|marque(?:nos)?|telefonea\w*)\b"
        r"[^.!?\n]{0,50}?\b(?:al?|con|a\snuestr\w+)\b"
        r"|\b(?:llamanos|llamenos)\b"
        r"|\b(?:comparto|compartimos|dejo|dejamos|anota|apunta|tienes|este es)\b[^.!?\n]{0,25}?\b(?:numero|"
        r"telefono|linea)\b"
        r"[^.!?\n]{0,30}?\d(?:[ .-]?\d){6}"
        r"|\b(?:call|ring|phone|dial)\s(?:us|our|the|them|in)\b|\bgive\s(?:us|them|our\s\w+)\s(?:\w+"
        r"\s){0,2}?a\s(?:call|ring|bell)\b"
        r"|\b(?:contact|reach(?:\sout)?|get in touch|speak|talk)\b[^.!?\n]{0,60}?(?:\bat|"
        r"\bon|\bby\sphone)\s?[+(]?\d[\d() -]{6}",
    ),
    (
        "mail",
        r"\b(?:escrib|envi|mand|reenvi|dirig)\w*\b[^.!?\n]{0,40}?\b(?:un\s)?(?:correo|e-?mail|mail)\b"
        r"|\b(?:escrib|envi|mand)\w*\b[^.!?\n]{0,30}?\ba\s{6,}"
        r"|\be-?mail\s(?:us|our|them)\b|\b(?:send|drop|write)\s(?:us\s|them\s)?(?:an\s)?e-?mail\b",
    ),
    (
        "shop",
        r"\b(?:acude|acuda|acercate|acerquese|visita(?:nos)?|visite(?:nos)?|pasate|pasa|"
        r"pase|dirigete|dirijase|ve|vaya|presentate|presentese|acudir|acercarte|acercarse|"
        r"visitar|pasar|pasarte|pasarse|consultar|consulta|consulte|pregunta|pregunte)\b"
        r"[^.!?\n]{0,30}?\b(?:tienda|sucursal|oficina|centro|local|mostrador|agencia|taller|"
        r"concesionario)s?\b"
        r"|\b(?:visit|go\sto|(?:stop|swing|drop|come)\s(?:by|in|into)|pop\sin(?:to)?|head\sto|come\sto|"
        r"call\sinto|ask\s(?:at|in))\b[^.!?\n]{0,30}?\b(?:s"
        r"tore|branch|shop|office|counter|dealer|desk)s?\b",
    ),
    (
        "chat",
        r"\b(?:escrib|contact|comuni|habl|mand|envi|chate)\w*\b[^.!?\n]{0,30}?\b(?:al?|por|via|"
        r"en)\s(?:nuestr\w\s|el\s|un\s)?"
        r"(?:whatsapp|wasap|wsp|telegram|messenger|chat)\b"
        r"|\b(?:message|text|chat|contact|write|reach)\b[^.!?\n]{0,30}?\b(?:on|via|by|through|"
        r"over)\s(?:our\s|the\s)?"
        r"(?:whatsapp|telegram|messenger|live\schat|chat)\b",
    ),
    (
        "form",
        r"\b(?:rellen|llen|complet|diligenci)\w*\b[^.!?\n]{0,30}?\b(?:formulario|solicitud|formato)\b"
        r"|\b(?:fill|complete|submit|use)\b[^.!?\n]{0,30}?\bform\b",
    ),
)
WAYS = tuple((way, re.compile(pattern)) for way, pattern in _WAYS)
# What was done, what is offered to be done by us, and what nobody has to do.
_NOT_SENT = re.compile(
    r"\b(?:te|le|les|os)\s(?:hemos\s)?(?:escri\w+|respond\w+|contest\w+|envi\w+|mand\w+|"
    r"contact\w+|compart\w+)\b"
    r"|\b(?:ya|recibi\w+|hemos\srecibido|gracias\spor|vimos|leimos)\b[^.!?]{0,25}$"
    r"|\b(?:i|we)(?:'ll|\swill|\sam going to|'re going to)?\s?$|\bsend\syou\b"
    r"|\b(?:we've|we\shave|i've|i\shave|we|i)\s(?:just\s)?(?:sent|replied|responded|received|"
    r"answered|dmed)\b|\b(?:your|tu|su)\s(?:dm|md)"
    r"|\b(?:no\s(?:hace\sfalta|es\snecesario|tienes|tiene|necesitas|necesita|tenes)|sin\s(?:que|"
    r"necesidad|tener)|don't\s(?:need|have)|no\sneed|without|instead\sof|en\slugar\sde|"
    r"en\svez\sde|nunca|never)\b"
)


# A cheap look first: without one of these, the way is not spoken of.
_SIGNS: dict[str, tuple[str, ...]] = {
    "dm": ("dm", "md", "mp", "priv", "inbox", "intern", "direct", "pm", "message us"),
    "phone": (
        "llam",
        "numero",
        "linea",
        "comuni",
        "marc",
        "marq",
        "telefone",
        "call",
        "ring ",
        "phone",
        "dial",
        "contact",
        "reach",
        "touch",
        "speak",
        "talk",
        "bell",
    ),
    "mail": ("correo", "mail", "escrib", "envi", "mand"),
    "shop": (
        "tienda",
        "sucursal",
        "oficina",
        "centro",
        "local",
        "mostrador",
        "agencia",
        "taller",
        "concesionario",
        "store",
        "branch",
        "shop",
        "office",
        "counter",
        "dealer",
        "desk",
    ),
    "chat": ("whatsapp", "wasap", "wsp", "telegram", "messenger", "chat"),
    "form": ("formulario", "solicitud", "formato", "form"),
}


@dataclass(frozen=True, slots=True)
class Move:
    way: str
    span: tuple[int, int]


def moves(prose: str, *, public: bool) -> Iterator[Move]:
    """The ways a reader is sent, in reading order. In a private conversation, "by direct message" is
    where one already is."""
    found = []
    for way, pattern in WAYS:
        if (way == "dm" and not public) or not any(sign in prose for sign in _SIGNS[way]):
            continue
        for match in pattern.finditer(prose):
            before = prose[max(0, match.start() - 30) : match.start()]
            if not _NOT_SENT.search(before) and not _NOT_SENT.match(match[0]):
                found.append(Move(way, match.span()))
                break
    yield from sorted(found, key=lambda move: move.span)
