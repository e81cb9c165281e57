"""Whatever is typed: no exception, no pattern that runs away, nothing told to a log."""

from __future__ import annotations

import logging
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.guard.rules import IDS, MOST, check
from cortafuegos.guard.sentences import SENTENCES, TITLES, sentence
from cortafuegos.guard.text import fold, plain, read
from cortafuegos.guard.values import Context, Draft, Entry, Formality, Severity, Verdict

SNIPPETS = [
    "12345678Z",
    "4111 1111 1111 1111",
    "ana.gil@web.example",
    "ES91 2100 0418 4502 0005 1332",
    "https://",
    "www.",
    "{{nombre}}",
    "\u0301\u0301\u0301",
    "\u200b",
    "e\u0301",
    "¿",
    "^LM",
    "NO PUEDES",
    "!!!",
    "escríbenos por DM",
    "calle Olmo 14",
    "pedido 998877",
    "tu DNI",
    "1/2",
    "👨‍👩‍👧",
    "\ud800",
    "\x00",
    "\u202e",
    "İ",
    "ß",
    "ﬁ",
    "«",
    "\n",
    "usted",
    "puedes",
    "podés",
    "lamentamos",
    "if you feel",
    "%",
    "%(reach)d",
    "\\",
    "(",
    "[",
    "ª",
    "𝐇",
]
TEXTS = st.lists(st.one_of(st.text(max_size=12), st.sampled_from(SNIPPETS)), max_size=12).map(" ".join)
CONTEXTS = st.builds(
    Context,
    network=st.sampled_from(["", "x", "bluesky", "?"]),
    language=st.text(max_size=3),
    first_answer=st.sampled_from([None, True, False]),
    message=TEXTS,
    intent=st.sampled_from(["", "complaint", "question", "?"]),
    urgency=st.sampled_from([None, 0, 3, -5]),
    customer=TEXTS,
    agent=TEXTS,
    initials=st.text(max_size=4),
    history=st.lists(
        st.builds(Entry, st.sampled_from(["agent", "customer", "?"]), st.booleans(), TEXTS), max_size=3
    ),
    channel_moves=st.sampled_from([None, 0, 2]),
    consecutive_dms=st.sampled_from([None, 0, 9]),
    posture=st.sampled_from(["calm", "crisis", ""]),
    formality=st.sampled_from([None, *Formality]),
    reach=st.sampled_from([None, 0, 10**9]),
    recent_public=st.lists(TEXTS, max_size=4),
    forbidden=st.dictionaries(st.text(max_size=6), st.text(max_size=6), max_size=3),
    names=st.lists(st.text(max_size=6), max_size=3),
    own_domains=st.lists(st.text(max_size=6), max_size=2),
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.booleans(), CONTEXTS)
def test_anything_gets_a_verdict_and_a_sentence(text, public, context):
    judged = check(Draft(text, public), context)
    for one in judged.findings:
        assert one.rule in IDS
        assert 0 <= one.span[0] <= one.span[1] <= len(text)
        assert sentence(one, str)
    worst = {one.severity for one in judged.findings}
    expected = (
        Verdict.BLOCK if Severity.BLOCK in worst else Verdict.WARN if Severity.WARN in worst else Verdict.PASS
    )
    assert judged.verdict is expected
    assert check(Draft(text, public), context) == judged, "the same draft gets the same verdict"


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_folding_keeps_every_place(text):
    assert len(fold(text)) == len(text)
    reading = read(Draft(text), Context())
    assert len(reading.text) == len(reading.folded) == len(reading.prose)
    composed, where = plain(text)
    if where is not None:
        assert (len(where), where[-1]) == (len(composed) + 1, len(text))
        assert list(where) == sorted(where)


@pytest.mark.parametrize(
    "typed", ["tu DNI es 12345678Z", "tu\u200b DNI es 123\u200b45678Z", "el avi\u0301o con DNI 12345678Z"]
)
def test_a_span_is_a_span_of_what_was_typed(typed):
    (found,) = [one for one in check(Draft(typed), Context()).findings if one.rule == "sensitive-data"]
    said = typed[found.span[0] : found.span[1]].replace("\u200b", "")
    assert said == "12345678Z"


WORST = [
    "a",
    "1",
    "1 ",
    "12-",
    "a.",
    "@",
    "a@a.",
    "http://",
    "www.",
    "{{",
    "[",
    "[nombre ",
    "!",
    "¡¿",
    "(",
    "« ",
    '"',
    "e\u0301",
    "\u0301",
    "\u200b",
    "calle a ",
    "calle 1 ",
    "pedido ",
    "tu ",
    "send us your ",
    "nos indicas tu ",
    "escribenos ",
    "llama ",
    "ES12 ",
    "ES12AAAA",
    "NO ",
    "A ",
    "^a ",
    "-a ",
    "😂",
    "\n",
    "¿",
    "por mensaje ",
    "te ",
    "1/",
    "${",
    "contraseña es ",
    "reserva ",
    "+1 ",
    "(1) ",
    "00 ",
    " ",
    "5555 ",
    "4111 1111 1111 1111 ",
    "12 Aaaa ",
    "ja",
    "#a ",
    "1,",
    "...",
    "de la ",
    "lamentamos que ",
    "if you ",
    "pero ",
    "no es nuestra ",
    "problema ",
    "AA. ",
]
LONG = 50_000
STEPS = 250  # times what a plain reading of the same characters takes; runaway patterns take thousands


@pytest.mark.parametrize("unit", WORST)
def test_fifty_thousand_characters_of_the_worst(unit):
    text = (unit * (LONG // len(unit) + 1))[:LONG]
    context = Context(message=text[:500], network="x", customer="Ana", intent="complaint", posture="crisis")
    begun = time.process_time()
    for char in text * 8:
        fold(char)
    plainly = time.process_time() - begun
    begun = time.process_time()
    for public in (True, False):
        judged = check(Draft(text, public), context)
        assert len(judged.findings) <= MOST * len(IDS)
    assert time.process_time() - begun < STEPS * plainly


def test_twice_as_much_takes_about_twice_as_long():
    def spent(length: int) -> float:
        text = ("escríbenos tu pedido por favor a la calle 12, 4111 " * 2000)[:length]
        begun = time.process_time()
        check(Draft(text), Context())
        return time.process_time() - begun

    spent(1000)
    assert spent(80_000) < 16 * max(spent(20_000), 0.005)


DATA = ["12345678Z", "4111 1111 1111 1111", "ana.gil82@gmail.com", "612 345 678", "Olmo 14"]


def test_what_was_found_is_in_no_repr_and_no_log(caplog):
    caplog.set_level(logging.DEBUG)
    text = (
        "Ana, tu DNI 12345678Z, tu tarjeta 4111 1111 1111 1111, tu correo ana.gil82@gmail.com, tu teléfono"
        " 612 345 678, tu casa Calle Olmo 14"
    )
    draft, context = Draft(text), Context(message=text, customer=text, agent=text, recent_public=(text,))
    judged = check(draft, context)
    assert len([one for one in judged.findings if one.rule == "sensitive-data"]) == len(DATA)
    told = f"{draft!r} {context!r} {judged!r} {read(draft, context)!r} {caplog.text}"
    told += " ".join(sentence(one, str) for one in judged.findings)
    assert not [secret for secret in DATA if secret in told]


def test_every_sentence_takes_its_facts():
    for key, words in SENTENCES.items():
        assert key.partition("/")[0] in IDS
        assert words % {"over": 1, "run": 1, "count": 1, "others": 1, "reach": 1, "word": "x", "instead": "y"}
    assert set(TITLES) == set(IDS)


@pytest.mark.parametrize("setting", ["off", "note", "warn", "block"])
def test_a_setting_rules_over_the_rules_own_severity(setting):
    judged = check(Draft("YA TE LO HEMOS DICHO TRES VECES"), Context(settings={"shouting": setting}))
    assert [str(one.severity) for one in judged.findings if one.rule == "shouting"] == (
        [] if setting == "off" else [setting]
    )


@pytest.mark.parametrize("rule", ["empty", "too-long"])
def test_no_setting_allows_what_no_network_takes(rule):
    text = "" if rule == "empty" else "Hola " * 80
    judged = check(Draft(text), Context(length=len(text), limit=300, settings={rule: "off"}))
    assert judged.verdict is Verdict.BLOCK
