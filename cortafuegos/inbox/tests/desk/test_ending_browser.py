"""Answering in public somebody with whom the relation is ended: only what is meant leaves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cortafuegos.inbox.actions import cases, relations
from cortafuegos.inbox.models import Reply
from cortafuegos.inbox.tests.desk import test_browser
from cortafuegos.inbox.tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

desk, nudges, open_desk = test_browser.desk, test_browser.nudges, test_browser.open_desk
SEND = "[data-send][data-for=public]"


def test_a_supervisor_ticks_the_box_and_then_it_leaves(open_desk: test_browser.Open, desk: World) -> None:
    case = cases.assign(desk.sanz, desk.cases["noa"], assignee=desk.sanz)
    relations.end(desk.sanz, case.person, reason="Amenazas", override="Son graves")
    before = Reply.objects.filter(case=case).count()
    page = open_desk(f"cases/{case.number}", agent=desk.sanz)
    page.locator(test_browser.WRITING).fill("Noa, sentimos mucho lo ocurrido. Te ayudamos por privado. Marta")
    expect(page.locator(SEND)).to_be_disabled()
    expect(page.locator("[data-why]")).to_contain_text("relación")
    page.locator("[data-aloud=ended]").check()
    expect(page.locator(SEND)).to_be_enabled()
    page.locator(SEND).click()
    expect(page.locator("#toasts .toast")).to_be_visible()
    assert Reply.objects.filter(case=case).count() == before + 1
