"""The pictures in the README, taken of the desk as a stranger finds it. With CORTAFUEGOS_PICTURES=1
they replace those in docs/images."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

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
    row = page.locator(".item", has_text="La Madrina")
    for _ in range(MORNING // 5_000):
        page.goto(f"{demo.url}/b/marnalba/inbox/mine")
        page.wait_for_timeout(5_000)
        if row.count():
            break
    row.first.locator("a").first.click()
    page.wait_for_timeout(3_000)
    page.locator("textarea[name=text]").fill(
        "Sentimos la espera, y más con el piso que enseñas el viernes. El aparador sale mañana a primera"
        " hora: ¿te viene bien recibirlo el jueves por la tarde? Lucía"
    )
    page.wait_for_timeout(2_500)
    folder = IMAGES if os.environ.get("CORTAFUEGOS_PICTURES") else tmp_path
    picture = page.screenshot(path=folder / name)
    assert 20_000 < len(picture) < LARGEST
