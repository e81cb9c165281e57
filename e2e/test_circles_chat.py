"""The full circle on WhatsApp and Telegram, against their stand-ins: connected in the browser as a new
user would, following the words of the connect page."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.telegram.fake.network import Telegram
from cortafuegos.channels.whatsapp.fake import push as pushing
from cortafuegos.channels.whatsapp.fake.network import DAY, WhatsApp
from e2e import hands
from e2e.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.network_twin]


@pytest.fixture(scope="module")
def inbox(browser: Browser, empty_desk: Desk, farosur: str) -> Iterator[Page]:
    context = browser.new_context(locale="es-ES", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    hands.sign_in(page, empty_desk)
    yield page
    context.close()


def open_form(page: Page, brand: str, name: str) -> None:
    page.goto(f"{brand}/settings/accounts/new")
    page.locator(".card--choice", has=page.get_by_role("heading", name=name, exact=True)).click()
    hands.unfold(page)


def connected(page: Page) -> None:
    page.get_by_role("button", name="Comprobar y conectar").click()
    page.wait_for_url(re.compile(r"/settings/accounts/\d+/welcome"))


class Yesterday:
    """WhatsApp's clock, which a test turns back."""

    def __init__(self) -> None:
        self.back = 0.0

    def __call__(self) -> float:
        return time.time() - self.back


def test_whatsapp_within_its_window_and_by_template_after_it(inbox: Page, farosur: str) -> None:
    clock = Yesterday()
    network = WhatsApp(clock)
    number = network.number("+34 600 000 001", "Faro Sur")
    ana, luis = network.person("Ana Vidal", "34600000002"), network.person("Luis Mar", "34600000003")
    network.template("pedido_listo", "Hola, {{1}}: tu pedido {{2}} ya está listo.")
    with serving(network.app()) as served:
        open_form(inbox, farosur, "WhatsApp")
        inbox.get_by_label("Identificador de la app").fill(network.app_id)
        inbox.get_by_label("Clave secreta de la app").fill(network.app_secret)
        inbox.get_by_label("Token de un usuario del sistema").fill(network.token)
        inbox.get_by_label("Identificador del número").fill(number.id)
        inbox.get_by_label("Identificador de la cuenta de WhatsApp Business").fill(network.waba)
        inbox.get_by_label("Token de verificación").fill("un-faro-en-la-niebla")
        inbox.locator("[name=address]").fill(served)
        connected(inbox)
        address = inbox.locator(".copy input").first.input_value()
        assert pushing.ask(address, "un-faro-en-la-niebla").text == "1158201444"

        network.says(ana, number, "¿llegó ya mi pedido?")
        clock.back = 1.25 * DAY
        network.says(luis, number, "¿me avisáis cuando esté?")
        clock.back = 0
        assert pushing.push(network, address, times=2) == [200] * 4

        hands.find_case(inbox, farosur, "¿llegó ya mi pedido?")
        expect(inbox.locator("[data-permission]:visible")).to_contain_text("Puedes escribirle hasta")
        hands.answer(inbox, "Llega hoy, Ana.", mode="private")
        hands.find_case(inbox, farosur, "¿me avisáis cuando esté?")
        hands.answer_with_template(inbox, ["Luis", "5512"])
        said = [(out.person.name, out.type) for out in network.out.values()]
        assert said == [("Ana Vidal", "text"), ("Luis Mar", "template")]
        values = [one["text"] for one in list(network.out.values())[1].what["components"][0]["parameters"]]
        assert values == ["Luis", "5512"]


def test_telegram_in_private_and_in_a_group(inbox: Page, farosur: str) -> None:
    network = Telegram()
    bot = network.bot("Faro Sur", "faro_sur_bot")
    ana, luis = network.person("Ana Vidal", "ana_v"), network.person("Luis Mar")
    with serving(network.app()) as served:
        open_form(inbox, farosur, "Telegram")
        inbox.get_by_label("Token del bot").fill(bot.token)
        inbox.locator("[name=server]").fill(served)
        connected(inbox)
        chat = network.private(bot, ana)
        group = network.group("Vecinos del puerto", bot)
        network.says(ana, chat, "mi lámpara hace ruido")
        network.says(luis, group, "esto no va para el bot")
        asked = network.says(luis, group, "@faro_sur_bot ¿abrís mañana?")

        hands.find_case(inbox, farosur, "mi lámpara hace ruido")
        hands.answer(inbox, "Vaya, Ana. ¿Desde cuándo?", mode="private")
        assert [one["text"] for one in chat.messages.values()][1:] == ["Vaya, Ana. ¿Desde cuándo?"]
        hands.find_case(inbox, farosur, "¿abrís mañana?")
        hands.answer(inbox, "Sí, Luis, de diez a dos.")
        ours = list(group.messages.values())[-1]
        assert (ours["text"], ours["reply_to_message"]["message_id"]) == (
            "Sí, Luis, de diez a dos.",
            asked["message_id"],
        )
