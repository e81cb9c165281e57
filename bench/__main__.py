"""``make bench``: the desk's figures, each beside a plain baseline measured in the same run.

    python -m bench                 everything but the million cases
    python -m bench pipeline        receipts to cases, beside plain inserts
    python -m bench webhook         webhooks accepted and durable, at 200 and 1,000 a second
    python -m bench crisis          6,000 posts at 200 a second on X, with losses and a worker that dies
    python -m bench memory          the idle desk with its demo
    python -m bench triage          how fast posts are read, beside scikit-learn
    python -m bench guard           how fast a reply is judged, beside one plain expression
    python -m bench million         1,000,000 cases, 5,000,000 messages (about half an hour the first time)

Each part starts a PostgreSQL of its own with full durability, in a folder that is thrown away
(the million is kept in CORTAFUEGOS_BENCH_HOME if that is set, so that it can be asked again).
"""

from __future__ import annotations

import importlib
import sys

PARTS = ("pipeline", "webhook", "crisis", "memory", "triage", "guard", "million")
USUAL = ("pipeline", "webhook", "crisis", "memory", "triage", "guard")


def main(asked: list[str]) -> int:
    unknown = set(asked) - set(PARTS)
    if unknown:
        print(f"bench: no such part: {', '.join(sorted(unknown))}. There are {', '.join(PARTS)}.")
        return 2
    for name in asked or USUAL:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"bench.{name}").run()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
