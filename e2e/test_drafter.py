"""A drafter writes, and somebody else sends."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from e2e import hands
from e2e.conftest import Colleague
from e2e.plaza import Plaza

pytestmark = pytest.mark.browser
WORDS = "Querida Amparo: la fábrica ha parado dos días. Lo siento. Gerardo Montes"


def test_a_drafter_proposes_and_an_agent_sends(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    amparo = plaza.customer("Amparo Liste")
    plaza.says(amparo, "¿alguien de arriba me explica el retraso?")
    gerardo = colleague("gerardo")
    case = plaza.case(gerardo, marnalba, amparo.handle)
    hands.look_at(gerardo, case)
    buttons = gerardo.locator("#composer [data-send]")
    assert not [words for words in buttons.all_inner_texts() if words.startswith(("Responder", "Enviar"))]
    gerardo.locator("textarea[name=text]").fill(WORDS)
    gerardo.locator("[data-send]:visible", has_text="Proponer").click()
    expect(gerardo.locator("#toasts")).to_contain_text("Propuesta")
    assert sends(gerardo, case) == 403

    nerea = colleague("nerea")
    hands.look_at(nerea, f"{marnalba}/inbox/approval")
    nerea.locator(".item", has_text="Amparo Liste").click()
    expect(nerea.locator(".proposal__text")).to_have_text(WORDS)
    nerea.locator("[data-use-proposal]").click()
    expect(nerea.locator("textarea[name=text]")).to_have_value(WORDS)
    hands.explain(nerea)
    nerea.locator("[data-send]:visible").click()
    expect(nerea.locator("#toasts")).to_contain_text("De camino")
    hands.look_at(nerea, case)
    ours = nerea.locator(".msg", has_text="la fábrica ha parado")
    expect(ours.locator(".fate--sent")).to_be_visible(timeout=hands.ARRIVES_IN)
    expect(nerea.locator(".proposal__text")).to_have_count(0)
    expect(nerea.locator(".thread")).to_contain_text(re.compile("Gerardo Montes"))


def sends(page: object, case: str) -> int:
    """What the server says when the page's own form is sent where it may not be sent."""
    status = page.evaluate(  # type: ignore[attr-defined]
        """async address => {
            const form = new URLSearchParams(new FormData(document.querySelector("[data-composer]")));
            form.set("text", "Por la puerta de atrás");
            const token = document.querySelector("meta[name=csrf-token]").content;
            const headers = { "X-CSRFToken": token, "HX-Request": "true" };
            return (await fetch(address, { method: "POST", headers, body: form })).status;
        }""",
        f"{case}/replies",
    )
    return int(status)
