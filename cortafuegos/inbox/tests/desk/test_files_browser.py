"""Files beside the words in a real browser: by hand, by keys, pasted, dropped, kept and never lost."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from cortafuegos.inbox.models import Draft, File, Reply
from cortafuegos.inbox.tests.desk import test_browser
from cortafuegos.inbox.tests.files import samples
from cortafuegos.inbox.tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
desk, nudges, open_desk = test_browser.desk, test_browser.nudges, test_browser.open_desk
Open, WRITING = test_browser.Open, test_browser.WRITING
HERE = ".file[data-state=here]"
WORDS = "Noa, así está ahora la cinta. ¿Me dices tu vuelo? Lucía"

BELT = {"name": "cinta.jpg", "mimeType": "image/jpeg", "buffer": samples.picture(size=(640, 360))}
MAP = {"name": "mapa.png", "mimeType": "image/png", "buffer": samples.picture("PNG", (200, 300))}


def attach(page: Page, *files: dict[str, Any]) -> None:
    with page.expect_file_chooser() as chosen:
        page.locator("[data-attach]:visible").click()
    chosen.value.set_files(list(files))


def names(page: Page) -> list[str]:
    return page.locator("[data-file-name]").all_inner_texts()


def test_attached_described_ordered_by_keys_kept_and_sent(open_desk: Open, desk: World) -> None:
    noa = desk.cases["noa"]
    page = open_desk(f"cases/{noa.number}?in=mine")
    attach(page, BELT, MAP)
    expect(page.locator(HERE)).to_have_count(2)
    expect(page.locator("[data-why]")).to_contain_text("palabras que acompañen")
    page.locator("[data-file-alt]").first.fill("La cinta 7, parada")
    page.locator(".file").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    assert names(page) == ["mapa.png", "cinta.jpg"]
    page.locator(WRITING).fill(WORDS)
    expect(page.locator("[data-kept]")).to_have_text("Guardado")
    assert [one["alt"] for one in Draft.objects.get(case=noa).files] == ["", "La cinta 7, parada"]

    page.reload()
    expect(page.locator(HERE)).to_have_count(2)
    assert names(page) == ["mapa.png", "cinta.jpg"]
    expect(page.locator("[data-file-alt]").last).to_have_value("La cinta 7, parada")
    assert page.locator(".file img").first.evaluate("i => i.decode().then(() => i.naturalWidth)") == 200
    page.locator(".file").first.focus()
    page.keyboard.press("Delete")
    expect(page.locator(".file")).to_have_count(1)
    expect(page.locator("[data-composer]")).to_have_attribute("data-checked", WORDS)
    if page.locator("[data-override]").is_visible():
        page.locator("[data-override] [name=reason]").fill("basta")
    page.locator("[data-send]:visible").click()
    expect(page.locator(".file")).to_have_count(0)
    page = open_desk(f"cases/{noa.number}?in=mine")
    expect(page.locator("[data-thread] .attached__picture img")).to_have_attribute(
        "alt", "La cinta 7, parada"
    )
    (sent,) = Reply.objects.get(case=noa).files
    assert (sent["name"], sent["alt"]) == ("cinta.jpg", "La cinta 7, parada")
    assert not Draft.objects.filter(case=noa).exists()


def test_pasted_and_dropped_and_a_page_that_pretends(open_desk: Open, desk: World) -> None:
    page = open_desk(f"cases/{desk.cases['noa'].number}?in=mine")
    page.locator(WRITING).focus()
    give = """([kind, name, type, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([new Uint8Array(bytes)], name, { type }));
      const both = { bubbles: true, cancelable: true };
      const event = kind === "paste" ? new ClipboardEvent("paste", { clipboardData: data, ...both })
        : new DragEvent("drop", { dataTransfer: data, ...both });
      document.querySelector("[data-composer] textarea").dispatchEvent(event);
    }"""
    page.evaluate(give, ["paste", "image.png", "image/png", list(samples.picture("PNG"))])
    expect(page.locator(HERE)).to_have_count(1)
    page.evaluate(give, ["drop", "condiciones.pdf", "application/pdf", list(samples.PDF)])
    expect(page.locator(HERE)).to_have_count(2)
    page.evaluate(give, ["drop", "foto.png", "image/png", list(b"<svg onload='alert(1)'></svg>")])
    failed = page.locator(".file[data-state=failed]")
    expect(failed).to_contain_text("Se pueden enviar imágenes")
    expect(failed.locator("[data-file-again]")).to_be_hidden()
    page.locator(WRITING).fill(WORDS)
    expect(page.locator("[data-why]")).to_contain_text("no ha llegado")
    failed.locator("[data-file-remove]").click()
    expect(page.locator("[data-why]")).not_to_contain_text("no ha llegado")
    assert File.objects.count() == 2


def test_an_answer_that_never_came_is_tried_again_as_the_same_file(open_desk: Open, desk: World) -> None:
    page = open_desk(f"cases/{desk.cases['noa'].number}?in=mine")
    tries: list[str] = []

    def lose(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            route.fetch()  # it arrives there, and we are not told
            route.abort()
        else:
            route.continue_()

    page.route(
        "**/files/*", lambda route: lose(route) if route.request.method == "PUT" else route.continue_()
    )
    attach(page, BELT)
    expect(page.locator(".file[data-state=failed]")).to_contain_text("No ha llegado")
    page.locator("[data-file-again]").click()
    expect(page.locator(HERE)).to_have_count(1)
    assert tries[0] == tries[1] and File.objects.count() == 1


def test_what_the_network_does_not_take_is_said_before_sending(open_desk: Open, desk: World) -> None:
    page = open_desk(f"cases/{desk.cases['noa'].number}?in=mine")
    attach(page, *({**BELT, "name": f"{n}.jpg"} for n in range(5)))
    expect(page.locator(HERE)).to_have_count(5)
    page.locator(WRITING).fill(WORDS)
    trouble = page.locator("[data-files-trouble]")
    expect(trouble).to_contain_text("4 archivos a la vez")
    expect(page.locator("[data-send]:visible")).to_be_disabled()
    page.locator("[data-file-remove]").last.click()
    expect(trouble).to_have_count(0)


def test_a_note_leaves_the_files_for_the_reply(open_desk: Open, desk: World) -> None:
    noa = desk.cases["noa"]
    page = open_desk(f"cases/{noa.number}?in=mine")
    attach(page, BELT)
    expect(page.locator(HERE)).to_have_count(1)
    page.locator("#case").focus()
    page.keyboard.press("n")
    expect(page.locator("[data-attach]:visible")).to_have_count(0)
    page.locator(WRITING).fill("Foto de Málaga")
    page.locator("[data-send]:visible").click()
    expect(page.locator("[data-thread]")).to_contain_text("Foto de Málaga")
    expect(page.locator("[data-kept]")).to_have_text("Guardado")
    assert len(json.loads(page.locator("[name=files]").input_value())) == 1
    page.reload()
    expect(page.locator(".file")).to_have_count(1)


def test_on_a_telephone_everything_fits(open_desk: Open, desk: World) -> None:
    page = open_desk(f"cases/{desk.cases['noa'].number}?in=mine", width=390)
    attach(page, BELT, {**MAP, "name": f"{'mapa-' * 18}.png"})
    expect(page.locator(HERE)).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for button in page.locator(".file button:visible").all():
        box = button.bounding_box()
        assert box and box["width"] >= 32 and box["x"] + box["width"] <= 390
