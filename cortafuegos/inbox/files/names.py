"""What a file is called, when a stranger's machine has to write it to its disk."""

from __future__ import annotations

import unicodedata

from cortafuegos.inbox.files.sorts import EXTENSIONS

LONGEST = 100
_KNOWN = {ending for endings in EXTENSIONS.values() for ending in endings}
_FORBIDDEN = set('<>:"|?*')


def safe(name: str, media_type: str) -> str:
    """One short name without folders, with the ending that belongs to what the file is."""
    last = unicodedata.normalize("NFC", name.replace("\\", "/")).rpartition("/")[2]
    kept = "".join(_letter(letter) for letter in last)
    words = " ".join(kept.split()).strip(". ")
    stem, dot, end = words.rpartition(".")
    endings = EXTENSIONS[media_type]
    if not dot or end.lower() not in endings:
        stem, end = stem if dot and end.lower() in _KNOWN else words, endings[0]
    return f"{stem[: LONGEST - len(end) - 1].strip('. ') or 'file'}.{end}"


def ending(name: str, media_type: str) -> str:
    """A stranger's file's name: with the right ending where we know what it is, else with one that no
    machine opens by itself."""
    if media_type in EXTENSIONS:
        return safe(name, media_type)
    return f"{safe(name, 'text/plain').rpartition('.')[0]}.bin"


def _letter(letter: str) -> str:
    # Marks that turn the direction of writing make an ending look like another.
    category = unicodedata.category(letter)
    if category in ("Zs", "Zl", "Zp") or letter in "\t\n\r":
        return " "
    return "" if category[0] == "C" or letter in _FORBIDDEN else letter
