"""Rules of a network under the hand: a countdown that ends, a window opened with the text, a template
filled in, words taken off the network."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cortafuegos.inbox.models import Intervention, Message, Reply
from cortafuegos.inbox.tests import networks
from cortafuegos.inbox.tests.desk import test_browser
from cortafuegos.inbox.tests.networks.strict.connector import TOO_LATE, UNINVITED
from cortafuegos.inbox.tests.people import ago, say
from cortafuegos.inbox.tests.world import World, an_account, who

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

nudges, open_desk = test_browser.nudges, test_browser.open_desk
Open = test_browser.Open
WRITING = test_browser.WRITING
BOX = "#alarms [data-permission]:visible"

# Three hours are a second and a half.
HURRY = """() => {
  const box = document.querySelector("#alarms [data-until]");
  box.dataset.until = new Date(Date.now() + 1500).toISOString();
  document.dispatchEvent(new Event("desk:refreshed"));
}"""


@pytest.fixture
def desk(transactional_db: None) -> Iterator[World]:
    world = test_browser.a_world()
    test_browser.cache.clear()
    with networks.known():
        account = an_account(
            world.brand, "strict", "condor", "Cóndor Estricto", config={"address": "http://127.0.0.1:9"}
        )
        ada, eva = who("ada", "Ada Robles", "strict"), who("eva", "Eva Luz", "strict")
        late = {"public": False, "conversation": "dm:ada", "at": ago(hours=30)}
        world.cases["ada"] = say(account, "Sigo sin mi maleta", by=ada, **late).case  # type: ignore[assignment]
        aside = {"ref": {"uninvited": True}, "at": ago(minutes=4)}
        world.cases["eva"] = say(account, "Vaya tarde con Cóndor", by=eva, **aside).case  # type: ignore[assignment]
        yield test_browser.busy(world)


def opened(open_desk: Open, desk: World, name: str, **how: object) -> Page:
    return open_desk(f"cases/{desk.cases[name].number}", **how)


def test_the_window_ends_while_one_writes(open_desk: Open, desk: World) -> None:
    theirs = Message.objects.filter(case=desk.cases["ada"])
    theirs.update(posted_at=ago(hours=20, minutes=30))
    page = opened(open_desk, desk, "ada")
    expect(page.locator(BOX)).to_contain_text("quedan 3 h")
    page.locator(WRITING).fill("Ada, ya la tenemos")
    expect(page.locator("[data-send]:visible")).to_be_enabled()
    theirs.update(posted_at=ago(hours=24))
    page.evaluate(HURRY)
    expect(page.locator(BOX)).to_contain_text(TOO_LATE)
    expect(page.locator("[data-send]:visible")).to_be_disabled()
    expect(page.locator("[data-why]")).to_have_text(TOO_LATE)
    expect(page.locator(WRITING)).to_have_value("Ada, ya la tenemos")


def test_a_template_is_filled_in_and_sent(open_desk: Open, desk: World) -> None:
    page = opened(open_desk, desk, "ada")
    page.locator(WRITING).fill("Lo que iba a decir")
    page.locator("[data-use-template]").click()
    page.locator("#template-choice").select_option("back|es")
    expect(page.locator("[data-send]:visible")).to_be_disabled()
    page.locator("[data-template]:visible input").first.fill("Ada")
    expect(page.locator("[data-why]")).to_have_text("Rellena todos los huecos de la plantilla.")
    page.locator("[data-template]:visible input").last.fill("roja")
    words = "Hola, Ada. Tu maleta roja ya está aquí: Ada, ven cuando quieras."
    expect(page.locator(WRITING)).to_have_value(words)
    expect(page.locator("[data-send]:visible")).to_be_enabled()
    page.locator("[data-leave-template]").click()
    expect(page.locator(WRITING)).to_have_value("Lo que iba a decir")
    page.locator("[data-use-template]").click()
    page.locator("#template-choice").select_option("back|es")
    for field, value in zip(
        page.locator("[data-template]:visible input").all(), ("Ada", "roja"), strict=True
    ):
        field.fill(value)
    if page.locator("[data-override]").is_visible():
        page.locator("[data-override] input").fill("La red la aprobó así")
    page.locator("[data-send]:visible").click()
    expect(page.locator("#toasts")).to_contain_text("Strict")
    reply = Reply.objects.get(account__network="strict")
    assert (reply.text, reply.template["values"]) == (words, {"1": "Ada", "2": "roja"})


def test_posting_by_hand_and_bringing_the_link(open_desk: Open, desk: World) -> None:
    page = opened(open_desk, desk, "eva")
    expect(page.locator(BOX)).to_contain_text(UNINVITED)
    page.locator(WRITING).fill("Eva, sentimos la tarde que llevas. ¿Te ayudamos con algo? Lucía")
    with page.context.expect_event("request", lambda request: request.url.endswith("/window")) as window:
        page.locator("[data-by-hand]").click()
    to = desk.client(desk.lucia).get(window.value.url)["Location"]
    assert to.startswith("http://127.0.0.1:9/write?to=") and "text=Eva%2C%20sentimos" in to
    form = page.locator("[data-link-form]")
    expect(form).to_be_visible()
    expect(page.locator(WRITING)).to_have_value("")
    form.locator("input").fill("https://strict.example/@otra/posts/7")
    form.locator("button").first.click()
    expect(page.locator("#toasts")).to_contain_text("no lleva a una respuesta")
    expect(form.locator("input")).to_have_value("https://strict.example/@otra/posts/7")
    form.locator("input").fill("https://strict.example/@condor/posts/7")
    form.locator("button").first.click()
    expect(page.locator(".fate--sent")).to_contain_text("Publicada a mano")
    assert Reply.objects.get(account__network="strict").state == "sent"


def test_refused_before_the_window_opens_the_words_stay(open_desk: Open, desk: World) -> None:
    page = opened(open_desk, desk, "eva")
    page.locator(WRITING).fill("Tu tarjeta es la 4111 1111 1111 1111")
    page.locator("[data-by-hand]").click()
    expect(page.locator("#toasts [data-toast]")).to_be_visible()
    expect(page.locator(WRITING)).to_have_value("Tu tarjeta es la 4111 1111 1111 1111")
    expect(page.locator("[data-by-hand]")).to_be_enabled()
    assert len(page.context.pages) == 1


def test_taking_off_the_network_asks_why(open_desk: Open, desk: World) -> None:
    page = opened(open_desk, desk, "marta")
    said = page.locator(".msg:has([data-intervene=withdraw])").first
    said.hover()
    said.locator("[data-intervene=withdraw]").click()
    dialog = page.locator("#intervene")
    expect(dialog).to_contain_text("puede tener una captura")
    dialog.locator("input").fill("Iba con el nombre de otra persona")
    dialog.locator(".btn--primary").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".fate--waiting")).to_contain_text("Se está retirando")
    wanted = Intervention.objects.get()
    assert (wanted.kind, wanted.reason) == ("withdraw", "Iba con el nombre de otra persona")
    expect(page.locator("[data-intervene=withdraw]")).to_have_count(0)
