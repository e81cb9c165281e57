"""A browser and a desk for the end-to-end tests. Nothing here knows a page by heart."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from e2e.desk import Desk, running_desk

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds; a busy machine is no failure

Person = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The desk as a stranger gets it from ``make run``."""
    with running_desk(tmp_path_factory.mktemp("demo")) as desk:
        yield desk


@pytest.fixture(scope="session")
def empty_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """``cortafuegos up --empty``: nothing but a first-run page. Local webhooks are allowed, since
    every counterpart of the tests lives on this machine."""
    with running_desk(
        tmp_path_factory.mktemp("empty"), empty=True, extra={"CORTAFUEGOS_ALLOW_LOCAL_WEBHOOKS": "1"}
    ) as desk:
        yield desk


@pytest.fixture
def person(browser: Browser) -> Iterator[Person]:
    """Somebody with a browser of their own: ``person(width=390, theme="dark", locale="en-GB")``."""
    contexts: list[BrowserContext] = []

    def make(
        *,
        width: int = 1440,
        height: int = 900,
        theme: str = "light",
        locale: str = "es-ES",
        state: Path | None = None,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if theme == "dark" else "light",
            locale=locale,
            timezone_id="Europe/Madrid",
            storage_state=state,
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """When a test fails, what the desk said last stands in the report."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    if report.failed:
        for name in ("demo", "empty_desk"):
            desk = getattr(item, "funcargs", {}).get(name)
            if desk is not None:
                report.sections.append((f"the desk ({name})", "\n".join(desk.output[-40:])))
