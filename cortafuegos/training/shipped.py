"""The courses that come with the desk: a folder each, with a folder per language inside. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cortafuegos.team.licence import Kind
from cortafuegos.training import writing
from cortafuegos.training.rules import Edition

FOLDER = Path(__file__).parent / "courses"


@dataclass(frozen=True, slots=True)
class Shipped:
    slug: str
    kind: Kind
    value: str
    months: int
    pass_percent: int
    tries_per_day: int
    editions: dict[str, Edition]


@cache
def shipped() -> tuple[Shipped, ...]:
    """Every course of the package. A folder that is none raises: it is a fault of ours."""
    folders = sorted(one for one in FOLDER.iterdir() if (one / "course.json").is_file())
    return tuple(_course(folder) for folder in folders)


def _course(folder: Path) -> Shipped:
    about = json.loads((folder / "course.json").read_text(encoding="utf-8"))
    languages = sorted(one for one in folder.iterdir() if one.is_dir())
    return Shipped(
        slug=folder.name,
        kind=Kind(about["certifies"]),
        value=about["value"],
        months=about["months"],
        pass_percent=about["pass_percent"],
        tries_per_day=about["tries_per_day"],
        editions={one.name: _edition(one) for one in languages},
    )


def _edition(folder: Path) -> Edition:
    about = json.loads((folder / "course.json").read_text(encoding="utf-8"))
    pages = sorted(one for one in folder.glob("*.md") if one.name != "exam.md")
    return Edition(
        title=about["title"],
        summary=about["summary"],
        lessons=writing.read_lessons("\n".join(one.read_text(encoding="utf-8") for one in pages)),
        questions=writing.read_exam((folder / "exam.md").read_text(encoding="utf-8")),
    )
