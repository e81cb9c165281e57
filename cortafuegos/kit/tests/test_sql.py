"""What a batch sends comes back equal, whatever is in it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cortafuegos.kit import sql

MOMENT = datetime(2026, 3, 29, 1, 59, 59, 999999, tzinfo=UTC)
SAMPLES = {
    "bool": [True, False, None],
    "bytea": [b"\0\xff{}'\\", b"", None],
    "bigint": [-(2**63), 2**63 - 1, None],
    "int": [-(2**31), 2**31 - 1, None],
    "text": ["señor 🔥 \\ \" ' {} NULL %s", "", None],
    "double precision": [0.1, float("-inf"), None],
    "timestamptz": [MOMENT, datetime(1969, 7, 20, tzinfo=UTC), None],
    "uuid": [uuid.UUID(int=7), uuid.UUID(int=2**128 - 1), None],
}

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", SAMPLES)
def test_every_type_comes_back_equal(kind):
    found = sql.rows("SELECT v FROM {batch} ORDER BY n", {"v": (kind, SAMPLES[kind])})
    assert [v for (v,) in found] == SAMPLES[kind]


def test_json_comes_back_equal():
    values = [{"a": [1, "ñ", None]}, [], "text", None]
    found = sql.rows("SELECT v, jsonb_typeof(v) FROM {batch} ORDER BY n", {"v": ("jsonb", values)})
    assert found == [(values[0], "object"), ([], "array"), ("text", "string"), (None, None)]


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_column_of_nulls_keeps_its_type(kind):
    found = sql.rows("SELECT v, pg_typeof(v)::text FROM {batch}", {"v": (kind, [None, None])})
    wanted = {"bool": "boolean", "int": "integer", "timestamptz": "timestamp with time zone"}
    assert found == [(None, wanted.get(kind, kind))] * 2


def test_a_moment_in_another_zone_is_the_same_moment():
    madrid = MOMENT.astimezone(timezone(timedelta(hours=2)))
    assert sql.rows("SELECT v FROM {batch}", {"v": ("timestamptz", [madrid])}) == [(MOMENT,)]


def test_a_naive_moment_is_refused():
    with pytest.raises(TypeError):
        sql.rows("SELECT v FROM {batch}", {"v": ("timestamptz", [datetime(2026, 1, 1)])})  # noqa: DTZ001


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="a, b"):
        sql.rows("SELECT a, b FROM {batch}", {"a": ("int", [1]), "b": ("int", [1, 2])})


def test_order_and_values_beside_the_batch():
    found = sql.rows(
        "SELECT n, name || %(end)s FROM {batch} WHERE name LIKE '%%a' ORDER BY n DESC",
        {"name": ("text", ["ana", "luis", "eva"])},
        end="!",
    )
    assert found == [(3, "eva!"), (1, "ana!")]


def test_a_per_cent_sign_is_written_twice_with_and_without_values():
    assert sql.rows("SELECT 'a%%'") == [("a%",)]


def test_an_empty_batch_runs_nothing():
    with CaptureQueriesContext(connection) as seen:
        assert sql.rows("DELETE FROM nothing USING {batch}", {"v": ("int", [])}) == []
    assert len(seen) == 0


def test_statements_are_counted_and_roll_back_with_the_rest():
    with CaptureQueriesContext(connection) as seen, pytest.raises(RuntimeError), transaction.atomic():
        sql.rows(
            "INSERT INTO cortafuegos_brand"
            " (slug, name, language, time_zone, next_case_number, is_demo, created_at)"
            " SELECT slug, slug, 'es', 'UTC', 1, false, now() FROM {batch}",
            {"slug": ("text", ["uno", "dos"])},
        )
        assert sql.rows("SELECT count(*) FROM cortafuegos_brand") == [(2,)]
        raise RuntimeError
    assert len([q for q in seen if "unnest" in q["sql"]]) == 1
    assert sql.rows("SELECT count(*) FROM cortafuegos_brand") == [(0,)]


def test_errors_are_djangos():
    with pytest.raises(IntegrityError), transaction.atomic():
        sql.rows("INSERT INTO cortafuegos_brand (slug) SELECT slug FROM {batch}", {"slug": ("text", ["x"])})
