"""Ask, with interest (A4): a question where facts are missing, and never an interrogation."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import proposals
from cortafuegos.guard.rules.tone.complaint import First, first_to_upset
from cortafuegos.guard.rules.tone.sentence import goes_on, last
from cortafuegos.guard.text import Reading, Sentence, fold
from cortafuegos.guard.values import Context, Finding, Severity

INTERROGATION = 5  # questions at which it becomes one
MANY = 4  # worth a note
_SHORT = 16  # words in which one can be angry without telling why

# With their accents, as typed: "que" without one asks nothing.
_ASKING = re.compile(
    r"\b(?:qué|cuál(?:es)?|cuándo|dónde|adónde|cómo|quién(?:es)?|cuánt[oa]s?|when|where|who|why|how|what|which|whose)\b",
    re.IGNORECASE,
)
_REQUEST = re.compile(
    r"\b(?:(?:ind[ií][cq]u?|env[ií]|mand|facil[ií]t|proporci[oó]n|comp[aá]rt|d[ií]n|d[ií]g|confirm|p[aá]s|bri?nd|escr[ií]b|cu[eé]nt|cont)\w*n(?:os|oslo)|"
    r"necesit(?:amos|o|ar[ií]amos)|requerimos|solicitamos|comparte|comparta|indica|indique|env[ií]a|env[ií]e|"
    r"(?:please\s)?(?:send|provide|share|confirm|tell|give|dm|let|include|advise|supply)\b|we(?:'ll|\swill)?\s(?:also\s)?need|we\srequire)",
    re.IGNORECASE,
)
# A datum of a list; what is one thing in two words counts once.
_DATUM = re.compile(
    r"\b(?:numero\sde\s\w+|nombre\s(?:completo|de\susuario)|nombre\sy\sapellidos?|correo\selectronico|codigo\spostal|fecha\sy\shora|"
    r"(?:booking|order|account|phone|flight|ticket|case|confirmation|tracking|member\w*|reference|mobile|contact)\s(?:number|reference|code|id)|"
    r"(?:full|first|last|user)\s?name|(?:e-?mail|home|postal|delivery|billing)\saddress|date\sof\sbirth|date\sand\stime|make\sand\smodel|"
    r"os\sversion|"
    r"nombres?|apellidos?|dni|nif|nie|rut|curp|rfc|cedula|pasaporte|telefono|celular|movil|correo|e-?mail|mail|direccion|domicilio|"
    r"ciudad|provincia|pais|fecha|hora|lugar|sucursal|tienda|folio|localizador|modelo|captura|foto|factura|ticket|recibo|"
    r"comprobante|importe|monto|name|surname|phone|address|postcode|zip|city|country|date|time|store|branch|model|"
    r"screenshot|photo|picture|invoice|receipt|amount|carrier|dob)\b"
)
# Asked without a question mark: an invitation to tell.
_INVITES = re.compile(
    r"\b(?:coment[ae]nos|si(?:gue|ga)nos|nos\s(?:puede|podr|da|di)\w*|cu[eé]nt(?:a|e)(?:n?os|me|melo|noslo)|cont(?:a|á)(?:nos|me)|d[ií](?:nos|me|ganos|game)|dec[ií](?:nos|me)|"
    r"expl[ií](?:canos|quenos|came|queme)|desc[rí]ib\w*nos|det[aá]ll[ae]nos|am[pl]i?l[ií]\w*nos|comp[aá]rt[aei]\w*|"
    r"ind[ií](?:canos|quenos|came|queme)|env[ií][ae]?n?(?:os|me)|escr[ií]b[aei](?:nos|me)|m[aá]nd[ae](?:nos|me)|p[aá]s[ae](?:nos|me)|"
    r"facil[ií]t[ae](?:nos|me)|confirm[ae](?:nos|me)|propor[cs]i[oó]n[ae](?:nos|me)|(?:aclar|brind|hag|haz|hac[eé]|deje?)\w*nos|"
    r"nos\s(?:gustar[ií]a|encantar[ií]a|interesa|ayudar[ií]a)\s(?:saber|conocer|entender|escuchar|o[ií]r|que|much)|"
    r"queremos\s(?:saber|conocer|entender|escuchar|o[ií]rte)|"
    r"(?:tell|let|give|send|dm|message|drop|share|provide|email)\s(?:us|me|more|your|the|a|through|over|details)|"
    r"(?:like|love|want|need|keen|hope)\sto\s(?:know|hear|learn|understand|find\sout)|more\s(?:details|info|information)|dm|"
    r"reach\sout|get\sin\stouch)\b"
)
_QUESTION_EN = re.compile(r"\b(?:could|can|would|will|may|might)\s(?:you|we)\b")

# A message that already tells what happened has a thing, a place, a time or a number in it.
_FACT = re.compile(
    r"\d|\b(?:pedido|paquete|envio|entrega|factura|cobr\w+|cargo|tarjeta|cuenta|vuelo|maleta|equipaje|asiento|reserva|"
    r"tren|autobus|internet|fibra|wifi|router|modem|linea|senal|datos|luz|agua|gas|app|aplicacion|web|pagina|cajero|sucursal|"
    r"tienda|repartidor|tecnico|instalacion|averia|reembolso|devolucion|cambio|talla|producto|telefono|movil|celular|pantalla|"
    r"contrato|recibo|saldo|transferencia|deposito|promocion|oferta|descuento|cupon|llamada|agente|asesor|empleado|"
    r"empleada|dependienta|chofer|conductor|medicamento|cita|poliza|siniestro|coche|auto|carro|habitacion|hotel|comida|"
    r"pizza|hamburguesa|contrasena|clave|acceso|correo|ayer|anoche|lunes|martes|miercoles|jueves|viernes|sabado|domingo|"
    r"order|parcel|package|delivery|invoice|bill|charge[ds]?|card|account|flight|bag|bags|luggage|seat|booking|reservation|"
    r"train|bus|broadband|router|line|signal|data|power|water|website|site|atm|branch|store|shop|driver|engineer|"
    r"refund|return|size|product|phone|screen|contract|balance|transfer|promo\w*|offer|voucher|call|agent|"
    r"employee|staff|cashier|prescription|appointment|policy|claim|car|room|food|password|login|yesterday|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday|delay(?:ed)?|cancel\w*|gate|crew|playlist|song|songs|music|premium|album|update|"
    r"screen|battery|shoes?|outlets?|planes?|hold|hours?|weeks?|months?|horas?|semanas?|reply|response|respuesta|fee|fees|milk|burger|fries)\b"
)


@lru_cache(maxsize=256)
def tells_facts(message: str) -> bool:
    """Whether a customer's message says what it is about. A long one is taken to."""
    folded = fold(message[:5000])
    return len(folded.split()) > _SHORT or bool(_FACT.search(folded))


def no_question(reading: Reading, context: Context) -> Iterable[Finding]:
    """A complaint that tells nothing, answered without asking: advice, since who answers may know the
    facts from elsewhere. Silent without the message."""
    first = first_to_upset(reading, context)
    if first is First.NO or not context.message.strip() or tells_facts(context.message):
        return
    if any(s.question for s in reading.sentences) or "?" in reading.text or not reading.words:
        return
    if goes_on(reading):
        return
    if _INVITES.search(reading.prose) or _QUESTION_EN.search(reading.prose):
        return
    span = last(reading)
    yield Finding(
        "no-question",
        Severity.NOTE,
        span,
        {},
        proposals.add(reading, span, proposals.ASK.to(reading, context)),
    )


def too_many_questions(reading: Reading, _: Context) -> Iterable[Finding]:
    """Five things asked at once. Each question counts, each question word joined into one, and in
    public each datum of a list; in private a list of data saves the person messages (B4)."""
    counted = [(sentence, _questions(reading, sentence)) for sentence in reading.sentences]
    total = sum(questions for _, (questions, _) in counted)
    data = sum(max(both) for _, both in counted) if reading.public else 0
    if total < MANY and data < INTERROGATION:
        return
    asking = [sentence for sentence, both in counted if any(both)]
    severity = Severity.WARN if max(total, data) >= INTERROGATION else Severity.NOTE
    span = (asking[0].start, asking[-1].end)
    yield Finding("too-many-questions", severity, span, {"count": max(total, data)})


def _questions(reading: Reading, sentence: Sentence) -> tuple[int, int]:
    """How many questions a sentence asks, and how many data."""
    said = reading.text[sentence.start : sentence.end]
    request = _REQUEST.search(said)
    questions = (
        max(said.count("¿"), 1, _joined(said)) if sentence.question else _joined(said) if request else 0
    )
    data = (
        {match[0] for match in _DATUM.finditer(reading.prose, sentence.start, sentence.end)}
        if request
        else set()
    )
    return questions, len(data)


_BROUGHT_IN = re.compile(
    r"(?:[,;/¿]|\b(?:y|e|o|and|or))\s{0,2}(?:en|a|de|con|por|para|desde|at|in|on|with|from)?\s{0,2}$",
    re.IGNORECASE,
)


def _joined(said: str) -> int:
    """Question words that a comma, an "and" or the beginning brings in: "qué día, dónde y con quién"."""
    count = 0
    for match in _ASKING.finditer(said):
        before = said[max(0, match.start() - 14) : match.start()]
        if count == 0 or _BROUGHT_IN.search(before):
            count += 1
    return count


RULES: tuple[Rule, ...] = (no_question, too_many_questions)
