"""Numbers with check digits, made here so that none is anybody's."""

from __future__ import annotations

import random

import pytest

from cortafuegos.guard.rules import check
from cortafuegos.guard.values import Context, Draft

DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"
CHANCE = random.Random(4)


def dni(right: bool) -> str:
    number = CHANCE.randrange(10_000_000, 99_999_999)
    letter = DNI_LETTERS[number % 23]
    return f"{number}{letter if right else DNI_LETTERS[(number + 1) % 23]}"


def luhn(length: int, first: str, right: bool) -> str:
    body = first + "".join(str(CHANCE.randrange(10)) for _ in range(length - len(first) - 1))
    total = sum(
        d if at % 2 else (d * 2 - 9 if d > 4 else d * 2) for at, d in enumerate(map(int, reversed(body)))
    )
    digit = (-total) % 10
    return body + str(digit if right else (digit + 1) % 10)


def iban(right: bool) -> str:
    bank, number = (CHANCE.randrange(10**8), CHANCE.randrange(10**10))
    weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
    account = f"{bank:08d}"
    for part in (f"00{bank:08d}", f"{number:010d}"):
        digit = 11 - sum(int(d) * weight for d, weight in zip(part, weights, strict=True)) % 11
        account += str({11: 0, 10: 1}.get(digit, digit))
    account += f"{number:010d}"
    control = 98 - int(account + "142800") % 97
    return f"ES{control if right else control % 97 + 1:02d}{account}"


def rut(right: bool) -> str:
    number = CHANCE.randrange(5_000_000, 25_000_000)
    total = sum(int(d) * (2 + at % 6) for at, d in enumerate(reversed(str(number))))
    digit = (11 - total % 11) % 11 if right else (12 - total % 11) % 11
    if digit == 10 and not right:
        return rut(right)  # with a letter it may be right in another country
    return f"{number}-{'K' if digit == 10 else digit}"


def cpf(right: bool) -> str:
    body = [CHANCE.randrange(10) for _ in range(9)]
    for weight in (10, 11):
        total = sum(d * (weight - at) for at, d in enumerate(body)) * 10 % 11 % 10
        body.append(total)
    if not right:
        body[-1] = (body[-1] + 1) % 10
    d = "".join(map(str, body))
    return f"{d[:3]}.{d[3:6]}.{d[6:9]}-{d[9:]}"


MAKERS = {
    "dni": dni,
    "card": lambda right: luhn(16, "4", right),
    "amex": lambda right: luhn(15, "37", right),
    "iban": iban,
    "rut": rut,
    "cpf": cpf,
}
SAID = [
    "Gracias, ya vemos {} en el sistema.",
    "Ana: {} queda activo desde hoy.",
    "We can see {} on file now.",
]


@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("right", [True, False])
def test_the_check_digit_decides(kind, right):
    for n in range(60):
        number = MAKERS[kind](right)
        judged = check(Draft(SAID[n % 3].format(number)), Context())
        found = [one for one in judged.findings if one.rule == "sensitive-data"]
        assert bool(found) is right, number
        private = check(Draft(SAID[n % 3].format(number), public=False), Context())
        assert not [one for one in private.findings if one.rule == "sensitive-data"]
