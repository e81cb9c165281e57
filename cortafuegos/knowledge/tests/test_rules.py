"""When a playbook fits, and in whose words it speaks."""

from __future__ import annotations

import string
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.knowledge import rules
from cortafuegos.knowledge.shipped import starter
from cortafuegos.knowledge.values import Playbook, Situation, Step, Trigger

ANGRY = Situation(
    intent="complaint",
    cause="product",
    urgency=2,
    topics=frozenset({"Facturación"}),
    cues=frozenset({"waiting"}),
    text="Llevo dos días SIN SEÑAL, ¿y me cobráis?",
    public=True,
    network="x",
    posture="watch",
    first=True,
    newcomer=False,
)


@pytest.mark.parametrize(
    ("trigger", "wanted"),
    [
        (Trigger(), False),  # no condition at all stands before nothing
        (Trigger(intents=("complaint",)), True),
        (Trigger(intents=("question", "praise")), False),
        (Trigger(causes=("product",), networks=("x", "mail")), True),
        (Trigger(causes=("product",), networks=("mail",)), False),
        (Trigger(postures=("watch", "crisis")), True),
        (Trigger(postures=("crisis",)), False),
        (Trigger(urgency=2), True),
        (Trigger(urgency=3), False),
        (Trigger(churn=True), False),
        (Trigger(churn=False), True),
        (Trigger(public=True, first=True), True),
        (Trigger(public=False), False),
        (Trigger(newcomer=True), False),
        (Trigger(sensitive=True), False),
        (Trigger(topics=("facturacion",)), True),  # without its accent
        (Trigger(topics=("envíos",)), False),
        (Trigger(cues=("waiting",)), True),
        (Trigger(cues=("waiting",), words=("tormenta",)), True),  # any of the three
        (Trigger(words=("sin senal",)), True),
        (Trigger(words=("sin señal",)), True),
        (Trigger(words=("senal sin",)), False),
        (Trigger(words=("cobr*",)), True),
        (Trigger(words=("cobr",)), False),
        (Trigger(words=("obr*",)), False),  # whole words from their beginning
        (Trigger(words=("dos dias sin",)), True),
        (Trigger(words=("y me cobrais nunca",)), False),  # longer than what is left
        (Trigger(words=("?!", "*")), False),  # a pattern without a word finds nothing
        (Trigger(words=("tormenta",), intents=("complaint",)), False),
    ],
)
def test_each_condition_counts(trigger: Trigger, wanted: bool) -> None:
    assert rules.fits(trigger, ANGRY) is wanted


@pytest.mark.parametrize(
    "trigger",
    [
        Trigger(intents=("complaint",)),
        Trigger(urgency=1),
        Trigger(public=True),
        Trigger(public=False),
        Trigger(first=True),
        Trigger(newcomer=True),
        Trigger(newcomer=False),
        Trigger(words=("x",)),
        Trigger(networks=("x",)),
    ],
)
def test_what_is_unknown_fulfils_nothing(trigger: Trigger) -> None:
    assert not rules.fits(trigger, Situation())


def _playbook(slug: str, position: int, trigger: Trigger) -> Playbook:
    return Playbook(slug, {"es": slug}, trigger, (Step("a", {"es": "Haz algo."}),), position)


def test_the_first_by_position_and_then_by_name() -> None:
    anything = Trigger(intents=("complaint",))
    three = [_playbook(*one, anything) for one in (("c", 20), ("b", 10), ("a", 20))]
    found = rules.matching([*three, _playbook("d", 1, Trigger(intents=("praise",)))], ANGRY)
    assert [one.slug for one in found] == ["b", "a", "c"]


@given(st.text(max_size=400), st.lists(st.text(max_size=30), max_size=5))
def test_any_words_are_only_words(said: str, words: list[str]) -> None:
    rules.fits(Trigger(words=tuple(words)), Situation(text=said))


def test_a_long_post_costs_little() -> None:
    long = Situation(intent="complaint", text="sin " * 50_000, first=True)
    rules.matching(starter().values(), long)  # reads the files and the patterns
    begun = time.process_time()
    for _ in range(10):
        rules.matching(starter().values(), long)
    assert (time.process_time() - begun) / 10 < 0.05


# --- words ------------------------------------------------------------------------------

TEXTS = {"es-tu": "tú", "es-usted": "usted", "en": "you"}


@pytest.mark.parametrize(
    ("language", "formality", "wanted"),
    [
        ("es", "tu", "tú"),
        ("es", "usted", "usted"),
        ("es", "", "tú"),
        ("es", "vos", "tú"),
        ("es-MX", "usted", "usted"),
        ("EN", "usted", "you"),
        ("pt", "", ""),  # nobody is answered in a language they did not write
        ("", "", ""),
    ],
)
def test_words_in_the_customers_language(language: str, formality: str, wanted: str) -> None:
    assert rules.wording(TEXTS, language, formality) == wanted


def test_advice_in_the_readers_language_or_in_any() -> None:
    assert rules.told({"es": "a", "en": "b"}, "en", "es") == "b"
    assert rules.told({"es": "a", "en": ""}, "en", "es") == "a"
    assert rules.told({"ca": "c"}, "en", "es") == "c"
    assert rules.told({}, "en") == ""


@pytest.mark.parametrize(
    ("words", "named", "unnamed"),
    [
        ("{name}, sentimos esto.", "Ana, sentimos esto.", "Sentimos esto."),
        ("¡Gracias, {name}! Hola.", "¡Gracias, Ana! Hola.", "¡Gracias! Hola."),
        ("Gracias, {name}. ¿Y ahora?", "Gracias, Ana. ¿Y ahora?", "Gracias. ¿Y ahora?"),
        ("Hi {name}! Thanks.", "Hi Ana! Thanks.", "Hi! Thanks."),
        ("Nos vamos, {name}, y ya.", "Nos vamos, Ana, y ya.", "Nos vamos y ya."),
        ("Sin nombre.", "Sin nombre.", "Sin nombre."),
    ],
)
def test_the_name_or_a_whole_sentence_without_it(words: str, named: str, unnamed: str) -> None:
    assert rules.fill(words, "Ana") == named
    assert rules.fill(words, "") == unnamed
    assert rules.fill(words, "Ana", "^LF") == f"{named} ^LF"


@pytest.mark.parametrize("name", ["{name}", "\\1", "{0}", "%s", "\\g<after>"])
def test_a_name_is_only_a_name(name: str) -> None:
    assert rules.fill("{name}, hola", name) == f"{name}, hola"


@given(st.text(string.printable, max_size=80))
def test_filling_never_leaves_the_mark(words: str) -> None:
    assert "{name}" not in rules.fill(words + "{name}" + words, "")
