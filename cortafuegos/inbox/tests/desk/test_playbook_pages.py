"""The pages where a brand reads, mends and switches its playbooks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.actions import playbooks, promises
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.tests.desk import test_advice
from cortafuegos.inbox.tests.desk.page import HTMX_CASE, Page
from cortafuegos.inbox.tests.desk.test_advice import opened, step
from cortafuegos.inbox.tests.people import say
from cortafuegos.inbox.tests.world import World, who
from cortafuegos.kit import clock
from cortafuegos.knowledge.models import PlaybookVersion

delayed = test_advice.delayed


def form_of(world: World, name: str) -> dict[str, str | list[str]]:
    """What a browser would send without touching anything."""
    page = Page(world.client(world.sanz).get(world.url(f"settings/playbooks/{name}")))
    sent: dict[str, list[str]] = {}
    select = ""
    for e in page.elements:
        if e.tag == "select":
            select = e["name"]
        if e.tag == "option" and "selected" in e:
            sent.setdefault(select, []).append(e["value"])
        if e.tag == "textarea":
            sent.setdefault(e["name"], []).append(e.text)
        checked = e["type"] not in {"checkbox", "radio"} or "checked" in e
        if e.tag == "input" and e["name"] not in {"csrfmiddlewaretoken", "q"} and checked:
            sent.setdefault(e["name"], []).append(e["value"])
    return {name: values if len(values) > 1 else values[0] for name, values in sent.items()}


@pytest.mark.parametrize("name", ["delay", "own-bad-post", "sensitive-data", "newcomer-question"])
def test_saved_untouched_it_is_the_same(world: World, name: str) -> None:
    response = world.client(world.sanz).post(world.url(f"settings/playbooks/{name}"), form_of(world, name))
    assert response.status_code == 422, "the form gives back exactly what it was given"
    assert "No ha cambiado nada" in response.content.decode()
    assert not PlaybookVersion.objects.exists()


def test_a_supervisor_edits_and_the_versions_stay(world: World, delayed: Case) -> None:
    step(world, delayed, "regret")
    sent = {**form_of(world, "delay"), "title-es": "Se retrasa", "step-1-gone": "1", "step-0-place": "9"}
    client = world.client(world.sanz)
    assert client.post(world.url("settings/playbooks/delay"), sent).status_code == 302
    version = PlaybookVersion.objects.get(number=2)
    assert [one["id"] for one in version.body["steps"]] == ["where", "date", "regret"]
    page = Page(client.get(world.url("settings/playbooks/delay")))
    assert [e["data-version"] for e in page.having("data-version")] == ["2", "1"]
    side = opened(world, delayed)
    assert side.by_id("playbook-title").text == "Un retraso"
    assert "sigue con la versión 1" in side.by_id("side").text
    client.post(world.url("settings/playbooks/delay/versions/1"))
    assert PlaybookVersion.objects.get(number=3).body == PlaybookVersion.objects.get(number=1).body


def test_reasons_stand_by_their_step(world: World, delayed: Case) -> None:
    step(world, delayed, "facts", "left_out", reason="nadie los mira")
    page = Page(world.client(world.sanz).get(world.url("settings/playbooks/delay")))
    facts = next(e for e in page.having("data-step") if e["data-step"] == "facts")
    assert "nadie los mira" in facts.text
    rows = page = Page(world.client(world.sanz).get(world.url("settings/playbooks")))
    row = next(e for e in rows.having("data-playbook") if e["data-playbook"] == "delay")
    assert [e.text for e in page.having("data-left-out") if e.text == "1"] == ["1"] and "1" in row.text


def test_a_new_one_of_the_brands_own(world: World, delayed: Case) -> None:
    sent = {
        "title-es": "Violines en cabina", "words": "violin*\n\nguitarra",
        "intents": ["complaint", "question"], "position": "5",
        "step-0-advice-es": "Pregunta por las medidas.", "step-0-id": "",
    }  # fmt: skip
    client = world.client(world.sanz)
    response = client.post(world.url("settings/playbooks/new"), sent)
    assert response["Location"].endswith("/settings/playbooks/violines-en-cabina")
    client.post(world.url("settings/playbooks/new"), sent)
    assert PlaybookVersion.objects.filter(playbook__slug="violines-en-cabina-2").exists()
    by = who("teo", "Teo Valdaura", world.news.network)
    case = say(world.news, "¿Puedo llevar mi violín a bordo?", by=by, language="es").case
    assert case is not None
    assert opened(world, case).by_id("playbook-title").text == "Violines en cabina"


@pytest.mark.parametrize(
    "change",
    [
        {"title-es": "", "title-en": ""},
        {f"step-{n}-gone": "1" for n in range(9)},
        {"step-0-advice-es": "x" * 70_000},
        {"position": "-4", "title-es": "", "title-en": " "},
    ],
)
def test_what_cannot_be_followed_is_refused_and_shown_again(world: World, change: dict[str, str]) -> None:
    sent = {**form_of(world, "delay"), **change}
    response = world.client(world.sanz).post(world.url("settings/playbooks/delay"), sent)
    assert response.status_code == 422
    assert not PlaybookVersion.objects.exists()


def test_switched_off_it_is_not_proposed(world: World, delayed: Case) -> None:
    client = world.client(world.sanz)
    client.post(world.url("settings/playbooks/delay/switch"), {"on": "0"})
    assert opened(world, delayed).by_id("playbook-title").text != "Un retraso"
    client.post(world.url("settings/playbooks/delay/switch"), {"on": "1"})
    assert opened(world, delayed).by_id("playbook-title").text == "Un retraso"


def test_agents_read_and_do_not_edit(world: World) -> None:
    client = world.client(world.lucia)
    page = Page(client.get(world.url("settings/playbooks/delay")))
    assert "disabled" in page.of_class("plainset")[0]
    assert client.get(world.url("settings/playbooks/new")).status_code == 404
    refused = client.post(world.url("settings/playbooks/delay"), {"title-es": "Mío", "step-0-advice-es": "x"})
    assert refused.status_code == 403
    assert client.post(world.url("settings/playbooks/delay/switch"), {"on": "0"}).status_code == 403
    assert client.post(world.url("settings/playbooks/delay/versions/1")).status_code == 403
    assert not PlaybookVersion.objects.exists()


@pytest.mark.parametrize("name", ["nothing", "new-x"])
def test_a_playbook_that_is_not_there(world: World, name: str) -> None:
    assert world.client(world.sanz).get(world.url(f"settings/playbooks/{name}")).status_code == 404


def test_hostile_words_of_a_brand_stay_words(world: World, delayed: Case) -> None:
    evil = '"><script>alert(1)</script>{{ 7|add:7 }}'
    body = {
        "title": {"es": evil}, "trigger": {"words": ["pedido"]}, "position": 1,
        "steps": [{"id": "a", "advice": {"es": evil}, "wordings": {"es": evil}, "collect": {"es": [evil]},
                   "department": {"es": evil}, "task": {"es": evil}}],
    }  # fmt: skip
    playbooks.edit(world.sanz, "evil", body)
    page = opened(world, delayed)
    assert page.by_id("playbook-title").text == evil
    assert not [e for e in page.elements if e.tag == "script"]
    assert page.having("data-wording")[0]["data-wording"].startswith(evil[:20])


def test_the_pane_costs_a_few_statements_whatever_is_in_it(world: World, delayed: Case) -> None:
    url, client = world.url(f"cases/{delayed.number}"), world.client(world.lucia)
    client.get(url, headers=HTMX_CASE)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(url, headers=HTMX_CASE)
        return len(queries)

    few = asked()
    for slug in ("delay", "outage", "fraud"):
        playbooks.choose(world.lucia, delayed, slug)
    for hours in range(1, 15):
        promises.make(world.lucia, delayed, due_at=clock.now() + timedelta(hours=hours))
    client.get(url, headers=HTMX_CASE)
    assert asked() <= few
