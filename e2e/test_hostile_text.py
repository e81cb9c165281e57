"""Whatever a customer sends is shown harmlessly and spoils nothing around it."""

from __future__ import annotations

import secrets

import pytest
from playwright.sync_api import Page, expect

from e2e import hands
from e2e.system import OtherSystem
from e2e.test_own_way import level

pytestmark = pytest.mark.browser
RIGHT_TO_LEFT = "\u202e"
HTML = "<img src=x onerror='window.pwned=1'><script>window.pwned=1</script><b>negrita</b> &amp; {{ 7|add:1 }}"
TEXTS = {
    "html": f"{HTML} y fin",
    "invisible": "Re\u200bem\u200dbol\u2060so\ufeff ya " + "\u0301" * 600 + " fin",
    "turned": f"pago {RIGHT_TO_LEFT}soñab ed atneuc al ne\u2066\u2067 fin",
    "emoji": "🧯" * 4000 + " fin",
    "nul": "antes\x00después\x01\x1b[31m fin",
    "one word": "a" * 9000 + " fin",
    "lines": "\n" * 3000 + "fin",
}


def test_every_kind_of_hostile_text(ines: Page, farosur: str) -> None:
    with OtherSystem() as system:
        system.connect(ines, farosur, f"Formulario {secrets.token_hex(2)}")
        for number, (kind, text) in enumerate(TEXTS.items()):
            name = f"{RIGHT_TO_LEFT}<b>Mala</b> \x00Idea {number} {'🧯' * 40}"
            accepted = system.posts(
                {
                    "id": f"h-{number}",
                    "conversation": f"c-{number}",
                    "author": {"id": f"a-{number}", "name": name, "handle": f"mala{number}"},
                    "text": text,
                    "posted_at": "2026-11-20T09:00:00Z",
                    "public": True,
                }
            )
            assert accepted == 200, kind
    page = ines
    hands.look_at(page, f"{farosur}/inbox/all")
    rows = page.locator(".item", has_text="Mala")
    waiting = page.locator("#waiting")
    for _ in range(60):
        if rows.count() >= len(TEXTS):
            break
        if waiting.is_visible():
            waiting.click()
        page.wait_for_timeout(500)
    assert rows.count() == len(TEXTS)
    tall = rows.evaluate_all("all => all.map(row => row.getBoundingClientRect().height)")
    assert max(tall) <= 64, "a row of the list is never taller than two lines"
    for index in range(len(TEXTS)):
        rows.nth(index).locator("a").click()
        said = page.locator("#case .msg__text").first
        expect(said).to_be_visible()
        assert page.evaluate("window.pwned") is None
        assert said.locator("img, script, b").count() == 0
        level(page)
    for width in (1024, 390):
        page.set_viewport_size({"width": width, "height": 800})
        level(page)
    shown = page.locator("body").inner_text()
    assert RIGHT_TO_LEFT not in shown
    assert "\x00" not in shown
