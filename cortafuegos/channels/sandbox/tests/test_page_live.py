"""The page in a real browser: answers arrive by themselves, and typing is never disturbed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cortafuegos.channels.contract import AccountView
from cortafuegos.channels.sandbox.connector import connector

from .conftest import Network
from .test_circle import news, reply

pytestmark = pytest.mark.browser


@pytest.fixture
def page(network: Network, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="es", viewport={"width": 390, "height": 800})
    opened = context.new_page()
    opened.goto(network.address + "/")
    yield opened
    context.close()


def test_a_person_plays_the_customer(network: Network, desk: AccountView, page: Page) -> None:
    page.get_by_label("Elige con qué cliente hablar").select_option("marta")
    page.get_by_role("button", name="Ser esta persona").click()
    page.get_by_label("Lo que dices").fill("@tienda_ayuda ¿me oís?")
    page.get_by_role("button", name="Publicar").click()
    expect(page.locator("article", has_text="¿me oís?")).to_be_visible()

    page.get_by_label("Lo que dices").fill("a medio escr")
    (post,) = news(desk)
    connector.send(desk, reply(post, "Alto y claro, Marta"))
    answer = page.locator("main article", has_text="Alto y claro, Marta")
    expect(answer).to_be_visible(timeout=20_000)
    connector.send(desk, reply(post, "Te escribo por aquí", key="llave-2", public=False))
    expect(page.locator("#messages")).to_contain_text("Te escribo por aquí")
    assert page.get_by_label("Lo que dices").input_value() == "a medio escr"
    expect(page.locator("main article")).to_have_count(2)

    answer.get_by_role("link", name="Responder").click()
    page.get_by_label("Lo que dices").fill("¡Gracias!")
    page.get_by_role("button", name="Responder").click()
    expect(page.locator("main article")).to_have_count(3)
    assert news(desk)[-1].text == "¡Gracias!"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it scrolls sideways"


def test_nothing_moves_under_the_hand(network: Network, desk: AccountView, page: Page) -> None:
    for number in range(20):
        network.says("marta", f"@tienda_ayuda mensaje {number}")
    expect(page.locator("main article")).to_have_count(20)
    page.mouse.wheel(0, 2000)
    page.wait_for_function("window.scrollY > 1000")
    network.says("luis", "@tienda_ayuda recién llegado")
    expect(page.get_by_role("button", name="Ver lo nuevo")).to_be_visible(timeout=20_000)
    expect(page.locator("main article")).to_have_count(20)
    page.get_by_role("button", name="Ver lo nuevo").click()
    expect(page.locator("main article").first).to_contain_text("recién llegado")
