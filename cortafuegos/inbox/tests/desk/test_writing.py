"""Drafts, proposals, notes and replies, as the composer sends them."""

from __future__ import annotations

import json
import uuid

import pytest

from cortafuegos.inbox.models import Approval, Case, Draft, Message, Note, Reply
from cortafuegos.inbox.tests.desk.page import Page, toast, undo
from cortafuegos.inbox.tests.people import say
from cortafuegos.inbox.tests.world import World, who


def words(world: World, case: Case, text: str, mode: str = "public", **more: object) -> dict[str, object]:
    """What the composer's form sends."""
    message = Message.objects.filter(case=case, direction="in", public=mode == "public").latest("posted_at")
    body = {"mode": mode, "text": text, f"target_{mode}": message.pk, f"account_{mode}": world.help.pk}
    return {**body, "press": str(uuid.uuid4()), **more}


def composer(world: World, case: Case, agent: str = "lucia") -> Page:
    return Page(world.client(getattr(world, agent)).get(world.url(f"cases/{case.number}")))


def buttons(page: Page) -> dict[str, str]:
    """What each says at first. A second label shows only once the guard warns."""
    later = [e.text for e in page.elements if "send__ask" in e.classes]
    found = {}
    for button in page.having("data-send"):
        words = button.text
        for label in later:
            words = words.replace(label, "")
        found[button["data-for"]] = " ".join(words.split())
    return found


def test_the_button_says_what_happens(desk: World) -> None:
    page = composer(desk, desk.cases["marta"])
    assert buttons(page) == {
        "public": "Responder en público en Red de pruebas Ctrl ↵",
        "private": "Enviar mensaje directo en Red de pruebas Ctrl ↵",
        "note": "Guardar nota Ctrl ↵",
    }
    drafter = composer(desk, desk.cases["marta"], "delia")
    assert set(buttons(drafter)) == {"public", "private", "note"}
    assert all("Proponer" in words or "nota" in words for words in buttons(drafter).values())
    assert "data-proposes" in drafter.having("data-composer")[0]
    assert drafter.having("data-composer")[0]["action"].endswith("/proposals")


def test_the_support_account_answers_what_its_sister_received(desk: World) -> None:
    page = composer(desk, desk.cases["marta"])
    target = page.having("name", "target_public")[0]["value"]
    assert Message.objects.get(pk=target).account == desk.news
    chosen = [e.text for e in page.elements if e.tag == "option" and "selected" in e]
    assert "Cóndor Azul Ayuda" in chosen
    assert "Cóndor Azul" in [e.text for e in page.elements if e.tag == "option"]


def test_mail_has_no_public_way(desk: World) -> None:
    page = composer(desk, desk.cases["celia"])
    disabled = {e["value"] for e in page.having("name", "mode") if "disabled" in e}
    assert disabled == {"public"}
    assert page.having("data-composer")[0]["data-mode"] == "private"


def test_an_account_the_network_refuses_cannot_be_written_into(desk: World) -> None:
    page = composer(desk, desk.cases["gael"])
    send = {e["data-for"]: e for e in page.having("data-send")}
    assert "disabled" in send["public"] and "disabled" not in send["note"]
    alarm = next(e for e in page.of_class("notice--danger"))
    assert "ya no acepta" in alarm.text and alarm["role"] == "alert"
    connects = composer(desk, desk.cases["gael"], "pilar").of_class("notice--danger")[0]
    assert "Arreglarlo" in connects.text and "Arreglarlo" not in alarm.text
    body = words(desk, desk.cases["gael"], "Hola", account_public=desk.broken.pk)
    response = desk.client(desk.lucia).post(desk.url(f"cases/{desk.cases['gael'].number}/replies"), body)
    assert response.status_code == 409 and "guardado" in toast(response)
    assert not Reply.objects.filter(case=desk.cases["gael"]).exists()


def test_a_draft_is_kept_shown_again_and_forgotten(desk: World) -> None:
    marta, client = desk.cases["marta"], desk.client(desk.lucia)
    url = desk.url(f"cases/{marta.number}/draft")
    text = "Marta, <b>ya</b> la tenemos & va\n\x00 en camino"
    kept = client.post(url, words(desk, marta, text, "private")).json()["kept_at"]
    draft = Draft.objects.get(case=marta, agent=desk.lucia)
    assert draft.mode == "private" and draft.text == text.replace("\x00", "␀")
    page = composer(desk, marta)
    form = page.having("data-composer")[0]
    assert (form["data-mode"], form["data-kept-at"]) == ("private", str(kept))
    assert next(e for e in page.elements if e.tag == "textarea" and e["name"] == "text").text == draft.text
    assert (
        Page(desk.client(desk.bruno).get(desk.url(f"cases/{marta.number}"))).having("data-composer")[0][
            "data-kept-at"
        ]
        == ""
    )
    assert client.post(url, words(desk, marta, "  ", "private")).json() == {"kept_at": None}
    assert not Draft.objects.filter(case=marta, agent=desk.lucia).exists()


def test_sending_queues_once_and_can_be_taken_back(desk: World) -> None:
    marta, client = desk.cases["marta"], desk.client(desk.lucia)
    url, body = desk.url(f"cases/{marta.number}/replies"), words(desk, marta, "Ya la tenemos. Lucía")
    first, again = client.post(url, body), client.post(url, body)
    assert first.status_code == again.status_code == 200
    reply = Reply.objects.get(case=marta, state="queued")
    assert (reply.text, reply.public, reply.agent, reply.account) == (
        "Ya la tenemos. Lucía",
        True,
        desk.lucia,
        desk.help,
    )
    assert json.loads(first["HX-Trigger"])["desk:changed"]["after"] == "next"
    assert [r.status_code for r in undo(client, first)] == [200]
    reply.refresh_from_db()
    assert reply.state == "cancelled"
    assert Draft.objects.get(case=marta, agent=desk.lucia).text == "Ya la tenemos. Lucía"


def test_a_colleagues_case_must_be_taken_first(desk: World) -> None:
    saul = desk.cases["saul"]
    body = words(desk, saul, "Hola", account_public=desk.mastodon.pk)
    response = desk.client(desk.lucia).post(desk.url(f"cases/{saul.number}/replies"), body)
    assert response.status_code == 409 and "Bruno Silva" in toast(response)
    assert "Bruno Silva lleva este caso" in composer(desk, saul).by_id("alarms").text


def test_what_was_said_in_private_is_not_answered_in_public_by_mistake(desk: World) -> None:
    marta = desk.cases["marta"]
    say(
        desk.help,
        "Y mi DNI es 00000000T",
        by=who("martaq", "Marta Quiroga"),
        public=False,
        conversation="dm:marta",
    )
    page = composer(desk, marta)
    assert page.having("data-composer")[0]["data-mode"] == "private"
    assert page.having("data-aloud")
    client, url = desk.client(desk.lucia), desk.url(f"cases/{marta.number}/replies")
    asked = client.post(url, words(desk, marta, "Hola", aloud="ask"))
    assert asked.status_code == 422 and "privado" in toast(asked)
    assert not Reply.objects.filter(case=marta, state="queued").exists()
    assert client.post(url, words(desk, marta, "Hola", aloud="yes")).status_code == 200
    # to the private message itself never, box or no box: that is the guard's
    private = Message.objects.filter(case=marta, public=False).latest("posted_at")
    refused = client.post(url, words(desk, marta, "Hola", aloud="yes", target_public=private.pk))
    assert refused.status_code == 422


def test_a_drafter_proposes_and_cannot_send(desk: World) -> None:
    noa = desk.cases["noa"]
    drafter, body = desk.client(desk.delia), words(desk, desk.cases["noa"], "Noa, lo sentimos. Delia")
    assert drafter.post(desk.url(f"cases/{noa.number}/replies"), body).status_code == 403
    assert drafter.post(desk.url(f"cases/{noa.number}/proposals"), body).status_code == 200
    assert not Reply.objects.filter(case=noa).exists()
    waiting = Approval.objects.get(case=noa, agent=desk.delia)
    page = composer(desk, noa)
    proposed = page.having("data-proposed", str(waiting.pk))[0]
    assert proposed.text == "Noa, lo sentimos. Delia"
    assert page.having("data-use-proposal") and not composer(desk, noa, "delia").having("data-use-proposal")
    sent = {**body, "proposal": waiting.pk, "press": str(uuid.uuid4()), "reason": "basta"}
    assert desk.client(desk.lucia).post(desk.url(f"cases/{noa.number}/replies"), sent).status_code == 200
    reply = Reply.objects.get(case=noa)
    assert (reply.agent, reply.drafted_by) == (desk.lucia, desk.delia)
    assert not composer(desk, noa).having("data-proposed")


@pytest.mark.parametrize(
    ("text", "says", "over"),
    [("Hola 👨‍👩‍👧 á", "8 de 300", False), ("x" * 305, "sobran 5", True), ("é" * 300, "300 de 300", False)],
)
def test_the_meter_counts_as_the_network_does(desk: World, text: str, says: str, over: bool) -> None:
    marta = desk.cases["marta"]
    response = desk.client(desk.lucia).post(desk.url(f"cases/{marta.number}/check"), words(desk, marta, text))
    page = Page(response)
    assert says in page.text
    assert bool(page.of_class("meter--over")) is over


def test_a_finding_is_shown_under_the_words(desk: World) -> None:
    marta = desk.cases["marta"]
    private = Message.objects.filter(case=marta, public=False).latest("posted_at")
    body = words(desk, marta, "<b>Tu</b> localizador", target_public=private.pk)
    page = Page(desk.client(desk.lucia).post(desk.url(f"cases/{marta.number}/check"), body))
    assert "Respóndelo en privado" in page.of_class("findings")[0].text
    assert page.of_class("is-block")


@pytest.mark.parametrize(
    "missing",
    [{"mode": "nada"}, {"target_public": "x"}, {"account_public": ""}, {"account_public": "9" * 30}],
)
def test_a_reply_without_destination_is_refused_in_words(desk: World, missing: dict[str, str]) -> None:
    marta = desk.cases["marta"]
    body = {**words(desk, marta, "Hola"), **missing}
    response = desk.client(desk.lucia).post(desk.url(f"cases/{marta.number}/replies"), body)
    assert response.status_code == 422 and toast(response)
    assert not Reply.objects.filter(case=marta, state="queued").exists()


def test_a_note_stays_inside(desk: World) -> None:
    marta, client = desk.cases["marta"], desk.client(desk.delia)
    url = desk.url(f"cases/{marta.number}/notes")
    assert client.post(url, {"text": "  "}).status_code == 422
    assert client.post(url, {"text": "Ojo: <script>alert(1)</script>"}).status_code == 200
    assert Note.objects.get(agent=desk.delia).text.startswith("Ojo")
    page = composer(desk, marta)
    assert "alert(1)" in page.by_id("case").text
    assert not [e for e in page.elements if e.tag == "script" and "alert" in e.text]
