"""The desk in a real browser: what the hand does, what a nudge may not do, what is never lost."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from cortafuegos.inbox.models import Case, Draft, Message, Reply
from cortafuegos.inbox.tests.people import say
from cortafuegos.inbox.tests.world import World, a_world, busy, hostile, who
from cortafuegos.team.models import Agent, User

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# `make servers` brings it, as it does the browser.
AXE = Path(__file__).parents[4] / "e2e/node/node_modules/axe-core/axe.min.js"
WRITING = "[data-composer] textarea"


@pytest.fixture
def desk(transactional_db: None) -> World:
    cache.clear()
    return busy(a_world())


class Nudges:
    """Stands for the stream: what is put in here is heard by the page a moment later."""

    def __init__(self) -> None:
        self.said: list[dict[str, object]] = []

    def __call__(self, route: Route) -> None:
        events = "".join(f"event: nudge\ndata: {json.dumps(one)}\n\n" for one in self.said)
        self.said.clear()
        # The stream ends at once, and the browser comes back for more after 50 ms.
        route.fulfill(content_type="text/event-stream", body=f"retry: 50\n\n{events}: ok\n\n")


Open = Callable[..., Page]


@pytest.fixture
def nudges() -> Nudges:
    return Nudges()


@pytest.fixture
def open_desk(browser: Browser, live_server: object, desk: World, nudges: Nudges) -> Iterator[Open]:
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(
        path: str,
        *,
        width: int = 1440,
        agent: Agent | None = None,
        theme: str = "light",
        bypass: bool = False,
    ) -> Page:
        user = (agent or desk.lucia).user
        User.objects.filter(pk=user.pk).update(theme=theme)
        context = browser.new_context(
            viewport={"width": width, "height": 844}, has_touch=width < 500, bypass_csp=bypass
        )
        contexts.append(context)
        cookies = desk.client(agent or desk.lucia).cookies.items()
        base = str(live_server)
        context.add_cookies([{"name": name, "value": one.value, "url": base} for name, one in cookies])
        page = context.new_page()
        page.route("**/stream?*", nudges)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on(
            "console",
            lambda said: wrong.append(said.text) if "Content Security Policy" in said.text else None,
        )
        page.goto(base + desk.url(path))
        expect(page.locator("body.ready")).to_be_attached()
        page.wait_for_timeout(300)
        return page

    yield open_page
    for context in contexts:
        context.close()
    time.sleep(0.5)  # a leaving page says goodbye; the tables are emptied when that is heard
    assert wrong == []


def numbers(page: Page) -> list[int]:
    return [
        int(n) for n in page.eval_on_selector_all("#rows > .item", "rows => rows.map(r => r.dataset.number)")
    ]


def test_a_half_typed_reply_survives_a_nudge(open_desk: Open, desk: World, nudges: Nudges) -> None:
    noa = desk.cases["noa"]
    page = open_desk(f"cases/{noa.number}?in=mine")
    page.keyboard.press("r")
    page.keyboard.type("Noa, lo senti")
    page.keyboard.press("ArrowLeft")
    conversation = Message.objects.get(case=noa).conversation.key
    say(desk.news, "¿Hay alguien ahí?", by=who("noa", "Noa Figueiras"), conversation=conversation)
    nudges.said.append({"brand": desk.brand.pk, "cases": [noa.pk], "kind": "case"})
    expect(page.locator("[data-thread]")).to_contain_text("¿Hay alguien ahí?")
    page.keyboard.type("XY")
    assert page.input_value(WRITING) == "Noa, lo sentXYi"
    expect(page.locator("[data-kept]")).to_have_text("Guardado")
    assert Draft.objects.get(case=noa, agent=desk.lucia).text == "Noa, lo sentXYi"


def test_words_the_server_never_got_come_back_after_a_crash(open_desk: Open, desk: World) -> None:
    noa = desk.cases["noa"]
    page = open_desk(f"cases/{noa.number}?in=mine")
    page.route("**/draft", lambda route: route.abort())
    page.keyboard.press("r")
    page.keyboard.type("Esto no llegó al servidor")
    expect(page.locator("[data-kept]")).to_contain_text("Guardado en este navegador")
    assert not Draft.objects.filter(case=noa).exists()
    page.reload()
    expect(page.locator(WRITING)).to_have_value("Esto no llegó al servidor")
    expect(page.locator("#toasts")).to_contain_text("Hemos recuperado")


def test_new_rows_wait_and_nothing_moves_under_the_hand(open_desk: Open, desk: World, nudges: Nudges) -> None:
    page = open_desk("inbox/all")
    before = numbers(page)
    new = say(desk.news, "Recién llegado", by=who("nuevo", "Nuevo Cliente")).case
    Case.objects.filter(pk=desk.cases["noa"].pk).update(state="closed")
    assert new is not None
    nudges.said.append({"brand": desk.brand.pk, "cases": [new.pk, desk.cases["noa"].pk], "kind": "case"})
    expect(page.locator("#waiting")).to_contain_text("1 nueva")
    assert numbers(page) == before
    expect(page.locator(f"#row-{desk.cases['noa'].pk}")).to_have_class("item item--gone")
    page.keyboard.press(".")
    expect(page.locator(f"#row-{new.pk}")).to_be_visible()
    assert desk.cases["noa"].number not in numbers(page)


def test_what_came_while_nobody_could_be_told_waits_too(open_desk: Open, desk: World, nudges: Nudges) -> None:
    """Between the page and its stream, or while the stream was broken: nothing is named."""
    page = open_desk("inbox/all")
    before = numbers(page)
    new = say(desk.news, "Llegado entre dos luces", by=who("nuevo", "Nuevo Cliente")).case
    assert new is not None
    nudges.said.append({"brand": desk.brand.pk, "all": True})
    expect(page.locator("#waiting")).to_contain_text("1 nueva")
    assert numbers(page) == before
    page.locator("#waiting").click()
    expect(page.locator(f"#row-{new.pk}")).to_be_visible()


def test_a_case_is_worked_with_the_keys_alone(open_desk: Open, desk: World) -> None:
    User.objects.filter(pk=desk.lucia.user_id).update(after_send="stay")
    page = open_desk("inbox/mine")
    first, second = numbers(page)[:2]
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/cases/{first}?in=mine")
    page.keyboard.press("j")
    page.wait_for_url(f"**/cases/{second}?in=mine")
    page.go_back()
    expect(page.locator("#case")).to_have_attribute("data-number", str(first))
    marta = desk.cases["marta"]
    assert first == marta.number
    page.keyboard.press("r")
    page.keyboard.type("Ya la tenemos, jkes. Lucía")  # keys are letters while one types
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("De camino")
    assert Reply.objects.filter(case=marta, state="queued").count() == 1
    page.keyboard.press("Escape")
    page.keyboard.press("z")
    expect(page.locator(WRITING)).to_have_value("Ya la tenemos, jkes. Lucía")
    page.keyboard.press("e")
    expect(page.locator("#toasts")).to_contain_text(f"Caso {marta.number} cerrado")
    page.wait_for_url(f"**/cases/{second}?in=mine")
    assert marta.number not in numbers(page)
    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("vuelve a estar abierto")
    marta.refresh_from_db()
    assert marta.state == "open"


def test_several_rows_are_labelled_and_the_label_taken_back(open_desk: Open, desk: World) -> None:
    page = open_desk("inbox/all")
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    expect(page.locator("#picked b")).to_have_text("3 elegidos")
    page.keyboard.press("l")
    page.keyboard.type("en lote")
    page.keyboard.press("Enter")
    expect(page.locator("#toasts")).to_contain_text("3 casos cambiados")
    assert Case.objects.filter(tags__contains=["en lote"]).count() == 3
    page.keyboard.press("z")
    expect(page.locator("#toasts")).to_contain_text("casos cambiados")
    page.wait_for_timeout(500)
    assert not Case.objects.filter(tags__contains=["en lote"]).exists()


def test_without_a_connection_it_says_so_and_keeps_the_words(open_desk: Open, desk: World) -> None:
    noa = desk.cases["noa"]
    page = open_desk(f"cases/{noa.number}?in=mine")
    page.fill(WRITING, "Lo siento, Noa. ¿Qué ha pasado?")
    expect(page.locator("[data-kept]")).to_have_text("Guardado")
    page.context.set_offline(True)
    page.focus(WRITING)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("Sin conexión")
    assert page.input_value(WRITING) == "Lo siento, Noa. ¿Qué ha pasado?"
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#toasts")).to_contain_text("De camino")
    assert Reply.objects.filter(case=noa).count() == 1


def test_the_button_stays_shut_until_the_reply_fits(open_desk: Open, desk: World) -> None:
    page = open_desk(f"cases/{desk.cases['marta'].number}?in=mine")
    button = page.locator("[data-send][data-for=public]")
    expect(button).to_be_disabled()
    page.fill(WRITING, "a" * 301)
    expect(page.locator(".meter--over")).to_contain_text("sobran 1")
    expect(button).to_be_disabled()
    page.fill(WRITING, "a" * 300)
    expect(button).to_be_enabled()


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_it_fits_and_every_row_has_two_lines(open_desk: Open, desk: World, width: int) -> None:
    zoe = hostile(desk)
    page = open_desk("inbox/all", width=width)
    heights = page.eval_on_selector_all("#rows > .item", "rows => rows.map(r => r.offsetHeight)")
    assert max(heights) <= (64 if width == 390 else 60)
    for path in (
        "inbox/all",
        f"cases/{zoe.number}",
        f"cases/{desk.cases['marta'].number}",
        "search?q=maletas",
    ):
        page.goto(page.url.split("/b/")[0] + desk.url(path))
        page.wait_for_timeout(300)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_on_a_phone_pages_turn_and_the_reply_is_one_touch_away(open_desk: Open, desk: World) -> None:
    page = open_desk("inbox/mine", width=390)
    expect(page.locator("#case")).to_be_hidden()
    page.locator("#rows a").first.tap()
    expect(page.locator("#case-title")).to_be_visible()
    expect(page.locator("#list")).to_be_hidden()
    page.get_by_role("link", name="Responder").tap()
    expect(page.locator(WRITING)).to_be_in_viewport()
    page.get_by_role("link", name="Volver a la lista").tap()
    expect(page.locator("#rows a").first).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (1024, "dark"), (390, "light"), (390, "dark")])
def test_no_barrier_that_a_machine_can_find(open_desk: Open, desk: World, width: int, theme: str) -> None:
    paths = ["inbox/all?network=mastodon", "search?q=maletas", f"cases/{hostile(desk).number}"]
    paths += [f"cases/{desk.cases[name].number}?in=mine" for name in ("marta", "ramon", "teo", "gael")]
    page = open_desk(paths[0], width=width, theme=theme, bypass=True)
    base = page.url.split("/b/")[0]
    for path in paths:
        page.goto(base + desk.url(path))
        page.wait_for_timeout(300)
        page.evaluate(AXE.read_text())
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        told = [(one["id"], one["nodes"][0]["html"][:120]) for one in found["violations"]]
        assert told == [], path
