"""Thanks for nothing are no thanks, in either layer and whatever stands around them."""

from __future__ import annotations

import numpy as np
import pytest

from cortafuegos import triage
from cortafuegos.triage import cues, refine
from cortafuegos.triage.decide import COMPLAINT, SCORN, turned

SCORNED = """
gracias por nada
Gracias por nada, me cambio de compañía mañana mismo
GRACIAS POR NADA 😡
dos horas al teléfono y me cuelgan. gracias por nada @condor_air
Obrigado por nada, viu
thanks for nothing @condor_air
""".strip().splitlines()
MEANT = """
Gracias por todo
gracias por nada menos que tres meses gratis, sois los mejores
De nada, gracias a vosotros
Gracias por la ayuda, no hacía falta nada más
thanks for everything
""".strip().splitlines()


@pytest.mark.parametrize("layer", ["fast", "refined"])
def test_scorn_is_a_complaint_that_wants_an_answer(layer: str) -> None:
    read = triage.read if layer == "fast" else refine.read
    for text, labels in zip(SCORNED, read([triage.Post(text) for text in SCORNED]), strict=True):
        assert (labels.intent, labels.sentiment) == ("complaint", "negative"), text
        assert labels.cause != "none", text
        assert labels.needs_reply or labels.language != "es", text


def test_thanks_that_are_meant_stay_thanks() -> None:
    for labels in triage.read([triage.Post(text) for text in MEANT]):
        assert labels.intent != "complaint"


def test_every_phrase_is_found_and_moves_what_praise_had() -> None:
    tokens = [phrase.split() for phrase in sorted(SCORN)]
    hits = [cues.find(words) for words in tokens]
    chances = {
        "intent": np.full((len(tokens), 4), 0.25, dtype=np.float32),
        "sentiment": np.full((len(tokens), 3), 0.25, dtype=np.float32),
    }
    found = turned(chances, hits, tokens)["intent"]
    assert (found[:, COMPLAINT] == 0.5).all() and np.allclose(found.sum(axis=1), 1)
    assert (chances["intent"] == 0.25).all(), "what was given is not touched"
