"""No money in public: an offer that others read is the next person's demand."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import proposals
from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context, Finding, Severity

_GAP = r"(?:[^\w.!?;\n]{1,4}+[\w']++)"  # a word, and what parts it from the one before
_TO = r"[^\w.!?;\n]{1,4}+"
_AMOUNT = (
    r"(?:(?:us|mx|ar|cop|clp|s/|r)?[$€£]\s?\d[\d.,]*|\d[\d.,]*\s?(?:€|\$|£|%|euros?|eur|usd|mxn|pesos?|soles|sol|dolares|"
    r"dollars?|pounds?|reais|lucas|bucks|mil(?:es)?\spesos))"
)
_GIFT = (
    r"(?:vales?|vouchers?|bono(?:s)?|bonificacion(?:es)?|bonificarte|cup(?:on|ones)|descuentos?|rebajas?|reintegros?|"
    r"compensacion(?:es)?|indemnizacion(?:es)?|resarcimiento|regalos?|regalito|obsequios?|detalle|cortesia|atencion\s(?:comercial)|"
    r"saldo|credito|recarga|puntos|millas|avios|gratis|gratuit[oa]s?|sin\scoste|sin\scosto|sin\scargo|gigas?|megas|"
    r"tarjeta\s(?:de\s)?regalo|gift\s?card|codigo\s(?:de\s|promocional|descuento)|dinero|importe|plata|noche|mes(?:es)?\sgratis|"
    r"mensualidad(?:es)?|upgrade|postre|cena|cheque|cashback|nota\sde\scredito)"
)
_GIFT_EN = (
    r"(?:voucher(?:s)?|coupon(?:s)?|discount(?:s|ed)?|credit(?:s)?|refund|compensation|gift\scards?|gift\scertificate|"
    r"miles|points|for\sfree|free|complimentary|goodwill|gesture|promo\scode|code|cash|money\sback|reimbursement|upgrade|"
    r"rebate|half\s(?:price|off)|percent|perks?|bonus|freebie|payout|comp|waive[rd]?)"
)
_GIVE = (
    r"(?:(?:te|le|les|os)\s(?:ofrec\w+|damos|doy|daremos|dare|daria\w*|vamos\sa\s\w+|regal\w+|obsequi\w+|enviamos|enviaremos|envio|"
    r"mandamos|mandaremos|hacemos|haremos|abon\w+|acredit\w+|bonific\w+|descont\w+|aplic\w+|carg(?:amos|aremos)|compens\w+|indemniz\w+|"
    r"entreg\w+|conced\w+|otorg\w+|pag(?:amos|aremos)|reintegr\w+|invit(?:amos|aremos)|devolv\w+|devuelv\w+|reembols\w+|"
    r"recarg\w+|sum\w+|deja(?:mos|remos)|gener\w+|corresponde\w*|gustaria|hemos\s\w+|queremos\s\w+|podemos\s\w+|puedo\s\w+)"
    r"|(?:ofrecer|dar|regalar|obsequiar|enviar|abonar|acreditar|bonificar|descontar|aplicar|compensar|entregar|otorgar|"
    r"reembolsar|devolver|recargar|sumar|hacer|invitar|mandar|pagar)(?:te|le|les|os|telo|selo)"
    r"|ofrecemos|regalamos|obsequiamos|aqui\stienes|aqui\stiene|ten(?:es|dras|dra)?\s(?:un|tu|una)|recibiras|recibira|quieres|gustaria|aceptas|"
    r"aceptarias|disfruta\sde|puedes\susar|usa\sel)"
)
_COMPENSATE = re.compile(
    r"\b(?:(?:te|le|les|os)\s(?:vamos\sa\s|queremos\s|podemos\s|quisieramos\s|gustaria\s)?(?:compens(?:ar\w*|amos|are\w*)|indemniz(?:ar\w*|amos|are\w*)|"
    r"resarc(?:ir\w*|imos|ire\w*)|recompens(?:ar\w*|amos|are\w*))|"
    r"(?:compensarte|compensarle|compensarles|compensaros|indemnizarte|indemnizarle|resarcirte|resarcirle|recompensarte|recompensarle)|"
    r"(?:como|a\smodo\sde|en|una|de|alguna)\s(?:compensacion|indemnizacion|desagravio|gesto\sde\s(?:buena\svoluntad|disculpa|cortesia))\b(?!\s(?:por\sretraso|por\sdenegacion|de\sacuerdo|que\smarca|del\sreglamento|variable|total))|"
    r"por\slas\smolestias"
    + _GAP
    + r"{0,3}?"
    + _TO
    + r"(?:te|le|les|os)\s(?:damos|ofrec\w+|regal\w+|hacemos|enviamos|abon\w+|daremos|haremos|aplic\w+)|"
    r"corre\spor\snuestra\scuenta|invita\sla\scasa|(?:lo|la)\spagamos\snosotros|nosotros\spagamos)\b"
)
_OFFER = re.compile(rf"\b{_GIVE}\b{_GAP}{{0,6}}?{_TO}(?:{_GIFT}\b|{_AMOUNT}(?![\w]))")
_OFFER_BACK = re.compile(  # "un vale de 20 € para ti", "20 % de descuento por las molestias"
    rf"(?:{_AMOUNT}|\b(?:un|una|dos|tu|el|la|algun|este|con\sun)\b){_GAP}{{0,3}}?{_TO}{_GIFT}\b{_GAP}{{0,6}}?{_TO}"
    r"(?:para\sti|para\susted|por\slas\smolestias|por\slo\socurrido|por\slo\ssucedido|por\sel\sretraso|por\sla\sdemora|por\sla\sespera|"
    r"por\sel\sinconveniente|por\sesta\sincidencia|de\snuestra\sparte|cortesia\sde|para\scompensar\w*|como\sdisculpa|en\ssu\sproxima|en\stu\sproxim[ao])\b"
)
_OFFER_EN = re.compile(
    r"\b(?:(?:we|i|we'll|i'll|we'd|i'd|we've|i've|we're|let\sus|let\sme|happy|glad|like|love|able)\s(?:will\s|can\s|could\s|would\s|have\s|are\s|'ll\s|like\s|love\s|"
    r"be\s|happy\s|glad\s|also\s|just\s|already\s|going\s|to\s|us\s){0,5}(?:offer\w*|give|giv(?:en|ing)|gave|send(?:ing)?|sent|add(?:ed|ing)?|apply|applied|credit(?:ed|ing)?|refund(?:ed|ing)?|"
    r"reimburse\w*|provide|issue[d]?|deposit\w*|grant|pay|knock|take|throw|gift|get|arrange|extend|waive[d]?)"
    r"|here(?:'s|\sis|\sare)|enjoy|have|accept|use|please\saccept|you'll\s(?:get|receive)|you\swill\s(?:get|receive)|would\syou\slike|how\sabout|how\sdoes)"
    rf"{_GAP}{{0,5}}?{_TO}(?:{_GIFT_EN}\b|{_AMOUNT}(?!\w))"
)
_CREDIT_EN = re.compile(
    r"\b(?:we|i|we'll|i'll|we'd|we've|i've|we\scan|we\swill|like\sto|happy\sto)\s(?:can\s|will\s|have\s|would\slike\sto\s|like\sto\s|happy\sto\s|just\s|already\s|gladly\s){0,3}"
    r"(?:credit(?:ed)?|refund(?:ed)?|reimburse[d]?|comp(?:ed)?|compensate[d]?)\s(?:you|your|the)\b"
    r"|\b(?:compensate|reimburse)\syou\b|\bas\s(?:compensation|a\sgoodwill|a\sgesture\sof|an\sapology\swe)\b|\bin\scompensation\b|"
    r"\b(?:it's|this\sone's|this\sone\sis|drinks\sare|is|are)\son\sus\b|\bon\sthe\shouse\b|\b(?:free\sof\scharge|no\scharge)\sas\b|"
    r"\bfor\s(?:your|the)\s(?:trouble|troubles|inconvenience)"
    + _GAP
    + rf"{{0,4}}?{_TO}(?:{_GIFT_EN}\b|{_AMOUNT})"
)
_ON_NEXT_EN = re.compile(
    rf"(?:{_AMOUNT}|\b(?:a|your|an|some)\b){_GAP}{{0,3}}?{_TO}{_GIFT_EN}\b{_GAP}{{0,6}}?{_TO}"
    r"(?:for\s(?:your|the)\s(?:trouble|troubles|inconvenience|wait|delay)|to\smake\sup|to\ssay\ssorry|as\san?\s(?:apology|thank)|"
    r"on\s(?:your|the)\snext|towards?\syour|off\syour|to\scompensate|by\sway\sof)"
)
# Conditions, promotions and what the customer asked about are no offer of ours.
_NOT_AN_OFFER = re.compile(
    r"\b(?:disculpas?|apoyo|ayuda|seguimiento|soporte|no\s(?:ofrecemos|podemos\sofrecer|podemos\sofrecerte|aplica|es\sposible)|apolog\w+|"
    r"(?:can't|cannot|can\snot|don't|do\snot|unable\sto|not\sable\sto|won't|aren't|wouldn't|couldn't|never))\b"
)
_KEYWORDS = (
    "vale", "voucher", "bono", "bonific", "cupon", "descuento", "descont", "rebaja", "reintegr", "compens", "indemniz", "resarc",
    "regal", "obsequi", "cortesia", "saldo", "credit", "recarga", "puntos", "millas", "grati", "sin cost", "sin cargo", "giga",
    "megas", "gift", "codigo", "dinero", "importe", "plata", "mensualidad", "upgrade", "cashback", "coupon", "discount", "refund",
    "miles", "points", "free", "complimentary", "goodwill", "promo", "cash", "money", "reimburs", "rebate", "half", "percent",
    "bonus", "on us", "on the house", "€", "$", "£", "%", "euro", "peso", "soles", "dolar", "dollar", "pound", "recompens",
    "nuestra cuenta", "la casa", "pagamos", "comp", "waive", "postre", "cena", "cheque", "detalle", "gesture", "lucas", "noche",
    "code", "bucks", "perk", "atencion comercial", "nota de credito", "avios",
)  # fmt: skip
_PATTERNS = (_COMPENSATE, _OFFER, _OFFER_BACK, _OFFER_EN, _CREDIT_EN, _ON_NEXT_EN)


def public_compensation(reading: Reading, context: Context) -> Iterable[Finding]:
    """Money, discounts, vouchers or gifts offered where everyone reads. Warns once per sentence."""
    if not reading.public or not any(word in reading.prose for word in _KEYWORDS):
        return
    for sentence in reading.sentences:
        said = reading.prose[sentence.start : sentence.end]
        for pattern in _PATTERNS:
            match = next(
                (m for m in pattern.finditer(said) if not _NOT_AN_OFFER.search(_around(said, m))), None
            )
            if match:
                start, end = sentence.start + match.start(), sentence.start + match.end()
                if not reading.quoted(start, end):
                    yield Finding(
                        "public-compensation",
                        Severity.WARN,
                        (start, end),
                        {},
                        proposals.IN_PRIVATE.to(reading, context) if end - start > 0.6 * len(said) else None,
                    )
                break


def _around(said: str, match: re.Match[str]) -> str:
    return said[max(0, match.start() - 16) : match.end()]


RULES: tuple[Rule, ...] = (public_compensation,)
