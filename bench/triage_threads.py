"""What threads change, on real conversations between customers and a brand (never learned from):

python -m bench.triage_threads DATA        DATA: the folder with citibanamex_es and twcs_en

Nobody labelled these, but the brand's own agents left a trace: what they answered. Of the posts
inside a conversation that say nothing by themselves it is counted how many the thread changes, and how
well "needs a reply" foretells an answer; a brand that also answers thanks makes that a low ceiling.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.triage_scores import shown
from cortafuegos import triage
from cortafuegos.triage import folding, thread
from cortafuegos.triage.values import Post, Turn

MOST = 4000  # posts of each set


@dataclass(frozen=True, slots=True)
class Told:
    """A customer's post inside a conversation, and whether the brand answered it."""

    text: str
    before: tuple[Turn, ...]
    answered: bool


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(gzip.decompress(path.read_bytes()).decode(), newline="")))


def citibanamex(data: Path) -> Iterator[Told]:
    """A customer's posts and the bank's replies, in order; the next post but one of theirs ends the wait."""
    talks: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(data / "citibanamex_es" / "conversations.csv.gz"):
        talks[row["conversation"]].append(row)
    for talk in talks.values():
        talk.sort(key=lambda row: row["created_at"])
        ours = [row["is_brand"] == "True" for row in talk]
        turns = [Turn(row["text"], own) for row, own in zip(talk, ours, strict=True)]
        for at in range(1, len(talk)):
            if not ours[at]:
                yield Told(talk[at]["text"], tuple(turns[:at][-6:]), any(ours[at + 1 : at + 2]))


def spotify(data: Path) -> Iterator[Told]:
    """Exchanges of the one brand whose customers' posts are all there, followed by what each answers."""
    rows = {row["tweet_id"]: row for row in _rows(data / "twcs_en" / "tweets.csv.gz")}
    for row in rows.values():
        if row["inbound"] != "True":
            continue
        before: list[Turn] = []
        up = rows.get(row["in_response_to_tweet_id"].removesuffix(".0"))
        while up and len(before) < 6:
            before.append(Turn(up["text"], up["inbound"] != "True"))
            up = rows.get(up["in_response_to_tweet_id"].removesuffix(".0"))
        if before:
            yield Told(row["text"], tuple(reversed(before)), bool(row["response_tweet_id"]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path)
    asked = parser.parse_args()
    for name, told, language in (
        ("citibanamex_es", citibanamex, "es"),
        ("twcs_en", spotify, "en"),
    ):
        posts = list(told(asked.data))[:MOST]
        short = [post for post in posts if thread.moves(post.text, folding.tokens(post.text)).only]
        alone = triage.read([Post(post.text, language) for post in short], explain=False)
        inside = triage.read([Post(post.text, language, post.before) for post in short], explain=False)
        changed = sum(
            a.intent != b.intent or a.urgency != b.urgency for a, b in zip(alone, inside, strict=True)
        )
        answered = [post.answered for post in short]
        print(f"{name}: {len(posts)} posts inside conversations, {len(short)} say nothing by themselves,")
        print(f"  {changed} of these change")
        print(f"  answered by the brand: {sum(answered)}; macro-F1 of needs_reply against that [95 %]")
        print(f"  alone {shown(answered, [own.needs_reply for own in alone])}")
        print(f"  in the thread {shown(answered, [own.needs_reply for own in inside])}")


if __name__ == "__main__":
    main()
