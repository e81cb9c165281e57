"""A mistake under the hand: reported under the line, words to apologise with, and what a warning brings."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from cortafuegos.inbox.actions.posture import set_posture
from cortafuegos.inbox.models import Intervention, Message, Mistake
from cortafuegos.inbox.tests.desk import test_browser
from cortafuegos.inbox.tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

desk, nudges, open_desk = test_browser.desk, test_browser.nudges, test_browser.open_desk
Open, WRITING = test_browser.Open, test_browser.WRITING


def test_reported_taken_off_and_apologised_for(open_desk: Open, desk: World) -> None:
    case = desk.cases["marta"]
    ours = Message.objects.filter(case=case, direction="out").earliest("posted_at")
    Message.objects.filter(pk=ours.pk).update(agent=desk.lucia)
    page = open_desk(f"cases/{case.number}")
    page.locator(f"#m{ours.pk}").hover()
    page.locator(f"#m{ours.pk} [data-mistake]").click()
    page.locator("#mistake-cause").select_option("facts")
    page.locator("#mistake-what").fill("El precio era el del año pasado")
    page.locator("#mistake .btn--primary").click()
    steps = page.locator("#alarms [data-owned]")
    expect(steps).to_contain_text("un dato equivocado")
    expect(steps).to_contain_text("Se está quitando de")
    assert Intervention.objects.get().reason == Mistake.objects.get().what
    steps.locator("[data-wording]").click()
    expect(page.locator(WRITING)).to_have_value(re.compile("el dato que te dimos no era correcto"))


def test_what_a_warning_brings_is_on_the_button(open_desk: Open, desk: World) -> None:
    set_posture(desk.pilar, "crisis")
    page = open_desk(f"cases/{desk.cases['noa'].number}")
    page.locator(WRITING).fill("Eso le pasa por no leer las condiciones, Noa.")
    expect(page.locator("[data-asks].asks")).to_be_visible()
    button = page.locator("[data-send]:visible")
    expect(button.locator(".send__ask")).to_be_visible()
    expect(button.locator(".send__go")).to_be_hidden()
    page.locator(WRITING).fill("")
    expect(page.locator("[data-asks].asks")).to_have_count(0)
    expect(button.locator(".send__ask")).to_be_hidden()
    expect(button.locator(".send__go")).to_be_visible()
