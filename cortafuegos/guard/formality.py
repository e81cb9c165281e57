"""Tú, usted, vos: the words of a Spanish reply that say one of them for certain.

Many forms say nothing for certain ("puede" is also "it can", "su" also "their"): only those stand
here that a careful reader would not take for a third person. Accents tell vos from tú ("envianos",
"envíanos"), and many leave accents out, so an imperative whose accent is its only mark is no sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Formality

TU, USTED, VOS = Formality.TU, Formality.USTED, Formality.VOS

# Which forms a reply in each may hold: "tu" and "te" are also vos's own.
GOES_WITH: Mapping[str, frozenset[str]] = {
    TU: frozenset({"tu", "near"}),
    VOS: frozenset({"vos", "near"}),
    USTED: frozenset({"usted"}),
}

# tú, usted, vos: said the same way.
_VERBS = """
puedes puede podés
quieres quiere querés
tienes tiene tenés
necesitas necesita necesitás
prefieres prefiere preferís
sabes sabe sabés
deseas desea deseás
eres es sos
debes debe debés
cuéntanos cuéntenos contanos
cuéntame cuénteme contame
dinos díganos decinos
dime dígame decime
escríbenos escríbanos escribinos
escríbeme escríbame escribime
envíanos envíenos envianos
mándanos mándenos mandanos
pásanos pásenos pasanos
danos denos danos
indícanos indíquenos indicanos
compártenos compártanos compartinos
facilítanos facilítenos facilitanos
proporciónanos proporciónenos proporcionanos
bríndanos bríndenos brindanos
llámanos llámenos llamanos
permítenos permítanos permitinos
confírmanos confírmenos confirmanos
síguenos síganos seguinos
ayúdanos ayúdenos ayudanos
contáctanos contáctenos contactanos
comunícate comuníquese comunicate
acércate acérquese acercate
disculpa disculpe disculpá
perdona perdone perdoná
contigo con usted con vos
ayudarte ayudarle ayudarte
atenderte atenderle atenderte
contactarte contactarle contactarte
llamarte llamarle llamarte
informarte informarle informarte
ofrecerte ofrecerle ofrecerte
responderte responderle responderte
escribirte escribirle escribirte
enviarte enviarle enviarte
darte darle darte
decirte decirle decirte
apoyarte apoyarle apoyarte
brindarte brindarle brindarte
asistirte asistirle asistirte
orientarte orientarle orientarte
"""


@dataclass(frozen=True, slots=True)
class Form:
    says: str  # "tu", "usted", "vos"; "near" for what tú and vos share
    span: tuple[int, int]
    said: str  # as typed, in small letters


def _rows() -> list[tuple[str, str, str]]:
    rows = []
    for line in _VERBS.strip().splitlines():
        if line.startswith("contigo"):
            rows.append(("contigo", "con usted", "con vos"))
        else:
            tu, usted, vos = line.split()
            rows.append((tu, usted, vos))
    return rows


_ROWS = _rows()
_SAME: dict[str, Mapping[Formality, str]] = {}
for _row in _ROWS:
    for _form in _row:
        _SAME.setdefault(_form, dict(zip((TU, USTED, VOS), _row, strict=True)))
_SAME |= {
    "tu": {USTED: "su"}, "tus": {USTED: "sus"}, "su": {TU: "tu", VOS: "tu"}, "sus": {TU: "tus", VOS: "tus"},
    "te": {USTED: "le"}, "ti": {USTED: "usted", VOS: "vos"}, "usted": {TU: "tú", VOS: "vos"},
    "vos": {TU: "tú", USTED: "usted"},
    "tú": {USTED: "usted", VOS: "vos"},
}  # fmt: skip

# Folded forms that say tú and nothing else. "debes", "sabes" are; "es", "tiene", "quiere" say nothing.
_TU_ONLY = re.compile(
    r"\b(?:puedes|quieres|tienes|necesitas|prefieres|sabes|deseas|eres|contigo|ti|podrias|"
    r"has|cuentanos|cuentame|dinos|dime|siguenos"
    r"|escribenos|escribeme|compartenos|permitenos|haz|ten|vuelve|ponte|dirigete|consulta(?=\stu)|"
    r"recuerda que|revisa(?=\stu)|cuentas con|tuviste"
    r"|hayas|estes|gustes|requieras|necesites|tengas|puedas|quieras|dudes|sientas|comprendas|"
    r"presentas|indicas|comentas|mencionas|solicitas)\b"
)
_NEAR = re.compile(
    r"\b(?:tu|tus|te|ayudarte|atenderte|contactarte|llamarte|informarte|ofrecerte|responderte|"
    r"escribirte|enviarte|darte|decirte|apoyarte|brindarte|asistirte|orientarte|saludarte|"
    r"leerte)\b"
)
_USTED = re.compile(
    r"\b(?:usted|escribanos|escribame|digan?os|digame|indiquenos|envienos|mandenos|pasenos|"
    r"denos|facilitenos|compartanos|proporcionenos|brindenos"
    r"|llamenos|permitanos|confirmenos|siganos|ayudenos|contactenos|comuniquese|acerquese|"
    r"cuentenos|cuenteme|disculpe|perdone|dirijase|pongase"
    r"|ayudarle|atenderle|contactarle|informarle|ofrecerle|responderle|escribirle|enviarle|"
    r"apoyarle|brindarle|asistirle|orientarle|saludarle|leerle"
    r"|agradecerle|comunicarle|(?:por|lamentamos|sentimos|recibimos|recibido|agradecemos|"
    r"entendemos|comprendemos|valoramos|revisamos|revisar)\s(su|sus)(?=\s\w))\b"
)
_VOS = re.compile(
    r"\b(?:vos|podes|queres|tenes|necesitas(?!\w)|preferis|sabes(?!\w)|deseas(?!\w)|sos|"
    r"debes(?!\w)|contanos|contame|decinos|decime|escribinos|escribime|compartinos"
    r"|permitinos|seguinos|fijate|hace click|pone(?:te)?\sen contacto)\b"
)
_WITH_ACCENT = frozenset({"podés", "querés", "tenés", "necesitás", "preferís", "sabés", "deseás", "debés"})
_FROM_TEA = re.compile(r"\b(?:el|un|de|con)\s$")
_PLURAL_OTHERS = re.compile(
    r"\b(?:equipo|companer|empresa|banco|tienda|proveedor|aerolinea|cliente|persona|familia|"
    r"gente|hij|padre|madre|marido|mujer|senor)\w*\b"
)


def forms(reading: Reading) -> Sequence[Form]:
    """Every form that says one of the three, outside quotations, in reading order."""
    found: list[Form] = []
    for says, pattern in (("tu", _TU_ONLY), ("near", _NEAR), ("usted", _USTED), ("vos", _VOS)):
        for match in pattern.finditer(reading.prose):
            start, end = match.span(1) if match.lastindex else match.span()
            said = reading.text[start:end].lower()
            if reading.quoted(start, end) or not _sure(says, said, reading, start):
                continue
            found.append(Form(says, (start, end), said))
    return sorted(found, key=lambda form: form.span)


def _sure(says: str, said: str, reading: Reading, start: int) -> bool:
    before = reading.prose[max(0, start - 40) : start]
    if said == "té":
        return False
    if said == "te":
        return not _FROM_TEA.search(before)
    if said in ("vos", "tú", "ti"):
        return True
    if says == "tu" and said in _WITH_ACCENT:
        return False
    if says == "tu" and said == "has":
        return bool(
            re.match(
                r"\w+[aei]?do\b|visto|hecho|dicho|puesto|escrito|vuelto",
                reading.prose[start + 4 : start + 24],
            )
        )
    if says == "vos" and said in ("necesitas", "sabes", "deseas", "debes"):
        return False
    if says == "tu" and said == "ten":
        return bool(
            re.match(r"\s(?:en cuenta|presente|a la mano|paciencia)", reading.prose[start + 3 : start + 20])
        )
    if said in ("su", "sus"):
        return not _PLURAL_OTHERS.search(before)
    return True


def odd_one_out(found: Sequence[Form]) -> tuple[Form, Formality] | None:
    """The first form that does not go with the rest, and what the rest says; None when all agree."""
    said = Counter(form.says for form in found)
    near = said["tu"] + said["near"] + said["vos"]
    if said["usted"] and near:
        rest = USTED if said["usted"] > near else VOS if said["vos"] > said["tu"] else TU
    elif said["tu"] and said["vos"]:
        rest = VOS if said["vos"] > said["tu"] else TU
    else:
        return None
    return next((form, rest) for form in found if form.says not in GOES_WITH[rest])


def instead(form: Form, wanted: Formality) -> str | None:
    """The same, said as the brand does; None when one word does not settle it."""
    said = _SAME.get(form.said, {}).get(wanted)
    return said
