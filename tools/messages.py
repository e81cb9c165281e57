"""The Spanish catalogues: brought up to date with the source, or only checked.

    make messages                       update every cortafuegos/<package>/locale/es
    make messages ARGS=cortafuegos/inbox   only that package's
    make messages ARGS=--check          fail when a string is missing, fuzzy, obsolete or wrong

The source is written in English, and each package keeps its own catalogue. A string that moves
from one package to another takes its translation along.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cortafuegos.kit.catalogues import compile_stale  # noqa: E402
from tools import extraction, literal_text  # noqa: E402

LANGUAGE = "es"
HEADER = """\
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
Key = tuple[str | None, str | tuple[str, ...]]


def po_of(owner: Path) -> Path:
    return owner / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def read(po: Path) -> Catalog:
    if not po.exists():
        return Catalog(locale=LANGUAGE)
    with po.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def key(message: Message) -> Key:
    text = message.id
    return message.context, tuple(text) if isinstance(text, list | tuple) else text


def entries(catalogue: Catalog) -> dict[Key, Message]:
    return {key(message): message for message in catalogue if message.id}


def is_translated(message: Message) -> bool:
    words = message.string if isinstance(message.string, list | tuple) else [message.string]
    return bool(words) and all(words)


def write(po: Path, catalogue: Catalog) -> bool:
    """True when the file changed. No dates and no line numbers: they only make merges hard."""
    for message in catalogue:
        message.locations = sorted({(name, 0) for name, _ in message.locations})
    buffer = BytesIO()
    write_po(buffer, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    text = HEADER + buffer.getvalue().decode().lstrip("\n")
    if po.exists() and po.read_text(encoding="utf-8") == text:
        return False
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_text(text, encoding="utf-8")
    return True


def existing(package: Path) -> dict[Path, Catalog]:
    return {po: read(po) for po in sorted(package.glob(f"**/locale/{LANGUAGE}/LC_MESSAGES/django.po"))}


def is_within(po: Path, folders: Sequence[Path]) -> bool:
    return any(po.is_relative_to(folder) for folder in folders)


def update(package: Path, within: Sequence[Path] = ()) -> Iterator[str]:
    within = within or [package]
    before = existing(package)
    memory: dict[Key, Message] = {}
    for catalogue in before.values():
        memory.update({k: m for k, m in entries(catalogue).items() if is_translated(m)})
    wanted = {po_of(owner): catalogue for owner, catalogue in extraction.catalogues(package).items()}
    for po, template in wanted.items():
        if not is_within(po, within):
            continue
        current = entries(before.get(po, Catalog()))
        fresh = Catalog(locale=LANGUAGE)
        for k, message in entries(template).items():
            known = current.get(k) or memory.get(k)
            if known is None or not is_translated(known):
                known = memory.get(k)
            fresh.add(
                message.id,
                known.string if known else None,
                locations=message.locations,
                auto_comments=message.auto_comments,
                user_comments=known.user_comments if known else [],
                context=message.context,
                flags=set(known.flags if known else ()) & {"fuzzy"} | set(message.flags),
            )
        if write(po, fresh):
            left = sum(not is_translated(m) for m in entries(fresh).values())
            yield f"{po.relative_to(package.parent)}: {len(fresh)} strings, {left} to translate"
    for po in before.keys() - wanted.keys():
        if not is_within(po, within):
            continue
        po.unlink()
        yield f"{po.relative_to(package.parent)}: removed, nothing is marked there any more"


def check(package: Path) -> Iterator[str]:
    found = existing(package)
    wanted = {po_of(owner): catalogue for owner, catalogue in extraction.catalogues(package).items()}
    for po in sorted(found.keys() | wanted.keys()):
        have, want = entries(found.get(po, Catalog())), entries(wanted.get(po, Catalog()))
        catalogue = found.get(po, Catalog(locale=LANGUAGE))
        where = po.relative_to(package.parent)
        for k in want.keys() - have.keys():
            files = ", ".join(name for name, _ in want[k].locations)
            yield f"{where}: missing {k[1]!r} ({files}); run make messages"
        for k in have.keys() - want.keys():
            yield f"{where}: obsolete {k[1]!r}; run make messages"
        for k in want.keys() & have.keys():
            message = have[k]
            if message.fuzzy:
                yield f"{where}: fuzzy {k[1]!r}"
            elif not is_translated(message):
                yield f"{where}: not translated {k[1]!r}"
            else:
                yield from (f"{where}: {k[1]!r}: {error}" for error in message.check(catalogue))


def check_agreement(package: Path) -> Iterator[str]:
    """Django looks a sentence up in all catalogues at once, and the first that has it wins. Two that
    say it differently need a context (pgettext) or other words."""
    said: dict[Key, tuple[object, Path]] = {}
    for po, catalogue in existing(package).items():
        for k, message in entries(catalogue).items():
            words, first = said.setdefault(k, (message.string, po))
            if words != message.string:
                names = " and ".join(str(one.relative_to(package.parent)) for one in (first, po))
                yield f"{names} translate {k[1]!r} differently"


def check_templates(package: Path) -> Iterator[str]:
    for path in extraction.sources(package):
        if path.suffix == ".html":
            for line, words in literal_text.find(path.read_text(encoding="utf-8")):
                name = path.relative_to(package.parent)
                yield f'{name}:{line}: not marked for translation: "{words}"'


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, fail on what is missing")
    parser.add_argument("folders", nargs="*", type=Path, help="only the catalogues in these folders")
    options = parser.parse_args()
    package = ROOT / "cortafuegos"
    within = [folder.resolve() for folder in options.folders] or [package]
    if not options.check:
        for line in update(package, within):
            print(f"messages: {line}")
        compile_stale(package)
        return 0
    starts = tuple(folder.relative_to(ROOT).as_posix() for folder in within)
    problems = [
        line
        for line in (*check(package), *check_agreement(package), *check_templates(package))
        if line.startswith(starts)
    ]
    problems.sort()
    for line in problems:
        print(line)
    print(f"messages: {len(problems)} problems" if problems else "messages: every string is in Spanish")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
