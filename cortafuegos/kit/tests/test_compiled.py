"""A query built once finds what the same query finds when it is built anew."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connections
from django.test.utils import CaptureQueriesContext

from cortafuegos.kit.compiled import Compiled, compiled, first

NOW = datetime(2026, 3, 29, 1, 59, 59, 999999, tzinfo=UTC)
HOSTILE = ["señor 🔥", "50 % %s %(x)s", 'it\'s \\ "quoted" {}', "'; DROP TABLE x; --", "", "%"]

pytestmark = pytest.mark.django_db


@compiled
def alive(key, since):
    return Session.objects.filter(session_key=key, expire_date__gt=since)


@compiled
def named(names):
    return ContentType.objects.filter(app_label="attack", model__any=names).order_by("pk")


@compiled
def permissions(app):
    rows = Permission.objects.filter(content_type__app_label=app).select_related("content_type")
    return rows.defer("name").order_by("-codename")[:3]


@compiled
def pairs(app, one, other):
    rows = Permission.objects.filter(content_type__app_label=app, pk__gt=one).exclude(pk=other)
    return rows.order_by("pk").values_list("pk", "codename")


@compiled
def flat(app):
    return Permission.objects.filter(content_type__app_label=app).order_by("pk").values_list("pk", flat=True)


@pytest.fixture
def kinds():
    return [ContentType.objects.create(app_label="attack", model=model) for model in HOSTILE]


def test_values_are_values_whatever_is_in_them(kinds):
    for kind in kinds:
        assert named([kind.model]) == [kind]
    assert named(HOSTILE) == kinds
    assert named([]) == named(["nothing like it"]) == []


def test_moments_and_texts_are_compared_as_django_does():
    Session.objects.create(session_key="k'%s", session_data="", expire_date=NOW)
    assert [s.expire_date for s in alive("k'%s", NOW - timedelta(microseconds=1))] == [NOW]
    assert alive("k'%s", NOW) == []


def test_what_is_joined_needs_no_second_question(kinds, django_assert_num_queries):
    made = [
        Permission.objects.create(content_type=kinds[0], codename=code, name=code) for code in ("a", "c", "b")
    ]
    with django_assert_num_queries(1):
        found = permissions("attack")
        assert [(p.codename, p.content_type.model) for p in found] == [
            ("c", HOSTILE[0]),
            ("b", HOSTILE[0]),
            ("a", HOSTILE[0]),
        ]
    with django_assert_num_queries(1):
        assert found[0].name == "c"  # deferred, so it is asked for now
    first_, second, third = sorted(made, key=lambda p: p.pk)
    assert pairs("attack", first_.pk, third.pk) == [(second.pk, second.codename)]
    assert flat("attack") == [first_.pk, second.pk, third.pk]
    assert first(flat("attack")) == first_.pk
    assert first(flat("nobody")) is None


def test_it_is_built_once_and_asked_each_time(kinds):
    built = []

    def build(model):
        built.append(model)
        return ContentType.objects.filter(model=model)

    asked = Compiled(build)
    with CaptureQueriesContext(connections["default"]) as statements:
        found = [asked(kind.model) for kind in kinds]
    assert found == [[kind] for kind in kinds]
    assert (len(built), len(statements)) == (1, len(kinds))


def test_what_equals_nothing_is_refused(kinds):
    with pytest.raises(ValueError, match="flat"):
        flat(None)
    with pytest.raises(ValueError, match="flat"):
        flat()
    with pytest.raises(ValueError, match="flat"):
        flat("attack", "attack")


@pytest.mark.django_db(transaction=True)
def test_threads_that_ask_at_once_get_their_own_answers(kinds):
    asked = Compiled(lambda model: ContentType.objects.filter(app_label="attack", model=model))

    def ask(kind):
        try:
            return asked(kind.model) == [kind]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        assert all(threads.map(ask, kinds * 20))
