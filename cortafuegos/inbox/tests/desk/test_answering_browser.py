"""Held back, taken back, sent before its time, approved and returned, by keys, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cortafuegos.inbox.actions import approvals, deciding
from cortafuegos.inbox.approving import Where
from cortafuegos.inbox.models import Approval, Message, Reply
from cortafuegos.inbox.tests.desk import test_browser
from cortafuegos.inbox.tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
desk, nudges, open_desk = test_browser.desk, test_browser.nudges, test_browser.open_desk
Open = test_browser.Open
WRITING = test_browser.WRITING
WORDS = "Noa, sentimos la espera. ¿Me dices tu vuelo? Lucía"


def write(page: Page, words: str) -> None:
    """Type it, hear what the guard says, and give a reason where it asks for one."""
    page.keyboard.press("r")
    page.locator(WRITING).fill(words)
    expect(page.locator("[data-composer]")).to_have_attribute("data-checked", words)
    if page.locator("[data-override]").is_visible():
        page.locator("[name=reason]").fill("basta")
    page.locator(WRITING).focus()


def test_a_held_reply_counts_down_and_comes_back_with_one_key(open_desk: Open, desk: World) -> None:
    deciding.set_hold(desk.sanz, 60)
    noa = desk.cases["noa"]
    page = open_desk(f"cases/{noa.number}?in=mine")
    write(page, WORDS)
    page.keyboard.press("Control+Enter")
    toast = page.locator("#toasts [data-leaves]")
    expect(toast).to_contain_text("Sale en")
    reply = Reply.objects.get(case=noa)
    assert reply.state == "queued"
    before = toast.inner_text()
    expect(toast).not_to_have_text(before)  # it runs
    page.locator("#case").focus()
    page.keyboard.press("z")
    expect(page.locator(f"#case[data-number='{noa.number}'] {WRITING}")).to_have_value(WORDS)
    reply.refresh_from_db()
    assert reply.state == "cancelled"


def test_zero_sends_it_now(open_desk: Open, desk: World) -> None:
    deciding.set_hold(desk.sanz, 60)
    noa = desk.cases["noa"]
    target = Message.objects.get(case=noa)
    wanted = {"text": WORDS, "public": True, "target": target, "account": desk.help, "reason": "basta"}
    reply = approvals.send(desk.lucia, noa, **wanted)
    page = open_desk(f"cases/{noa.number}?in=mine")
    expect(page.locator("[data-thread] [data-leaves]")).to_contain_text("Sale en")
    page.keyboard.press("0")
    expect(page.locator("#toasts")).to_contain_text("Saliendo")
    expect(page.locator("[data-thread] [data-leaves]")).to_have_count(0)
    reply.refresh_from_db()
    assert reply.next_attempt_at <= reply.held_until


def test_asked_returned_and_approved_by_keys(open_desk: Open, desk: World) -> None:
    deciding.set_rules(desk.sanz, network=Where.PUBLIC)
    noa = desk.cases["noa"]
    page = open_desk(f"cases/{noa.number}?in=mine")
    button = page.locator("[data-send][data-for=public]")
    expect(button).to_contain_text("Enviar a aprobación")
    write(page, WORDS)
    expect(button).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#alarms")).to_contain_text("Espera aprobación")
    expect(page.locator(WRITING)).to_have_value("")

    judge = open_desk(f"cases/{noa.number}?in=approval", agent=desk.sanz)
    asked = judge.locator("[data-approval]")
    expect(asked).to_contain_text("Lucía Fontán")
    asked.get_by_text("Devolver con un comentario").click()
    asked.locator("[name=comment]").fill("Más corto, por favor")
    asked.get_by_role("button", name="Devolver", exact=True).click()
    expect(judge.locator("#toasts")).to_contain_text("Devuelta")
    page.reload()
    expect(page.locator("#alarms")).to_contain_text("Más corto, por favor")
    expect(page.locator(WRITING)).to_have_value(WORDS)

    write(page, f"{WORDS} ")
    expect(button).to_be_enabled()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#alarms")).to_contain_text("Espera aprobación")
    judge.reload()
    expect(judge.locator("[data-approve]")).to_be_visible()
    expect(judge.locator("body.ready")).to_be_attached()
    judge.keyboard.press("y")
    expect(judge.locator("[data-approve]")).to_have_count(0)
    assert (Reply.objects.get(case=noa).agent, Approval.objects.filter(state="approved").count()) == (
        desk.lucia,
        1,
    )
