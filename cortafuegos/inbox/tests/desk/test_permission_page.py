"""The composer says what the network allows before anybody writes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from cortafuegos.inbox.models import Case, Draft, Message, Reply
from cortafuegos.inbox.tests import networks
from cortafuegos.inbox.tests.desk.page import HTMX_CASE, Page, toast
from cortafuegos.inbox.tests.networks.strict.connector import TOO_LATE, UNINVITED
from cortafuegos.inbox.tests.people import ago, say
from cortafuegos.inbox.tests.world import World, an_account, who
from cortafuegos.kit import clock

ADA = who("ada", "Ada Robles", "strict")


@pytest.fixture
def strict(world: World) -> Iterator[World]:
    with networks.known():
        world.cases["ada"] = private(world, hours=21)
        yield world


def private(world: World, **past: float) -> Case:
    account = an_account(world.brand, "strict", "condorestricto", "Cóndor Estricto")
    message = say(account, "Sigo sin mi maleta", by=ADA, public=False, conversation="dm:ada", at=ago(**past))
    assert message.case is not None
    return message.case


def box(world: World, case: Case, mode: str = "private") -> Page:
    return Page(world.client(world.lucia).get(world.url(f"cases/{case.number}"), headers=HTMX_CASE))


def test_a_countdown_while_the_window_is_open(strict: World) -> None:
    page = box(strict, strict.cases["ada"])
    shown = page.by_id("permission-private")
    until = Message.objects.get().posted_at + timedelta(hours=24)
    assert shown["data-until"] == until.isoformat()
    assert "data-closed" not in shown
    assert "Puedes escribirle hasta " in shown.text
    assert "quedan 3 h" in shown.text


def test_a_closed_one_says_why(strict: World) -> None:
    Message.objects.update(posted_at=ago(hours=25))
    shown = box(strict, strict.cases["ada"]).by_id("permission-private")
    assert shown["data-closed"] == TOO_LATE
    assert TOO_LATE in shown.text
    assert "Lo que escribas se guarda." in shown.text


def test_pressing_all_the_same_is_refused_in_the_same_words_and_keeps_the_draft(strict: World) -> None:
    case, client = strict.cases["ada"], strict.client(strict.lucia)
    message = Message.objects.get()
    body = {
        "mode": "private", "text": "Ada, ya la tenemos", "target_private": message.pk,
        "account_private": message.account_id,
    }  # fmt: skip
    client.post(strict.url(f"cases/{case.number}/draft"), body)
    Message.objects.update(posted_at=ago(hours=25))
    answer = client.post(strict.url(f"cases/{case.number}/replies"), body)
    assert (answer.status_code, answer["X-Code"], toast(answer)) == (409, "window", TOO_LATE)
    assert Draft.objects.get().text == "Ada, ya la tenemos"
    assert Reply.objects.count() == 0


def test_it_is_asked_again_for_the_message_chosen(strict: World) -> None:
    case = strict.cases["ada"]
    account = Message.objects.get().account
    aside = say(account, "Qué mal va todo", by=ADA, ref={"uninvited": True}, at=ago(minutes=3))
    asked = {"mode": "public", "target_public": aside.pk, "account_public": account.pk}
    for agent in (strict.lucia, strict.delia):
        page = Page(strict.client(agent).get(strict.url(f"cases/{case.number}/permission"), asked))
        shown = page.by_id("permission-public")
        assert (shown["data-closed"], shown["data-target"]) == (UNINVITED, str(aside.pk))


@pytest.mark.parametrize("asked", [{}, {"mode": "note"}, {"mode": "public", "target_public": "x"}])
def test_asked_for_nothing_it_says_so(strict: World, asked: dict[str, str]) -> None:
    answer = strict.client(strict.lucia).get(
        strict.url(f"cases/{strict.cases['ada'].number}/permission"), asked
    )
    assert (answer.status_code, answer["X-Code"]) == (422, "no_destination")


def test_of_another_brand_there_is_nothing_to_ask(strict: World) -> None:
    number = strict.cases["ada"].number
    assert strict.client(strict.olga).get(strict.url(f"cases/{number}/permission")).status_code == 404


def test_networks_without_rules_show_nothing(world: World) -> None:
    message = say(world.help, by=who("eva", "Eva Luz"))
    assert message.case is not None
    page = box(world, message.case)
    assert not page.having("data-permission")
    assert clock.now() > message.posted_at
