"""The conversation: its order, what is private in it, and what became of our answers."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.actions import cases, merging
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.tests.desk.page import HTMX_CASE, Page
from cortafuegos.inbox.tests.people import a_post, ago, arrive, deletion, edit, say
from cortafuegos.inbox.tests.world import World, our_answer, who


def opened(world: World, case: Case, agent: str = "lucia", **headers: str) -> Page:
    client = world.client(getattr(world, agent))
    response = client.get(world.url(f"cases/{case.number}"), headers=headers)
    assert response.status_code == 200
    return Page(response)


def test_the_thread_stands_in_its_order_with_private_marked(desk: World) -> None:
    page = opened(desk, desk.cases["marta"])
    order = [e.text.strip()[:12] for e in page.of_class("msg__text")]
    assert order == ["Una hora esp", "Igual aquí, ", "Marta, senti", "Localizador ", "Sigo en la c"]
    band = page.of_class("private")
    assert len(band) == 1
    assert "Localizador" in band[0].text and "Sigo" not in band[0].text
    assert "Privado" in band[0].text and "Solo lo leéis Marta y el equipo" in band[0].text
    context = page.of_class("msg--context")
    assert [e["id"] for e in context] == [f"m{Message.objects.get(text__startswith='Igual', case=None).pk}"]
    places = [e.text.split(",")[0].strip() for e in page.of_class("place")]
    assert places[0].startswith("Hilo público") and places[1].startswith("De nuevo en público")


def test_what_colleagues_did_and_wrote_stands_in_it(desk: World) -> None:
    text = opened(desk, desk.cases["marta"]).text
    assert "Lucía Fontán se lo quedó" in text
    assert "Bruno Silva" in text and "maleta en el carro 12" in text and "nota interna" in text
    assert "Lucía Fontán lo etiquetó: equipaje, málaga" in text


def test_the_person_beside_it(desk: World) -> None:
    side = opened(desk, desk.cases["marta"]).by_id("side").text
    for words in (
        "Marta Quiroga",
        "18.400 seguidores",
        "Verificado",
        "Málaga",
        "allí",
        "martaq",
        "Viaja a menudo",
    ):
        assert words in side
    assert "Prometido" in side


def test_what_they_wrote_before_on_any_account(desk: World) -> None:
    marta = desk.cases["marta"]
    cases.close(desk.lucia, marta)
    Case.objects.filter(pk=marta.pk).update(closed_at=ago(days=60))
    by = who("martaq", "Marta Quiroga")
    new = say(desk.help, "Otra cosa distinta", by=by, conversation="dm:otra", public=False).case
    assert new is not None and new.pk != marta.pk
    side = opened(desk, new).by_id("side").text
    assert "Casos anteriores" in side and "Una hora esperando" in side
    assert "Lo que escribió antes" in side and "Localizador" in side


@pytest.mark.parametrize(
    ("state", "says", "buttons"),
    [
        ("queued", "A punto de salir", {"cancellation"}),
        ("sending", "Saliendo", set()),
        ("failed", "No ha salido. Motivo de la red", {"cancellation", "attempts"}),
        ("unknown", "No se sabe si llegó", {"settlement"}),
        ("cancelled", "Retirada antes de salir", set()),
    ],
)
def test_the_fate_of_an_answer_stands_under_it(desk: World, state: str, says: str, buttons: set[str]) -> None:
    case = desk.cases["noa"]
    target = Message.objects.get(case=case)
    reply = our_answer(
        desk,
        case,
        target,
        "Ya lo miramos",
        1,
        state=state,
        reason="Motivo de la red" if state == "failed" else "",
    )
    page = opened(desk, case)
    assert says in page.by_id(f"fate-{reply.pk}").text
    nouns = {
        e["data-url"].rpartition("/")[2]
        for e in page.having("data-act")
        if f"/replies/{reply.pk}/" in e["data-url"]
    }
    assert nouns == buttons
    drafters = opened(desk, case, "delia")
    assert not [e for e in drafters.having("data-act") if "/replies/" in e["data-url"]]


def test_a_sent_answer_says_when_and_where(desk: World) -> None:
    page = opened(desk, desk.cases["marta"])
    sent = next(e for e in page.of_class("fate--sent"))
    assert re.search(r"Salió (ayer )?a las? \d+:\d\d", sent.text)
    assert page.having("href", "https://sandbox.test/post/ours")


def test_edited_and_deleted_posts_show_what_they_were(desk: World) -> None:
    by = who("edu", "Edu Bravo")
    post = a_post("El vuelo salió tarde", by=by, at=ago(minutes=9))
    arrive(desk.news, post)
    arrive(desk.news, edit(post, "El vuelo salió tardísimo", ago(minutes=5)))
    message = Message.objects.get(network_id=post.network_id)
    assert message.case is not None
    text = opened(desk, message.case).by_id(f"m{message.pk}").text
    assert "tardísimo" in text and "editado" in text and "El vuelo salió tarde" in text
    arrive(desk.news, deletion(post))
    page = opened(desk, message.case)
    assert "lo borró" in page.by_id(f"m{message.pk}").text
    assert "msg--gone" in page.by_id(f"m{message.pk}").classes
    assert not page.having("data-answer", str(message.pk))


def test_pictures_of_strangers_are_links_and_load_nothing(desk: World) -> None:
    page = opened(desk, desk.cases["marta"])
    assert not [e for e in page.elements if e.tag in {"img", "video", "audio", "iframe", "source"}]
    link = page.having("href", "https://img.red.test/cinta7.jpg")[0]
    assert "La cinta 7, parada" in link.text and "img.red.test" in link.text
    assert {"noopener", "noreferrer"} <= set(link["rel"].split())


def test_a_piece_is_only_the_case_and_the_person(desk: World) -> None:
    page = opened(desk, desk.cases["marta"], **HTMX_CASE)
    ids = {e["id"] for e in page.elements if e["id"]}
    assert {"case", "side"} <= ids and not {"nav", "list", "bar"} & ids


def test_the_list_beside_a_case_is_the_one_it_came_from(desk: World) -> None:
    case = desk.cases["saul"]
    client = desk.client(desk.lucia)
    page = Page(client.get(desk.url(f"cases/{case.number}?in=all&network=mastodon")))
    shown = {e["data-number"] for e in page.of_class("item")}
    assert shown == {str(desk.cases[n].number) for n in ("eusebio", "ramon", "rosalia", "saul", "teo")}
    assert [e["data-number"] for e in page.having("aria-current", "true")] == [str(case.number)]
    links = {e["href"].partition("?")[2] for e in page.having("data-case") if "item__link" in e.classes}
    assert links == {"in=all&network=mastodon"}


def test_a_merged_case_leads_on(desk: World) -> None:
    marta, noa = desk.cases["marta"], desk.cases["noa"]
    merging.merge(desk.lucia, marta, [noa])
    page = opened(desk, noa)
    assert f"Este caso se unió al {marta.number}" in page.text
    assert not page.having("data-composer")
    side = opened(desk, marta).by_id("side").text
    assert "Unidos a este caso" in side and str(noa.number) in side


def test_an_english_reader_reads_english(desk: World) -> None:
    desk.lucia.user.language = "en"
    desk.lucia.user.save()
    page = opened(desk, desk.cases["marta"])
    assert "Only Marta and the team can read it" in page.text
    assert "Answer in public" in page.text and "Responder" not in page.text.replace("Responder a", "")


def test_a_case_costs_the_same_for_forty_messages_as_for_two(world: World) -> None:
    by = who("larga", "Larga Historia")
    case = say(world.news, "uno", by=by, conversation="hilo").case
    assert case is not None
    client = world.client(world.lucia)

    def statements() -> int:
        client.get(world.url(f"cases/{case.number}"), headers=HTMX_CASE)
        with CaptureQueriesContext(connection) as asked:
            client.get(world.url(f"cases/{case.number}"), headers=HTMX_CASE)
        return len(asked)

    target = Message.objects.get(case=case)
    our_answer(world, case, target, "Hola", 50)
    few = statements()
    for i in range(40):
        say(world.news, f"mensaje {i}", by=by, conversation="hilo", at=ago(minutes=40 - i))
        our_answer(world, case, target, f"respuesta {i}", 40.5 - i)
    assert statements() == few
    assert few <= 32


def test_a_long_case_shows_its_end_and_offers_the_rest(world: World) -> None:
    by = who("larga", "Larga Historia")
    posts = [
        a_post(f"mensaje {i:03}", by=by, conversation="hilo", at=ago(minutes=300 - i)) for i in range(130)
    ]
    arrive(world.news, *posts)
    case = Case.objects.get()
    page = opened(world, case)
    said = [e.text for e in page.of_class("msg__text")]
    assert said[-1] == "mensaje 129" and len(said) < 130
    assert page.having("data-earlier")
    whole = Page(world.client(world.lucia).get(world.url(f"cases/{case.number}?before=all")))
    assert len(whole.of_class("msg__text")) == 130 and not whole.having("data-earlier")


def test_who_else_is_here(desk: World) -> None:
    noa = desk.cases["noa"]
    desk.client(desk.sanz).post(desk.url(f"cases/{noa.number}/presence"), {"typing": "0"})
    head = opened(desk, noa).by_id("head").text
    assert "Bruno está escribiendo" in head and "Marta lo está viendo" in head
    assert "Lucía" not in head
    desk.client(desk.sanz).post(desk.url(f"cases/{noa.number}/presence"), {"gone": "1"})
    assert "Marta" not in opened(desk, noa).by_id("head").text


def test_the_page_is_never_cached(desk: World) -> None:
    response = desk.client(desk.lucia).get(desk.url(f"cases/{desk.cases['marta'].number}"))
    assert response["Cache-Control"] == "no-store"
    assert "HX-Target" in response["Vary"]
