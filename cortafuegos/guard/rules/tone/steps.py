"""Whether a reply takes a step for the customer, told by how its clauses are built and not by which
verb stands in them: what *we* do, have done or will do for *them*, what they now can do, what of
theirs is on its way. Only verbs that move nothing (regret, thanks, opinions) are listed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cortafuegos.guard.rules.tone.lexicon import words
from cortafuegos.guard.text import Reading, Word

_NO = words("no ni nunca jamas tampoco sin not never can't cannot won't don't didn't couldn't unable isn't")
_REACH = 2  # words before a verb in which a negation still reaches it

# Spanish ----------------------------------------------------------------------------------------
_TO_THEM = words("te le os les")
_OPENS = words("que si cuando como quien quienes donde lo")  # a clause about them: "que te trataron así"
_WE_AUX = words("voy vamos acabo acabamos estoy estamos sigo seguimos puedo podemos quiero queremos")
_COURTESIES = words("disculpa disculpas perdon gracias")  # "te ofrecemos disculpas"
_THEY_CAN = words("puedes puede podes podeis pueden podras podra podran")
# Beginnings of verbs that move nothing.
_INERT = re.compile(
    r"(?:lament|sient|sent|agrade|pid|ped[ií]|disculp|perdon|rogamos|rueg|dese|salud|entend|entiend|"
    r"comprend|le(?:emos|o)$|"
    r"escuch|esper|merec|gust|parec|pas[oóe]|ocurr|suced|molest|incomod|caus|ocasion|gener|fall|hac|hic|"
    r"hech|trat|dij|"
    r"digan|sea|fue|hay|hub|ha$|han$|habia|habr|mejor|trabaj|esforz|valor|import|aprecia|quer|imagin|"
    r"cre[eo]|tard|demor|"
    r"decepcion|defraud|cost|deb|falt|qued[oóe]|cuest|suel|pued|sab|tom(?:o|amos|aremos)$|tenemos|tengo|"
    r"expres|manifest|"
    r"dec(?:ir|imos)|felicit|ser|estar|haber|teniendo|sufr|experiment|recib|viv|atraves|present|crec|vist|"
    r"leid|comet|"
    r"estado|sido|tenido|notad|tomado|equivoc|dejado|olvid|perdid|podido|asegur|recuerd|record|inform|"
    r"comunic|avisamos)"
)
_FUTURE = re.compile(r"\w{2,}(?:ré|remos)")
_PAST = re.compile(r"\w+(?:ó|aron|ieron|aba|aban|aste|iste|ste)")  # what was done to them
_ACTION = re.compile(
    r"\w+(?:ar|er|ir|ando|iendo|yendo|ado|ido|to|cho)(?:te|le|les|os|lo|la|los|las|me|nos|telo|selo)?"
)
_GOES = words(
    """
    sale salen saldra saldran llega llegan llegara llegaran vuelve volvera queda quedan quedara entra
    recibes recibiras recibira recibis tienes tiene tendras tendra tenes ves veras vera aparece
    aparecera va van esta estan estara estaran pasa pasan ships leaves arrives arriving goes flies
    departs delivered comes returns starts shows is it's are be been will you'll i'll
    """
)
_WHEN = words(
    """
    hoy manana pasado lunes martes miercoles jueves viernes sabado domingo camino antes listo lista
    listos listas resuelto resuelta arreglado arreglada solucionado solucionada corregido corregida
    anulado anulada cancelado cancelada localizado localizada encontrado encontrada reservado reservada
    today tonight tomorrow monday tuesday wednesday thursday friday saturday sunday noon cancelled
    canceled refunded fixed found located booked reserved sorted replaced credited waived removed
    corrected restored ready upgraded rebooked resolved reversed returned unlocked arranged
    """
)
_ON_ITS_WAY = re.compile(
    r"\b(?:en camino|de camino|va para alla|por nuestra cuenta|on (?:its|the|their|his|her|your) way|"
    r"in the post|back in stock|"
    r"wait(?:ing|s) for you|here(?:'s| is| are) (?:how|what)|"
    r"no extra c(?:ost|harge)|free of charge|en nuestras manos|en tus manos)\b"
)

# English ----------------------------------------------------------------------------------------
_WE = words("i we i'm we're i've we've i'll we'll i'd we'd let's")
_SKIPPED = words(
    """
    will can could would shall am are have has been do just also already now personally gladly really
    truly both then then again immediately going to gonna about be me us
    """
)
_PHONE = re.compile(r"\d(?:[ .()/-]{0,2}\d){6,}")
_BE = words("am are i'm we're been be")
_HAVE = words("have i've we've")
_MODAL = words("will can could shall i'll we'll going gonna")
_INERT_EN = words(
    """
    apologise apologize regret understand appreciate value hope know see feel think believe strive aim
    thank take wish hate love like want agree realise realize recognise recognize care sympathise
    sympathize admit expect hear pride say said welcome acknowledge imagine experience had get got run
    ran close open sold failed let messed made dropped fell missed lost broke mean meant try tried trust
    sorry so very not deeply truly sincerely too always never only unable aware busy sad happy glad
    experiencing having facing receiving getting seeing going sorry striving trying noted read received
    seen heard caused fallen taken felt been no a an the many all operate your you must should may might
    do work improve remain stand deliver consider count condone
    completely totally fully certainly definitely absolutely here
    there terribly extremely awfully upset disappointed saddened forward passed
    """
)


def taken(reading: Reading) -> bool:
    """Whether any clause of the reply moves the case, or a link or a number shows where it moves on.
    Linear in its words."""
    prose = reading.prose
    if _ON_ITS_WAY.search(prose) or "http" in reading.folded or _PHONE.search(prose):
        return True
    for sentence in reading.sentences:
        inside = [w for w in reading.words if sentence.start <= w.start < sentence.end]
        if any(_spanish(reading, inside, at) or _english(inside, at) for at in range(len(inside))):
            return True
    return False


def _denied(inside: Sequence[Word], at: int) -> bool:
    return not _NO.isdisjoint(word.text for word in inside[max(0, at - _REACH) : at])


def _spanish(reading: Reading, inside: Sequence[Word], at: int) -> bool:
    word = inside[at].text
    if _denied(inside, at):
        return False
    if _FUTURE.fullmatch(reading.text[inside[at].start : inside[at].end].lower()) and not _INERT.match(word):
        return True
    if word in _TO_THEM:
        return _for_them(reading, inside, at)
    if word in _WE_AUX or word in _THEY_CAN or word in ("he", "hemos"):
        return any(_ACTION.fullmatch(one.text) and not _INERT.match(one.text) for one in _next(inside, at, 2))
    if word in _GOES:
        around = [one.text for one in inside[max(0, at - 3) : at + 5]]
        return not _WHEN.isdisjoint(around) and _NO.isdisjoint(around)
    return False


def _for_them(reading: Reading, inside: Sequence[Word], at: int) -> bool:
    """ "te guardo uno", "le hemos reservado", "os llama un compañero"; not "que te trataron así"."""
    if at and inside[at - 1].text in _OPENS and not (at > 1 and inside[at - 2].text == "para"):
        return False
    following = _next(inside, at, 1)
    if not following:
        return False
    verb = following[0]
    if verb.text in ("he", "hemos", "vamos", "voy", "estoy", "estamos"):
        return any(_ACTION.fullmatch(w.text) and not _INERT.match(w.text) for w in _next(inside, at + 1, 2))
    if any(one.text in _COURTESIES for one in _next(inside, at + 1, 3)):
        return False
    said = reading.text[verb.start : verb.end].lower()
    return not _INERT.match(verb.text) and not _PAST.fullmatch(said)


def _english(inside: Sequence[Word], at: int) -> bool:
    word = inside[at].text
    if word == "let":
        following = [one.text for one in _next(inside, at, 2)]
        return len(following) == 2 and following[0] in ("me", "us") and following[1] not in _INERT_EN
    if word not in _WE:
        return False
    before = {word}
    for one in _next(inside, at, 6):
        if one.text in _NO:
            return False
        if one.text in _SKIPPED:
            before.add(one.text)
            continue
        if not before.isdisjoint(_BE):
            return one.text.endswith("ing") and one.text not in _INERT_EN
        if not before.isdisjoint(_MODAL) and one.text in ("get", "take", "make", "see", "try", "have"):
            return True
        return one.text not in _INERT_EN
    return False


def _next(inside: Sequence[Word], at: int, most: int) -> Sequence[Word]:
    return inside[at + 1 : at + 1 + most]
