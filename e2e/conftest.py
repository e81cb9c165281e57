"""A browser and a desk for the end-to-end tests. Nothing here knows a page by heart."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from e2e import hands
from e2e.desk import Desk, running_desk
from e2e.plaza import Plaza
from tools.pytest_browser import PATIENCE

MORNING = 90  # seconds until the demo's colleagues have answered what they would have

Person = Callable[..., Page]
Colleague = Callable[..., Page]
SignIns = Callable[[str], StorageState]


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


@pytest.fixture(scope="session")
def farosur(browser: Browser, empty_desk: Desk) -> str:
    """The address of the brand that somebody makes on the empty desk's first-run page."""
    context = browser.new_context(locale="es-ES")
    address = hands.first_run(context.new_page(), empty_desk)
    context.close()
    return address


@pytest.fixture
def ines(person: Person, empty_desk: Desk, farosur: str) -> Page:
    """The owner of that brand, signed in."""
    page = person()
    hands.sign_in(page, empty_desk)
    return page


@pytest.fixture(scope="session")
def marnalba(demo: Desk) -> str:
    """The address of the demo's brand."""
    return f"{demo.url}/b/marnalba"


@pytest.fixture(scope="session")
def sign_ins(browser: Browser, demo: Desk, marnalba: str) -> SignIns:
    """Each of the demo's people signs in once: the owner by the printed link, the others by a link
    that the owner makes for them."""
    known: dict[str, StorageState] = {}

    def enter(link: str) -> StorageState:
        context = browser.new_context(locale="es-ES")
        page = context.new_page()
        page.goto(link)
        page.wait_for_url("**/inbox/mine")
        state = context.storage_state()
        context.close()
        return state

    def sign_in(name: str) -> StorageState:
        if name not in known and name == "lucia":
            known[name] = enter(demo.link)
        elif name not in known:
            context = browser.new_context(locale="es-ES", storage_state=sign_in("lucia"))
            page = context.new_page()
            page.goto(f"{marnalba}/settings/people")
            row = page.locator("tr", has_text=f"{name}@marnalba.invalid")
            row.locator("summary").click()
            row.locator("form[action$=sign-in-link] button").click()
            link = page.locator(".card--ok input").input_value()
            context.close()
            known[name] = enter(link)
        return known[name]

    return sign_in


@pytest.fixture(scope="session")
def plaza(browser: Browser, demo: Desk, marnalba: str, sign_ins: SignIns) -> Plaza:
    """The sandbox network after the demo's morning, with its own stories paused: from here on
    only the tests' customers write."""
    began = time.monotonic()
    found = Plaza(demo)
    context = browser.new_context(locale="es-ES", storage_state=sign_ins("lucia"))
    page = context.new_page()
    page.goto(f"{marnalba}/inbox/mine")
    expect(page.locator(".item").first).to_be_visible(timeout=MORNING * 1000)
    while not any('"demo.morning"' in line for line in demo.output):
        assert time.monotonic() - began < MORNING, "the morning did not end"
        time.sleep(0.2)
    found.pause()
    context.close()
    return found


@pytest.fixture
def colleague(person: Person, sign_ins: SignIns, plaza: Plaza) -> Colleague:
    """One of the demo's people at a browser of their own: ``colleague("bruno", width=390)``."""

    def come(name: str, **screen: object) -> Page:
        return person(state=sign_ins(name), **screen)

    return come


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
        state: StorageState | None = None,
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
