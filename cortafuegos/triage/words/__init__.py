"""What words give away, by language: cues for the model, and the reasons people read.

A file holds sections, ``[cue]`` and its patterns, separated by ``;``. A pattern is words in folded
spelling (``folding``); ``*`` ends a word that goes on in any way, and ``_`` stands for up to two words.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
FILES = ("es", "pt", "en", "ca", "gl")
# What the first layer's weights hang on; the moves of threads are read beside it.
LEARNED = tuple(FOLDER / f"{name}.txt" for name in (*FILES, "small_words"))


@cache
def sections(name: str) -> dict[str, str]:
    """The sections of a file, each as one line."""
    found: dict[str, list[str]] = {}
    own: list[str] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            own = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            own.append(line)
    return {section: " ".join(lines) for section, lines in found.items()}


CUES: tuple[str, ...] = tuple(dict.fromkeys(cue for name in FILES for cue in sections(name)))


def patterns() -> list[tuple[str, tuple[str, ...]]]:
    """(cue, words of the pattern), of every language."""
    return [
        (cue, tuple(pattern.split()))
        for name in FILES
        for cue, written in sections(name).items()
        for pattern in written.split(";")
        if pattern.strip()
    ]
