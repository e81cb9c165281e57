"""What can be checked about the documents and the files, is.

Links lead somewhere; every setting, command and make target that is there is explained, and
every one that is explained is there; no file has grown too long; nothing names a machine.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from cortafuegos.cli import COMMANDS, _exists  # noqa: E402

LONGEST = 300  # lines
MEASURED = {".py", ".html", ".css", ".js", ".sh"}
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
SETTING = re.compile(r"""["'](CORTAFUEGOS_[A-Z0-9_]+|DATABASE_URL)["']""")
EXPLAINED_SETTING = re.compile(r"`(CORTAFUEGOS_[A-Z0-9_]+|DATABASE_URL)`")
EXPLAINED_COMMAND = re.compile(r"`cortafuegos ([a-z]+)")
MAKE = re.compile(r"(?:`|^\s*|\$ )make ([a-z-]+)", re.MULTILINE)
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
# Written in halves, so that this file does not find itself.
FORBIDDEN = {
    "the address of a registry": re.compile(
        "|".join(["pypi" + r"\.org", "python" + r"hosted\.org", "npmjs" + r"\.org", "deb" + r"\.debian\.org"])
    ),
    "a path of one machine": re.compile(r"(?<![\w.])/(?:wo" + r"rk|ro" + r"ot|home/\w+)/"),
}
BINARY = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".ico", ".woff2", ".mo", ".gz", ".onnx", ".mp4"}


def files(root: Path = ROOT) -> list[Path]:
    """What is, or is about to be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (root / name for name in listed.split("\0") if name)
    return sorted(path for path in paths if path.is_file())


def documents(root: Path = ROOT) -> list[Path]:
    return sorted([*root.glob("*.md"), *root.glob("docs/**/*.md")])


def broken_links(paths: Iterable[Path], root: Path = ROOT) -> Iterator[str]:
    for path in paths:
        for one, other in LINK.findall(path.read_text(encoding="utf-8")):
            target = (one or other).partition("#")[0]
            outside = "://" in target or target.startswith("mailto:")
            if target and not outside and not (path.parent / target).exists():
                yield f"{path.relative_to(root)}: the link to {target} leads nowhere"


def settings_unexplained(root: Path = ROOT) -> Iterator[str]:
    sources = [p for p in (root / "cortafuegos").rglob("*.py") if "tests" not in p.parts]
    used = {name for path in sources for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    explained = set(EXPLAINED_SETTING.findall((root / "docs/settings.md").read_text(encoding="utf-8")))
    for name in sorted(used - explained):
        yield f"docs/settings.md: {name} is read but not explained"
    for name in sorted(explained - used):
        yield f"docs/settings.md: {name} is explained but nobody reads it"


def commands_unexplained(texts: str) -> Iterator[str]:
    there = {name for name, (target, _) in COMMANDS.items() if _exists(target)}
    explained = set(EXPLAINED_COMMAND.findall(texts))
    for name in sorted(there - explained):
        yield f"docs: the command `cortafuegos {name}` stands in no document"
    for name in sorted(explained - set(COMMANDS)):
        yield f"docs: there is no command `cortafuegos {name}`"


def targets_missing(texts: str, root: Path = ROOT) -> Iterator[str]:
    there = set(TARGET.findall((root / "Makefile").read_text(encoding="utf-8")))
    for name in sorted(set(MAKE.findall(texts)) - there):
        yield f"docs: there is no `make {name}`"


def too_long(paths: Iterable[Path], root: Path = ROOT) -> Iterator[str]:
    for path in paths:
        if path.suffix in MEASURED and not {"migrations", "vendor"} & set(path.parts):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONGEST:
                yield f"{path.relative_to(root)}: {lines} lines, more than {LONGEST}; split it"


def forbidden(paths: Iterable[Path], root: Path = ROOT) -> Iterator[str]:
    for path in paths:
        if path.suffix in BINARY:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            for what, pattern in FORBIDDEN.items():
                if pattern.search(line):
                    yield f"{path.relative_to(root)}:{number}: names {what}"


def main() -> int:
    written, texts = documents(), ""
    for path in written:
        texts += path.read_text(encoding="utf-8") + "\n"
    everything = files()
    problems = [
        *broken_links(written),
        *settings_unexplained(),
        *commands_unexplained(texts),
        *targets_missing(texts),
        *too_long(everything),
        *forbidden(everything),
    ]
    for line in problems:
        print(line)
    print(f"documents: {len(problems)} problems" if problems else "documents: as they should be")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
