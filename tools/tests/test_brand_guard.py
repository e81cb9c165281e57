"""Law 8: the watch over queries sees what it should, and is fair."""

from __future__ import annotations

from typing import Any

import pytest

from tools import brand_guard

TABLES = frozenset({"cortafuegos_case", "cortafuegos_message"})


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT "id", "cortafuegos_case"."brand_id" FROM "cortafuegos_case" WHERE "id" = 7',
        'UPDATE "cortafuegos_case" SET "brand_id_was" = 1, "state" = 2 WHERE "id" = 7',
        "DELETE FROM cortafuegos_message WHERE id = 1",
        "WITH x AS (SELECT 1) SELECT * FROM cortafuegos_message JOIN x ON true",
        "select count(*) from cortafuegos_case",
        'SELECT 1 FROM "cortafuegos_team" JOIN "cortafuegos_case" ON true ORDER BY "brand_id"',
    ],
)
def test_without_a_brand(statement: str) -> None:
    assert brand_guard.unbranded(statement, TABLES)


@pytest.mark.parametrize(
    "statement",
    [
        'SELECT * FROM "cortafuegos_case" WHERE "cortafuegos_case"."brand_id" = %s',
        "SELECT * FROM cortafuegos_case WHERE brand_id IN (1)",
        'SELECT * FROM "cortafuegos_case" INNER JOIN "cortafuegos_brand" ON true'
        ' WHERE "cortafuegos_brand"."slug" = %s',
        "UPDATE cortafuegos_message m SET text = '' FROM x WHERE m.brand_id = %(brand)s",
        "INSERT INTO cortafuegos_case (id) SELECT 1",
        "SELECT * FROM cortafuegos_user",
        "SAVEPOINT x",
    ],
)
def test_with_a_brand_or_with_no_need_of_one(statement: str) -> None:
    assert not brand_guard.unbranded(statement, TABLES)


def product_code(source: str, name: str = "inbox/made_up.py", **given: Any) -> None:
    """Run as if it stood in the product."""
    exec(compile(source, f"{brand_guard.OURS}/{name}", "exec"), given)


def told() -> dict[str, str]:
    found = dict(brand_guard._watch.found)
    brand_guard._watch.found.clear()
    return found


@pytest.mark.django_db
def test_product_code_is_watched_and_test_code_is_not() -> None:
    from cortafuegos.inbox.models import Case
    from cortafuegos.kit import sql

    list(Case.objects.all())
    assert told() == {}
    product_code("def look():\n list(Case.objects.filter(pk=1))\nlook()", Case=Case)
    assert list(told()) == ["inbox/made_up.py:look"]
    product_code("rows('SELECT id FROM cortafuegos_case')", rows=sql.rows)
    assert list(told()) == ["inbox/made_up.py:<module>"]
    product_code("list(Case.objects.filter(brand_id=1, pk=1))", Case=Case)
    product_code("list(Case.objects.all())", "inbox/tests/made_up.py", Case=Case)
    product_code("list(Case.objects.all())", "channels/polling.py", Case=Case)
    assert told() == {}


@pytest.mark.django_db
def test_following_and_saving_a_row_we_hold_is_fine() -> None:
    from cortafuegos.team.models import Agent, Brand, User

    brand = Brand.objects.create(slug="condor", name="Cóndor")
    user = User.objects.create(email="nuria@condor.example", name="Nuria")
    agent = Agent.objects.create(brand=brand, user=user, role="agent")
    product_code("agent.refresh_from_db()\nagent.active = False\nagent.save()\nagent.delete()", agent=agent)
    assert told() == {}


def test_every_exception_is_a_place_that_exists() -> None:
    for known in brand_guard.INFRASTRUCTURE:
        path, _, function = known.partition(":")
        place = brand_guard.ROOT / "cortafuegos" / path
        assert place.exists(), known
        assert not function or f"def {function}(" in place.read_text("utf-8"), known
