"""Everything can be found again, and has an address."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import expect

from e2e import hands
from e2e.conftest import Colleague
from e2e.plaza import Plaza

pytestmark = pytest.mark.browser


def test_search_minds_neither_accents_nor_endings(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    word = f"zócalo{secrets.token_hex(2)}"
    ines = plaza.customer("Inés Güell")
    plaza.says(ines, f"presenté dos reclamaciones por el {word}")
    pilar = colleague("pilar")
    number = plaza.case(pilar, marnalba, word).rpartition("/")[2]
    for asked in (word, word.replace("ó", "o").upper(), f"reclamacion {word}", f"reclamación {word}", number):
        pilar.goto(f"{marnalba}/search")
        pilar.locator("form[role=search] input").fill(asked)
        pilar.keyboard.press("Enter")
        found = pilar.locator(f".found__case[href$='/cases/{number}']")
        expect(found).to_contain_text("Inés Güell")
    pilar.goto(f"{marnalba}/search?q=nadieescribioesto")
    expect(pilar.locator(".empty")).to_contain_text("Nada encontrado")


def test_a_list_has_an_address_and_can_be_kept(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    pilar = colleague("pilar")
    gil = plaza.customer("Gil Robles")
    plaza.says(gil, "os escribo en privado por la factura", private=True)
    plaza.case(pilar, marnalba, gil.handle)
    hands.look_at(pilar, f"{marnalba}/inbox/all")
    pilar.keyboard.press("f")
    pilar.locator("#f-place").select_option("private")
    pilar.locator("#filterform .btn", has_text="Filtrar").first.click()
    expect(pilar).to_have_url(re.compile(r"/inbox/all\?place=private(&sort=due)?$"))
    expect(pilar.locator(".item", has_text="Gil Robles").first).to_be_visible()
    shown = pilar.locator(".item .mark:not(.mark--private)")
    expect(shown).to_have_count(0)
    pilar.reload()
    expect(pilar.locator(".filters .chip")).to_have_count(1)
    expect(shown).to_have_count(0)

    name = f"En privado {secrets.token_hex(2)}"
    expect(pilar.locator("body.ready")).to_be_attached()
    pilar.keyboard.press("f")
    pilar.locator("[data-open=save-view]").click()
    pilar.locator("#view-name").fill(name)
    pilar.locator("#save-view .btn--primary").click()
    kept = pilar.locator("#nav a", has_text=name)
    expect(kept).to_be_visible()
    pilar.keyboard.press("g")
    pilar.keyboard.press("m")
    expect(pilar).to_have_url(re.compile("/inbox/mine$"))
    kept.click()
    expect(pilar).to_have_url(re.compile(r"place=private"))
    expect(pilar.locator(".item", has_text="Gil Robles").first).to_be_visible()
    pilar.locator(".filters button", has_text="Quitar").click()
    expect(kept).to_have_count(0)


def test_going_back_keeps_the_place_and_what_was_chosen(
    colleague: Colleague, plaza: Plaza, marnalba: str
) -> None:
    pilar = colleague("pilar", height=600)
    hands.look_at(pilar, f"{marnalba}/inbox/all")
    rows = pilar.locator(".item")
    assert rows.count() > 12, "the demo's list is too short to scroll"
    scroll = pilar.locator("#rows-scroll")
    rows.nth(11).scroll_into_view_if_needed()
    rows.nth(9).locator(".item__pick").click()
    rows.nth(10).locator(".item__pick").click()
    place = scroll.evaluate("it => it.scrollTop")
    assert place > 0
    row = rows.nth(11)
    row.locator("a").click()
    expect(pilar).to_have_url(re.compile(r"/cases/\d+\?in=all"))
    pilar.go_back()
    expect(pilar).to_have_url(re.compile(r"/inbox/all$"))
    assert scroll.evaluate("it => it.scrollTop") == place
    expect(pilar.locator(".item__pick :checked")).to_have_count(2)
    expect(row).to_have_attribute("data-focus", "")
    pilar.go_forward()
    expect(pilar.locator("#case")).to_have_attribute("data-number", str(row.get_attribute("data-number")))
