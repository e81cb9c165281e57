"""How well triage reads, beside others.

python -m bench.triage_quality DATA        DATA: the folder with labelled_es and the other sets
python -m bench.triage_quality DATA --quick   labelled_es only, no rivals
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench import triage_data, triage_rivals
from bench.triage_data import Known
from bench.triage_scores import macro_f1, shown
from cortafuegos import triage
from cortafuegos.triage import refine
from cortafuegos.triage.fast import FIELDS
from cortafuegos.triage.training import corpus


def read(posts: Sequence[Known], refined: bool, hint: str = "") -> dict[str, list[object]]:
    batch = [triage.Post(post.text, hint) for post in posts]
    labels = refine.read(batch, explain=False) if refined else triage.read(batch, explain=False)
    return {field: [getattr(own, field) for own in labels] for field in FIELDS}


def compare(posts: Sequence[Known], quick: bool) -> None:
    said = {"first layer": read(posts, False, "es"), "both layers": read(posts, True, "es")}
    written = [] if quick else corpus.read()
    kept = [i for i, post in enumerate(posts) if post.kept]
    sources = sorted({post.source for post in posts})
    for field in FIELDS:
        truth = [post.answers[field] for post in posts]
        rows = {name: answers[field] for name, answers in said.items()}
        if not quick:
            common = max(set(truth), key=truth.count)
            rows["commonest answer"] = [common] * len(posts)
            rows["TF-IDF, our corpus"] = triage_rivals.trained_on(written, field, [p.text for p in posts])
            rows["TF-IDF, other sources"] = triage_rivals.across_sources(posts, field)
        print(f"\n{field}: macro-F1 of all [95 %], of the kept half, of each source")
        for name, own in rows.items():
            parts = [macro_f1([truth[i] for i in kept], [own[i] for i in kept])]
            for source in sources:
                at = [i for i, post in enumerate(posts) if post.source == source]
                parts.append(macro_f1([truth[i] for i in at], [own[i] for i in at]))
            print(
                f"  {name:22} {shown(truth, own)}  " + "  ".join(f"{part:.3f}" for part in parts), flush=True
            )


def sentiment(sets: Sequence[tuple[str, list[Known]]]) -> None:
    packages = list(triage_rivals.packages())
    print("\nsentiment elsewhere: macro-F1 (accuracy)")
    for name, posts in sets:
        truth = [str(post.answers["sentiment"]) for post in posts]
        print(f"  {name} ({len(posts)})")
        rows = {
            "first layer": read(posts, False)["sentiment"],
            "both layers": read(posts, True)["sentiment"],
            **{package: [judge(post.text) for post in posts] for package, judge in packages},
        }
        for reader, own in rows.items():
            right = sum(a == b for a, b in zip(truth, own, strict=True)) / len(truth)
            print(f"    {reader:28} {shown(truth, own)} ({right:.3f})", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    posts = triage_data.labelled(asked.data)
    print(f"labelled_es: {len(posts)} posts, sources {', '.join(sorted({p.source for p in posts}))}")
    compare(posts, asked.quick)
    if not asked.quick:
        sets = [("labelled_es", posts), *triage_data.sentiment_sets(asked.data)]
        sentiment(sets)


if __name__ == "__main__":
    main()
