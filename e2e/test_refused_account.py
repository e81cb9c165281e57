"""An account that may not send any more is known before anybody writes into the void."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from e2e import hands
from e2e.conftest import Colleague
from e2e.plaza import Plaza

pytestmark = pytest.mark.browser
FIELD = "textarea[name=text]"


def test_the_alarm_the_blocked_composer_and_the_way_back(
    colleague: Colleague, plaza: Plaza, marnalba: str
) -> None:
    iker, olaia = plaza.customer("Iker Zabala"), plaza.customer("Olaia Bengoa")
    for who in (iker, olaia):
        plaza.says(who, "¿cuándo llega mi pedido?")
    lucia = colleague("lucia")
    iker_case = plaza.case(lucia, marnalba, iker.handle)
    olaia_case = plaza.case(lucia, marnalba, olaia.handle)

    # One reply is on its way while the network stumbles; then the token is withdrawn.
    hands.look_at(lucia, iker_case)
    plaza.fault("server_error", on="POST /api/posts")
    lucia.locator(FIELD).fill("Lo siento, Iker: llega mañana por la mañana.")
    lucia.locator("[data-send]:visible").click()
    expect(lucia.locator("#toasts")).to_contain_text("De camino")
    plaza.revoke_token()
    try:
        seen_and_blocked(lucia, olaia_case)
    finally:
        reconnect(lucia, plaza)

    hands.look_at(lucia, olaia_case)
    expect(lucia.locator(FIELD)).to_have_value("Lo siento, Olaia: ahora mismo lo miro.")
    lucia.locator("[data-send]:visible").click()
    for case, words in ((iker_case, "llega mañana"), (olaia_case, "lo miro")):
        hands.look_at(lucia, case)
        ours = lucia.locator(".msg", has_text=words)
        expect(ours.locator(".fate--sent")).to_be_visible(timeout=hands.ARRIVES_IN)
    expect(lucia.locator(".health--bad")).to_have_count(0)


def seen_and_blocked(lucia: Page, case: str) -> None:
    hands.look_at(lucia, case)
    lucia.locator(FIELD).fill("Lo siento, Olaia: ahora mismo lo miro.")
    # Neither a reload nor a press: the bar says it, and the composer why.
    expect(lucia.locator(".health--bad")).to_contain_text("Marnalba Ayuda", timeout=hands.ARRIVES_IN)
    alarm = lucia.locator("#alarms [role=alert]:visible")
    expect(alarm).to_contain_text("Marnalba Ayuda")
    expect(alarm).to_contain_text("se guarda")
    expect(lucia.locator("[data-send]:visible")).to_be_disabled()
    expect(lucia.locator(FIELD)).to_have_value("Lo siento, Olaia: ahora mismo lo miro.")
    lucia.locator(FIELD).press("Control+Enter")
    expect(lucia.locator(FIELD)).to_have_value("Lo siento, Olaia: ahora mismo lo miro.")


def reconnect(lucia: Page, plaza: Plaza) -> None:
    """From the alarm to the account, as the page leads."""
    lucia.locator("#bar .health").click()
    lucia.locator("a", has_text="Marnalba Ayuda").first.click()
    lucia.locator("a", has_text="Reconectar").first.click()
    lucia.locator("[name=token]").fill("sbx_mal_copiado")
    lucia.locator("form.form .btn--primary").click()
    expect(lucia.locator(".field__error, .notice--danger").first).to_contain_text("no conoce")
    lucia.locator("[name=token]").fill(plaza.token())
    lucia.locator("form.form .btn--primary").click()
    lucia.wait_for_url("**/settings/accounts/*")
