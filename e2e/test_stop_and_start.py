"""The desk may be stopped at any time; started again, everything is where it was."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from e2e import hands
from e2e.conftest import Colleague
from e2e.desk import Desk
from e2e.plaza import Plaza

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_everything_is_still_there(colleague: Colleague, plaza: Plaza, marnalba: str, demo: Desk) -> None:
    vera = plaza.customer("Vera Casal")
    post = plaza.says(vera, "la mesa vino sin tornillos")
    nerea = colleague("nerea")
    case = plaza.case(nerea, marnalba, vera.handle)
    hands.look_at(nerea, case)
    nerea.keyboard.press("c")
    expect(nerea.locator("#head")).to_contain_text("lo llevas tú")
    nerea.keyboard.press("n")
    nerea.keyboard.type("Preguntar en el taller")
    nerea.keyboard.press("Control+Enter")
    expect(nerea.locator(".inside")).to_contain_text("Preguntar en el taller")
    nerea.locator(".tabs__public").click()
    nerea.locator("textarea[name=text]").fill("Vera, te los mandamos")
    expect(nerea.locator("[data-kept]")).to_have_text("Guardado")
    demo.stop()
    expect(nerea.locator("#offline")).to_be_visible()  # the page says so, and keeps what is typed
    nerea.locator("textarea[name=text]").fill("Vera, te los mandamos hoy mismo")
    demo.start()
    # The same page goes on by itself, in the same session.
    plaza.says(vera, "y sin llave", parent=post)
    expect(nerea.locator(".msg__text", has_text="y sin llave")).to_be_visible(timeout=hands.ARRIVES_IN)
    expect(nerea.locator("#offline")).to_be_hidden()
    expect(nerea.locator("textarea[name=text]")).to_have_value("Vera, te los mandamos hoy mismo")
    hands.look_at(nerea, case)
    expect(nerea.locator("#head")).to_contain_text("lo llevas tú")
    expect(nerea.locator(".inside")).to_contain_text("Preguntar en el taller")
    expect(nerea.locator("textarea[name=text]")).to_have_value("Vera, te los mandamos hoy mismo")
    hands.answer(nerea, "Vera, te los mandamos hoy mismo")
