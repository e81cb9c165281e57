from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.triage.grouping import Group, Heard, groups, looks_like_spam, near_duplicates

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SENT = "El banco nos roba con las comisiones, todos a retirar el dinero este viernes"


def heard(number: int, author: str, text: str, minutes: float = 0, to: str = "") -> Heard:
    return Heard(str(number), author, text, NOON + timedelta(minutes=minutes), to)


def test_one_person_saying_it_again_is_a_duplicate() -> None:
    posts = [
        heard(1, "ana", "@Aero llevo tres horas esperando mi maleta en Sevilla"),
        heard(2, "leo", "¿A qué hora sale el vuelo de mañana a Lima?", 1),
        heard(3, "ana", "@Aero Llevo TRES horas esperando mi maleta en Sevilla!!! https://t.co/a1", 9),
    ]
    assert groups(posts) == [Group("duplicate", ("1", "3"))]


def test_many_accounts_with_the_same_words_at_once_are_bots() -> None:
    posts = [heard(i, f"cuenta{i}", f"{SENT} {'🔥' * (i % 3)}", i) for i in range(6)]
    assert groups(posts) == [Group("bots", tuple("012345"))]


def test_the_same_words_over_days_are_no_bots() -> None:
    assert groups([heard(i, f"cuenta{i}", SENT, i * 300) for i in range(6)]) == []


def test_a_burst_at_one_post_is_a_pile_on() -> None:
    different = [
        "qué vergüenza",
        "borrad esto",
        "no me lo creo",
        "jajaja",
        "muy mal",
        "por qué",
        "otra vez",
        "vaya",
        "ole",
    ]
    posts = [heard(i, f"p{i}", words, i * 2, "campaña") for i, words in enumerate(different)]
    assert groups(posts) == [Group("pile_on", tuple(str(i) for i in range(9)), "campaña")]
    slow = [heard(i, f"p{i}", words, i * 40, "campaña") for i, words in enumerate(different)]
    assert groups(slow) == []


def test_nothing_is_lost_and_nobody_grouped_by_chance() -> None:
    posts = [heard(i, f"p{i}", "gracias", i) for i in range(30)]
    assert groups(posts) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gana dinero desde casa con este link https://t.co/x", True),
        ("SORTEO!! sígueme y RT #gratis #premio #ya", True),
        ("Me han estafado con un sorteo que usa vuestro nombre https://t.co/x", False),
        ("Mi pedido del sorteo no llega, llevo 3 semanas https://t.co/x", False),
        ("¿Cuándo es el sorteo?", False),
    ],
)
def test_spam_asks_nothing_of_us(text: str, expected: bool) -> None:
    assert looks_like_spam(text) is expected


def test_near_duplicates_stay_near() -> None:
    texts = [SENT, SENT.upper(), "Un texto que no tiene nada que ver con los demás, palabra", SENT + " ya"]
    assert near_duplicates(texts) == [[0, 1, 3]]
