"""Nothing that somebody typed is ever lost."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from e2e import hands
from e2e.conftest import Colleague, SignIns
from e2e.plaza import Plaza
from tools.pytest_browser import CHROMIUM, FLAGS

pytestmark = pytest.mark.browser
KEPT = "[data-kept]"
FIELD = "textarea[name=text]"


@pytest.fixture
def case(colleague: Colleague, plaza: Plaza, marnalba: str) -> str:
    rosa = plaza.customer("Rosa Quílez")
    plaza.says(rosa, "la lámpara parpadea desde ayer")
    return plaza.case(colleague("lucia"), marnalba, rosa.handle)


def test_a_live_update_touches_neither_words_nor_caret(
    colleague: Colleague, plaza: Plaza, marnalba: str
) -> None:
    blas = plaza.customer("Blas Terol")
    post = plaza.says(blas, "el sillón cojea")
    lucia = colleague("lucia")
    hands.look_at(lucia, plaza.case(lucia, marnalba, blas.handle))
    field = lucia.locator(FIELD)
    field.fill("Hola, Blas: y gracias")
    field.evaluate("it => { it.focus(); it.setSelectionRange(11, 11); it.mark = 'the same'; }")
    more = threading.Timer(0.3, plaza.says, (blas, "y chirría"), {"parent": post})
    more.start()
    lucia.keyboard.type(" lo miramos hoy mismo", delay=60)
    more.join()
    expect(lucia.locator(".msg__text", has_text="y chirría")).to_be_visible()
    lucia.keyboard.type(",")
    assert field.input_value() == "Hola, Blas: lo miramos hoy mismo, y gracias"
    now = field.evaluate("it => [it === document.activeElement, it.selectionStart, it.mark]")
    assert now == [True, len("Hola, Blas: lo miramos hoy mismo,"), "the same"]


def test_a_reload_in_the_middle_of_a_word(colleague: Colleague, case: str) -> None:
    lucia = colleague("lucia")
    hands.look_at(lucia, case)
    lucia.locator(FIELD).press_sequentially("Hola, Rosa: prueba con otra bomb")
    lucia.reload()
    expect(lucia.locator(FIELD)).to_have_value("Hola, Rosa: prueba con otra bomb")


def test_another_browser_goes_on_and_the_newest_words_win(colleague: Colleague, case: str) -> None:
    office, train = colleague("lucia"), colleague("lucia", width=390)
    hands.look_at(office, case)
    office.locator(FIELD).fill("Empezado en la oficina")
    expect(office.locator(KEPT)).to_have_text("Guardado")
    hands.look_at(train, case)
    expect(train.locator(FIELD)).to_have_value("Empezado en la oficina")
    train.locator(FIELD).fill("Empezado en la oficina, acabado en el tren")
    expect(train.locator(KEPT)).to_have_text("Guardado")
    office.reload()
    expect(office.locator(FIELD)).to_have_value("Empezado en la oficina, acabado en el tren")


def test_the_browser_is_killed(
    browser: Browser, tmp_path: Path, sign_ins: SignIns, colleague: Colleague, case: str
) -> None:
    for page in killed_at_the_end(browser, tmp_path, sign_ins, case):
        page.locator(FIELD).press_sequentially("Hola, Rosa: te mandamos ")
        expect(page.locator(KEPT)).to_have_text("Guardado")
        page.locator(FIELD).press_sequentially("otra lámpara sin coste alguno", delay=150)
    # Four seconds of writing without a pause: what the browser had no time to put on its disk, the
    # server has, but for the last moments.
    elsewhere = colleague("lucia")
    hands.look_at(elsewhere, case)
    kept = elsewhere.locator(FIELD).input_value()
    assert "Hola, Rosa: te mandamos otra lámpara sin coste alguno".startswith(kept)
    assert len(kept) > len("Hola, Rosa: te mandamos otra l")
    elsewhere.close()
    # The same browser, started again on what is left of it, has at least as much.
    for page in killed_at_the_end(browser, tmp_path, sign_ins, case):
        found = page.locator(FIELD).input_value()
        assert "Hola, Rosa: te mandamos otra lámpara sin coste alguno".startswith(found)
        assert len(found) >= len(kept)


def killed_at_the_end(browser: Browser, folder: Path, sign_ins: SignIns, address: str) -> Iterator[Page]:
    """A browser of its own process, with its own folder, that ends by kill -9."""
    process = subprocess.Popen(
        [CHROMIUM, "--headless=new", *FLAGS, "--remote-debugging-port=0", f"--user-data-dir={folder}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        port = folder / "DevToolsActivePort"
        deadline = time.monotonic() + 30
        while not (port.exists() and port.read_text().strip()):
            assert time.monotonic() < deadline, "the browser did not start"
            time.sleep(0.1)
        kind = browser.browser_type
        with kind.connect_over_cdp(f"http://127.0.0.1:{port.read_text().splitlines()[0]}") as alone:
            context = alone.contexts[0]
            context.add_cookies(sign_ins("lucia")["cookies"])  # type: ignore[arg-type]
            page = context.new_page()
            hands.look_at(page, address)
            yield page
            port.unlink()
            os.killpg(process.pid, signal.SIGKILL)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
