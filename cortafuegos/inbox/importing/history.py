"""An import from its first line to its last: planned, written in batches, begun again where it
stopped."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec
from django.db import connection, transaction

from cortafuegos.channels.models import Account
from cortafuegos.inbox.importing import json_lines
from cortafuegos.inbox.importing.csv_layouts import Layout
from cortafuegos.inbox.importing.rows import BadRow, Row
from cortafuegos.inbox.importing.source import Record, Source, Unusable, text_of
from cortafuegos.inbox.importing.threads import Place, Threads
from cortafuegos.inbox.importing.writing import write
from cortafuegos.inbox.intake import front_of
from cortafuegos.inbox.models import ImportRun
from cortafuegos.kit import clock
from cortafuegos.kit.database import deadlocked
from cortafuegos.kit.nudge import nudge
from cortafuegos.kit.sql import rows

BATCH = 500
_SAMPLE = 200  # records after which a file of nothing but refusals is given up
_ATTEMPTS = 5


@dataclass(slots=True)
class Outcome:
    rows: int = 0  # in the file, readable
    refused: int = 0
    repeated: int = 0  # the same id again in the same file
    left_out: int = 0  # conversations without the brand, when --as was given
    messages: int = 0  # new here
    cases: int = 0
    done_before: int = 0  # rows that an earlier attempt had written


Reader = Callable[[bytes], Row]


def reader_of(source: Source, form: str, ours: Collection[str]) -> tuple[Reader, Iterator[Record]]:
    """What reads a record, and the records: by the form asked for, or the look of the first."""
    records = source.quoted() if form != "jsonl" else source.lines()
    first = next(records, None)
    if first is None:
        raise Unusable("The file is empty.")
    if form == "jsonl" or (form == "auto" and first.raw.lstrip()[:1] == b"{"):
        return (lambda raw: json_lines.read(raw, ours)), source.lines()
    try:
        layout = Layout(text_of(first.raw), ours)
    except (UnicodeDecodeError, BadRow):
        raise Unusable("The first line is neither a CSV header nor JSON.") from None
    return (lambda raw: layout.read(text_of(raw))), records


class History:
    """One file on its way into one account of a brand."""

    def __init__(
        self, source: Source, account: Account, *, form: str = "auto", ours: Collection[str] = ()
    ) -> None:
        self.source, self.account, self.ours = source, account, ours
        self._read, self._records = reader_of(source, form, ours)
        self._threads = Threads()
        self.outcome = Outcome()

    def plan(self, refused: IO[bytes]) -> int:
        """Read the whole file once: what belongs together, and what cannot be read. Returns how
        many rows are to be written."""
        for seen, record in enumerate(self._records, 1):
            try:
                row = self._read(record.raw)
            except BadRow as reason:
                self._refuse(record, str(reason), refused)
            except UnicodeDecodeError as error:
                self._refuse(record, f"not UTF-8 at byte {error.start + 1} of the row", refused)
            else:
                self._threads.add(row, record.line, record.offset, record.length)
            if seen == _SAMPLE and not len(self._threads):
                raise Unusable(
                    f"None of the first {_SAMPLE} rows can be read. The file of refused rows says why; "
                    "for text that is not UTF-8 there is --encoding latin-1."
                )
        self.outcome.repeated = self._threads.repeated
        self._conversations = list(self._threads.conversations(only_with_ours=bool(self.ours)))
        self.outcome.rows = sum(map(len, self._conversations))
        self.outcome.left_out = len(self._threads) - self.outcome.rows
        return self.outcome.rows

    def run(self, name: str) -> Iterator[int]:
        """Write what an earlier attempt has not; yields how many rows are done, batch by batch."""
        with _alone(self.account.brand_id):
            progress, _ = ImportRun.objects.get_or_create(
                brand_id=self.account.brand_id,
                fingerprint=self._fingerprint(),
                defaults={"account": self.account, "name": name[:300]},
            )
            self.outcome.done_before = progress.rows_done
            progress.rows_total, progress.refused = self.outcome.rows, self.outcome.refused
            correlation = uuid.uuid4()
            passed = 0
            for batch in _batches(self._conversations):
                passed += sum(map(len, batch))
                if passed > progress.rows_done:
                    self._write(batch, progress, passed, correlation)
                yield passed
            progress.finished_at = clock.now()
            progress.save()
            nudge(self.account.brand_id, kind="account")

    def _write(
        self, batch: list[list[Place]], progress: ImportRun, passed: int, correlation: uuid.UUID
    ) -> None:
        conversations = [[self._read(self.source.at(p.offset, p.length)) for p in places] for places in batch]
        front = front_of(self.account)
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                with transaction.atomic():
                    written = write(front, conversations, clock.now(), correlation)
                    progress.rows_done = passed
                    progress.save()
                break
            except Exception as error:  # the desk works meanwhile: either may have to give way
                if attempt == _ATTEMPTS or not deadlocked(error):
                    raise
        self.outcome.messages += written.messages
        self.outcome.cases += written.cases

    def _fingerprint(self) -> str:
        """Of the file and of what was asked of it: asked otherwise, it is another import."""
        asked = [self.source.fingerprint, str(self.account.pk), *sorted(self.ours)]
        return hashlib.sha256("\0".join(asked).encode()).hexdigest()

    def _refuse(self, record: Record, reason: str, refused: IO[bytes]) -> None:
        self.outcome.refused += 1
        shown = record.raw.rstrip(b"\r\n").decode("utf-8", "backslashreplace")
        refused.write(msgspec.json.encode({"line": record.line, "reason": reason, "row": shown}) + b"\n")


def _batches(conversations: list[list[Place]]) -> Iterator[list[list[Place]]]:
    """Whole conversations, together at least BATCH rows but for the last."""
    batch: list[list[Place]] = []
    size = 0
    for places in conversations:
        batch.append(places)
        size += len(places)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@contextmanager
def _alone(brand_id: int) -> Iterator[None]:
    """One import at a time in a brand. The lock goes with the connection, however it ends."""
    if not _lock("pg_try_advisory_lock", brand_id):
        raise Unusable("Another import into this brand is running. Wait for it to end.")
    try:
        yield
    finally:
        if connection.is_usable():
            _lock("pg_advisory_unlock", brand_id)


def _lock(function: str, brand_id: int) -> bool:
    statement = f"SELECT {function}(%(space)s::int, %(brand)s::int)"
    return bool(rows(statement, space=0x1407, brand=brand_id % 2**31)[0][0])


def default_refused_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.refused.jsonl")
