"""The full circle on X, against its stand-in: connected on X's own page as a new user would, following
the words of the connect page; then in public, in private, and by hand where X lets no program answer."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cortafuegos.channels.x.fake import XNetwork
from e2e import hands
from e2e.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.network_twin]
HELLO = "Mañana abrimos hasta las diez"


@pytest.fixture(scope="module")
def x() -> Iterator[XNetwork]:
    network = XNetwork()
    for handle, name in (
        ("farosur", "Faro Sur"),
        ("ana_v", "Ana Vidal"),
        ("luis_p", "Luis Pinto"),
        ("eva_r", "Eva Ruiz"),
    ):
        network.people.join(handle, name=name)
    network.signed_in = "farosur"
    with network.serving() as network.address:
        yield network


@pytest.fixture(scope="module")
def inbox(browser: Browser, empty_desk: Desk, farosur: str, x: XNetwork) -> Iterator[Page]:
    """Inés, with Faro Sur's X account connected and its webhook registered at X."""
    context = browser.new_context(
        locale="es-ES", timezone_id="Europe/Madrid", viewport={"width": 1440, "height": 900}
    )
    page = context.new_page()
    hands.sign_in(page, empty_desk)
    people = x.people
    people.mention("ana_v", "farosur", "la bombilla llegó rota")
    hello = people.say("farosur", HELLO)
    people.say("eva_r", "¿también el domingo?", to=hello.id, quiet=("farosur",))
    x.follow("farosur", connect(page, farosur, x))
    yield page
    context.close()


def connect(page: Page, brand: str, x: XNetwork) -> str:
    """Through X's consent page; returns the address for the webhook that the desk shows."""
    app = x.world.app
    page.goto(f"{brand}/settings/accounts/new")
    page.locator(".card--choice", has=page.get_by_role("heading", name="X", exact=True)).click()
    page.get_by_label("Identificador de cliente").fill(app.client_id)
    page.get_by_label("Secreto de cliente").fill(app.client_secret)
    page.get_by_label("Clave secreta de la API").fill(app.consumer_secret)
    hands.unfold(page)
    page.locator("[name=api]").fill(x.address)
    page.locator("[name=authorize]").fill(f"{x.address}/i/oauth2/authorize")
    page.locator("[name=web]").fill(x.address)
    page.get_by_role("button", name="Conectar con X").click()
    page.get_by_role("link", name="Authorize app").click()
    page.wait_for_url(re.compile(r"/settings/accounts/\d+/welcome"))
    return page.locator(".copy input").first.input_value()


def test_a_mention_is_answered_where_everybody_reads_it(inbox: Page, farosur: str, x: XNetwork) -> None:
    hands.find_case(inbox, farosur, "la bombilla llegó rota")
    hands.answer(inbox, "Lo sentimos, Ana. Te mandamos otra hoy mismo.")
    (answer,) = x.people.reads("ana_v")
    assert (answer.author.username, answer.text) == (
        "farosur",
        "Lo sentimos, Ana. Te mandamos otra hoy mismo.",
    )
    x.people.say("ana_v", "así da gusto", to=answer.id)  # by webhook: it names us
    expect(inbox.locator(".msg__text", has_text="así da gusto")).to_be_visible(timeout=hands.ARRIVES_IN)


def test_a_direct_message_comes_and_goes(inbox: Page, farosur: str, x: XNetwork) -> None:
    x.people.dm("luis_p", "farosur", "mi pedido es el 5512")
    hands.find_case(inbox, farosur, "mi pedido es el 5512")
    hands.answer(inbox, "Gracias, Luis, ya lo tenemos.", mode="private")
    theirs, ours = x.people.messages_with("farosur", "luis_p")
    assert (theirs.text, ours.text) == ("mi pedido es el 5512", "Gracias, Luis, ya lo tenemos.")


def test_what_x_lets_no_program_answer_is_posted_by_hand(inbox: Page, farosur: str, x: XNetwork) -> None:
    hands.find_case(inbox, farosur, "¿también el domingo?")
    case = inbox.url
    closed = inbox.locator("[data-permission]:visible")
    expect(closed).to_contain_text("mencionó")
    hands.write(inbox, "También, Eva: de diez a dos.")
    with inbox.expect_popup() as opened:
        closed.get_by_role("button").click()
    window = opened.value
    expect(window.locator("textarea")).to_have_value("También, Eva: de diez a dos.")
    window.get_by_role("button", name="Post").click()
    window.wait_for_url("**/farosur/status/*")
    link = window.url
    window.close()

    hands.look_at(inbox, case)
    ours = inbox.locator(".msg", has=inbox.locator(".msg__text", has_text="de diez a dos"))
    ours.locator("input[name=link]").fill(f"{x.address}/eva_r/status/1")
    ours.locator("form button").first.click()
    expect(inbox.locator("#toasts")).to_contain_text("copia su dirección")
    ours.locator("input[name=link]").fill(link)
    ours.locator("form button").first.click()
    expect(ours.locator(".fate--sent")).to_contain_text("a mano")

    answer = x.people.posts_of("farosur")[-1]
    x.people.say("eva_r", "¡allí estaré!", to=answer.id)
    expect(inbox.locator(".msg__text", has_text="¡allí estaré!")).to_be_visible(timeout=hands.ARRIVES_IN)
    hands.look_at(inbox, case)
    expect(ours).to_have_count(1)


def test_access_taken_back_is_an_alarm_and_what_waits_leaves_after_consent(
    inbox: Page, farosur: str, x: XNetwork
) -> None:
    x.people.join("rosa_t", name="Rosa Tena")
    x.people.mention("rosa_t", "farosur", "¿tenéis pilas de botón?")
    hands.find_case(inbox, farosur, "¿tenéis pilas de botón?")
    case = inbox.url
    x.faults.arm(on="POST /2/tweets", status=503)  # on its way when the access ends
    hands.write(inbox, "Sí, Rosa, de todos los tamaños.")
    with inbox.expect_response(lambda one: one.url.endswith("/replies")) as queued:
        inbox.locator("[data-send]:visible").click()
    assert queued.value.ok
    x.people.revoke("farosur")
    expect(inbox.locator(".health--bad")).to_contain_text("Faro Sur", timeout=hands.ARRIVES_IN)
    assert x.people.reads("rosa_t") == []

    inbox.locator("#bar .health").click()
    inbox.get_by_role("link", name="Reconectar").first.click()
    inbox.get_by_role("button", name="Conectar con X").click()
    inbox.get_by_role("link", name="Authorize app").click()
    inbox.wait_for_url(re.compile(r"/settings/accounts/\d+$"))
    hands.look_at(inbox, case)
    ours = inbox.locator(".msg", has=inbox.locator(".msg__text", has_text="de todos los tamaños"))
    expect(ours.locator(".fate--sent")).to_be_visible(timeout=hands.ARRIVES_IN)
    assert [post.text for post in x.people.reads("rosa_t")] == ["Sí, Rosa, de todos los tamaños."]
