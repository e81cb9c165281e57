from __future__ import annotations

import pytest

from cortafuegos.triage.language import identify


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("¿Dónde está mi pedido?", "", "es"),
        ("Onde está o meu pedido? Ninguém responde", "es", "pt"),
        ("On és la meva comanda? Ningú contesta", "es", "ca"),
        ("Onde está o meu pedido? Levo días agardando e ninguén contesta, grazas", "", "gl"),
        ("Non dago nire eskaera? Inork ez du erantzuten", "es", "eu"),
        ("Where is my order? Nobody answers", "es", "en"),
        ("Où est ma commande ? Personne ne répond", "es", "fr"),
        ("Dov'è il mio ordine? Nessuno risponde", "es", "it"),
        ("Wo ist meine Bestellung? Niemand antwortet", "es", "de"),
        ("vergonya de servei", "es", "ca"),
        ("bon dia", "ca", "ca"),
        ("gracias", "", "es"),
        ("obrigada pela ajuda", "", "pt"),
        ("HOLA BUENAS TARDES ALGUIEN ME PUEDE ATENDER", "en", "es"),
        ("thanks, ya me llegó el reembolso", "", "es"),
    ],
)
def test_neighbours_are_told_apart(text: str, hint: str, expected: str) -> None:
    assert identify(text, hint) == expected


@pytest.mark.parametrize(
    "text", ["", "😡😡😡", "https://example.org/hola", "@hola @bank", "24601", "#hola", "jajaja 😂"]
)
def test_what_cannot_be_told_is_und(text: str) -> None:
    assert identify(text, "es") == "und"


def test_a_hint_decides_only_what_the_words_leave_open() -> None:
    assert identify("app no abre", "pt") == "pt"
    assert identify("app no abre", "es") == "es"
    assert identify("la aplicación no funciona desde ayer", "pt") == "es"


@pytest.mark.parametrize("hint", ["xx", "es-MX", "🙂", "e" * 9999])
def test_an_odd_hint_does_no_harm(hint: str) -> None:
    assert identify("¿cuándo llega mi paquete? llevo una semana esperando", hint) == "es"
