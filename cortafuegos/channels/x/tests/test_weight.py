"""How X counts: its own examples, and what tempts one to count otherwise."""

from __future__ import annotations

import pytest

from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.weight import has_link, measure, weight, without_mentions

LONG_LINK = "https://condor.example/reclamaciones/formulario?vuelo=CA512&fecha=2026-11-24#paso-2"


@pytest.mark.parametrize(
    ("text", "weighs"),
    [
        ("", 0),
        ("hola", 4),
        ("¿Qué pasó, señor Núñez?", 23),  # accents are light
        ("cafe\u0301", 4),  # composed first
        ("👾", 2),
        ("🙋🏽", 2),  # a skin tone
        ("👨‍🎤", 2),  # joined
        ("👨‍👩‍👧‍👦", 2),  # a family of four
        ("🇪🇸🇨🇱", 4),
        ("1️⃣", 2),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
        ("©", 1),
        ("©️", 2),
        ("日本", 4),
        ("Привет", 6),
        ("ᄀ", 2),  # U+1100 is the first heavy one
        ("\u10ff", 1),
        ("“comillas” – y…", 16),  # U+201C, U+2013, U+2026: the last is heavy
        ("…", 2),
        ("€", 2),
        (LONG_LINK, 23),
        (f"mira {LONG_LINK}.", 5 + 23 + 1),
        ("https://condor.example y https://t.co/x", 23 + 3 + 23),
        ("en condor.com/ayuda, gracias", 3 + 23 + 9),
        ("www.condor.es", 23),
        ("condor.es/x", 23),
        ("fin.de semana", 13),  # a country's ending alone makes no link
        ("escribe a ayuda@condor.com", 26),
        ("versión 1.2.3", 13),
        ("\ud800", 2),
        ("@ana gracias", 12),
        ("a" * 280, 280),
    ],
)
def test_what_a_text_weighs(text: str, weighs: int) -> None:
    assert weight(text) == weighs


def test_the_ellipsis_and_the_euro_are_heavy_and_the_light_ranges_end_where_x_says() -> None:
    assert [weight(chr(code)) for code in (0x200C, 0x200D, 0x200E, 0x200F, 0x2010, 0x201F, 0x2020)] == [
        1, 1, 2, 2, 1, 1, 2,
    ]  # fmt: skip
    assert [weight(chr(code)) for code in (0x2031, 0x2032, 0x2037, 0x2038)] == [2, 1, 1, 2]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("@ana gracias", 7),  # X puts this mention there by itself
        ("@ana @luis gracias", 13),  # the second was typed
        ("gracias @ana", 12),
        ("@ana", 4),
        ("@un_nombre_demasiado_largo x", 28),  # no handle is that long
    ],
)
def test_the_mention_an_answer_begins_with_is_free(text: str, measures: int) -> None:
    assert measure(text) == measures
    assert connector.measure(text, public=True) == measures


def test_in_private_characters_are_characters() -> None:
    assert connector.measure("@ana 👾 " + LONG_LINK, public=False) == len("@ana 👾 " + LONG_LINK)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("@Ana hola", "hola"),
        ("@ana @luis hola", "@luis hola"),
        ("@luis @ana hola", "@luis @ana hola"),
        ("hola @ana", "hola @ana"),
        ("@ana", "@ana"),
    ],
)
def test_only_mentions_x_adds_by_itself_are_taken_off(text: str, left: str) -> None:
    assert without_mentions(text, {"ana"}) == left


@pytest.mark.parametrize(
    ("text", "dear"),
    [
        ("todo bien", False),
        ("mira https://condor.example", True),
        ("mira condor.com", True),
        ("correo: a@condor.com", False),
        ("a las 10.30 en la T4.S", False),
    ],
)
def test_links_are_seen_since_they_cost(text: str, dear: bool) -> None:
    assert has_link(text) is dear


@pytest.mark.parametrize(
    "text", ["a." * 20_000, "https://" * 5_000, "a-" * 20_000, "@a " * 20_000, "👨\u200d" * 20_000]
)
def test_long_and_odd_texts_are_counted_to_the_end(text: str) -> None:
    assert weight(text + "\nfin") >= weight("\nfin")
    assert weight(text + "\n👾") - weight(text + "\n") == 2
