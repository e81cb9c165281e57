"""Asking and answering under the hand: by keys in the desk, on a phone without an account."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from cortafuegos.inbox.models import Question
from cortafuegos.inbox.tests.desk import test_browser
from cortafuegos.inbox.tests.inside.people import a_department, token_of
from cortafuegos.inbox.tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

desk, nudges, open_desk = test_browser.desk, test_browser.nudges, test_browser.open_desk
Open = test_browser.Open
WRITING = test_browser.WRITING


def test_a_question_goes_out_by_keys_and_its_answer_comes_in_live(
    open_desk: Open, desk: World, nudges: test_browser.Nudges, browser: Browser, live_server
) -> None:
    a_department(desk.brand)
    page = open_desk(f"cases/{desk.cases['noa'].number}")
    page.locator(WRITING).fill("Noa, sentimos la espera.")
    page.locator(WRITING).press("Escape")
    page.keyboard.press("q")
    expect(page.locator("#ask-text")).to_be_focused()
    page.keyboard.type("¿Cuándo sale su maleta?")
    page.locator("[data-ask-form] .btn--primary").click()
    expect(page.locator("#questions")).to_contain_text("¿Cuándo sale su maleta?")
    question = Question.objects.get()

    phone = browser.new_context(viewport={"width": 390, "height": 844}, locale="es-ES").new_page()
    phone.goto(f"{live_server.url}/inside/{token_of(question)}")
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    phone.locator("#answer").fill("Sale mañana a las nueve.")
    phone.locator("button[value=answer]").click()
    expect(phone.locator("h1")).to_have_text("Gracias. Tu respuesta ya les ha llegado.")
    phone.context.close()

    nudges.said.append({"brand": desk.brand.pk, "cases": [question.case_id], "kind": "case"})
    use = page.locator("[data-use-answer]")
    expect(use).to_be_visible()
    expect(page.locator(WRITING)).to_have_value("Noa, sentimos la espera.")
    use.click()
    expect(page.locator(WRITING)).to_have_value("Noa, sentimos la espera.\n\nSale mañana a las nueve.")
    expect(use).to_have_count(0)
