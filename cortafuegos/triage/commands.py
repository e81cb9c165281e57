"""``cortafuegos triage``: posts in, labels out, one line of JSON each. Needs no database.

The best answer is the default, that is both layers; ``--fast`` leaves the encoder out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from .values import Labels, Post, Turn

BATCH = 64
_CHUNK = 1 << 16
_NAMES = ("language", "intent", "cause", "sentiment", "strength", "urgency", "churn", "needs_reply", "topics")
Line = tuple[Any, Post] | dict[str, Any]  # what was asked, or what is wrong with it


@click.command()
@click.option("--explain", is_flag=True, help="Add the reasons: the words and facts that decided.")
@click.option("--fast", is_flag=True, help="Only the first layer: many times quicker, somewhat less exact.")
@click.option(
    "--topics",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON file of your own topics: each name with a list of example posts.",
)
def triage(explain: bool, fast: bool, topics: Path | None) -> None:
    """Read posts as JSON lines {"id", "text"} and write a line of labels for each, in the same order.

    A line may also have language, network, author_followers and thread: what was said before it, oldest
    first, as texts or as {"text", "ours"}, ours being true for what the brand said. A line that cannot be
    read gives {"line", "error"}, and the rest goes on; the exit code is then 1.
    """
    from .answering import Reader, TopicsError, missing_encoder

    if not fast and (lacking := missing_encoder()):
        click.echo(f"Only the first layer reads: {lacking}.", err=True)
        fast = True
    try:
        reader = Reader(fast=fast, explain=explain, topics=topics)
    except TopicsError as error:
        raise click.ClickException(str(error)) from error
    output = sys.stdout
    failed = 0
    try:
        for batch in _batches(sys.stdin.buffer):
            for answer in answers(batch, reader.read, explain):
                failed += "error" in answer
                output.write(json.dumps(answer, ensure_ascii=True) + "\n")
            output.flush()
    except BrokenPipeError:  # whoever listened has left
        sys.stderr.close()
        sys.exit(1)
    if failed:
        sys.exit(1)


def _lines(stream: BinaryIO) -> Iterator[list[bytes]]:
    """What has arrived so far, as whole lines: nobody waits for a batch to be full."""
    rest = b""
    while chunk := stream.read1(_CHUNK):  # type: ignore[attr-defined]
        *lines, rest = (rest + chunk).split(b"\n")
        yield lines
    yield [rest]


def _batches(stream: BinaryIO) -> Iterator[list[Line]]:
    number = 0
    for lines in _lines(stream):
        batch: list[Line] = []
        for raw in lines:
            number += 1
            if raw.strip():
                batch.append(parse(raw, number))
            if len(batch) == BATCH:
                yield batch
                batch = []
        if batch:
            yield batch


def parse(raw: bytes, number: int) -> Line:
    """A line of input as (id, post), or what is wrong with it."""
    try:
        given = json.loads(raw, parse_constant=_refused)
    except (ValueError, RecursionError) as error:
        reason = "not UTF-8" if isinstance(error, UnicodeDecodeError) else "not JSON"
        return {"line": number, "error": reason}
    if not isinstance(given, dict):
        return {"line": number, "error": "not an object"}
    text = given.get("text")
    if not isinstance(text, str):
        return {"line": number, "error": '"text" is missing or is no text', **_identified(given)}
    if "id" not in given:
        return {"line": number, "error": '"id" is missing'}
    hint, thread = given.get("language"), given.get("thread")
    before = map(_turn, thread) if isinstance(thread, list) else ()
    return given["id"], Post(text, hint if isinstance(hint, str) else "", tuple(t for t in before if t))


def _turn(given: Any) -> Turn | None:
    """What was said before: a text, or {"text", "ours"}; what is neither is left out."""
    if isinstance(given, str):
        return Turn(given)
    if isinstance(given, dict) and isinstance(given.get("text"), str):
        ours = given.get("ours")
        return Turn(given["text"], ours if isinstance(ours, bool) else None)
    return None


def _refused(constant: str) -> None:
    raise ValueError(constant)


def _identified(given: dict[str, Any]) -> dict[str, Any]:
    return {"id": given["id"]} if "id" in given else {}


def answers(batch: list[Line], read: Any, explain: bool) -> Iterator[dict[str, Any]]:
    """One answer a line, in the lines' order."""
    posts = [line[1] for line in batch if isinstance(line, tuple)]
    labels: Iterator[Labels] = iter(read(posts))
    for line in batch:
        yield line if isinstance(line, dict) else _answer(line[0], next(labels), explain)


def _answer(identifier: Any, labels: Labels, explain: bool) -> dict[str, Any]:
    answer = {"id": identifier, **{name: getattr(labels, name) for name in _NAMES}}
    if explain:
        from .sentences import sentence

        answer["reasons"] = [
            {"field": r.field, "code": r.code, "words": r.words, "text": sentence(r)} for r in labels.reasons
        ]
    return answer
