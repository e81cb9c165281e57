"""Which strings the source marks for translation, and which catalogue each belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

SKIPPED = {"tests", "migrations", "node_modules", "locale", "static", "__pycache__"}
TEMPLATE_SUFFIXES = {".html", ".txt"}
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def sources(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if SKIPPED & set(parts[:-1]) or any(part.startswith(".") for part in parts):
            continue
        if path.suffix == ".py" or (path.suffix in TEMPLATE_SUFFIXES and "templates" in parts):
            yield path


def owner(path: Path, root: Path) -> Path:
    """The folder whose `locale/` holds the path's strings: the nearest that has one, else its
    package (for a network, the network's own folder: it goes when the folder goes)."""
    for folder in path.parents:
        if folder == root:
            break
        if (folder / "locale").is_dir():
            nearest_is_network = folder.parent.name == "channels" or folder.name != "channels"
            if nearest_is_network:
                return folder
    folders = path.relative_to(root).parts[:-1]
    if not folders:
        return root
    network = folders[0] == "channels" and len(folders) > 1 and folders[1] not in {"templates"}
    return root.joinpath(*folders[: 2 if network else 1])


def catalogues(root: Path) -> dict[Path, Catalog]:
    """What is marked today, a catalogue for each owner."""
    found: defaultdict[Path, Catalog] = defaultdict(Catalog)
    for path in sources(root):
        for message, context, comments in _messages(path):
            found[owner(path, root)].add(
                message,
                locations=[(path.relative_to(root.parent).as_posix(), 0)],
                auto_comments=comments,
                context=context,
            )
    return dict(found)


def _messages(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None, list[str]]]:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # The result reads like Python but for its indentation.
        text = "\n".join(line.lstrip() for line in templatize(text, origin=str(path)).split("\n"))
    file = BytesIO(text.encode())
    options = {"encoding": "utf-8"}
    for _, message, comments, context in extract(
        "python", file, keywords=KEYWORDS, comment_tags=("Translators",), options=options
    ):
        if message and message != ("", ""):
            yield message, context, list(comments)
