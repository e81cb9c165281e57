"""The playbook and our word under the hand: keys, words to start from, a day that is promised."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cortafuegos.inbox.actions import playbooks
from cortafuegos.inbox.models import CasePlaybook, Promise
from cortafuegos.inbox.tests.desk import test_browser
from cortafuegos.inbox.tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

desk, nudges, open_desk = test_browser.desk, test_browser.nudges, test_browser.open_desk
Open = test_browser.Open
WRITING = test_browser.WRITING


def test_words_are_added_and_never_take_the_place_of_others(open_desk: Open, desk: World) -> None:
    playbooks.choose(desk.lucia, desk.cases["noa"], "delay")
    page = open_desk(f"cases/{desk.cases['noa'].number}")
    start = page.locator("[data-wording]:not([data-mode=note])").first
    words = start.get_attribute("data-wording") or ""
    start.click()
    expect(page.locator(WRITING)).to_have_value(words)
    page.locator(WRITING).fill("Noa, medio escri")
    start.click()
    expect(page.locator(WRITING)).to_have_value(f"Noa, medio escri\n\n{words}")
    page.locator("#toasts button").click()
    expect(page.locator(WRITING)).to_have_value("Noa, medio escri")
    page.locator("[data-wording][data-mode=note]").first.click()
    expect(page.locator(WRITING)).to_have_value("Noa, medio escri")
    expect(page.locator("[data-composer]")).to_have_attribute("data-mode", "public")


def test_steps_and_a_promise_by_keys_alone(open_desk: Open, desk: World) -> None:
    page = open_desk(f"cases/{desk.cases['noa'].number}")
    page.locator("#case").focus()
    page.keyboard.press("b")
    expect(page.locator("[data-step-now]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("[data-step][aria-checked=true]")).to_have_count(1)
    assert CasePlaybook.objects.get().case == desk.cases["noa"]
    page.keyboard.press("t")
    expect(page.locator("#promise")).to_be_visible()
    page.keyboard.press("3")
    expect(page.locator("#side .promise bdi")).to_have_text("Te mantendremos al corriente.")
    assert Promise.objects.get().with_next is False
    page.locator(WRITING).fill("Noa, sentimos la espera. El jueves te digo algo.")
    page.locator(WRITING).press("Escape")
    page.keyboard.press("t")
    page.keyboard.press("4")
    expect(page.locator("#side")).to_contain_text("El jueves te digo algo.")
    expect(page.locator(WRITING)).to_have_value("Noa, sentimos la espera. El jueves te digo algo.")
