"""What is shared with eyes that need not know whose it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.guard.masking import masked

SECRETS = [
    ("Mi DNI es 12345678Z, gracias", "12345678Z"),
    ("La tarjeta 4111 1111 1111 1111 no va", "4111 1111 1111 1111"),
    ("Escríbeme a noe.lantaron@correo.example hoy", "noe.lantaron@correo.example"),
    ("Llamadme al 612 345 678 por la tarde", "612 345 678"),
    ("El IBAN es ES91 2100 0418 4502 0005 1332", "ES91 2100 0418 4502 0005 1332"),
    ("Localizador K7T2Q4 del vuelo", "K7T2Q4"),
    ("Lo conté en https://red.example/@noe/123 ayer", "red.example"),
    ("Ya lo dijo @noe_lantaron en su muro", "noe_lantaron"),
    ("Soy Noé Lantarón y sigo esperando", "Lantarón"),
    ("soy noe lantaron y sigo esperando", "lantaron"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_personal_data_are_put_out_of_sight(text, secret):
    shown = masked(text, ["Noé Lantarón", "noe_l"])
    assert secret not in shown
    assert "•••" in shown


@pytest.mark.parametrize(
    "text",
    [
        "Me cobrasteis dos veces el billete y nadie responde.",
        "La maleta lleva tres días perdida en Málaga.",
        "Cincuenta minutos con dos niños ante una cinta vacía",
        "Lo pedí el 03-03-2026 y costó 1.250.000 pesos, 12 unidades",
    ],
)
def test_what_names_nobody_stays_as_it_is(text):
    assert masked(text, ["Noé Lantarón", "noe_l"]) == text


def test_a_name_inside_a_word_is_no_name():
    assert masked("El sol salió", ["Sol Marín"]) == "El ••• salió"
    assert masked("La solución del marinero", ["Sol Marín"]) == "La solución del marinero"


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=4))
def test_anything_can_be_masked(text, names):
    shown = masked(text, names)
    assert all(char in text or char == "•" for char in shown)


def test_the_longest_text_is_cut_and_never_given_whole():
    assert len(masked("Mi DNI es 12345678Z. " * 5_000)) < 25_000
