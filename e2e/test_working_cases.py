"""What an agent does with cases: put off, close, join, split, many at once; and take it back."""

from __future__ import annotations

import re
import secrets

import pytest
from playwright.sync_api import Page, expect

from e2e import hands
from e2e.conftest import Colleague
from e2e.plaza import Plaza

pytestmark = pytest.mark.browser


def number_of(address: str) -> str:
    return address.rpartition("/")[2]


def undo(page: Page) -> None:
    page.locator("#toasts [data-undo]").click()


def test_put_off_close_and_reopen(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    saul = plaza.customer("Saúl Prada")
    post = plaza.says(saul, "¿tenéis el taburete en rojo?")
    nerea = colleague("nerea")
    case = plaza.case(nerea, marnalba, saul.handle)
    hands.look_at(nerea, case)
    nerea.locator("[data-open=snooze]:visible").click()
    nerea.locator("dialog#snooze [data-value=tomorrow]").click()
    expect(nerea.locator("#toasts")).to_contain_text("vuelve mañana")
    hands.look_at(nerea, f"{marnalba}/inbox/snoozed?q={saul.handle}")
    nerea.locator(".item").click()
    expect(nerea.locator("#head")).to_contain_text("vuelve mañana")
    # A word of the customer brings it back at once.
    plaza.says(saul, "@marnalba_ayuda o en verde, me da igual", parent=post)
    expect(nerea.locator(".msg__text", has_text="en verde")).to_be_visible()
    expect(nerea.locator("#head")).not_to_contain_text("vuelve mañana")
    nerea.locator("#head .btn[data-verb=close]").click()
    expect(nerea.locator("#toasts")).to_contain_text("cerrado")
    undo(nerea)
    expect(nerea.locator("#toasts")).to_contain_text("abierto")
    hands.look_at(nerea, case)
    nerea.locator("#head .btn[data-verb=close]").click()
    expect(nerea.locator("#toasts")).to_contain_text("cerrado")
    hands.look_at(nerea, case)
    nerea.locator("#head [data-verb=reopen]").click()
    expect(nerea.locator("#head .btn[data-verb=close]")).to_be_visible()


def test_two_cases_become_one_and_two_again(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    nerea = colleague("nerea")
    wife, husband = plaza.customer("Marta Oliva"), plaza.customer("Julián Oliva")
    plaza.says(wife, "el armario llegó sin puertas")
    plaza.says(husband, "soy el marido de Marta, el armario de las puertas")
    one = plaza.case(nerea, marnalba, wife.handle)
    two = plaza.case(nerea, marnalba, husband.handle)
    hands.look_at(nerea, one)
    nerea.keyboard.press("m")
    nerea.keyboard.type(number_of(two))
    nerea.locator(f"#merge-found [data-number='{number_of(two)}']").click()
    husbands = nerea.locator("#case .msg__text", has_text="soy el marido")
    expect(husbands).to_be_visible()
    joined = nerea.locator("#side", has_text="Unido")
    expect(joined).to_contain_text(number_of(two))
    nerea.goto(two)
    expect(nerea.locator("#case")).to_contain_text(f"caso {number_of(one)}")
    hands.look_at(nerea, one)
    nerea.locator("#side .past button", has_text="Separar").click()
    expect(husbands).to_have_count(0)
    hands.look_at(nerea, two)
    expect(husbands).to_be_visible()
    expect(nerea.locator("#head .btn[data-verb=close]")).to_be_visible()


def test_one_case_is_split_in_two(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    teo = plaza.customer("Teo Vidal")
    nerea = colleague("nerea")
    plaza.says(teo, "la mesa llegó coja")
    case = plaza.case(nerea, marnalba, teo.handle)
    plaza.says(teo, "otra cosa: mi factura no llega")
    hands.look_at(nerea, case)
    expect(nerea.locator("#case .msg__text", has_text="mi factura")).to_be_visible()
    nerea.locator("#head details.menu summary").click()
    nerea.locator("[data-split]").click()
    nerea.locator(".msg", has_text="mi factura").locator(".msg__pick input").check()
    nerea.locator("[data-split-go]").click()
    expect(nerea).not_to_have_url(re.compile(rf"/cases/{number_of(case)}\b"))
    expect(nerea.locator("#case .msg__text")).to_have_count(1)
    expect(nerea.locator("#case .msg__text")).to_contain_text("mi factura")
    hands.look_at(nerea, case)
    expect(nerea.locator("#case .msg__text")).to_have_count(1)
    expect(nerea.locator("#case .msg__text")).to_contain_text("llegó coja")


def test_many_at_once_and_taken_back(colleague: Colleague, plaza: Plaza, marnalba: str) -> None:
    nerea = colleague("nerea")
    group = f"Coro {secrets.token_hex(3)}"
    for name in ("Alto", "Tenor", "Bajo"):
        plaza.says(plaza.customer(f"{name} {group}"), "¿abrís el domingo?")
        plaza.case(nerea, marnalba, f"{name} {group}")
    hands.look_at(nerea, f"{marnalba}/inbox/unassigned?q={group.replace(' ', '+')}")
    rows = nerea.locator(".item:not(.item--gone)")
    expect(rows).to_have_count(3)
    places = "all => all.map(one => one.getBoundingClientRect().top)"
    before = rows.evaluate_all(places)
    for row in rows.all():
        row.locator(".item__pick").click()
    assert rows.evaluate_all(places) == before, "choosing one must not move the next"
    expect(nerea.locator("#picked b")).to_have_text("3 elegidos")
    nerea.locator("[data-batch-verb=close]").click()
    expect(rows).to_have_count(0)
    expect(nerea.locator("#toasts")).to_contain_text("3 casos cerrados")
    undo(nerea)
    expect(nerea.locator("#toasts")).to_contain_text("3 casos abiertos otra vez")
    hands.look_at(nerea, nerea.url)
    expect(rows).to_have_count(3)
