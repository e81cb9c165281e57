"""Short answers inside a conversation, read in its light. The posts are ours."""

from __future__ import annotations

import pytest

from cortafuegos import triage
from cortafuegos.triage import folding, thread
from cortafuegos.triage.values import Post, Turn

US, THEM = True, False
BROKEN = Turn("Llevo dos días sin internet y nadie me lo arregla", THEM)
PRICE = Turn("¿Cuánto cuesta el plan familiar?", THEM)
FRAUD = Turn("Me están sacando dinero de la cuenta ahora mismo, ayuda, es un fraude", THEM)
WHICH = Turn("Lamentamos lo ocurrido. ¿Es la línea que termina en 41?", US)
SEND = Turn("Hola, Ana. Envíanos tu DNI por mensaje directo, por favor.", US)
AT_IT = Turn("Lo estamos revisando con el área técnica.", US)
SOLVED = Turn("Ya está reparado, reinicia el router y tendrás señal.", US)
HELPED = Turn("Te compartimos los pasos. ¿Fue resuelto tu problema?", US)
MORE = Turn("Nos alegra que funcione. ¿Podemos ayudarte en algo más?", US)
EN = Turn("My parcel never arrived and nobody answers", THEM)
EN_WHICH = Turn("So sorry! Is it the order ending in 77?", US)
EN_SOLVED = Turn("It is on the van now and will be with you by six.", US)
PT = Turn("Meu cartão foi bloqueado e o app não abre", THEM)
PT_WHICH = Turn("Sentimos muito! É o cartão final 12?", US)
PT_SOLVED = Turn("Prontinho, o cartão já está liberado.", US)

# what was said before, the post, then intent, sentiment, whether it wants an answer
CASES = [
    ([BROKEN, WHICH], "Sí, ese mismo", "complaint", "neutral", True),
    ([BROKEN, WHICH], "exacto", "complaint", "neutral", True),
    ([BROKEN, WHICH], "@TelcoNorte sí, Marta, ese es", "complaint", "neutral", True),
    ([PRICE, Turn("¡Hola! ¿Para cuántas líneas sería?", US)], "para tres", "question", "neutral", True),
    ([BROKEN, SEND], "ya se los mandé", "complaint", "neutral", True),
    ([BROKEN, SEND], "44712298-K", "complaint", "neutral", True),
    ([BROKEN, SOLVED], "gracias", "praise", "positive", False),
    ([BROKEN, SOLVED], "muchas gracias, Luis!! 🙌", "praise", "positive", False),
    ([BROKEN, SOLVED], "ok", "other", "neutral", False),
    ([BROKEN, SOLVED], "vale, listo", "other", "neutral", False),
    ([BROKEN, SOLVED], "sigue igual", "complaint", "negative", True),
    ([BROKEN, SOLVED], "gracias pero todavía nada", "complaint", "negative", True),
    ([BROKEN, SOLVED], "gracias 🙄", "complaint", "negative", True),
    ([BROKEN, SOLVED], "ya hice eso, y nada", "complaint", "negative", True),
    ([BROKEN], "¿y entonces?", "complaint", "neutral", True),
    ([BROKEN], "hola?", "complaint", "neutral", True),
    ([BROKEN, AT_IT], "alguna novedad?", "complaint", "neutral", True),
    ([PRICE], "gracias", "question", "neutral", True),
    ([BROKEN, SOLVED, MORE], "no, gracias", "other", "neutral", False),
    ([BROKEN, SOLVED, MORE], "no, nada más", "other", "neutral", False),
    ([BROKEN, SOLVED], "ya quedó solucionado, gracias!", "praise", "positive", False),
    ([BROKEN, HELPED], "sí, muchas gracias", "praise", "positive", False),
    ([BROKEN, HELPED], "pues no", "complaint", "neutral", True),
    ([BROKEN, SEND], "hola, 44712298-K, gracias", "complaint", "neutral", True),
    ([EN, EN_WHICH], "yes, that's the one", "complaint", "neutral", True),
    ([EN, EN_SOLVED], "great, thanks", "praise", "positive", False),
    ([EN, EN_SOLVED], "still nothing", "complaint", "negative", True),
    ([EN], "any update?", "complaint", "neutral", True),
    ([EN, Turn("Could you DM us your order number?", US)], "dm'd you", "complaint", "neutral", True),
    ([PT, PT_WHICH], "isso mesmo", "complaint", "neutral", True),
    ([PT, PT_SOLVED], "obrigada!!", "praise", "positive", False),
    ([PT, PT_SOLVED], "continua igual", "complaint", "negative", True),
    ([PT], "e aí?", "complaint", "neutral", True),
    ([PT, Turn("Pode nos mandar o CPF no direct?", US)], "mandei no direct", "complaint", "neutral", True),
]  # fmt: skip


VERBS = [
    "no llega",
    "no carga",
    "va lento",
    "no conecta",
    "gracias, no llega",
    "NO LLEGA",
    "nao chega",
]


@pytest.mark.parametrize("text", VERBS)
@pytest.mark.parametrize("answer", [SOLVED, HELPED, MORE])
def test_the_word_that_no_phrase_covers_may_be_the_complaint(text: str, answer: Turn) -> None:
    (own,) = triage.read([Post(text, "", (BROKEN, answer))])
    assert (own.intent, own.needs_reply) == ("complaint", True)


@pytest.mark.parametrize(
    "text", ["no importa, gracias", "eso es todo adiós", "no quiero, gracias", "no, Marta", "gracias, Ana"]
)
def test_who_wants_nothing_more_is_let_go(text: str) -> None:
    (own,) = triage.read([Post(text, "", (BROKEN, SOLVED, MORE))])
    assert (own.intent == "complaint", own.needs_reply) == (False, False)


@pytest.mark.parametrize("text", ["Hoy no", "aquí no!", "Mañana no"])
def test_a_no_at_the_end_denies_nothing_that_stands_before_it(text: str) -> None:
    (own,) = triage.read([Post(text, "", (BROKEN, Turn("Te llamamos mañana por la tarde.", US)))])
    (alone,) = triage.read([Post(text)])
    assert own.intent != "complaint" or alone.intent == "complaint"


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("no llega", False),
        ("gracias no llega", False),
        ("Gracias, pero no llega", False),
        ("va lento", False),
        ("ok, falla todavía", False),
        ("NO LLEGA", False),
        ("gracias Marta", True),
        ("gracias marta", True),
        ("sí, marta, ese", True),
        ("Hola Marta, gracias", True),
        ("vale Marta", True),
        ("gracias, Ana María", False),
    ],
)
def test_only_what_stands_like_a_name_passes_for_one(text: str, only: bool) -> None:
    assert thread.moves(text, folding.tokens(text)).only is only


@pytest.mark.parametrize(("said", "text", "intent", "sentiment", "reply"), CASES)
def test_a_short_post_is_what_its_thread_makes_of_it(
    said: list[Turn], text: str, intent: str, sentiment: str, reply: bool
) -> None:
    (own,) = triage.read([Post(text, "", tuple(said))])
    assert (own.intent, own.sentiment, own.needs_reply) == (intent, sentiment, reply)
    assert own.needs_reply == (own.urgency > 0)
    assert (own.cause != "none") == (own.intent == "complaint")


def test_an_emergency_stays_one_while_they_answer_us() -> None:
    (own,) = triage.read([Post("sí, esa", "es", (FRAUD, Turn("¿La tarjeta terminada en 3381?", US)))])
    assert own.urgency == 3 and own.needs_reply
    assert any(reason.code == "thread" for reason in own.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Perdí mi vuelo por culpa de ustedes y nadie responde, me voy a la competencia",
        "gracias por nada",
        "¿A qué hora abre la oficina de la calle Mayor los sábados por la mañana?",
        "me están robando la cuenta ahora mismo, ayuda",
    ],
)
def test_what_speaks_for_itself_is_not_changed(text: str) -> None:
    (alone,), (inside,) = triage.read([Post(text)]), triage.read([Post(text, "", (BROKEN, SOLVED))])
    assert alone == inside


def test_who_spoke_is_guessed_where_nobody_tells() -> None:
    said = (Turn("No me llega la factura"), Turn("Hola, sentimos el inconveniente. Ya te la enviamos. ^MR"))
    (own,) = triage.read([Post("gracias", "es", said)])
    assert (own.intent, own.needs_reply) == ("praise", False)
    assert not thread.speaks_for_us(said[0]) and thread.speaks_for_us(said[1])


def test_labels_that_a_turn_has_are_not_read_again() -> None:
    told = {"intent": "complaint", "cause": "service", "urgency": 2, "churn": True, "topics": ["fibra"]}
    (own,) = triage.read([Post("sí", "es", (Turn("zzz", THEM, told), WHICH))])
    assert (own.cause, own.urgency, own.churn, own.topics) == ("service", 2, True, ("fibra",))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("¿Nos confirmas tu correo?", True),
        ("Escríbenos tu folio por DM.", True),
        ("Listo. ¿Algo más en que podamos ayudarte?", False),
        ("Please send us your booking reference.", True),
        ("All done! Let us know if there is anything else.", False),
        ("Tu pedido sale hoy.", False),
    ],
)
def test_what_we_asked_is_told_from_what_we_only_offered(text: str, wanted: bool) -> None:
    assert thread.asks(text) is wanted


@pytest.mark.parametrize("text", ["", "   ", "🙏", "\ud800", "0" * 5000, "sí " * 4000, "@a @b @c"])
def test_any_text_and_any_thread_give_an_answer(text: str) -> None:
    for said in ((), (BROKEN,), (BROKEN, WHICH), (Turn(text), Turn(text, US))):
        (own,) = triage.read([Post(text, "", said)])
        assert own.needs_reply == (own.urgency > 0)
