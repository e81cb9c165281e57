"""A file, record by record, each with where it stands, so that it can be read again in any order."""

from __future__ import annotations

import gzip
import hashlib
import tempfile
import zlib
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

LONGEST_RECORD = 1_000_000  # bytes; what is longer is a quotation mark that never closes
MOST_LINES = 5_000
_CHUNK = 1 << 20


class Unusable(Exception):
    """The file as a whole cannot be imported; ``str()`` says why and what to do."""


class Record(NamedTuple):
    line: int  # its first line, counted from 1
    offset: int
    length: int
    raw: bytes


class Source:
    """Opened once, plain: unpacked and in UTF-8. Close it, or use it in a ``with``."""

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self.path = path
        self.fingerprint = ""
        try:
            self._file = self._plain(path, encoding)
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise Unusable(f"{path.name} is a damaged gzip file. Copy it again.") from None
        except (UnicodeDecodeError, LookupError):
            raise Unusable(f"{path.name} is not written in {encoding}.") from None

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _plain(self, path: Path, encoding: str) -> IO[bytes]:
        with path.open("rb") as given:
            packed = given.read(2) == b"\x1f\x8b"
            given.seek(0)
            reading = cast(IO[bytes], gzip.open(given)) if packed else given  # noqa: SIM115
            plain = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the source
            digest = hashlib.sha256()
            if encoding.lower().replace("_", "-") in {"utf-8", "utf8"}:
                while chunk := reading.read(_CHUNK):
                    plain.write(chunk)
                    digest.update(chunk)
            else:
                text = reading.read().decode(encoding)
                plain.write(text.encode("utf-8", "replace"))
                digest.update(text.encode("utf-8", "replace"))
        self.fingerprint = digest.hexdigest()
        plain.seek(0)
        _refuse_utf16(path, plain.read(3))
        plain.seek(0)
        return plain

    @property
    def size(self) -> int:
        """In bytes, unpacked."""
        return self._file.seek(0, 2)

    def at(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(length)

    def lines(self) -> Iterator[Record]:
        """One record a line."""
        return (record for record in self._all_lines() if record.raw.strip())

    def quoted(self) -> Iterator[Record]:
        """Records of a CSV file, whose quoted fields may run over several lines. A quotation mark
        that never closes costs its own line, not the rest of the file."""
        waiting: deque[Record] = deque()  # lines read ahead in vain
        fresh = self._all_lines()
        while True:
            first = waiting.popleft() if waiting else next(fresh, None)
            if first is None:
                return
            if not first.raw.strip():
                continue
            taken = [first]
            size, marks = first.length, first.raw.count(b'"')
            while marks % 2 and size < LONGEST_RECORD and len(taken) < MOST_LINES:
                more = waiting.popleft() if waiting else next(fresh, None)
                if more is None:
                    break
                taken.append(more)
                size += more.length
                marks += more.raw.count(b'"')
            if marks % 2:
                waiting.extendleft(reversed(taken[1:]))
                yield first
            else:
                raw = b"".join(line.raw for line in taken)
                yield Record(first.line, first.offset, size, raw)

    def _all_lines(self) -> Iterator[Record]:
        offset, number = self._start(), 0
        while True:
            self._file.seek(offset)  # whoever reads a record elsewhere moves the file
            block = self._file.readlines(_CHUNK)
            if not block:
                return
            for line in block:
                number += 1
                yield Record(number, offset, len(line), line)
                offset += len(line)

    def _start(self) -> int:
        self._file.seek(0)
        return 3 if self._file.read(3) == b"\xef\xbb\xbf" else 0


def text_of(raw: bytes) -> str:
    return raw.decode("utf-8")


def _refuse_utf16(path: Path, head: bytes) -> None:
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unusable(f"{path.name} is written in UTF-16. Import it with --encoding utf-16.")
