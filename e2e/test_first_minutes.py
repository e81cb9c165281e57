"""The first quarter of an hour of somebody who has just run the one command."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from e2e import hands
from e2e.conftest import Colleague, Person, SignIns
from e2e.desk import Desk
from e2e.plaza import Customer, Plaza

pytestmark = pytest.mark.browser


def test_the_printed_link_opens_once(person: Person, demo: Desk, sign_ins: SignIns) -> None:
    first = person(state=sign_ins("lucia"))
    first.goto(demo.url)
    expect(first).to_have_url(re.compile(r"/b/marnalba/inbox/mine$"))
    second = person()
    answer = second.goto(demo.link)
    assert answer is not None
    assert answer.status < 500
    expect(second.get_by_role("heading", name="Este enlace no abre")).to_be_visible()
    expect(second.locator("main")).to_contain_text("ya se usó")
    second.goto(f"{demo.url}/b/marnalba/inbox/mine")
    expect(second.locator("[name=password]")).to_be_visible()


def test_from_a_post_to_an_answer_that_the_customer_reads(
    colleague: Colleague, person: Person, plaza: Plaza, marnalba: str
) -> None:
    nuria = plaza.customer("Nuria Beltrán", place="Teruel", followers=1450)
    plaza.says(nuria, "la mesita Jara, ¿la hacéis también en haya?")
    lucia = colleague("lucia")
    hands.look_at(lucia, plaza.case(lucia, marnalba, nuria.handle))
    lucia.keyboard.press("e")
    expect(lucia.locator("#toasts")).to_contain_text("cerrado")
    question = plaza.says(nuria, "el cajón de la cómoda Llana no cierra del todo")
    expect(lucia.locator("#toasts")).to_contain_text("cerrado")
    hands.look_at(lucia, plaza.case(lucia, marnalba, "cajón de la cómoda"))

    expect(lucia.locator(".msg__text").first).to_contain_text("no cierra del todo")
    side = lucia.locator("#side")
    expect(side).to_contain_text("Nuria Beltrán")
    expect(side).to_contain_text("1.450")
    expect(side).to_contain_text("mesita Jara")  # what she wrote before

    lucia.locator("[data-verb=claim]:visible").click()
    expect(lucia.locator("#head")).to_contain_text("lo llevas tú")
    hands.answer(lucia, "Hola, Nuria: te mandamos hoy unas guías nuevas.")

    customer = person()
    be(customer, plaza, nuria)
    customer.goto(question.replace(question.rpartition("/posts/")[0], plaza.url))
    posts = customer.locator(".post .text")
    expect(posts).to_have_count(2)
    expect(posts.nth(1)).to_have_text("Hola, Nuria: te mandamos hoy unas guías nuevas.")

    # She answers on the page, and the desk shows it where it stands, by itself.
    customer.locator("textarea#text").fill("¡Gracias! ¿Cuándo llegan?")
    customer.locator(".button--main").click()
    expect(lucia.locator(".msg__text", has_text="¿Cuándo llegan?")).to_be_visible()


def test_new_rows_wait_to_be_asked_for(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    bruno = colleague("bruno")
    hands.look_at(bruno, f"{marnalba}/inbox/unassigned")
    rows = bruno.locator(".item")
    expect(rows.first).to_be_visible()
    before = rows.evaluate_all("all => all.map(row => row.id + row.getBoundingClientRect().top)")
    for name in ("Olga Sanchís", "Tomé Rial"):
        plaza.says(plaza.customer(name), "¿a qué hora abre hoy la tienda?")
    waiting = bruno.locator("#waiting")
    expect(waiting).to_have_text("2 nuevas")
    assert rows.evaluate_all("all => all.map(row => row.id + row.getBoundingClientRect().top)") == before
    bruno.keyboard.press(".")
    expect(bruno.locator(".item", has_text="Tomé Rial")).to_be_visible()
    expect(waiting).to_be_hidden()


def be(page: Page, plaza: Plaza, who: Customer) -> None:
    """Choose on the sandbox's page whom to play."""
    page.goto(f"{plaza.url}/")
    page.locator("select#as").select_option(who.handle)
    page.locator("form.write button").first.click()
    expect(page.locator(".me")).to_contain_text(who.name)
