"""Whoever comes first does not get the desk: only the machine itself, or the printed link."""

from __future__ import annotations

import pytest
from django.test import Client

from cortafuegos.team import actions
from cortafuegos.team.models import Agent, Brand, User
from cortafuegos.team.tests.world import PASSWORD, World

AFAR = {"REMOTE_ADDR": "203.0.113.9"}
HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000"}
FORM = {
    "brand": "Cóndor Azul", "language": "es", "time_zone": "America/Lima",
    "name": "Lucía Fontán", "email": "Lucia@Condor.example", "password": PASSWORD,
}  # fmt: skip


@pytest.mark.parametrize(
    "where",
    [
        AFAR,
        {**HERE, "HTTP_X_FORWARDED_FOR": "203.0.113.9"},  # a proxy on this machine
        {**HERE, "HTTP_FORWARDED": "for=203.0.113.9"},
        {**HERE, "HTTP_HOST": "testserver"},  # a name that a stranger's page may point here
    ],
)
def test_a_stranger_gets_no_desk(db: None, where: dict[str, str]) -> None:
    assert Client().get("/", **where).status_code == 403
    assert Client().post("/", FORM, **where).status_code == 403
    assert not Brand.objects.exists()
    assert not User.objects.exists()


def test_on_this_machine_the_first_page_makes_brand_and_owner(db: None) -> None:
    client = Client()
    assert "Welcome" in client.get("/", headers={"Accept-Language": "en"}, **HERE).content.decode()
    answer = client.post("/", FORM, **HERE)
    assert answer["Location"] == "/b/condor-azul/settings/accounts/new"
    owner = Agent.objects.get()
    assert (owner.role, owner.brand.time_zone, owner.user.email) == (
        "owner",
        "America/Lima",
        "lucia@condor.example",
    )
    page = client.get(answer["Location"], **HERE).content.decode()
    assert "Conecta tu primera cuenta" in page
    # the door is shut behind them
    assert Client().post("/", {**FORM, "brand": "Otra"}, **HERE)["Location"] == "/accounts/login/"
    assert Brand.objects.count() == 1


def test_the_printed_link_opens_it_from_afar_for_that_browser_alone(db: None) -> None:
    client = Client()
    client.get(f"/setup/{actions.setup_token()}", **AFAR)
    assert Client().post("/", FORM, **AFAR).status_code == 403
    assert client.post("/", FORM, **AFAR).status_code == 302
    assert Brand.objects.count() == 1


@pytest.mark.parametrize("guess", ["x", "0" * 40, "é"])
def test_a_guessed_setup_link_opens_nothing(db: None, guess: str) -> None:
    client = Client()
    client.get(f"/setup/{guess}", **AFAR)
    assert client.post("/", FORM, **AFAR).status_code == 403


def test_once_there_is_a_brand_the_setup_link_is_worth_nothing(world: World) -> None:
    client = Client()
    assert client.get(f"/setup/{actions.setup_token()}")["Location"] == "/"
    assert client.post("/", FORM)["Location"] == "/accounts/login/"
    assert "setup" not in client.session
    assert Brand.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [{"password": "12345678"}, {"brand": ""}, {"email": "no"}, {"time_zone": "x"}, {"language": "xx"}],
)
def test_mistakes_keep_what_was_typed_but_the_password(db: None, wrong: dict[str, str]) -> None:
    answer = Client().post("/", {**FORM, **wrong}, **HERE)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Lucía Fontán" in page
    assert PASSWORD not in page
    assert not Brand.objects.exists()
