"""Queries that are built once and asked many times.

Django builds its statement anew whenever a queryset is read, which takes it longer than the database
takes to answer: a page that asks thirty questions spends a quarter of its time on their wording.

    @compiled
    def _notes(brand_id: Any, case_id: Any) -> QuerySet[Note]:
        return Note.objects.filter(brand_id=brand_id, case_id=case_id).order_by("pk")

    _notes(brand.pk, case.pk)  # a list of notes

The function is called once a process, with a ``Slot`` for each of its values; it may hand them to
lookups and do nothing else with them. The list of a slot is compared by ``__any``, not by ``__in``.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from copy import copy
from functools import update_wrapper
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connections
from django.db.models import Expression, Field, ForeignKey, Lookup, QuerySet
from django.db.models.sql.compiler import SQLCompiler

R = TypeVar("R")


class Slot(Expression):
    """The place of a value that is given when the query is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@Field.register_lookup
@ForeignKey.register_lookup
class Among(Lookup):
    """``pk__any=slot``: is among the values of a list."""

    lookup_name = "any"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, of_column = self.process_lhs(compiler, connection)
        values, given = self.process_rhs(compiler, connection)
        return f"{column} = ANY({values})", (*of_column, *given)


class Compiled(Generic[R]):
    def __init__(self, build: Callable[..., QuerySet[Any, R]]) -> None:
        self._build = build
        self._names = tuple(inspect.signature(build).parameters)
        self._ready: tuple[QuerySet[Any, R], SQLCompiler, str, list[Any]] | None = None
        update_wrapper(self, build)

    def __call__(self, *values: Any) -> list[R]:
        """What the query finds. None is refused: it equals nothing in SQL, and a filter on it must say so."""
        if len(values) != len(self._names) or None in values:
            raise ValueError(f"{self._build.__qualname__} takes a value for each of {self._names}")
        rows, compiler, sql, params = self._ready or self._compile()
        given = dict(zip(self._names, values, strict=True))
        bound = [given[p.name] if isinstance(p, Slot) else p for p in params]
        once: Any = copy(compiler)
        once.connection = connections[rows.db]
        once.as_sql = lambda *_, **__: (sql, bound)
        # all that Django's iterables want to know of a queryset
        query = SimpleNamespace(get_compiler=lambda *_, **__: once)
        iterable: Any = rows._iterable_class
        asked: Any = SimpleNamespace(model=rows.model, db=rows.db, query=query, _known_related_objects={})
        found: Iterable[R] = iterable(asked)
        return list(found)

    def _compile(self) -> tuple[QuerySet[Any, R], SQLCompiler, str, list[Any]]:
        rows = self._build(*map(Slot, self._names))
        compiler = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        fields: Any = [selected[0] for selected in compiler.select[: compiler.col_count]]
        converters = compiler.get_converters(fields)
        compiler.get_converters = lambda _: converters
        self._ready = rows, compiler, sql, list(params)
        return self._ready


def compiled(build: Callable[..., QuerySet[Any, R]]) -> Compiled[R]:
    return Compiled(build)


def first(rows: list[R]) -> R | None:
    return rows[0] if rows else None
