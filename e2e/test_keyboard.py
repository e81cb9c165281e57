"""A whole morning without a mouse."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from e2e import hands
from e2e.conftest import Colleague
from e2e.plaza import Plaza

pytestmark = pytest.mark.browser
FIELD = "textarea[name=text]"
IN_THE_SHEET = ["j", "k", "↵", "r", "n", "a", "c", "s", "e", "z", "l", "x", "/", "?", "g", "m", "Esc"]


@pytest.fixture
def lucia(colleague: Colleague, plaza: Plaza, marnalba: str) -> Page:
    """Lucía at a list of two people of one family, both waiting."""
    family = f"Teclas {secrets.token_hex(3)}"
    lucia = colleague("lucia")
    for name in ("Ada", "Bea"):
        plaza.says(plaza.customer(f"{name} {family}"), "¿me podéis llamar por la tarde?")
        plaza.case(lucia, marnalba, f"{name} {family}")
    hands.look_at(lucia, f"{marnalba}/inbox/all?q={family.replace(' ', '+')}")
    return lucia


def toast(page: Page, words: str) -> None:
    expect(page.locator("#toasts")).to_contain_text(re.compile(words))


def test_every_verb_has_its_key(lucia: Page) -> None:
    keys = lucia.keyboard
    rows = lucia.locator(".item")
    expect(rows).to_have_count(2)
    for key, row in (("j", 0), ("j", 1), ("k", 0)):
        keys.press(key)
        expect(rows.nth(row)).to_have_attribute("data-focus", "")
    number = rows.nth(0).get_attribute("data-number")
    keys.press("Enter")
    expect(lucia.locator("#case")).to_have_attribute("data-number", str(number))

    keys.press("c")
    expect(lucia.locator("#head")).to_contain_text("lo llevas tú")
    keys.press("a")
    keys.type("bruno")
    keys.press("Enter")
    expect(lucia.locator("#head")).to_contain_text("Bruno")
    keys.press("z")
    expect(lucia.locator("#head")).to_contain_text("lo llevas tú")
    keys.press("l")
    keys.type("llamar")
    keys.press("Enter")
    expect(lucia.locator("#side .tags")).to_contain_text("llamar")

    keys.press("n")
    expect(lucia.locator("input[name=mode][value=note]")).to_be_checked()
    keys.type("Prefiere que la llamen por la tarde")
    keys.press("Control+Enter")
    expect(lucia.locator(".inside")).to_contain_text("Prefiere que la llamen por la tarde")
    keys.press("Escape")
    keys.press("r")
    expect(lucia.locator(FIELD)).to_be_focused()
    expect(lucia.locator("input[name=mode][value=public]")).to_be_checked()
    keys.type("Te llamamos a las cinco, ¿vale? jkeznxs/g?")
    expect(lucia.locator(FIELD)).to_have_value("Te llamamos a las cinco, ¿vale? jkeznxs/g?")
    expect(lucia.locator("dialog[open]")).to_have_count(0)
    expect(lucia.locator("#case")).to_have_attribute("data-number", str(number))
    lucia.locator(FIELD).fill("Te llamamos a las cinco")
    keys.press("Control+Enter")
    toast(lucia, "De camino")

    # After sending, the next case is there.
    expect(lucia.locator("#case")).not_to_have_attribute("data-number", str(number))
    other = lucia.locator("#case").get_attribute("data-number")
    keys.press("s")
    keys.press("1")
    toast(lucia, f"{other}.*vuelve")
    keys.press("z")
    toast(lucia, f"{other}.*de vuelta")
    hands.look_at(lucia, lucia.url)
    keys.press("j")
    keys.press("e")
    toast(lucia, "cerrado")
    keys.press("z")
    toast(lucia, "abierto")


def test_moving_about_and_the_sheet_of_keys(lucia: Page) -> None:
    keys = lucia.keyboard
    keys.press("?")
    sheet = lucia.locator("dialog#keys[open]")
    expect(sheet).to_be_visible()
    shown = set(sheet.locator("kbd").all_inner_texts())
    assert shown.issuperset(IN_THE_SHEET), f"not in the sheet: {set(IN_THE_SHEET) - shown}"
    keys.press("j")  # no key acts behind an open sheet
    expect(lucia.locator(".item[data-focus]")).to_have_count(0)
    keys.press("Escape")
    expect(sheet).to_be_hidden()

    number = str(lucia.locator(".item").nth(1).get_attribute("data-number"))
    keys.press("x")
    keys.press("j")
    keys.press("x")
    expect(lucia.locator("#picked b")).to_have_text("2 elegidos")
    keys.press("Escape")
    expect(lucia.locator("#picked")).to_be_hidden()
    for letter, queue in (("u", "unassigned"), ("c", "closed"), ("m", "mine")):
        keys.press("g")
        keys.press(letter)
        expect(lucia).to_have_url(re.compile(f"/inbox/{queue}$"))
    for opener in ("/", "Control+k"):
        keys.press(opener)
        expect(lucia.locator("#palette")).to_be_visible()
        keys.type(number)
        expect(lucia.locator("#palette .choice[data-number]").first).to_have_attribute("data-number", number)
        keys.press("Escape")
    keys.press("Control+k")
    keys.type(number)
    expect(lucia.locator("#palette [aria-selected=true]")).to_have_attribute("data-number", number)
    keys.press("Enter")
    expect(lucia).to_have_url(re.compile(f"/cases/{number}"))
