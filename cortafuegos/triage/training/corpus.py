"""The corpus that the shipped weights are learned from: reading it, and its digest."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cortafuegos.triage.values import CAUSES, INTENTS, SENTIMENTS, URGENCIES

FOLDER = Path(__file__).resolve().parent.parent / "corpus"
_YES = {"yes": True, "no": False}


class CorpusError(ValueError):
    """A line of the corpus that is not what the corpus' README says."""


@dataclass(frozen=True, slots=True)
class Example:
    text: str
    source: str  # the file, without its ending
    intent: str
    cause: str
    sentiment: str
    urgency: int
    churn: bool
    needs_reply: bool


def read(folder: Path = FOLDER) -> list[Example]:
    """Every example, in the order of files and lines. Raises CorpusError, naming file and line."""
    return [example for path in sorted(folder.glob("*.tsv")) for example in _file(path)]


def _file(path: Path) -> list[Example]:
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 2):
            try:
                found.append(_example(path.stem, row))
            except (KeyError, ValueError, TypeError) as error:
                raise CorpusError(f"{path.name}, line {number}: {error}") from error
    return found


def _example(source: str, row: dict[str, str]) -> Example:
    for name, values in (("intent", INTENTS), ("cause", CAUSES), ("sentiment", SENTIMENTS)):
        if row[name] not in values:
            raise ValueError(f"{name} is {row[name]!r}")
    urgency = int(row["urgency"])
    if urgency not in URGENCIES or not row["text"].strip():
        raise ValueError("no such urgency, or no text")
    if (row["cause"] != "none") != (row["intent"] == "complaint"):
        raise ValueError("a cause belongs to a complaint, and to every complaint")
    return Example(
        row["text"].replace("\\n", "\n"),
        source,
        row["intent"],
        row["cause"],
        row["sentiment"],
        urgency,
        _YES[row["churn"]],
        _YES[row["needs_reply"]],
    )


def digest(folder: Path = FOLDER, words: Iterable[Path] = ()) -> str:
    """Of the corpus' content, and of the word lists' where what was learned hangs on them too;
    whatever the machine's line endings."""
    whole = hashlib.sha256()
    for path in (*sorted(folder.glob("*.tsv")), *sorted(words)):
        whole.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return whole.hexdigest()
