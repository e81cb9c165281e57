"""The pictures in the README, taken of the desk as a stranger finds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from e2e.conftest import Person
from e2e.desk import Desk

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
MORNING = 90_000  # milliseconds for the demo's colleagues to have answered
LARGEST = 400_000  # bytes of a picture in the repository

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("theme", "name"), [("light", "inbox.png"), ("dark", "inbox-dark.png")])
def test_picture_of_the_inbox(person: Person, demo: Desk, theme: str, name: str, tmp_path: Path) -> None:
    page = person(theme=theme)
    page.goto(demo.sign_in_link("lucia@marnalba.invalid"))
    if page.locator("form .btn--primary").count():
        page.locator("form .btn--primary").click()
    page.wait_for_url("**/inbox/**")
    row = page.locator(".item", has_text="La Madrina")
    for _ in range(MORNING // 5_000):
        if row.count():
            break
        page.wait_for_timeout(5_000)
        page.reload()
    row.first.click()
    expect(page.locator(".msg__text").first).to_be_visible()
    page.locator("textarea[name=text]").fill(
        "Sentimos la espera, y más con el piso que enseñas el viernes. El aparador sale mañana a primera"
        " hora: ¿te viene bien recibirlo el jueves por la tarde? Lucía"
    )
    page.wait_for_timeout(1_500)
    IMAGES.mkdir(parents=True, exist_ok=True)
    picture = page.screenshot(path=IMAGES / name)
    assert 20_000 < len(picture) < LARGEST
