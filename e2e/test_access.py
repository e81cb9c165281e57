"""Nobody is kept out: axe-core finds nothing serious on any page, in light or in dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e import hands
from e2e.conftest import Colleague, Person
from e2e.desk import ROOT, Desk
from e2e.plaza import Plaza

pytestmark = pytest.mark.browser
AXE = (ROOT / "e2e" / "node" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
GRAVE = ("serious", "critical")
PLACES = (
    "inbox/mine",
    "inbox/closed",
    "search?q=sofá",
    "people",
    "settings",
    "settings/preferences",
    "settings/accounts",
    "settings/accounts/new",
    "settings/accounts/new/bluesky",
    "settings/accounts/new/mail",
    "settings/people",
    "settings/teams",
    "settings/brand",
    "settings/quarantine",
)


def found(page: Page) -> list[str]:
    """What is grave on this page, in both themes."""
    told = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.wait_for_timeout(300)  # colours on their way to the other theme are neither
        page.evaluate(f"() => {{ if (!window.axe) {{ {AXE} }} }}")
        result = page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
        for one in result["violations"]:
            if one["impact"] in GRAVE:
                where = "; ".join(str(node["target"]) for node in one["nodes"][:4])
                told.append(f"{page.url} ({theme}): {one['id']}: {one['help']}: {where}")
    return told


def test_the_desk(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    lucia = colleague("lucia")
    told = []
    for place in PLACES:
        answer = lucia.goto(f"{marnalba}/{place}")
        assert answer is not None
        assert answer.ok, place
        told += found(lucia)
    hands.look_at(lucia, f"{marnalba}/inbox/all")
    lucia.locator(".item a").first.click()
    expect(lucia.locator("#case .msg").first).to_be_visible()
    told += found(lucia)
    for key in ("?", "Control+k", "a", "s", "l"):
        lucia.locator("#case").focus()
        lucia.keyboard.press(key)
        expect(lucia.locator("dialog[open]")).to_be_visible()
        told += found(lucia)
        lucia.keyboard.press("Escape")
    person = lucia.request.get(f"{marnalba}/people").text()
    number = person.split("/people/")[1].split('"')[0]
    lucia.goto(f"{marnalba}/people/{number}")
    told += found(lucia)
    lucia.set_viewport_size({"width": 390, "height": 800})
    lucia.goto(f"{marnalba}/inbox/all")
    told += found(lucia)
    assert not told, "\n".join(told)


def test_the_doors_and_the_sandbox(person: Person, demo: Desk, empty_desk: Desk, plaza: Plaza) -> None:
    page = person()
    told = []
    for address in (
        f"{demo.url}/accounts/login/",
        f"{demo.url}/accounts/password/reset/",
        f"{demo.url}/signin/nada",
        f"{empty_desk.link}",
        f"{plaza.url}/",
    ):
        page.goto(address)
        told += found(page)
    page.locator("form.write button").first.click()
    told += found(page)
    assert not told, "\n".join(told)
