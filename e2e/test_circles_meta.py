"""The full circle on Facebook, Instagram and Threads, against Meta's stand-ins: connected in the browser as
a new user would, then comments in public, one hidden, one answered in private, and private messages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cortafuegos.channels.meta.fake import MetaNetwork
from cortafuegos.channels.meta.fake import world as fake
from cortafuegos.channels.threads.fake import ThreadsNetwork
from e2e import hands
from e2e.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.network_twin]


@pytest.fixture(scope="module")
def meta() -> Iterator[MetaNetwork]:
    with MetaNetwork().serving() as network:
        yield network


@pytest.fixture(scope="module")
def faro(meta: MetaNetwork) -> fake.Page:
    return meta.page("Faro Sur", instagram="faro.sur")


@pytest.fixture(scope="module")
def inbox(browser: Browser, empty_desk: Desk, farosur: str) -> Iterator[Page]:
    context = browser.new_context(locale="es-ES", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    hands.sign_in(page, empty_desk)
    yield page
    context.close()


def open_form(page: Page, brand: str, name: str, meta: MetaNetwork, form: dict[str, str]) -> None:
    """From the list of networks to its page, with what every way of connecting needs."""
    page.goto(f"{brand}/settings/accounts/new")
    page.locator(".card--choice", has=page.get_by_role("heading", name=name, exact=True)).click()
    page.get_by_label("Identificador de la app").fill(form["app_id"])
    page.get_by_label("Clave secreta de la app").fill(form["app_secret"])
    hands.unfold(page)
    page.locator("[name=graph]").fill(meta.address)


def tell_meta(page: Page, meta: MetaNetwork, what: str) -> None:
    """Give Meta the address and the verify token that the desk shows once, as its page says."""
    page.wait_for_url(re.compile(r"/settings/accounts/\d+/welcome"))
    shown = page.locator(".copy input")
    assert meta.listen(what, shown.nth(0).input_value(), shown.nth(1).input_value())


def test_a_facebook_page(inbox: Page, farosur: str, meta: MetaNetwork, faro: fake.Page) -> None:
    """Its login page gives the token. Then in public, hidden, in private once, and Messenger."""
    open_form(inbox, farosur, "Facebook y Messenger", meta, meta.form(faro))
    inbox.get_by_role("button", name="Conectar con Facebook").click()
    tell_meta(inbox, meta, "page")
    ana, eva = meta.person("Ana Vidal"), meta.person("Eva Ruiz")
    post = meta.post(faro, "Abrimos el sábado")
    asked = meta.comment(ana, post, "la bombilla de la terraza no enciende")
    rude = meta.comment(eva, post, "vendo seguidores baratos, escribidme")
    assert set(meta.bring()) == {200}

    hands.find_case(inbox, farosur, "la bombilla de la terraza no enciende")
    case = inbox.url
    hands.answer(inbox, "Lo sentimos, Ana. ¿Qué modelo es?")
    answers = [one for one in meta.things.values() if one.parent == asked.id]
    assert [(one.author, one.text) for one in answers] == [(faro.id, "Lo sentimos, Ana. ¿Qué modelo es?")]

    hands.look_at(inbox, case)
    hands.answer(inbox, "Si prefieres, Ana, danos aquí tu pedido.", mode="private")
    exchange = meta.exchange(faro.id, "messenger", ana.id)
    assert [one.text for one in exchange.messages] == ["Si prefieres, Ana, danos aquí tu pedido."]
    meta.message(ana, faro, "mi pedido es el 7731")
    assert set(meta.bring()) == {200}
    expect(inbox.locator(".msg__text", has_text="mi pedido es el 7731")).to_be_visible(
        timeout=hands.ARRIVES_IN
    )
    hands.look_at(inbox, case)
    hands.answer(inbox, "Apuntado, Ana.", mode="private")
    assert [one.text for one in exchange.messages][1:] == ["mi pedido es el 7731", "Apuntado, Ana."]

    hands.find_case(inbox, farosur, "vendo seguidores baratos")
    hands.intervene(inbox, "vendo seguidores baratos", "hide", "Es publicidad de otros")
    assert meta.things[rude.id].hidden


def test_an_instagram_account(inbox: Page, farosur: str, meta: MetaNetwork, faro: fake.Page) -> None:
    form = meta.form(faro)
    open_form(inbox, farosur, "Instagram", meta, form)
    inbox.get_by_label("Token de acceso").fill(form["token"])
    inbox.get_by_role("button", name="Comprobar y conectar").click()
    tell_meta(inbox, meta, "instagram")
    luis, eva = meta.person("Luis Mar", "luis.mar"), meta.person("Eva Ruiz", "eva.r")
    asked = meta.comment(luis, meta.medium(faro, "La lámpara nueva"), "¿la hacéis en verde?")
    meta.message(eva, faro, "la del vídeo parpadea", instagram=True, story=f"{meta.address}/story.jpg")
    assert set(meta.bring()) == {200}

    hands.find_case(inbox, farosur, "¿la hacéis en verde?")
    hands.answer(inbox, "En verde y en azul, Luis.")
    answers = [one for one in meta.things.values() if one.parent == asked.id]
    assert [(one.author, one.text) for one in answers] == [(faro.ig_id, "En verde y en azul, Luis.")]

    hands.find_case(inbox, farosur, "la del vídeo parpadea")
    hands.answer(inbox, "Gracias por avisar, Eva: la cambiamos.", mode="private")
    said = meta.exchange(faro.id, "instagram", eva.id).messages
    assert [one.text for one in said] == ["la del vídeo parpadea", "Gracias por avisar, Eva: la cambiamos."]


def test_a_threads_account(inbox: Page, farosur: str) -> None:
    network = ThreadsNetwork()
    network.signed_in = network.join("farosur")
    with network.serving() as served:
        inbox.goto(f"{farosur}/settings/accounts/new")
        inbox.locator(".card--choice", has=inbox.get_by_role("heading", name="Threads", exact=True)).click()
        inbox.get_by_label("Identificador de la app de Threads").fill(network.app_id)
        inbox.get_by_label("Clave secreta de la app de Threads").fill(network.app_secret)
        hands.unfold(inbox)
        inbox.locator("[name=api]").fill(served)
        inbox.locator("[name=authorize]").fill(f"{served}/oauth/authorize")
        inbox.get_by_role("button", name="Conectar con Threads").click()
        inbox.wait_for_url(re.compile(r"/settings/accounts/\d+/welcome"))
        address = inbox.locator(".copy input").first.input_value()
        post = network.say("farosur", "Mañana abrimos hasta las diez")
        asked = network.say("bea_m", "¿y el aparcamiento?", to=post)
        assert network.push(address, times=2) == [200, 200]
        hands.find_case(inbox, farosur, "¿y el aparcamiento?")
        hands.answer(inbox, "Abierto también, Bea.")
        assert [one.text for one in network.answers(asked)] == ["Abierto también, Bea."]
