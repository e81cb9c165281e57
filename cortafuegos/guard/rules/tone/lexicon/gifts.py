"""Offers of money or of money's worth."""

from __future__ import annotations

import re

from cortafuegos.guard.rules.tone.lexicon import words

_GAP = r"(?:[^\w.!?;\n]{1,4}+[\w']++)"  # a word, and what parts it from the one before
_TO = r"[^\w.!?;\n$€£]{1,4}+"
# The endings of a first person.
_WE = r"(?:amos|emos|imos|aremos|eremos|iremos|ariamos|eriamos|iriamos|are|ere|ire|aria|eria|iria|o)"

_MONEY = r"euros?|eur|usd|mxn|pesos?|soles|sol|dolares|dollars?|pounds?|reais|lucas|bucks|quid|mil\spesos"
_AMOUNT = (
    r"(?:(?:us|mx|ar|cop|clp|s/\.?|r)?[$€£]\s?\d[\d.,]*+"
    rf"|s/\.?\s?\d[\d.,]*+|\d[\d.,]*+\s?(?:[€$£%]|(?:{_MONEY})\b))"
)
_GIFT = (
    r"(?:vales?(?!\sla\b)|vouchers?|bonos?|bonificacion(?:es)?|cup(?:on|ones)|descuentos?|rebajas?|"
    r"reintegros?|compensacion"
    r"(?:es)?|indemnizacion(?:es)?|resarcimiento|regalos?|regalitos?|obsequios?|detallito|cortesias?|"
    r"atencion\scomercial|"
    r"saldo|(?<!tarjeta\sde\s)credito(?!\sde\snomina)|recargas?|puntos|millas|avios|gratis|gratuit[oa]s?|"
    r"sin\scost[eo]|sin\scargo|gigas?|"
    r"megas|gift\s?cards?|codigo\s(?:de\s)?(?:promocional|descuento|promocion)|dinero|plata|importe|"
    r"mensualidad(?:es)?|"
    r"noches?\s(?:gratis|extra)|postre|cena|cheque|cashback|nota\sde\scredito|entradas|"
    r"tarjeta\s(?:de\s)?regalo|upgrade)"
)
_GIFT_EN = (
    r"(?:vouchers?|coupons?|discount(?:s|ed)?|credits?|refund|compensation|gift\s?cards?|gift\scertificate|"
    r"(?:bonus\s|sky)?"
    r"miles|(?:bonus\s|reward\s)?points|for\sfree|(?<!gluten\s)(?<!risk\s)(?<!dairy\s)free(?!\s(?:to|"
    r"moment|time|minute|of\sthe))|complimentary|goodwill|"
    r"promo\scode|discount\scode|cash|money\sback|money|reimbursement|rebate|half\s(?:price|off)|percent|"
    r"freebies?|payout|"
    r"travel\sfunds|(?:free|complimentary)\supgrade|bill\scredit|store\scredit|gift)"
)
_TO_YOU = r"(?:te|le|les|os|vos)"
_VERB = (
    r"(?:ofrec|d|dar|regal|obsequi|envi|mand|hac|har|abon|acredit|bonific|descont|aplic|carg|compens|"
    r"indemniz|entreg|conced|"
    r"otorg|pag|reintegr|invit|devolv|reembols|recarg|sum|dej|gener|pas|hic)"
)
_GIVE = (
    rf"(?:{_TO_YOU}\s(?:vamos\sa\s|voy\sa\s|queremos\s|quiero\s|podemos\s|puedo\s|podriamos\s|gustaria\s|"
    rf"hemos\s|he\s|estamos\s)?"
    rf"(?:{_VERB}(?:{_WE}|ar|er|ir|ado|ido|ando|endo|iendo)|doy|daria(?:mos)?|damos|daremos|dado|hecho|"
    rf"dando|devuelto|descuento)"
    rf"|(?:{_VERB}|pon)(?:ar|er|ir)?(?:te|le|les|os|telo|selo)|(?:ofrecemos|regalamos|obsequiamos)"
    r"|aqui\s(?:tienes|tiene|tenes|va|te\sva)|(?:vas\sa|va\sa)\s(?:recibir|tener)|(?:recibiras|recibira|"
    r"tendras|tendra)\s(?:un|una)"
    rf"|{_TO_YOU}\s(?:parece|gustaria|apetece|interesa|vendria|corresponde|mereces)|(?:aceptas|acepta|"
    rf"aceptarias|quieres|prefieres)\sun"
    r"|disfruta\sde\sun)"
)
_SORRY_FOR = (
    r"(?:para\s(?:ti|usted|vos|compensar\w*|disculparnos|que\snos\sperdon\w+)|por\s(?:las?|los?|el|tu|su|"
    r"esta|este|estas|estos)\s"
    r"(?:molestias?|ocurrido|sucedido|pasado|retraso|demora|espera|inconvenientes?|incidencia|mal\srato|"
    r"error|fallo|trastorno|disgusto)"
    r"|de\snuestra\sparte|cortesia\sde|como\sdisculpa|en\s(?:su|tu)\sproxim[ao])"
)
_COMPENSATE = (
    rf"(?:{_TO_YOU}\s(?:vamos\sa\s|queremos\s|podemos\s|quisieramos\s|gustaria\s)?(?:compens|indemniz|"
    rf"resarc|recompens)"
    r"(?:ar|ir|amos|imos|aremos|iremos|are|ire)\b"
    r"|(?:compensar|indemnizar|resarcir|recompensar)(?:te|le|les|os|lo|la)\b"
    r"|(?:como|a\smodo\sde)\s(?:compensacion|indemnizacion|desagravio|gesto\s(?:comercial|"
    r"de\s(?:buena\svoluntad|disculpa|cortesia)))\b"
    r"(?!\s(?:por\sretraso\s|del\sreglamento|de\sacuerdo))"
    rf"|por\slas\smolestias{_GAP}{{0,3}}?{_TO}{_TO_YOU}\s(?:damos|ofrec|regal|hacemos|enviamos|abon|"
    rf"daremos|haremos|aplic)\w*"
    r"|corre\spor\snuestra\scuenta|invita\sla\scasa|invitamos\snosotros|l[oa]\spagamos\snosotros|"
    r"nosotros\spagamos)"
)
_LEAD_EN = (
    r"(?:(?:we|i)(?:'ll|'d|'ve|'re|'m)?|let\s(?:us|me)|please\slet\s(?:us|me))\s"
    r"(?:(?:will|can|could|would|have|are|am|like|love|be|happy|glad|also|just|already|going|to|want|"
    r"gladly|able|had|hope)\s){0,6}"
)
_GIVE_EN = (
    r"(?:offer(?:ed|ing)?|giv(?:e|en|ing)|gave|send(?:ing)?|sent|add(?:ed|ing)?|appl(?:y|ied)|credit(?:ed|"
    r"ing)?|refund(?:ed|ing)?|"
    r"reimburse[d]?|issue[d]?|deposit(?:ed)?|grant(?:ed)?|pay|paid|knock|throw|gift(?:ed)?|extend|"
    r"waive[d]?|hook|provide[d]?|"
    r"arrange[d]?|load(?:ed)?)"
)
_SORRY_FOR_EN = (
    r"(?:for\s(?:your|the|all\sthe)\s(?:trouble|troubles|inconvenience|wait|delay|hassle)|to\smake\sup|"
    r"to\ssay\s(?:sorry|we're\ssorry)|"
    r"as\san?\s(?:apology|thank|gesture|token)|on\s(?:your|the)\snext|towards?\syour|off\syour|"
    r"to\scompensate|by\sway\sof)"
)

OFFERS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_TO_YOU}\sinvit(?:amos|aremos|o)\sa\s(?:un|una|tu|su|la)\s(?:cafe|cena|comida|copa|cerveza|"
        rf"postre|menu|almuerzo|desayuno|ronda)\b",
        rf"\b(?:tienes|tiene|tenes|hay)\sun[ao]?\s(?:vale|bono|cupon|descuento|regalo|obsequio|detalle|"
        rf"saldo)\b{_GAP}{{0,4}}?[^\w.!?;\n]{{1,4}}+"
        r"(?:esperandote|esperandole|para\s(?:ti|usted|vos)|a\stu\snombre|en\stu\scuenta|"
        r"de\snuestra\sparte)\b",
        rf"\b(?:have|enjoy|grab|get|take)\b{_GAP}{{0,5}}?{_TO}on\sus\b",
        r"\byou(?:'ll|\swill|'re\sgoing\sto)\s(?:get|receive|have)\s(?:\d+|two|three|a|some|one)\sfree\b",
        rf"\b(?:how\sabout|would\syou\slike|enjoy|take|here's)\s(?:an?\s)?(?:{_AMOUNT}|half)\s(?:off|"
        rf"discount|credit)\b",
        rf"\b{_COMPENSATE}",
        rf"\b{_TO_YOU}\s(?:vamos\sa\s|hemos\s|he\s)?(?:bonific|condon|exoner|descont|perdon|regal|"
        rf"rebaj)\w+{_GAP}{{0,3}}?{_TO}"
        r"(?:factura|cuota|mes|mensualidad|recibo|plan|abono|comision|anualidad|renta|envio|noche)s?\b",
        r"\b(?:pizza|meal|drinks?|coffee|ticket|order|month|ride|stay|dinner|lunch|breakfast|night|"
        r"shipping|postage|delivery|"
        r"next\s\w+)\s(?:is|are|will\sbe|was)\son\sus\b",
        rf"\b{_GIVE}\b{_GAP}{{0,6}}?{_TO}(?:{_GIFT}\b|{_AMOUNT}(?!\w))",
        rf"(?:{_AMOUNT}|\b(?:un|una|dos|tu|el|la|algun|este|"
        rf"con\sun)\b){_GAP}{{0,3}}?{_TO}{_GIFT}\b{_GAP}{{0,5}}?{_TO}{_SORRY_FOR}\b",
        rf"\b{_SORRY_FOR}\b{_GAP}{{0,4}}?{_TO}(?:un|una|dos|tienes|tiene|va|"
        rf"{_TO_YOU}){_GAP}{{0,3}}?{_TO}{_GIFT}\b",
        rf"\b{_LEAD_EN}{_GIVE_EN}\b{_GAP}{{0,5}}?{_TO}(?:{_GIFT_EN}\b|{_AMOUNT}(?!\w))",
        rf"\b(?:here(?:'s|\sis|\sare)|please\s(?:accept|enjoy|take|use)|would\syou\slike|how\s(?:about|"
        rf"does)|you(?:'ll|\swill)\s(?:get|receive)"
        rf"|you(?:'ve|\shave)\sbeen\sgiven)\s(?:a|an|this|some|\d\S*+|[$€£]\d\S*+)\b(?!\sfull\srefund|"
        rf"\srefund){_GAP}{{0,2}}?{_TO}{_GIFT_EN}\b",
        rf"\b{_LEAD_EN}(?:(?:credit(?:ed)?|reimburse[d]?|comp(?:ed)?|compensate[d]?)\s(?:you|your|"
        rf"the\scost|the\samount|the\sfull)|refund\s(?:you|the\sfull|in\sfull))\b",
        r"\b(?:compensate|reimburse)\syou\b|\bas\s(?:compensation|a\s(?:goodwill\s)?gesture\b|"
        r"a\stoken\sof)|\bin\scompensation\b"
        r"|\b(?:it's|this\sone's|this\sone\sis|drinks\sare|meal\sis|next\sone\sis|next\sone's)\son\sus\b|"
        r"\bon\sthe\shouse\b",
        rf"(?:{_AMOUNT}|\b(?:a|some|one|"
        rf"two)\b){_GAP}{{0,2}}?{_TO}{_GIFT_EN}\b{_GAP}{{0,5}}?{_TO}{_SORRY_FOR_EN}\b",
        rf"\bfor\s(?:your|the)\s(?:trouble|troubles|inconvenience),?\s(?:here|please|we|i|have|"
        rf"enjoy){_GAP}{{0,5}}?{_TO}(?:{_GIFT_EN}\b|{_AMOUNT})",
    )
)
# Regrets, refusals, promotions and conditions are no offer of ours.
NOT_AN_OFFER = re.compile(
    r"\b(?:(?:ofrec\w+|ped\w+|damos)\s(?:\w+\s){0,2}?disculpas?|no\s(?:te\s|le\s)?(?:ofrecemos|podemos|"
    r"contamos|aplica|es\sposible|hay)|seguimiento|apolog\w+|"
    r"we\s(?:do\s)?(?:offer|send|give|provide)(?!\syou)|isn't|wasn't|can't|cannot|can\snot|don't|do\snot|"
    r"unable|not\sable|won't|aren't|wouldn't|couldn't|never|ways\sto\suse|your\s(?:sky\s?)?(?:miles|"
    r"points)|if)\b"
)
# Money that was never ours goes back: that is putting right, and may be said aloud.
_BACK = r"(?:devol|devuel|reembols|reintegr|abon|refund|credit|revers|correct)"
RESTITUTION = re.compile(
    rf"\b{_BACK}\w*\b.{{0,80}}\b(?:de\smas|por\serror|por\sduplicado|doble|dos\sveces|indebid\w+|"
    rf"la\sdiferencia|el\ssobrante|"
    r"que\sno\s(?:correspond\w+|debi\w+)|overcharg\w+|charged\stwice|double\scharge|duplicate|by\smistake|"
    r"in\serror|the\sdifference)\b"
    rf"|\b(?:de\smas|por\serror|dos\sveces|overcharged|charged\s(?:you\s)?twice|"
    rf"by\smistake)\b.{{0,80}}\b{_BACK}"
)
# One of these must be there before anything is searched for.
KEYWORDS = words(
    """
    vale invit voucher bono bonific cupon descuento descont rebaja reintegr compens indemniz resarc regal
    obsequi cortesia saldo credit recarga puntos millas grati cost cargo giga megas gift codigo dinero
    importe plata mensualidad upgrade cashback coupon discount refund miles points free complimentary
    goodwill promo cash money reimburs rebate half percent bonus euro peso soles dolar dollar pound
    recompens cuenta casa pagamos comp waive postre cena cheque detalle gesture lucas noche bucks
    commercial comercial avios entradas token house € $ £ % s/
    """
)
