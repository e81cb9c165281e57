"""CSV with a header line. Columns are found by name; those we do not know are left alone."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping

from cortafuegos.inbox.importing.rows import BadRow, Row, identifier, moment, truth
from cortafuegos.inbox.importing.source import Unusable

csv.field_size_limit(2_000_000)

_AUTHOR = ("author_id", "author")
_NEEDED = ("tweet_id", "created_at", "text")


class Layout:
    """Made from the header line; reads the records under it."""

    def __init__(self, header: str, ours: Collection[str] = ()) -> None:
        self._names = [name.strip().lower() for name in fields(header)]
        self._ours = {_handle(name) for name in ours}
        missing = [name for name in _NEEDED if name not in self._names]
        if not set(_AUTHOR) & set(self._names):
            missing.append("author_id")
        if not {"inbound", "is_brand"} & set(self._names) and not ours:
            missing.append("inbound (or --as HANDLE)")
        if missing:
            raise Unusable(f"The header line has no column {', '.join(missing)}.")

    def read(self, record: str) -> Row:
        values = fields(record)
        if len(values) != len(self._names):
            raise BadRow(f"{len(values)} fields where the header has {len(self._names)}")
        cell: Mapping[str, str] = dict(zip(self._names, values, strict=True))
        author = next(cell[name] for name in _AUTHOR if name in cell).strip()
        row_id = identifier(cell["tweet_id"], "tweet_id")
        if not row_id:
            raise BadRow("tweet_id is empty")
        if not author:
            raise BadRow("the author is empty")
        return Row(
            id=row_id,
            author=author,
            handle=author,
            at=moment(cell["created_at"]),
            text=cell["text"],
            ours=self._is_ours(author, cell),
            parent=identifier(cell.get("in_response_to_tweet_id", ""), "in_response_to_tweet_id"),
            answers=tuple(
                identifier(one, "response_tweet_id")
                for one in cell.get("response_tweet_id", "").split(",")
                if one.strip()
            ),
            conversation=cell.get("conversation", "").strip(),
            customer=cell.get("customer", "").strip(),
            place=cell.get("location", "").strip(),
            verified=cell.get("verified", "").strip().lower() == "true",
            language=cell.get("lang", "").strip()[:8],
        )

    def _is_ours(self, author: str, cell: Mapping[str, str]) -> bool:
        if self._ours:
            return _handle(author) in self._ours
        if "inbound" in cell:
            return not truth(cell["inbound"], "inbound")
        return truth(cell["is_brand"], "is_brand")


def fields(record: str) -> list[str]:
    try:
        return next(csv.reader([record.rstrip("\r\n")], strict=True))
    except csv.Error as error:
        raise BadRow(f"not CSV: {error}") from None
    except StopIteration:
        raise BadRow("empty") from None


def _handle(name: str) -> str:
    return name.strip().lstrip("@").lower()
