"""Each person's desk is theirs: language, theme, time zone, and the screen they have."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e import hands
from e2e.conftest import Colleague
from e2e.plaza import Plaza

pytestmark = pytest.mark.browser
GROUND = "getComputedStyle(document.body).backgroundColor"


def prefer(page: Page, address: str, **choices: str) -> None:
    page.goto(f"{address}/settings/preferences")
    for name, value in choices.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("form.form .btn--primary").first.click()
    expect(page.locator("#toasts, .notice").first).to_be_visible()


def test_language_theme_and_zone_are_each_persons_own(
    colleague: Colleague, plaza: Plaza, marnalba: str
) -> None:
    celso = plaza.customer("Celso Amaro")
    plaza.says(celso, "¿y el balde?")
    bruno, nerea = colleague("bruno"), colleague("nerea")
    case = plaza.case(bruno, marnalba, celso.handle)
    hands.look_at(bruno, case)
    hour = bruno.locator(".msg time").first
    before, light = hour.inner_text(), bruno.evaluate(GROUND)
    prefer(bruno, marnalba, language="en", theme="dark", time_zone="America/Mexico_City")
    try:
        hands.look_at(bruno, case)
        expect(bruno.locator("html")).to_have_attribute("lang", "en")
        expect(bruno.locator("#nav")).to_contain_text("Unassigned")
        expect(bruno.locator("[data-verb=claim]:visible")).to_contain_text("Take it")
        assert bruno.evaluate(GROUND) != light
        assert hour.inner_text() != before
        hands.look_at(nerea, case)
        expect(nerea.locator("html")).to_have_attribute("lang", "es")
        expect(nerea.locator("#nav")).to_contain_text("Sin asignar")
        assert nerea.evaluate(GROUND) == light
        assert nerea.locator(".msg time").first.inner_text() == before
    finally:
        prefer(bruno, marnalba, language="es", theme="system", time_zone="Europe/Madrid")


def test_a_whole_answer_on_a_phone(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    nieves = plaza.customer("Nieves Otero")
    plaza.says(nieves, "¿el colchón Duna tiene funda lavable?")
    bruno = colleague("bruno", width=390, height=780)
    plaza.case(bruno, marnalba, nieves.handle)
    hands.look_at(bruno, f"{marnalba}/inbox/unassigned?q={nieves.handle}")
    level(bruno)
    bruno.locator(".item").click()
    expect(bruno.locator("#list")).to_be_hidden()
    expect(bruno.locator("#case")).to_contain_text("funda lavable")
    level(bruno)
    bruno.locator("textarea[name=text]").fill("Sí, Nieves, a cuarenta grados.")
    button = bruno.locator("[data-send]:visible")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 32
    assert box["x"] + box["width"] <= 390
    button.click()
    expect(bruno.locator("#toasts")).to_contain_text("De camino")
    expect(bruno.locator("#list")).to_be_visible()  # it was the last of that list
    hands.look_at(bruno, f"{marnalba}/inbox/mine?q={nieves.handle}")
    bruno.locator(".item").click()
    ours = bruno.locator(".msg", has_text="a cuarenta grados")
    expect(ours.locator(".fate--sent")).to_be_visible(timeout=hands.ARRIVES_IN)
    bruno.locator("[data-back]").click()
    expect(bruno).to_have_url(re.compile("/inbox/mine"))
    expect(bruno.locator("#list")).to_be_visible()
    level(bruno)


def level(page: Page) -> None:
    """Nothing makes the page scroll sideways."""
    wide = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1], f"the page is {wide[0]} wide on a screen of {wide[1]}"
