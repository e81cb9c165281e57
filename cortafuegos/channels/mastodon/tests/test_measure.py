from __future__ import annotations

import pytest

from cortafuegos.channels.mastodon.measure import allowed, measure


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Hola", 4),
        ("áéíóú ñ", 7),
        ("e\u0301", 1),  # one letter, written as two
        ("👩‍👩‍👧‍👦🇪🇸", 2),
        ("https://marca.example/", 23),
        ("mira https://marca.example/" + "a" * 200, 5 + 23),
        ("(https://a.example/b).", 1 + 23 + 2),
        ("ftp://a.example", 15),
        ("con @ana@muy-lejos.example aquí", len("con @ana aquí")),
        ("con @ana aquí", len("con @ana aquí")),
        ("@ana@muy-lejos.example hola", 4),
        ("@ana hola", 4),
        ("@ana @luis hola", len("@luis hola")),
        ("ana@marca.example", len("ana@marca.example")),
        ("a\nb", 3),
    ],
)
def test_counts_as_the_server_does(text: str, length: int) -> None:
    assert measure(text) == length


def test_room_is_kept_for_the_mention() -> None:
    assert allowed(500) == allowed(None) == 468
    assert allowed(5000) == 4968
    assert allowed(-1) == allowed("many") == 468
    assert allowed(10) == 1
