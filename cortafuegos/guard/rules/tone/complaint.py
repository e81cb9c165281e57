"""Whether a draft is the first public answer to somebody who is upset."""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from cortafuegos.guard.text import Reading, fold
from cortafuegos.guard.values import Context

_COMPLAINTS = frozenset({"complaint", "threat", "churn", "queja", "reclamo"})
_CAUSES = frozenset({"human", "product", "service"})

# Said by people who are upset and hardly by others. Kept narrow: a question must not become a complaint.
_UPSET = re.compile(
    r"\b(?:quej\w+|reclam(?:o|os|acion|aciones|ar|ando)|pesim[oa]s?|verguenza|estaf\w+|ladron\w*|rob(?:o|an|aron|ando)|"
    r"hart[oa]s?|inutil(?:es)?|incompetent\w+|desastre|asco|asquer\w+|mierda|indignad[oa]|indignante|fraude|"
    r"timo|timad\w+|lament?able|horribl\w+|terribl\w+|decepcion\w*|inaceptable|inadmisible|enojad[oa]|"
    r"furios[oa]|cabread[oa]|porqueria|basura|malisim[oa]s?|(?:mal|pesim|pobr|fatal)\s(?:servicio|atencion)|"
    r"mala\s(?:atencion|experiencia)|no\s(?:me\s)?(?:funciona|sirve|responden|contestan|llega|llego|ha\sllegado|anda|carga|"
    r"atienden|abre|resuelven|solucionan)|sin\s(?:servicio|internet|luz|agua|respuesta|linea|senal)|nadie\s(?:me\s)?"
    r"(?:contesta|responde|atiende|ayuda|da)|"
    r"llev[oa](?:mos)?\s(?:ya\s)?(?:mas\sde\s)?(?:\w+)\s(?:horas?|dias?|semanas?|mes(?:es)?)|sigo\s(?:esperando|sin)|"
    r"seguimos\s(?:esperando|sin)|(?:me\s)?(?:cobraron|cobrasteis|cobran|han\scobrado)\s(?:de\smas|dos|doble|mal|algo|un)|"
    r"cobro\s(?:indebido|duplicado|doble)|tomadura\sde\spelo|burla|falta\sde\srespeto|nunca\smas|abus\w+|"
    r"me\s(?:trato|trataron|grito|mintieron|enganaron|dejaron|colgo|colgaron|cancelaron|perdieron)|maleducad\w+|groser\w+|"
    r"worst|terrible|awful|horrible|disgust\w+|unacceptable|ridiculous|pathetic|useless|appalling|shocking|disgrace\w*|"
    r"rude|scam\w*|rip-?off|furious|fed\sup|angry|disappoint\w+|frustrat\w+|never\s(?:again|arrived|came|received)|"
    r"still\s(?:waiting|no|haven't|not|hasn't)|(?:doesn't|does\snot|isn't|not|stopped)\swork\w*|"
    r"no\s(?:response|reply|answer|internet|service|signal)|poor\s(?:service|customer)|bad\s(?:service|experience)|"
    r"overcharged|double\s?charged|charged\s(?:me\s)?(?:twice|wrong)|lost\smy|broken|damaged|waste\sof|complain\w*|"
    r"nobody\s(?:answers|replies|helps|cares)|no\sone\s(?:answers|replies|helps|cares)|shambles|joke|incompetent|wtf|"
    r"pessim[oa]|absurdo|vergonha|descaso|palhacada)\b|[😡🤬😠👎🤮😤]"
)


# With these, only a label tells: "thanks for the delay", or thanks in earnest.
_PLEASED = re.compile(
    r"\b(?:thank\w*|thx|props|kudos|shout-?out|love[ds]?|great|awesome|amazing|excellent|never\sdisappoint\w*|painless|best|"
    r"gracias|excelente|genial|encant\w+|felicit\w+|recomend\w+|perfect[oa]|mejor)\b|[😍🥰❤👏🙌]"
)


class First(Enum):
    YES = "yes"
    PERHAPS = "perhaps"  # nothing says that it is not
    NO = "no"


@lru_cache(maxsize=256)
def upset(message: str) -> bool:
    """Whether a customer's own words are those of a complaint, and of nothing else."""
    folded = fold(message[:5000])
    return bool(_UPSET.search(folded)) and not _PLEASED.search(folded)


def is_complaint(context: Context) -> bool | None:
    """By its label, else by the message itself; None when neither tells."""
    intent = context.intent.strip().lower()
    if intent in _COMPLAINTS:
        return True
    if intent and intent != "unknown":
        return False
    if context.cause.strip().lower() in _CAUSES:
        return True
    if context.message:
        return True if upset(context.message) else None
    return None


def first_public(reading: Reading, context: Context) -> First:
    """Whether nobody of the brand has answered this complaint in public before."""
    if not reading.public or context.asked_in_private:
        return First.NO
    if context.first_answer is not None:
        return First.YES if context.first_answer else First.NO
    if any(entry.author == "agent" and entry.public for entry in context.history):
        return First.NO
    return First.YES if context.history else First.PERHAPS


def first_to_upset(reading: Reading, context: Context) -> First:
    """The case that the magic words are for: a first public answer, to a complaint."""
    return first_public(reading, context) if is_complaint(context) else First.NO
