"""The rules of tone against tables of sentences: what must be found, and near misses that must not."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.guard.rules import check
from cortafuegos.guard.rules.protocol import id_of
from cortafuegos.guard.rules.tone import RULES, hits
from cortafuegos.guard.rules.tone.phrases import compiled
from cortafuegos.guard.sentences import sentence
from cortafuegos.guard.text import read
from cortafuegos.guard.values import Context, Draft, Entry, Formality, Severity

TABLES = Path(__file__).parent / "tone"
COMPLAINT = {"first_answer": True, "intent": "complaint", "customer": "Ana Ruiz"}
FIRST = {"first_answer": True, "intent": "complaint"}
RULE_IDS = [id_of(rule) for rule in RULES]


def rows():
    for rule in RULE_IDS:
        with (TABLES / f"{rule}.tsv").open(encoding="utf-8") as table:
            for expected, place, text, *more in csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield pytest.param(rule, expected == "hit", place, text, more, id=f"{rule}: {text[:60]}")


def context(rule: str, place: str, more: list[str]) -> Context:
    known = dict(COMPLAINT) if rule in {"apology-first", "no-help-offered", "no-question"} else {}
    if rule == "no-question":
        known["message"] = more[0]
    return Context(language=place[:2], **known)


def found(rule: str, text: str, around: Context, *, public: bool = True):
    return [f for f in check(Draft(text, public), around).findings if f.rule == rule]


def warned(rule: str, text: str, **known) -> bool:
    return any(f.severity is not Severity.NOTE for f in found(rule, text, Context(**known)))


@pytest.mark.parametrize(("rule", "expected", "place", "text", "more"), list(rows()))
def test_table(rule, expected, place, text, more):
    findings = found(rule, text, context(rule, place, more))
    assert bool(findings) is expected
    for finding in findings:
        start, end = finding.span
        assert 0 <= start < end <= len(text)
        assert sentence(finding, str)


@pytest.mark.parametrize("rule", RULE_IDS)
def test_each_table_is_long_enough(rule):
    with (TABLES / f"{rule}.tsv").open(encoding="utf-8") as table:
        lines = [line.split("\t") for line in table]
    for expected in ("hit", "not"):
        chosen = [line for line in lines if line[0] == expected]
        assert len(chosen) >= 30
        assert {place[:2] for _, place, *_ in chosen} == {"es", "en"}
    assert {place for _, place, *_ in lines} >= {"es-ES", "es-MX", "es-AR", "es-CO", "es-CL", "es-PE"}


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        (row[2], row[3].rstrip("\n"))
        for row in (line.split("\t") for line in (TABLES / "forbidden-word.tsv").open(encoding="utf-8"))
        if row[0] == "hit"
    ],
)
def test_the_proposed_word_agrees_with_what_stands_around_it(text, mended):
    for finding in reversed(found("forbidden-word", text, Context())):
        text = text[: finding.span[0]] + (finding.proposal or "") + text[finding.span[1] :]
    assert text == mended


@pytest.mark.parametrize(
    ("text", "proposals"),
    [
        ("Tu reclamo fue recibido", ["solicitud"]),
        ("Los reclamos presentados ayer", ["Las solicitudes presentadas"]),
        ("Nuestros clientes", [None]),
        ("Es más barato y son baratas", ["económico", "económicas"]),
        ("Reclamamos lo nuestro en Reclamolandia", []),
        ("“Reclamo Fácil” es otra app", []),
        ("El plan Sin Reclamos, ya disponible", []),
        ("Hay un caso y una casa", []),
    ],
)
def test_the_brands_own_words_with_inflections(text, proposals):
    own = {"reclamo": "solicitud", "cliente": "", "barato": "económico", "casas": ""}
    around = Context(forbidden=own, names=("plan Sin Reclamos",))
    assert [f.proposal for f in found("forbidden-word", text, around)] == proposals


@pytest.mark.parametrize(
    ("known", "severity"),
    [
        ({"first_answer": True, "intent": "complaint"}, Severity.WARN),
        ({"first_answer": True, "cause": "service"}, Severity.WARN),
        ({"first_answer": True, "message": "Llevo tres días sin internet"}, Severity.WARN),
        ({"message": "Llevo tres días sin internet"}, Severity.NOTE),
        ({"intent": "complaint"}, Severity.NOTE),
        ({"intent": "complaint", "history": [Entry("customer", True, "hola")]}, Severity.WARN),
        ({"intent": "complaint", "history": [Entry("agent", False, "hola")]}, Severity.WARN),
        ({"intent": "complaint", "history": [Entry("agent", True, "hola")]}, None),
        ({"first_answer": False, "intent": "complaint"}, None),
        ({"first_answer": True, "intent": "question", "message": "Qué vergüenza"}, None),
        ({"first_answer": True, "intent": "praise"}, None),
        ({"first_answer": True}, None),
        ({"first_answer": True, "message": "¿A qué hora abren?"}, None),
        ({"first_answer": True, "message": "Gracias, me encanta este pésimo café"}, None),
        ({"first_answer": True, "intent": "complaint", "asked_in_private": True}, None),
        ({}, None),
    ],
)
def test_the_magic_words_are_for_the_first_public_answer_to_a_complaint(known, severity):
    for rule in ("apology-first", "no-help-offered"):
        findings = found(rule, "Abrimos a las nueve.", Context(language="es", **known))
        assert [f.severity for f in findings] == ([severity] if severity else [])
    assert found("apology-first", "Abrimos a las nueve.", Context(**known), public=False) == []


def test_thanks_before_regret_is_worth_a_note_and_no_more():
    (finding,) = found(
        "apology-first", "Gracias por escribirnos, Ana. Sentimos la espera y lo vemos.", Context(**COMPLAINT)
    )
    assert (finding.severity, finding.facts["variant"]) == (Severity.NOTE, "thanks")
    assert finding.proposal == "Sentimos la espera y lo vemos. Gracias por escribirnos, Ana."


@pytest.mark.parametrize(
    ("text", "formality", "begins"),
    [
        ("Hola, Ana. Puedes llamarnos.", None, "Sentimos mucho lo que te ha pasado. Puedes"),
        ("Hola, Ana. Puede llamarnos si usted quiere.", None, "Sentimos mucho lo que le ha pasado. Puede"),
        ("Hola, Ana, podés llamarnos cuando querés.", None, "lamentamos mucho lo que te pasó. Podés"),
        ("Hola, Ana. Puedes llamarnos.", Formality.USTED, "Sentimos mucho lo que le ha pasado."),
        ("Hi Ana, you can call us at nine.", None, "we're very sorry this happened to you. You can"),
    ],
)
def test_a_proposal_speaks_in_the_replys_own_voice(text, formality, begins):
    (finding,) = found("apology-first", text, Context(formality=formality, **COMPLAINT))
    assert finding.proposal is not None
    assert finding.proposal.startswith(begins)


@pytest.mark.parametrize("text", (TABLES / "good.txt").read_text(encoding="utf-8").splitlines())
def test_a_good_first_answer_is_let_alone(text):
    around = Context(message="Qué desastre, mi pedido no llega", **COMPLAINT)
    assert [f.rule for rule in RULES for f in rule(read(Draft(text), around), around)] == []


def test_late_regret_is_moved_first():
    (finding,) = found(
        "apology-first", "Hola, Ana. Tu pedido sale hoy. Sentimos la espera.", Context(**COMPLAINT)
    )
    assert finding.proposal == "Sentimos la espera. Tu pedido sale hoy."


def test_insults_and_threats_do_not_go_out():
    for text in (
        "Eres un imbécil.",
        "Te demandaremos.",
        "You're an idiot.",
        "We'll take legal action against you.",
    ):
        assert [f.severity for f in found("argues", text, Context())] == [Severity.BLOCK]
    for text in ("Te equivocas.", "You're wrong."):
        assert [f.severity for f in found("argues", text, Context())] == [Severity.WARN]


def test_what_is_friendly_between_friends_is_mockery_to_somebody_upset():
    for text in ("Jajaja, qué bueno", "Haha, nice try!", "Felicidades"):
        assert warned("argues", text, intent="complaint")
        assert not warned("argues", text)


def test_a_small_delay_is_worth_a_warning_only_to_who_complains():
    assert warned("minimises", "Hubo un pequeño retraso.", intent="complaint")
    assert not warned("minimises", "Hubo un pequeño retraso.")


def test_money_may_be_offered_in_private():
    assert found("public-compensation", "Te regalamos un vale de 20 €.", Context())
    assert not found("public-compensation", "Te regalamos un vale de 20 €.", Context(), public=False)


def test_a_list_of_data_is_an_interrogation_only_in_public():
    text = "Envíanos tu nombre, teléfono, correo, dirección y número de pedido."
    assert found("too-many-questions", text, Context())
    assert not found("too-many-questions", text, Context(), public=False)


def test_four_questions_are_a_note_and_five_a_warning():
    four = "¿Qué pasó? ¿Cuándo? ¿Dónde? ¿Quién?"
    assert [f.severity for f in found("too-many-questions", four, Context())] == [Severity.NOTE]
    assert [f.severity for f in found("too-many-questions", four + " ¿Cómo?", Context())] == [Severity.WARN]


def test_every_phrase_is_a_regular_expression():
    sources = {phrase.source for phrase in hits.PHRASES.all()}
    assert len(sources) > 300
    for source in sources:
        compiled(source)


@given(st.text(max_size=400), st.text(max_size=80), st.sampled_from(["", "es", "en", "pt", "xx"]))
def test_nothing_typed_makes_it_fall(text, message, language):
    around = Context(
        language=language, message=message, customer=message[:20], forbidden={message[:9]: "x"}, **FIRST
    )
    for rule in RULES:
        for finding in rule(read(Draft(text), around), around):
            assert 0 <= finding.span[0] <= finding.span[1] <= len(text)
            assert sentence(finding, str)


WORST = [
    "no " * 16_000,
    "es solo un " * 5_000,
    "si no te gusta a " * 3_000,
    "te " * 17_000,
    "you didn't " * 5_000,
    "a" * 50_000,
    "lamentamos que no te " * 2_500,
    "¿" * 50_000,
    "? " * 25_000,
    "sorry if you " * 4_000,
    "problema " * 5_500,
    "1.000,00 " * 5_500,
    "te damos un bono de 5 " * 2_300,
    "we'll give you a " * 3_000,
    "Ana " * 12_500,
    "- " * 25_000,
    "qué, y " * 7_000,
    "no" + " a" * 25_000,
]


@pytest.mark.parametrize("text", WORST, ids=[text[:12] for text in WORST])
def test_the_worst_stays_bounded(text):
    """Fifty thousand characters; no network lets a tenth of that out. Generous, for slow machines."""
    around = Context(**COMPLAINT, forbidden={"problema": "incidencia"})
    started = time.process_time()
    for rule in RULES:
        list(rule(read(Draft(text), around), around))
    assert time.process_time() - started < 20
