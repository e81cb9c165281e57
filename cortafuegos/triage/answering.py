"""Everything one caller wants of triage, loaded once: the layers and the topics."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from . import reading, topics
from .values import Labels, Post


class TopicsError(ValueError):
    """The file of topics is not what it should be."""


class Reader:
    def __init__(self, *, fast: bool, explain: bool, topics: Path | None = None) -> None:
        self.fast, self.explain = fast, explain
        self.topics = learn_topics(topics, fast=fast) if topics else None

    def read(self, posts: Sequence[Post]) -> list[Labels]:
        if not posts:
            return []
        if self.fast:
            found = reading.read(posts, explain=self.explain)
            vectors = topics.fast_vectors(posts) if self.topics else None
        else:
            from . import refine

            found, vectors = refine.read_with_vectors(posts, explain=self.explain)
        if self.topics is None or vectors is None:
            return found
        named = self.topics.of(vectors)
        return [replace(labels, topics=names) for labels, names in zip(found, named, strict=True)]


def missing_encoder() -> str:
    """What the encoder lacks on this machine; empty when it is there."""
    from . import refine
    from .encoder.wheel import EncoderMissing

    try:
        refine.encoder()
    except EncoderMissing as missing:
        return str(missing)
    return ""


def learn_topics(path: Path, *, fast: bool) -> topics.Topics:
    """Topics of a JSON file {name: [example, ...]}. Raises TopicsError saying what is wrong."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as error:
        raise TopicsError(f"{path.name} is not a JSON file of topics") from error
    if not isinstance(given, dict) or not given:
        raise TopicsError(f"{path.name} should hold an object: topic names, each with a list of examples")
    for name, examples in given.items():
        if not isinstance(examples, list) or not examples or not all(isinstance(e, str) for e in examples):
            raise TopicsError(f'the topic "{name}" needs a list of example posts')
    if fast:
        return topics.learn(given, topics.fast_vectors)
    from . import refine

    return topics.learn(given, refine.vectors)
