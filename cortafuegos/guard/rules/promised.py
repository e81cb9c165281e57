"""A follow-up that is promised without a time: it cannot be kept, only forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.terms import names_a_time, says_now
from cortafuegos.guard.text import Reading, Sentence
from cortafuegos.guard.values import Context, Finding, Severity

# What we shall do that the customer waits for. Verbs that also tell something at once ("te informamos
# de que ...") are told from it below.
_ES = re.compile(
    r"\b(?:"
    # te llamamos, te volveremos a escribir, vamos a llamarte
    r"(?:te|le|os|les)\s(?:(?:vuelvo|volvemos|volvere|volveremos|voy|vamos|va|van)\sa\s)?(?:llam|escrib|contact)"
    r"(?:amos|imos|aremos|iremos|are|ire|ara|ira|aran|iran|ar|ir|o|a|e|an|en)"
    r"|(?:vamos|voy|volvemos|volvere|volveremos|vuelvo)\sa\s(?:llamar|escribir|contactar|contestar|responder|avisar|decir)"
    r"(?:te|le|os|les)"
    # te decimos algo, te avisamos, os contamos
    r"|(?:te|le|os|les)\s(?:avisamos|avisaremos|aviso|avisare|decimos|diremos|digo|dire|contamos|contaremos|cuento"
    r"|contare|comentamos|comentaremos|comento|informamos|informaremos|informo|informare|confirmamos|confirmaremos"
    r"|confirmo|confirmare|notificaremos|comunicaremos|actualizaremos|contestaremos|contestare|responderemos|respondere"
    r"|contestamos|respondemos|avisaran|informaran|confirmaran|responderan|contestaran)"
    # te mantendremos al tanto, te iremos informando, le estaremos contactando
    r"|(?:te|le|os|les)\s(?:mantenemos|mantendremos|mantengo|mantendre|tendremos)\s(?:informad|al\s(?:tanto|corriente|dia))\w*"
    r"|(?:te|le|os|les)\s(?:iremos|estaremos)\s(?:contando|informando|avisando|contactando|llamando|escribiendo)"
    r"|(?:te|le|os|les)\s(?:damos|daremos|doy|dare|dan|daran)\s(?:una\s)?(?:respuesta|contestacion|noticias|novedades)"
    r"|(?:te|le|os|les)\s(?:devolvemos|devolveremos|devuelvo|devolvere|devolveran)\sla\sllamada"
    r"|(?:nos|me|se)\s(?:pondremos|ponemos|pondre|pongo|pondra|pondran|pone|ponen)\sen\scontacto"
    r"|nos\s(?:comunicaremos|estaremos\scomunicando)|me\scomunicare"
    r"|(?:tendras|tendra|recibiras|recibira)\s(?:una\s)?(?:respuesta|noticias|contestacion|nuestra\srespuesta)"
    r")\b(?:\salgo)?(?:\s(?:contigo|con\susted(?:es)?|con\svos|con\svosotros))?"
)
_ALWAYS = (
    r"call\syou|ring\syou|phone\syou|get\sback\sto\syou|come\sback\sto\syou|let\syou\sknow|contact\syou|update\syou"
    r"|keep\syou\s(?:posted|updated|informed|in\sthe\sloop)|inform\syou"
)
_EN = re.compile(
    # We'll look into it and get back to you: only words of ours between the two.
    r"(?:\b(?:we|i|they|he|she|team|colleagues?|agents?|advisors?|specialists?|managers?|someone|somebody)"
    r"(?:'ll|\swill|\sare\sgoing\sto|'re\sgoing\sto|'m\sgoing\sto|\sshall)|^\s*will|(?:[,;.]\s(?:and\s)?|\band\s)will)"
    r"(?:\s(?!(?:if|once|not|always|happily|you|should|need)\b)[a-z']{1,14}){0,7}?\s"
    rf"(?:{_ALWAYS}|write\sto\syou|write\sback|(?:be|get)\s(?:back\s)?in\s(?:touch|contact)(?!\swith\s(?!you))"
    r"|reach\s(?:back\s)?out(?:\sto\syou)?(?!\sto\s(?!you))|reply\sto\syou|respond\sto\syou|report\sback|circle\sback"
    r"|follow\sup(?:\swith\syou|(?=\s(?:soon|shortly|via|directly)|[.,!;]|$)))\b"
    rf"|(?:\blet\sme|\band)(?:\s(?!(?:if|once|not|you)\b)[a-z']{{1,14}}){{0,6}}?\s(?:{_ALWAYS})\b"
    r"|\byou(?:'ll|\swill)\s(?:hear\s(?:back\s)?from\sus|(?:get|receive|have)\san?\s(?:answer|reply|update|call))\b"
)
_SOON = re.compile(
    r"\s(?:(?:muy\s)?pronto|en\sbreve|(?:a|con)\sla\s(?:mayor\s)?brevedad(?:\sposible)?|lo\santes\sposible|cuanto\santes"
    r"|lo\smas\spronto\sposible|(?:very\s)?soon|shortly|asap|as\ssoon\sas\spossible|in\sdue\scourse)\b"
)
# Said and done with it: "te informamos de que", "le confirmamos: ya está", "te escribimos por privado".
_AT_ONCE = re.compile(
    r"\s?(?:(?:with\syou\s)?(?:(?:in\s)?there|(?:in|by|via|over)\s(?:the\s|your\s|a\s)?(?:dms?|direct|private))\b|:|que\b|de\sque\b|el\b|la\b|los\b|las\b|un\b|una\b|lo\ssiguiente|por\s(?:(?:mensaje\s)?(?:privado|directo|interno)"
    r"|dm|md|mp|inbox|aqui|interno|whatsapp)|sobre\s|a\stu\s|a\ssu\s|como\s|en\s(?:privado|mensaje)|por\sdm|desde\s"
    r"|via\s|mas\s(?:informacion|detalles)|cual|si\b|\d|la\satencion)"
)
# Verbs whose present tense tells at once: only with nothing, or with what is still to come, they promise.
_TELLS = re.compile(
    r"(?:avis|dec|dig|cont|cuent|coment|inform|confirm|respond|contest)(?:imos|amos|emos|o)\b"
)
_PAST = re.compile(
    r"\b(?:ayer|anoche|anteayer|ya\s(?:te|le|os|les)|pero\sno|y\sno\s(?:cont|resp|pud|hub|fue)\w*|sin\sexito|hace\s(?:un|\d)\w*"
    r"|acabamos|acabo|antes\s(?:te|le)|varias\sveces|intentamos|when\swe\scalled|did\snot|didn't)\b"
)
# What follows such a verb when it speaks of later: the end, a joint, or something still unknown.
_LATER = re.compile(
    r"\s*(?:[.,;!…)]|$|y\b|en\scuanto|cuando|apenas|lo\s(?:antes|mas)|pronto|en\sbreve|(?:a|con)\sla|cuanto"
    r"|(?:de\s)?cualquier)"
)
# The next word is the customer's: whatever follows, follows theirs.
_THEIR_TURN = re.compile(
    r"\b(?:escrib|mand|envi|pas|di|de|diga|dig|cuent|cont|facilit|indi|compart|confirm|regal|brind|proporcion|dej|ha|llam"
    r"|contact|respond|contest|expli|detall|adjunt|deci|muestr|ensen|reenvi|avis|sigu|sig)\w{0,8}?(?<!r)(?<!mo)(?:nos|me|noslo|melo)\b"
    r"|\b(?:puedes?|podes|podrias?|pueden|podrian)\s\w+(?:nos|me)\b|\b(?:necesit(?:amos|o|aremos|ariamos)|favor)\b"
    r"|\b(?:si|cuando|en\scuanto|una\svez(?:\sque)?)\s(?:nos|me|quieres?|prefieres?|prefiere|necesitas?|tienes|tiene|sigues?|vuelves?"
    r"|vuelve|te|le|se|lo\s(?:tengas|tenga|recibas|hagas)|recibamos|recibimos|tengamos\s(?:tus?|sus?|el|la|los|las)|hayas|haya|puedas"
    r"|pueda|no|ocurre|pasa|hay\sdudas)\b|^\s*si\b"
    r"|(?<!vemos\s)(?<!veo\s)(?<!ver\s)(?<!miramos\s)(?<!saber\s)(?<!pregunto\s)(?<!preguntamos\s)(?<!consultamos\s)"
    r"(?<!comprobamos\s)(?<!revisamos\s)\bsi\s\w"
    r"|(?<!check\s)(?<!see\s)(?<!ask\s)(?<!out\s)(?<!know\s)(?<!sure\s)\bif\b|\b(?:once|when|as\ssoon\sas|after|so)\s(?:you|we\s(?:have|get|receive)\s"
    r"(?:your|it|this|that|the)|we\scan)\b"
    r"|\b(?:please|kindly|send\s(?:us|me)|dm\s(?:us|me)|message\s(?:us|me)|let\s(?:us|me)\sknow|could\syou|can\syou|give\s(?:us|me)"
    r"|share|drop\s(?:us|me)|provide|tell\s(?:us|me)|follow\sus|(?:connect\swith|contact|email|call|reach|(?:write|reach\sout)\sto)\sus|reply\swith|fill\s(?:in|out))\b"
)
# Kindness that asks for nothing.
_KINDNESS = re.compile(
    r"\b(?:algo\smas|en\sque\smas|otra\scosa|te\sparece|le\sparece|vale|de\sacuerdo|anything\s(?:else|more)|ok(?:ay)?)\b"
)
_KEEPING = re.compile(r"\b(?:manten|tendremos|iremos|estaremos|keep\syou|tendra|recibira|you(?:'ll|\swill))")
_ON = {"es": (" hoy mismo", " mañana antes de las 12"), "en": (" today", " by noon tomorrow")}
LONGEST = 4_000  # code points read


def undated_promise(reading: Reading, context: Context) -> Iterable[Finding]:
    """The first follow-up that says nothing of when. Silent while the customer has the next word."""
    prose = reading.prose[:LONGEST]
    parts = [one for one in reading.sentences if one.start < LONGEST]
    for at, sentence in enumerate(parts):
        said = prose[sentence.start : sentence.end]
        found = None if sentence.question else _promise(said)
        if found is None or _dated(prose, parts, at) or _PAST.search(said):
            continue
        if any(_asks(prose, one) for one in parts):
            return
        start, end, language = found
        soon = _SOON.match(said, end)
        words = reading.text[sentence.start + start : sentence.start + end]
        place = (sentence.start + start, sentence.start + (soon.end() if soon else end))
        yield Finding("undated-promise", Severity.NOTE, place, *_proposed(words, said[start:end], language))
        return


def _promise(said: str) -> tuple[int, int, str] | None:
    """Where in a sentence, without what weakly stands for a time, and in which language."""
    for language, pattern in (("es", _ES), ("en", _EN)):
        for hit in pattern.finditer(said):
            if _tells_at_once(hit[0], said[hit.end() :]):
                continue
            return hit.start(), hit.end(), language
    return None


def _tells_at_once(words: str, rest: str) -> bool:
    if _AT_ONCE.match(rest):
        return True
    if not _TELLS.search(words) or words.endswith(" algo"):
        return False
    # "te informamos" and a full stop, a comma, a joint or something still unknown: later.
    return not _LATER.match(rest)


def _dated(prose: str, parts: Sequence[Sentence], at: int) -> bool:
    """In its own sentence, in the next, or in the one before when that one says what we do."""
    near = [parts[at], *parts[at + 1 : at + 2]]
    if at and _OURS.search(prose[parts[at - 1].start : parts[at - 1].end]):
        near.append(parts[at - 1])
    said = [prose[one.start : one.end] for one in near]
    return any(names_a_time(one) or says_now(one) for one in said)


_OURS = re.compile(r"\w(?:aremos|eremos|iremos|amos\sa)\b|\b(?:we'll|we\swill|i'll|will\sbe)\b")


def _asks(prose: str, sentence: Sentence) -> bool:
    said = prose[sentence.start : sentence.end]
    if sentence.question:
        return not _KINDNESS.search(said)
    return bool(_THEIR_TURN.search(said))


def _proposed(words: str, folded: str, language: str) -> tuple[dict[str, object], str | None]:
    """The same words with a time that somebody can keep. What goes on for days has none."""
    if _KEEPING.search(folded):
        return {}, None
    said = [words + when for when in _ON[language]]
    return {"variants": said}, said[-1]


RULES: tuple[Rule, ...] = (undated_promise,)
