"""The shipped weights are those of the shipped corpus, and they know what they were taught."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

from cortafuegos import triage
from cortafuegos.triage import fast, grams, refine, words
from cortafuegos.triage.encoder.pieces import Pieces
from cortafuegos.triage.encoder.wheel import EncoderMissing, Wheel
from cortafuegos.triage.training import corpus


def test_both_layers_were_learned_from_the_corpus_that_ships() -> None:
    assert fast.weights().made_from == corpus.digest(words=words.LEARNED)
    assert refine.made_from() == corpus.digest()


def test_the_corpus_is_sound_and_says_nothing_twice() -> None:
    examples = corpus.read()
    assert len(examples) > 4000
    texts = [example.text for example in examples]
    assert len(set(texts)) >= len(texts) - 5
    assert {example.needs_reply for example in examples if example.urgency >= 2} == {True}


@pytest.mark.parametrize("line", ["complaint\tnone", "anger\tnone", "question\tproduct"])
def test_a_wrong_line_of_the_corpus_is_named(tmp_path: Path, line: str) -> None:
    header = "intent\tcause\tsentiment\turgency\tchurn\tneeds_reply\ttext"
    (tmp_path / "bad.tsv").write_text(f"{header}\n{line}\tneutral\t1\tno\tyes\thola\n")
    with pytest.raises(corpus.CorpusError, match=r"bad\.tsv, line 2"):
        corpus.read(tmp_path)


def test_the_digest_sees_every_change_but_line_endings(tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_bytes(b"one\ntwo\n")
    first = corpus.digest(tmp_path)
    file.write_bytes(b"one\r\ntwo\r\n")
    assert corpus.digest(tmp_path) == first
    file.write_bytes(b"one\ntwo \n")
    assert corpus.digest(tmp_path) != first


def test_n_grams_are_those_that_loops_would_find() -> None:
    posts = [["no", "me"], [], ["me", "dan", "ñu"]]
    found = grams.grams(posts)
    for place, tokens in enumerate(posts):
        runs = dict.fromkeys(range(2, 6), 0)
        for n in runs:
            for token in tokens:
                runs[n] += max(0, len(token) + 2 - n + 1)
        pairs = max(0, len(tokens) - 1)
        assert (found.post == place).sum() == sum(runs.values()) + len(tokens) + pairs
    assert set(found.bucket[found.post == 0]) & set(found.bucket[found.post == 2])
    assert found.words == ["no", "me", "me", "dan", "ñu"]


def test_what_was_taught_is_known() -> None:
    examples = random.Random(1).sample(corpus.read(), 128)
    labels = refine.read([triage.Post(example.text) for example in examples])
    right = np.mean([own.intent == example.intent for own, example in zip(labels, examples, strict=True)])
    assert right > 0.85


def test_a_word_is_split_into_pieces_that_make_it_up() -> None:
    wheel = Wheel()
    pieces = Pieces(wheel)
    ids = pieces.split("hola, vergüenza 😡")
    assert ids[0] == wheel.sizes.begin and ids[-1] == wheel.sizes.end
    assert "".join(wheel.pieces[i] for i in ids[1:-1]).replace("▁", " ").split() == [
        "hola,",
        "vergüenza",
        "😡",
    ]
    assert len(pieces.split("palabra " * 5_000)) <= 160


def test_another_file_is_not_taken_for_the_encoder(tmp_path: Path) -> None:
    file = tmp_path / "weights.bin"
    file.write_bytes(bytes(300))
    with pytest.raises(EncoderMissing):
        Wheel(file)


def test_labels_are_json_and_say_which_layer_spoke() -> None:
    (own,) = refine.read([triage.Post("Gracias por nada, me cambio de compañía mañana mismo", "es")])
    assert own.layer == "refined" and own.churn and own.sentiment == "negative"
    assert json.loads(json.dumps(own.plain()))["layer"] == "refined"
