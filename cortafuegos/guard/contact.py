"""How to reach a private person, in a text that others read: telephones, mailboxes, home addresses.

A brand's own telephone stands in half of its public answers, and must: so a number counts as the
customer's when the words say so, or when nothing says that it is a line to call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cortafuegos.guard.identifiers import Found

_PHONE = re.compile(
    r"(?<![\w.,/#@$€£%-])(?:\+\s?|00\s?)?\(?\d{1,4}\)?(?:[ .-]{0,2}\(?\d{1,4}\)?){1,5}(?![\w%€$£]|"
    r"[.,/:-]\d)|(?<![\w.,/#@$€£-])\+?\d{8,13}(?![\w%€$£]|[.,/:-]\d)"
)
_GROUPED_DATE = re.compile(
    r"(?:19|20)\d\d[ .-]?[01]\d[ .-]?[0-3]\d$|[0-3]?\d[ .-][01]?\d[ .-](?:19|20)?\d\d$"
)
# Free or shared-cost lines: nobody's own.
_A_FILE = re.compile(
    r"\b(?:case|caso|ref\w*|folio|voucher|ticket|reporte|report|expediente|incidencia|sr)\b[^\d]{0,20}$"
)
_AT = re.compile(r"\b(?:at|al|on|to|en el)[\s:(]{1,3}$")
_TOLL_FREE = re.compile(
    r"(?:\+?(?:1|34|44|52|54|57|56|51)?0?1?)?(?:[89]0[0-9]|8[3-8]{2}|0800|0808|0844|0845|0870|0300|0330)"
)
_THEIRS = re.compile(
    r"\b(?:tu|tus|su|sus|your|ur)\s(?:\w+\s){0,3}?(?:telefono|tel|movil|celular|cel|fono|"
    r"numero|linea|phone|mobile|cell|number)\b"
    r"|\b(?:te|le|lo|la)\s(?:llam|marc|contact|hemos llam|vamos a llamar|estamos llam|escrib)\w*"
    r"|\b(?:llamarte|llamarle|contactarte|contactarle|marcarte|escribirte)\b"
    r"|\b(?:we|i)(?:'ll|\swill|\shave|'ve|\scan|\stried to|\sare going to|'re going to)?\s(?:call|"
    r"called|ring|phone|reach|text|contact)\w*\s(?:you|u)\b"
    r"|\b(?:call|ring|reach|text|contact)\syou\b"
    r"|\b(?:registrad|facilit|indicaste|indica|diste|dejaste|proporcion|confirm\w*\s(?:que|"
    r"si|el)|registered|on file|you (?:gave|left|provided|sent))"
)
# The last word before a number: who is told to call it, is not its owner.
_CALL_IT = re.compile(
    r"\b(?:call|ring|dial|llama|llame|llamar|marca|marque|marcar|llamanos|llamenos)"
    r"(?:\s(?:al?|us|on|at))*\s$"
)
_LINE_TO_CALL = re.compile(
    r"\bllam(?:a|e|ar|ame|anos|enos|ando|adas?|en)\b|\bcomuni(?:ca|que)\w*|\bmar(?:ca|"
    r"que|car|cando)\b|\bcontact\w*"
    r"|\batencion\b|\bhorario|\b24\s?h|\blunes\b|\bservicio\b|\bcentro\b|\blinea\b|\bnuestr\w+|\btelefonic\w+"
    r"|\btelefonos?\b|\btelefonos?\sde\b|\bnumeros\b|\bnumeros?\sde\b|\bgratuit\w+|\bextension\b|"
    r"\bwhatsapp\b|\bcall(?:s|ing)?\b|\bdial\w*|\breach\b"
    r"|\bphone\sus\b|\bour\b|\bhotline\b|\bhelpline\b|\blines?\b|\bteam\b|\bcent(?:er|"
    r"re)\b|\bdepartment\b|\bsupport\b"
    r"|\bservices?\b|\bextranjero\b|\bexterior\b|\bcanada\b|\bcdmx\b|\bsucursal\w*|\bconmutador\b|"
    r"\btoll\b|\bsms\b|\bfax\b"
    r"|\bph#|\bbranch\b|\bstores?\b|\btienda\b|\btel(?:efono)?s?\s?[:.]|\bring\sus\b|\bspeak\b|"
    r"\bemergenc\w+|\bauxilio\b|\basistencia\b|\bnumber\b"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{2,63}){1,3}")
_PRIVATE_HOST = re.compile(
    r"@(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|proton(?:mail)?|"
    r"gmx|telefonica|terra"
    r"|ono|uol|bol|prodigy|mail)\.(?:com|net|es|me|ch|de|com?\.\w\w|\w\w)(?:\.\w\w)?$"
)
_ROLE = re.compile(
    r"^(?:info|hola|hello|hi|ayuda|help|soporte|suporte|support|atencion|atendimento|care|"
    r"contact|servicio|service"
    r"|client|customer|reclam|queja|sac|ventas|sales|pedidos|orders|reservas|booking|prensa|"
    r"press|rrhh|jobs|privac"
    r"|dpo|lopd|legal|admin|no-?reply|comunicacion|social|redes|feedback|complain|relations|"
    r"team|equipo|garantia"
    r"|factura|billing|devolu|returns|envios|tienda|shop|web|cau|datos|arco|fraud|phishing|"
    r"abuse|seguridad|security)"
)
_A_PERSON = re.compile(r"[a-z]{1,20}[._-][a-z]{2,20}\d{0,4}@|[a-z]{3,20}\d{2,4}@")
_WRITE_TO_US = re.compile(
    r"\bescrib(?:e|enos|anos|inos|ir|irnos|a|i)\b|\bnuestr\w+|\bour\b|\bemail us\b|\be-mail us\b|\bwrite to\b"
    r"|\bcontact\w*|\bescribiendo\b|\b(?:correo|email|mail) (?:de|del|a)\b|\breach\b|\bdrop us\b"
    r"|\b(?:envi|mand|reenvi|reporta|send|forward)\w*\b"
)
_YOUR_MAIL = re.compile(
    r"\b(?:tu|su|your|ur)\s(?:\w+\s){0,2}?(?:correo|mail|e-?mail|buzon|inbox|direccion|"
    r"cuenta|account|address|usuario|user\w*)\b"
    r"|\bregistrad\w*|\bregistered\b|\bon file\b|\b(?:te|le)\s(?:\w+\s){0,3}(?:escri|envi|"
    r"mand|contest|respond)\w*"
    r"|\b(?:emailed|written to|sent|email|write to|replied to)\s(?:you|it to you)\b|\bthat "
    r"you (?:gave|use|provided)\b"
)
_STREET_ES = re.compile(
    r"(?:\bcalle|\bc/|\bavenida|\bavda\.?|\bav\.?|\bpaseo|\bplaza|\bcarrera|\bcra\.?|\bcl\.|"
    r"\bcalzada|\bbulevar|\bblvd\.?|\bjiron|\bjr\."
    r"|\bpasaje|\bronda|\btravesia|\bdiagonal|\btransversal|\bcamino|\brua)(?:\b|(?<=[./]))\s?"
    r"(?:[\w'.ªº-]{1,20}\s){0,5}?[\w'.ªº-]{1,20},?\s?(?:#|n[.º°o]{1,2}\s?|num\.?\s|numero\s)?\s?\d{1"
    r",5}(?:\s?-\s?\d{1,4})?\b(?!\s?(?:%|h\b|€|horas|dias|am\b|pm\b|:\d))"
)
_STREET_EN = re.compile(
    r"\b\d{1,5}[a-z]?\s(?:[A-Z][\w'.]{0,20}\s){1,3}(?:Street|St|Avenue|Ave|Road|Rd|Lane|"
    r"Ln|Drive|Dr|Court|Ct|Boulevard|Blvd|Terrace|Close|Crescent)\b"
)
_SHOP = re.compile(
    r"\b(?:tiendas?|sucursal\w*|oficinas?|local|sede|stores?|shops?|branch|office|nuestr\w+|"
    r"our|taller|punto|centro|visitanos"
    r"|visit|acude|acercate|hotel|restaurante|museo|aeropuerto|airport|terminal|estacion|"
    r"parada|obras?|corte|incendio|averia|incidencia|vecin\w+|zona"
    r"|evento|trafico|avis|sucedid|situad[oa]s?|ubicad[oa]s?|located)\b"
)
_HOME = re.compile(
    r"\b(?:tu|su|your)\s(?:\w+\s){0,2}?(?:direccion|domicilio|casa|piso|address|home|house|flat)\b"
    r"|\b(?:entreg|enviar|enviamos|envio|repart|deliver|ship|sent)\w*"
)


def phones(text: str, folded: str, *, asked: bool = False) -> Iterator[Found]:
    """Telephones that are, or may well be, a customer's; where the customer has asked for a number to
    call, only those that the words call theirs."""
    for match in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        if not 8 <= len(digits) <= 15 or _A_FILE.search(folded[max(0, match.start() - 24) : match.start()]):
            continue
        if _GROUPED_DATE.match(match[0].strip()) or len(set(digits)) < 3:
            continue
        before = folded[max(0, match.start() - 60) : match.start()]
        theirs = bool(_THEIRS.search(before)) and not _CALL_IT.search(before)
        if (asked or is_line(match[0])) and not theirs:
            continue
        if theirs or not (
            _AT.search(before) or _LINE_TO_CALL.search(folded) or not _is_mobile(digits, match[0])
        ):
            yield Found("phone", match.span())


def _is_mobile(digits: str, written: str) -> bool:
    """Shapes of personal numbers: Spain, Mexico, Colombia, Chile, Peru, Argentina, Ecuador, Brazil,
    Uruguay, North America; or any with a country's code."""
    if "." in written and "-" in written:
        return False  # an identity number's dress, not a telephone's
    if written.lstrip().startswith("+") or (written.startswith("00") and len(digits) > 10):
        return True
    if len(digits) == 9:
        return digits[0] in "679"
    if len(digits) == 10:
        grouped = bool(re.search(r"[ .-]", written))
        return digits[:1] == "3" or digits[:2] in ("09", "11", "15", "55", "33", "81") or grouped
    return len(digits) in (11, 12, 13) and digits[:2] in (
        "54",
        "52",
        "57",
        "56",
        "51",
        "34",
        "55",
        "11",
        "21",
    )


def is_line(written: str) -> bool:
    """A number for all to call, by its prefix."""
    return bool(_TOLL_FREE.match(re.sub(r"[^\d+]", "", written)))


def mailboxes(text: str, folded: str) -> Iterator[Found]:
    """Mail addresses of a person; not those a brand is written to."""
    for match in _EMAIL.finditer(text):
        address = folded[match.start() : match.end()]
        before = folded[max(0, match.start() - 60) : match.start()]
        theirs = bool(_YOUR_MAIL.search(before))
        ours = bool(_ROLE.match(address) or _WRITE_TO_US.search(before))
        if theirs or (not ours and (_PRIVATE_HOST.search(address) or _A_PERSON.match(address))):
            yield Found("email", match.span())


def homes(text: str, folded: str) -> Iterator[Found]:
    """A street with its number, unless the words speak of a place that is open to all."""
    for match in (*_STREET_ES.finditer(folded), *_STREET_EN.finditer(text)):
        around = folded[max(0, match.start() - 80) : match.start()]
        named = any(word[:1].isupper() for word in text[match.start() : match.end()].split()[1:])
        if _HOME.search(around) or (named and not _SHOP.search(folded)):
            yield Found("address", match.span())
