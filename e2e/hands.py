"""What a person does at the desk, in the browser: connect, find, read, answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from playwright.sync_api import Locator, Page, expect

from e2e.desk import Desk

ARRIVES_IN = 45_000  # milliseconds; networks are asked every ten or fifteen seconds
OWNER = {"brand": "Faro Sur", "name": "Inés Robledo", "email": "ines@farosur.invalid"}
PASSWORD = "un-faro-que-no-se-apaga-7"


def first_run(page: Page, desk: Desk) -> str:
    """Fill the first-run page and return the address of the new brand's desk."""
    page.goto(desk.link)
    for field, value in OWNER.items():
        page.locator(f"[name={field}]").fill(value)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form .btn--primary").click()
    page.wait_for_url("**/settings/accounts/new**")
    found = re.match(r"(.+/b/[\w-]+)/", page.url)
    assert found
    return found.group(1)


def sign_in(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/accounts/login/")
    page.locator("[name=login]").fill(OWNER["email"])
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form .btn--primary").click()
    page.wait_for_url("**/inbox/**")


def connect(page: Page, brand: str, network: str, form: Mapping[str, str]) -> str:
    """Type the credentials on the connect page; returns the address of the account's page."""
    type_credentials(page, brand, network, form)
    page.wait_for_url(re.compile(r"/settings/accounts/\d+/welcome"))
    return page.url.removesuffix("/welcome")


def type_credentials(page: Page, brand: str, network: str, form: Mapping[str, str]) -> None:
    page.goto(f"{brand}/settings/accounts/new/{network}")
    unfold(page)
    for name, value in form.items():
        field = page.locator(f"form.form [name={name}]")
        if field.count() == 0:
            continue
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("form.form .btn--primary").click()


def unfold(page: Page) -> None:
    """Open what the connect page keeps folded away."""
    for fold in page.locator("form details").all():
        fold.evaluate("fold => { fold.open = true }")


def look_at(page: Page, address: str) -> None:
    """Open a page of the desk and wait until its keys do something."""
    page.goto(address)
    expect(page.locator("body.ready")).to_be_attached()


def find_case(page: Page, brand: str, words: str) -> None:
    """Wait in the list, touching nothing, until a customer's words arrive; then open the case."""
    look_at(page, f"{brand}/inbox/unassigned")
    row = page.locator(".item", has=page.locator(".item__words", has_text=words))
    waiting = page.locator(".waiting:visible")
    expect(row.or_(waiting).first).to_be_visible(timeout=ARRIVES_IN)
    if not row.count():
        waiting.click()
    row.first.click()
    expect(page.locator(".msg__text", has_text=words).first).to_be_visible()


# The guard has answered about the words that stand there, and its findings have taken their place.
JUDGED = """() => {
  const composer = document.querySelector("[data-composer]");
  return composer.dataset.mode === "note" || composer.dataset.checked === composer.elements.text.value;
}"""


def explain(page: Page) -> None:
    """Say why a reply should go although the guard warns, where it does."""
    page.wait_for_function(JUDGED)
    if page.locator("[data-override]").is_visible():
        page.locator("[data-override] input").fill("La historia de la prueba es así")


def write(page: Page, text: str, mode: str = "public") -> None:
    """Choose where it will appear, write, and wait until it was judged."""
    choice = page.locator(f"input[name=mode][value={mode}]")
    if not choice.is_checked():
        page.locator(f".tabs__{mode}").click()
    with page.expect_response(lambda one: one.url.endswith("/check")):
        page.locator("textarea[name=text]").fill(text)
    explain(page)


def answer(page: Page, text: str, mode: str = "public") -> Locator:
    """Write and send; returns our message in the thread, once it stands on the network."""
    case = page.url
    write(page, text, mode)
    send = page.locator(f"[data-send][data-for={mode}]")
    with page.expect_response(lambda one: one.url.endswith("/replies")) as queued:
        send.click()
    assert queued.value.ok, "the reply was refused"
    look_at(page, case)  # the desk has gone on to the next case, or back to the list
    ours = page.locator(".msg", has=page.locator(".msg__text", has_text=text))
    expect(ours.locator(".fate--sent")).to_be_visible(timeout=ARRIVES_IN)
    return ours


def answer_with_template(page: Page, values: Sequence[str]) -> None:
    """Where the window is closed: choose the template, fill its places in, send."""
    case = page.url
    page.locator("[data-use-template]:visible").click()
    places = page.locator("[data-template]:not([disabled]) input")
    expect(places).to_have_count(len(values))
    with page.expect_response(lambda one: one.url.endswith("/check")):
        for place, value in zip(places.all(), values, strict=True):
            place.fill(value)
    explain(page)
    with page.expect_response(lambda one: one.url.endswith("/replies")) as queued:
        page.locator("[data-send]:visible").click()
    assert queued.value.ok, "the template was refused"
    look_at(page, case)
    expect(page.locator(".fate--sent")).to_be_visible(timeout=ARRIVES_IN)


def intervene(page: Page, words: str, kind: str, reason: str) -> None:
    """Hide somebody's words on their network, or what else stands under them; say why, wait until done."""
    message = page.locator(".msg", has=page.locator(".msg__text", has_text=words))
    message.hover()
    message.locator(f"[data-intervene={kind}]").click()
    page.locator("#intervene-reason").fill(reason)
    with page.expect_response(lambda one: one.url.endswith(f"/{kind}")) as done:
        page.locator("#intervene .btn--primary").click()
    assert done.value.ok, "it was refused"
    expect(message.locator(".fate--done")).to_be_visible(timeout=ARRIVES_IN)
