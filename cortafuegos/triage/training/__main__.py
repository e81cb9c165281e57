"""Learns the shipped weights again from the corpus, all of them, by one command:

    python -m cortafuegos.triage.training            both layers (an hour of one core)
    python -m cortafuegos.triage.training --fast     only the first (a minute)

Needs what the dependency group "train" lists. The same corpus gives the same weights on the same machine;
elsewhere the last digits may differ, as floating point does.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from cortafuegos.triage import fast, refine, words
from cortafuegos.triage.training import corpus, linear


def save(path: Path, arrays: dict[str, NDArray[Any]], examples: int, lists: Iterable[Path] = ()) -> None:
    about = json.dumps({"made_from": corpus.digest(words=lists), "examples": examples})
    everything: dict[str, Any] = {"about": np.array(about), **arrays}
    np.savez_compressed(path, **everything)
    click.echo(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def learn_fast(examples: list[corpus.Example]) -> None:
    features, idf = linear.matrix([example.text for example in examples])
    labels = {name: [getattr(example, name) for example in examples] for name in fast.FIELDS}
    save(fast.WEIGHTS, linear.stored(*linear.learn(features, labels), idf), len(examples), words.LEARNED)


def learn_refined(examples: list[corpus.Example]) -> None:
    from cortafuegos.triage.training import adapter, heads

    model = adapter.learn(examples, say=lambda told, _: click.echo(told))
    save(refine.WEIGHTS, heads.learn(adapter.parameters(model), examples), len(examples))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m cortafuegos.triage.training")
    parser.add_argument("--fast", action="store_true", help="only the first layer")
    asked = parser.parse_args()
    examples = corpus.read()
    click.echo(f"corpus: {len(examples)} posts")
    learn_fast(examples)
    if not asked.fast:
        learn_refined(examples)


if __name__ == "__main__":
    main()
