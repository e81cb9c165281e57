"""What to say instead, in the reply's own voice. Plain and short: an agent makes it theirs."""

from __future__ import annotations

from cortafuegos.guard.rules.tone.phrases import Hit
from cortafuegos.guard.rules.tone.voice import Said
from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context

REGRET = Said(
    tu="Sentimos mucho lo que te ha pasado.",
    usted="Sentimos mucho lo que le ha pasado.",
    vos="Lamentamos mucho lo que te pasó.",
    en="We're very sorry this happened to you.",
    pt="Sentimos muito pelo que aconteceu.",
)
HELP = Said(
    tu="Queremos ayudarte: ¿nos cuentas qué ha pasado?",
    usted="Queremos ayudarle: ¿nos cuenta qué ha pasado?",
    vos="Queremos ayudarte: ¿nos contás qué pasó?",
    en="We'd like to help: could you tell us what happened?",
    pt="Queremos ajudar: pode nos contar o que aconteceu?",
)
ASK = Said(
    tu="¿Nos cuentas qué ha pasado?",
    usted="¿Nos cuenta qué ha pasado?",
    vos="¿Nos contás qué pasó?",
    en="Could you tell us what happened?",
    pt="Pode nos contar o que aconteceu?",
)
SERIOUS = Said(
    tu="Entendemos la molestia y nos lo tomamos en serio.",
    usted="Entendemos la molestia y nos lo tomamos en serio.",
    en="We understand how frustrating this is, and we take it seriously.",
    pt="Entendemos o transtorno e levamos isso a sério.",
)
TOGETHER = Said(
    tu="Vamos a revisar contigo qué ha pasado.",
    usted="Vamos a revisar con usted qué ha pasado.",
    vos="Vamos a revisar con vos qué pasó.",
    en="Let's look together at what happened.",
    pt="Vamos ver juntos o que aconteceu.",
)
BELIEVED = Said(
    tu="Gracias por contárnoslo: vamos a comprobarlo.",
    usted="Gracias por contárnoslo: vamos a comprobarlo.",
    en="Thank you for telling us: we'll look into it.",
    pt="Agradecemos por nos contar: vamos verificar.",
)
OURS = Said(
    tu="Nos hacemos cargo y lo revisamos.",
    usted="Nos hacemos cargo y lo revisamos.",
    en="This is ours to put right, and we're looking into it.",
    pt="A responsabilidade é nossa e já estamos verificando.",
)
LISTENING = Said(
    tu="Te entendemos y queremos ayudarte.",
    usted="Le entendemos y queremos ayudarle.",
    en="We hear you, and we want to help.",
    pt="Entendemos e queremos ajudar.",
)
IN_PRIVATE = Said(
    tu="Te escribimos por mensaje privado para buscar una solución.",
    usted="Le escribimos por mensaje privado para buscar una solución.",
    en="We'll message you privately to put this right.",
    pt="Vamos enviar uma mensagem privada para encontrar uma solução.",
)


def put_first(reading: Reading, context: Context, span: tuple[int, int]) -> str:
    """Regret, and then what the span says."""
    rest = reading.text[span[0] : span[1]]
    sorry = _begun(reading, span[0], REGRET.to(reading, context))
    return f"{sorry} {rest[:1].upper()}{rest[1:]}" if rest.strip() else sorry


def move_first(reading: Reading, context: Context, span: tuple[int, int], regret: Hit) -> str:
    """The regret that comes late, moved before what came first; a new one where it is but a part of
    its sentence."""
    sentence = reading.sentence_at(regret.start)
    if sentence is None or sentence.start <= span[0] or regret.start - sentence.start > 30:
        return put_first(reading, context, span)
    sorry = reading.text[sentence.start : sentence.end]
    rest = reading.text[span[0] : sentence.start].strip()
    return f"{_begun(reading, span[0], sorry)} {rest[:1].upper()}{rest[1:]}"


def add(reading: Reading, span: tuple[int, int], sentence: str) -> str:
    """What the span says, and then one sentence more."""
    said = reading.text[span[0] : span[1]].rstrip()
    stop = "" if said[-1:] in ".!?…" or not said[-1:].isalnum() else "."
    return f"{said}{stop} {sentence}".strip()


def _begun(reading: Reading, at: int, sentence: str) -> str:
    """In lower case where it goes on after a comma: "Hola, Ana, sentimos"."""
    before = reading.text[:at].rstrip()
    if before.endswith(",") and not sentence.startswith(("I ", "I'")):
        return sentence[:1].lower() + sentence[1:]
    return sentence
