"""When it goes wrong: plain words, the right status, and no secret in them."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory

from cortafuegos.team.tests.world import World
from cortafuegos.web import views


def page_after(error: Exception) -> tuple[int, str]:
    try:
        raise error
    except Exception:
        answer = views.server_error(RequestFactory().get("/"))
    return answer.status_code, answer.content.decode()


def test_a_database_that_is_away_is_said_to_be_and_asks_to_come_again() -> None:
    """With no database at hand: this test may not touch one either."""
    status, page = page_after(OperationalError("could not connect to 10.0.0.7 as app, password hunter2"))
    assert status == 503
    assert "La base de datos no responde" in page
    assert "hunter2" not in page


def test_what_broke_inside_is_not_told_outside() -> None:
    status, page = page_after(ValueError("token=abc of condor"))
    assert status == 500
    assert "Algo ha fallado por nuestra parte" in page
    assert "abc" not in page


@pytest.mark.parametrize(("language", "words"), [("es", "Aquí no hay nada"), ("en", "There is nothing here")])
def test_an_address_that_is_none(db: None, language: str, words: str) -> None:
    answer = Client().get("/no/such/page", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert words in answer.content.decode()


def test_a_host_that_is_not_ours_is_refused_in_words(db: None) -> None:
    answer = Client(HTTP_HOST="evil.example").get("/")
    assert answer.status_code == 400
    assert "CORTAFUEGOS_URL" in answer.content.decode()
    assert "evil.example" not in answer.content.decode()


def test_a_role_that_may_not_is_told_who_may(world: World) -> None:
    answer = world.client(world.bruno).get(world.url("settings/brand"))
    assert answer.status_code == 403
    assert "Puede hacerlo por ti alguien que supervise" in answer.content.decode()


def test_a_page_too_old_to_send_says_that_nothing_was_done(world: World) -> None:
    answer = world.client(world.lucia, enforce_csrf_checks=True).post(
        world.url("settings/brand"), {"name": "x"}
    )
    assert answer.status_code == 403
    assert "No se ha hecho nada" in answer.content.decode()
    world.brand.refresh_from_db()
    assert world.brand.name == "Cóndor Azul"
