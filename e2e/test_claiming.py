"""Two people never look after the same case by accident."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e import hands
from e2e.conftest import Colleague
from e2e.plaza import Plaza

pytestmark = pytest.mark.browser
PRESS = "(button, ms) => setTimeout(() => button.click(), ms)"


def test_of_two_who_press_at_once_one_wins(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    luis = plaza.customer("Luis Argote")
    plaza.says(luis, "me habéis cobrado dos veces el mismo perchero")
    bruno, nerea = colleague("bruno"), colleague("nerea")
    case = plaza.case(bruno, marnalba, luis.handle)
    for page in (bruno, nerea):
        hands.look_at(page, case)
    for page in (bruno, nerea):
        page.locator("#head [data-verb=claim]").first.evaluate(PRESS, 400)
    told = {"Bruno Salas": nerea, "Nerea Aldaz": bruno}
    for page in (bruno, nerea):
        expect(page.locator("#toasts .toast")).to_contain_text("caso")
    won = [name for name, other in told.items() if other.locator(".toast--wrong").count()]
    assert len(won) == 1, "exactly one of them must be refused"
    loser = told[won[0]]
    expect(loser.locator(".toast--wrong")).to_contain_text(f"{won[0]} ya lleva este caso")
    # And without a reload, the loser's page says so and keeps from answering beside the other.
    expect(loser.locator("#head")).to_contain_text(f"lo lleva {won[0]}")
    loser.locator("textarea[name=text]").fill("Hola, Luis")
    expect(loser.locator("[data-send]:visible")).to_be_disabled()
    expect(loser.locator("[data-taken]")).to_contain_text(won[0])


def test_who_else_looks_and_types_is_shown_and_goes_away(
    colleague: Colleague, plaza: Plaza, marnalba: str
) -> None:
    eva = plaza.customer("Eva Lozano")
    plaza.says(eva, "¿el espejo Luna lleva tacos?")
    bruno, nerea = colleague("bruno"), colleague("nerea")
    case = plaza.case(bruno, marnalba, eva.handle)
    hands.look_at(nerea, case)
    hands.look_at(bruno, case)
    here = nerea.locator(".here")
    expect(here).to_contain_text("Bruno lo está viendo")
    bruno.locator("textarea[name=text]").press_sequentially("Sí, Eva: ")
    expect(here).to_contain_text("Bruno está escribiendo")
    bruno.keyboard.press("Escape")
    bruno.keyboard.press("Escape")  # back to the list
    expect(here).to_have_count(0)
