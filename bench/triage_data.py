"""The sets that triage is measured on, from a folder that is not part of the project."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_SENTIMENTS = {
    "p": "positive", "pos": "positive", "positive": "positive", "2": "positive",
    "n": "negative", "neg": "negative", "negative": "negative", "0": "negative",
    "neu": "neutral", "neutral": "neutral", "none": "neutral", "1": "neutral",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """A post and what somebody says of it."""

    text: str
    source: str
    answers: dict[str, object] = field(default_factory=dict)
    kept: bool = False  # of the half that nobody looks at while developing


def labelled(folder: Path) -> list[Known]:
    """labelled_es. Half of it, by the hash of the id, is kept for the last check."""
    with (folder / "labelled_es" / "posts.csv").open(encoding="utf-8", newline="") as file:
        return [
            Known(
                row["text"],
                row["source"],
                {
                    "intent": row["intent"],
                    "cause": row["cause"],
                    "sentiment": row["sentiment"],
                    "urgency": int(row["urgency"]),
                    "churn": row["churn"] == "yes",
                    "needs_reply": row["needs_reply"] == "yes",
                },
                kept=int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 == 1,
            )
            for row in csv.DictReader(file)
        ]


def sentiment_sets(folder: Path, most: int = 1500) -> Iterator[tuple[str, list[Known]]]:
    """Sets of other people with a sentiment each; of the large ones a random part."""
    for name in ("tass2020", "umsab_sentiment", "airlines_us", "airlines_es"):
        rows = [known for path in sorted((folder / name).glob("*.csv*")) for known in _rows(path, name)]
        groups = sorted({known.source for known in rows})
        for group in groups:
            own = [known for known in rows if known.source == group]
            random.Random(5).shuffle(own)
            yield group, own[:most]


def _rows(path: Path, name: str) -> Iterator[Known]:
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    for row in csv.DictReader(io.StringIO(raw.decode(), newline="")):
        label = row.get("sentiment") or row.get("label") or row.get("airline_sentiment") or ""
        sentiment = _SENTIMENTS.get(label.strip().lower())
        language = row.get("lang") or row.get("language") or row.get("variant") or ""
        if sentiment and row.get("text"):
            yield Known(row["text"], f"{name} {language}".strip(), {"sentiment": sentiment})
