"""How long the guard takes for a reply of 280 characters, beside one pass of a plain expression.

python -m bench.guard [--replies FILE.jsonl]    lines of {"reply", "message"}: how often each rule speaks
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from cortafuegos.guard.rules import check
from cortafuegos.guard.values import Context, Draft, Formality

REPLY = (
    "Hola, Lucía. Lamentamos mucho la incidencia con tu pedido y las molestias que te ha causado; ¿nos pasas"
    " el número por mensaje privado, para que lo miremos ahora? Puedes leer más en https://condor.example/ayuda"
    " o escribirnos cuando quieras. Gracias por tu paciencia, un saludo ^LM"
)
AROUND = Context(
    network="bluesky",
    language="es",
    message="Llevo tres días esperando mi pedido y nadie contesta",
    customer="Lucía Gil",
    agent="Luz Mora",
    initials="LM",
    intent="complaint",
    first_answer=True,
    formality=Formality.TU,
)
PLAIN = re.compile(r"\b(?:problema|culpa|calma|tranquil\w+|\d{8}[A-Z]|[\w.]+@[\w.]+)\b", re.IGNORECASE)
ROUNDS = 2000


def spent(what: Callable[[], object]) -> list[float]:
    """Milliseconds of processor time of each round: what else the machine does is left out."""
    took = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        what()
        took.append((time.process_time() - begun) * 1000)
    return took


def run() -> None:
    for name, what in (
        ("one plain expression", lambda: PLAIN.findall(REPLY)),
        ("the whole guard", lambda: check(Draft(REPLY), AROUND)),
    ):
        took = spent(what)
        best, middle = min(took), statistics.median(took)
        print(f"{name}: {len(REPLY)} characters, median {middle:.3f} ms, best {best:.3f} ms")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--replies", type=Path)
    chosen = options.parse_args()
    run()
    if chosen.replies:
        spoke(chosen.replies)


def spoke(file: Path) -> None:
    fired: Counter[str] = Counter()
    replies = 0
    for line in file.open(encoding="utf-8"):
        row = json.loads(line)
        replies += 1
        judged = check(Draft(row["reply"]), Context(message=row.get("message", "")))
        fired.update({one.rule for one in judged.findings})
    for rule, times in fired.most_common():
        print(f"{rule}: {times} of {replies} replies ({times / replies:.2%})")


if __name__ == "__main__":
    main()
