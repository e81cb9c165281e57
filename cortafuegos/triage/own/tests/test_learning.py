"""A layer learns what agents set right, forgets nothing else, and steps back when it is no better."""

from __future__ import annotations

import numpy as np
import pytest

from cortafuegos.triage import Post, read
from cortafuegos.triage.own import Example, Layer, learn
from cortafuegos.triage.own.learning import LEAST_CORRECTIONS, fit, score

PLACES = ("Vigo", "Lugo", "Soria", "Cuenca", "Jaén", "Teruel", "Ronda", "Mérida", "Elche", "Reus")
WAYS = (
    "Mi tarjeta Nube no sale en {}, ¿qué hago con la Nube?",
    "La Nube de {} otra vez igual",
    "Lo de la Nube en {} no tiene nombre",
    "Nube en {}: seguimos sin ella",
)
PLAIN = (
    "Gracias por la ayuda en {}, un encanto", "¿A qué hora abre la oficina de {}?",
    "El pedido de {} llegó roto y nadie contesta", "Jajaja qué risa lo de anoche en {}",
)  # fmt: skip


def taught(value: object = "question", field: str = "intent") -> list[Example]:
    texts = [way.format(place) for way in WAYS for place in PLACES]
    return [Example(f"c{n}", text, "es", {field: value}) for n, text in enumerate(texts)]


def anchors() -> list[Example]:
    texts = [way.format(place) for way in PLAIN for place in PLACES]
    return [
        Example(f"a{n}", text, "es", {"intent": labels.intent, "churn": labels.churn}, anchor=True)
        for n, (text, labels) in enumerate(zip(texts, read([Post(t, "es") for t in texts]), strict=True))
    ]


def test_it_learns_what_it_was_told_and_leaves_the_rest():
    found = learn([*taught(), *anchors()], Layer())
    assert found.verdict == "taken"
    assert found.after >= 0.9 > found.shipped == found.before
    assert found.kept >= 0.95
    (new,) = found.layer.read([Post("¿Y la Nube de Zamora, para cuándo? Sigue igual", "es")])
    assert new.intent == "question"


def test_an_empty_layer_says_what_the_shipped_model_says():
    posts = [Post(one.text, "es") for one in [*taught(), *anchors()]]
    assert Layer().read(posts) == read(posts)


def test_what_is_in_a_row_is_what_was_learned():
    layer = fit([*taught(), *anchors()])
    again = Layer.load(layer.dump())
    posts = [Post(one.text, "es") for one in taught()]
    assert [labels.intent for labels in again.read(posts)] == [labels.intent for labels in layer.read(posts)]
    assert len(layer.dump()) < 400_000


@pytest.mark.parametrize("raw", [b"", b"PK", b"\x80\x04K\x01.", b"x" * 1000])
def test_no_layer_is_refused(raw):
    with pytest.raises(ValueError, match="layer"):
        Layer.load(raw)


def test_a_layer_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="shape"):
        Layer.load(Layer({"intent": np.zeros((3, 4), dtype=np.float32)}).dump())


def test_too_few_teach_nothing():
    found = learn([*taught()[: LEAST_CORRECTIONS - 1], *anchors()], Layer())
    assert (found.verdict, found.layer.weights) == ("too_few", {})


def test_agents_who_contradict_each_other_teach_nothing():
    muddled = [
        Example(one.key, one.text, "es", {"intent": ("praise", "question", "complaint", "other")[n % 4]})
        for n, one in enumerate(taught())
    ]
    assert learn([*muddled, *anchors()], Layer()).verdict != "taken"


def test_one_no_better_than_the_one_before_is_not_taken():
    first = learn([*taught(), *anchors()], Layer())
    second = learn([*taught(), *anchors()], first.layer)
    assert second.before == first.after and second.verdict == "no_better"


def test_a_layer_that_forgets_is_not_taken():
    """Corrected into 'churn' whatever they say, with words as common as those of all the others."""
    common = [Example(f"f{n}", one.text, "es", {"churn": True}) for n, one in enumerate(anchors())]
    found = learn([*common, *anchors()], Layer())
    assert found.verdict in ("forgets", "no_better") and found.kept < 0.95


def test_the_same_examples_teach_the_same():
    one, other = (learn([*taught(), *anchors()], Layer()) for _ in range(2))
    assert one.layer.dump() == other.layer.dump()


@pytest.mark.parametrize("text", ["", "😡", "https://x.example", "\ud800", "a" * 10_000])
def test_any_text_is_read(text):
    assert len(fit([*taught(), *anchors()]).read([Post(text)])) == 1


def test_a_score_of_nothing_is_nothing():
    assert score(Layer(), []) == 0.0
