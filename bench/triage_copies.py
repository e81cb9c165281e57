"""Whether a post of our corpus is a copy, or nearly, of one in the sets we only measure on:

python -m bench.triage_copies DATA [--least 0.6] [--files added_]      DATA: the folder with all sets

Texts are compared by their runs of four characters (Jaccard), without handles, links, numbers and signs.
What everybody writes word by word ("yes please") is short: the list is for a person to look at.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from cortafuegos.triage.training import corpus

_LEFT_OUT = re.compile(r"https?:\S+|@\w+|[^\w\s]|\d+")
SHORTEST, LONGEST = 8, 400  # characters of a text that is compared
COMMON = 200  # a run that more of our posts have tells nothing


def runs(text: str) -> frozenset[str]:
    plain = " ".join(_LEFT_OUT.sub("", text.lower()).split())
    return frozenset(plain[at : at + 4] for at in range(len(plain) - 3))


def texts(data: Path) -> Iterator[tuple[str, str]]:
    """(set, text), every text of every column once a file."""
    csv.field_size_limit(10**8)
    for path in sorted(data.glob("*/**/*.csv*")):
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = csv.reader(io.StringIO(raw.decode("utf-8", "replace"), newline=""))
        for cell in {cell for row in rows for cell in row if SHORTEST <= len(cell) <= LONGEST}:
            yield path.parent.name, cell


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--least", type=float, default=0.6)
    parser.add_argument("--files", default="", help="how the corpus' files begin that are looked at")
    asked = parser.parse_args()
    ours = [example for example in corpus.read() if example.source.startswith(asked.files)]
    made_of = [runs(example.text) for example in ours]
    having: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(made_of):
        for run in own:
            having[run].append(at)
    nearest: list[tuple[float, str, str]] = [(0.0, "", "")] * len(ours)
    compared = 0
    for name, text in texts(asked.data):
        theirs = runs(text)
        compared += 1
        shared = Counter(
            at for run in theirs if len(having.get(run, ())) < COMMON for at in having.get(run, ())
        )
        for at, _ in shared.most_common(3):
            alike = len(made_of[at] & theirs) / len(made_of[at] | theirs)
            nearest[at] = max(nearest[at], (alike, name, text))
    found = [(near, example) for near, example in zip(nearest, ours, strict=True) if near[0] >= asked.least]
    print(f"{len(ours)} posts beside {compared} texts: {len(found)} at {asked.least} or more")
    for (alike, name, text), example in sorted(found, key=lambda pair: -pair[0][0]):
        print(f"{alike:.2f}  {example.source}: {example.text[:90]!r}  {name}: {text[:90]!r}")


if __name__ == "__main__":
    main()
