"""The starter set, as it comes with the desk: a file a playbook, written in each language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType

from . import plain
from .values import Playbook

FOLDER = Path(__file__).parent / "starter"


@cache
def starter() -> MappingProxyType[str, Playbook]:
    """By slug, in the order in which they are tried."""
    found = []
    for path in FOLDER.glob("*.toml"):
        slug = path.stem.replace("_", "-")
        found.append(plain.playbook(slug, tomllib.loads(path.read_text(encoding="utf-8"))))
    found.sort(key=lambda playbook: playbook.position)
    return MappingProxyType({playbook.slug: playbook for playbook in found})
