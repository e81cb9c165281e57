"""The words that decide emergencies and leaving, in the languages of the corpus."""

from __future__ import annotations

import pytest

from cortafuegos.triage import cues, folding, words
from cortafuegos.triage.decide import emergency


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Me doy de baja HOY", "leaving"),
        ("me cambié de compañía por esto", "leaving"),
        ("voy a cancelar mi plan", "leaving"),
        ("vou cancelar e nunca mais volto", "leaving"),
        ("I'm closing my account", "leaving"),
        ("em dono de baixa", "leaving"),
        ("gracias por nada", "irony"),
        ("muchas gracias por hacerme perder la tarde", "irony"),
        ("nadie me contesta", "silence"),
        ("no autoricé esa compra", "fraud"),
        ("llevo ya tres semanas igual", "waiting"),
        ("los voy a denunciar ante Profeco", "legal"),
    ],
)
def test_cues_are_found_in_any_inflection(text: str, cue: str) -> None:
    assert cue in cues.find(folding.tokens(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("estamos tirados en el aeropuerto", True),
        ("sale humo del router", True),
        ("mi abuela necesita oxígeno", True),
        ("me están robando, siguen sacando dinero", True),
        ("creo que es un fraude", False),
        ("contestad ahora mismo", False),
    ],
)
def test_an_emergency_is_named(text: str, expected: bool) -> None:
    assert emergency(cues.find(folding.tokens(text))) is expected


def test_every_pattern_can_be_met() -> None:
    for cue, pattern in words.patterns():
        spoken = [word.rstrip("*") for word in pattern if word != "_"]
        assert folding.tokens(" ".join(spoken)) == spoken, (cue, pattern)
        assert cue in cues.find(spoken), (cue, pattern)
