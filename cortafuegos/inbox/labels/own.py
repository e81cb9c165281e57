"""What a brand taught, ready to read with. Versions never change, so each is read from its row once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cortafuegos.kit.sql import rows
from cortafuegos.triage import refine
from cortafuegos.triage.own import Layer
from cortafuegos.triage.topics import Topics, learn

_POLICY = """
SELECT p.layer, p.version, p.topics <> '{}'::jsonb
  FROM cortafuegos_readingpolicy p WHERE p.brand_id = %(brand)s
"""
_WEIGHTS = "SELECT weights FROM cortafuegos_ownlayer WHERE brand_id = %(brand)s AND number = %(number)s"
_TOPICS = "SELECT topics FROM cortafuegos_readingpolicy WHERE brand_id = %(brand)s"
_NAMES = "SELECT jsonb_object_keys(topics) FROM cortafuegos_readingpolicy WHERE brand_id = %(brand)s"


@dataclass(frozen=True, slots=True)
class Own:
    layer: Layer
    number: int
    version: int
    topics: bool


def of(brand_id: int) -> Own:
    """One small statement; another when a version is new to this process."""
    for number, version, topics in rows(_POLICY, brand=brand_id):
        return Own(_layer(brand_id, number) if number else Layer(), number, version, topics)
    return Own(Layer(), 0, 0, False)


@lru_cache(maxsize=64)
def _layer(brand_id: int, number: int) -> Layer:
    """An empty one where the row is gone or cannot be read: reading goes on with the shipped model."""
    for (raw,) in rows(_WEIGHTS, brand=brand_id, number=number):
        try:
            return Layer.load(raw)
        except ValueError:
            break
    return Layer()


@lru_cache(maxsize=64)
def topics(brand_id: int, version: int) -> Topics | None:
    """The brand's topics by the encoder's vectors. Raises EncoderMissing."""
    for (examples,) in rows(_TOPICS, brand=brand_id):
        if examples:
            return learn(examples, refine.vectors)
    return None


def topic_names(brand_id: int) -> list[str]:
    """What a list can be narrowed to."""
    return sorted((name for (name,) in rows(_NAMES, brand=brand_id)), key=str.casefold)


def stamp(model: str, own: Own) -> str:
    """The model's name with the version of the brand's layer that read too."""
    return f"{model}+{own.number}" if own.number else model
