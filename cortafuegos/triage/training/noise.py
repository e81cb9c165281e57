"""Variations of a post that change no label: what networks, telephones and haste do to text."""

from __future__ import annotations

import random
import re
import unicodedata

_HANDLE = re.compile(r"@\w+")
_NAMES = (
    "ana",
    "luis",
    "mrs",
    "el",
    "la",
    "juan",
    "sofi",
    "kike",
    "dani",
    "mar",
    "pao",
    "rodri",
    "user",
    "nico",
    "vale",
)
_BRANDS = (
    "@BancoMarnal",
    "@BancoTepoz",
    "@BancoTrebol",
    "@VuelaNimbo",
    "@AeroAlcor",
    "@TelcoNorte",
    "@EnergiaLucar",
    "@SegurosOlmo",
    "@MercadoTianguis",
    "@ContaIpe",
)
_KEYS = "qwertyuiopasdfghjklñzxcvbnm"


def vary(text: str, dice: random.Random) -> str:
    """The same post by a hastier hand; often unchanged."""
    roll = dice.random
    if roll() < 0.35:
        text = _HANDLE.sub(lambda found: _person(dice) if roll() < 0.4 else found.group(), text)
    if roll() < 0.12:
        text = " ".join(_person(dice) for _ in range(dice.randint(1, 2))) + " " + text
    elif roll() < 0.12 and text.startswith("@"):
        text = text.partition(" ")[2] or text
    if "@" not in text and roll() < 0.3:  # on the networks nearly every post names whom it is for
        text = f"{dice.choice(_BRANDS)} {text}"
    if roll() < 0.15:
        text = text.lower()
    if roll() < 0.15:
        text = "".join(c for c in unicodedata.normalize("NFD", text) if c not in "\u0301\u0308")
    if roll() < 0.1:
        text = re.sub(r"[.,;:!?¿¡]", "", text)
    if roll() < 0.1:
        text = _misspelt(text, dice)
    if roll() < 0.12 and len(text) > 100:
        text = text[: dice.randint(90, min(len(text), 140))] + "…"
    if roll() < 0.12:
        text += " https://t.co/" + "".join(dice.choices(_KEYS[:10] + "0123456789", k=10))
    return text


def _person(dice: random.Random) -> str:
    if dice.random() < 0.4:
        return "@u_" + "".join(dice.choices("0123456789abcdef", k=8))
    return (
        "@"
        + dice.choice(_NAMES)
        + dice.choice(("_", "", "."))
        + dice.choice(_NAMES)
        + str(dice.randint(1, 99))
    )


def _misspelt(text: str, dice: random.Random) -> str:
    letters = list(text)
    for _ in range(1 + len(letters) // 50):
        at = dice.randrange(len(letters))
        if letters[at].isalpha() and letters[max(0, at - 1)].isalpha():
            letters[at] = dice.choice(("", letters[at] * 2, dice.choice(_KEYS)))
    return "".join(letters)
