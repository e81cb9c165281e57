"""The playbook and our word beside the conversation, and the pages about them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.guard.models import GuardPolicy
from cortafuegos.inbox.actions import playbooks, promises
from cortafuegos.inbox.models import Case, CasePlaybook, Event, Promise
from cortafuegos.inbox.tests.desk.page import HTMX_CASE, Page, toast, undo
from cortafuegos.inbox.tests.people import ago, say
from cortafuegos.inbox.tests.world import World, who
from cortafuegos.kit import clock
from cortafuegos.knowledge.models import PlaybookVersion

DELAYED = "Dos semanas y mi pedido no ha llegado. Sigo esperando, qué vergüenza."


@pytest.fixture
def delayed(world: World) -> Case:
    by = who("noe", "Noé Lantarón", world.news.network)
    case = say(world.news, DELAYED, by=by, at=ago(minutes=9), language="es").case
    assert case is not None
    return Case.objects.get(pk=case.pk)


def opened(world: World, case: Case, agent: str = "lucia") -> Page:
    client = world.client(getattr(world, agent))
    response = client.get(world.url(f"cases/{case.number}"), headers=HTMX_CASE)
    assert response.status_code == 200
    return Page(response)


def post(world: World, path: str, agent: str = "lucia", **body: str):
    return world.client(getattr(world, agent)).post(world.url(path), body)


def step(world: World, case: Case, name: str, mark: str = "done", agent: str = "lucia", **more: str):
    body = {"playbook": "delay", "step": name, "mark": mark, **more}
    return post(world, f"cases/{case.number}/playbook/steps", agent, **body)


def test_the_playbook_that_fits_stands_beside_with_words_of_ours(world: World, delayed: Case) -> None:
    page = opened(world, delayed)
    assert page.by_id("playbook-title").text == "Un retraso"
    words = page.having("data-wording")[0]
    assert words["data-wording"].startswith("Noé, sentimos mucho esta espera. Queremos ayudarte")
    assert words["data-wording"].split()[-1].lstrip("^") in {"LF", "Lucía"}
    assert words["data-mode"] == "public"
    assert not CasePlaybook.objects.exists(), "looking begins nothing"
    assert [e["data-mode"] for e in page.having("data-wording")].count("note") == 1


def test_it_speaks_as_the_brand_does_and_as_the_customer_does(world: World, delayed: Case) -> None:
    GuardPolicy.objects.create(brand=world.brand, formality="usted")
    assert "Queremos ayudarle" in opened(world, delayed).having("data-wording")[0]["data-wording"]
    Case.objects.filter(pk=delayed.pk).update(language="en")
    assert "We'd like to help" in opened(world, delayed).having("data-wording")[0]["data-wording"]
    Case.objects.filter(pk=delayed.pk).update(language="eu")
    modes = {e["data-mode"] for e in opened(world, delayed).having("data-wording")}
    assert modes == {"note"}, "nobody is answered in a language they did not write"


def test_a_private_case_gets_its_words_in_private(world: World) -> None:
    by = who("noe", "Noé Lantarón", world.mastodon.network)
    case = say(world.mastodon, DELAYED, by=by, public=False, language="es").case
    assert case is not None
    modes = {e["data-mode"] for e in opened(world, case).having("data-wording")}
    assert modes == {"private", "note"}


def test_data_in_plain_sight_come_first(world: World) -> None:
    by = who("noe", "Noé Lantarón", world.news.network)
    case = say(world.news, f"{DELAYED} Mi DNI es 12345678Z", by=by, language="es").case
    assert case is not None
    page = opened(world, case)
    assert page.by_id("playbook-title").text == "Datos personales a la vista"
    assert "12345678Z" not in "".join(e["data-wording"] for e in page.having("data-wording"))


def test_a_tick_moves_on_and_can_be_taken_back(world: World, delayed: Case) -> None:
    now = opened(world, delayed).having("data-step-now")[0]
    assert json.loads(now["data-vals"]) == {"playbook": "delay", "step": "regret", "mark": "done"}
    assert step(world, delayed, "regret").status_code == 200
    page = opened(world, delayed)
    assert json.loads(page.having("data-step-now")[0]["data-vals"])["step"] == "facts"
    ticks = page.having("data-step")
    assert [e["aria-checked"] for e in ticks][:2] == ["true", "false"]
    step(world, delayed, "regret", "open")
    assert json.loads(opened(world, delayed).having("data-step-now")[0]["data-vals"])["step"] == "regret"


def test_left_out_with_a_reason_and_back_again(world: World, delayed: Case) -> None:
    refused = step(world, delayed, "facts", "left_out", reason=" ")
    assert (refused.status_code, refused["X-Code"]) == (422, "needs_reason")
    response = step(world, delayed, "facts", "left_out", reason="<b>ya</b> lo sabemos")
    assert "Saltado" in toast(response)
    side = opened(world, delayed).by_id("side").text
    assert "<b>ya</b> lo sabemos" in side
    thread = opened(world, delayed).by_id(f"thread-{delayed.pk}").text
    assert "se saltó un paso" in thread
    undo(world.client(world.lucia), response)
    assert CasePlaybook.objects.get().marks == {}


@pytest.mark.parametrize("agent", ["delia"])
def test_a_drafter_follows_and_promises_nothing(world: World, delayed: Case, agent: str) -> None:
    assert step(world, delayed, "regret", agent=agent).status_code == 200
    assert post(world, f"cases/{delayed.number}/promises", agent, when="tomorrow").status_code == 403
    assert not opened(world, delayed, agent).having("data-open", "promise")


def test_another_one_is_chosen(world: World, delayed: Case) -> None:
    post(world, f"cases/{delayed.number}/playbook", playbook="fraud")
    assert opened(world, delayed).by_id("playbook-title").text == "Fraude en curso"
    assert post(world, f"cases/{delayed.number}/playbook", playbook="../x").status_code == 404


def test_strangers_and_other_methods_stay_out(world: World, delayed: Case) -> None:
    for path in ("playbook", "playbook/steps", "promises", "promises/1/withdrawal"):
        url = world.url(f"cases/{delayed.number}/{path}")
        assert world.client(world.lucia).get(url).status_code == 405
        assert world.client(world.lucia).post(world.url(f"cases/99999/{path}")).status_code == 404


# --- our word ---------------------------------------------------------------------------------


def test_a_promise_from_the_composer(world: World, delayed: Case) -> None:
    words = "Noé, sentimos la espera. Te escribimos mañana antes de las 12. Lucía"
    response = post(world, f"cases/{delayed.number}/promises", when="tomorrow", writing=words)
    assert "Prometido" in toast(response)
    promise = Promise.objects.get()
    assert (promise.text, promise.with_next) == ("Te escribimos mañana antes de las 12.", True)
    side = opened(world, delayed).by_id("side").text
    assert "Te escribimos mañana antes de las 12." in side and "se dice con la próxima respuesta" in side
    undo(world.client(world.lucia), response)
    assert Promise.objects.get().state == "withdrawn"
    assert opened(world, delayed).having("id", f"promise-{promise.pk}") == []


@pytest.mark.parametrize(
    "body", [{}, {"when": "someday"}, {"until": "mañana"}, {"until": "2001-01-01T10:00"}]
)
def test_a_promise_without_a_time_is_refused(world: World, delayed: Case, body: dict[str, str]) -> None:
    assert post(world, f"cases/{delayed.number}/promises", **body).status_code == 422
    assert not Promise.objects.exists()


def test_a_promise_of_another_case_is_not_there(world: World, delayed: Case) -> None:
    other = say(world.news, "Otra cosa", by=who("ana", "Ana Paz", world.news.network)).case
    promise = promises.make(world.lucia, other, due_at=clock.now() + timedelta(hours=3))
    path = f"cases/{delayed.number}/promises/{promise.pk}/withdrawal"
    assert post(world, path, reason="mía").status_code == 404


def test_a_broken_one_is_told_and_explained(world: World, delayed: Case) -> None:
    promise = promises.make(
        world.lucia, delayed, due_at=clock.now() + timedelta(hours=3), text="Te llamamos hoy"
    )
    promises.strike(promise.due_at)
    Promise.objects.filter(pk=promise.pk).update(due_at=ago(hours=1))
    page = opened(world, delayed)
    assert "promise--late" in page.by_id(f"promise-{promise.pk}").classes
    client = world.client(world.sanz)
    report = Page(client.get(world.url("settings/promises")))
    assert "0 %" in report.text and "Te llamamos hoy" in report.text and "Lucía Fontán" in report.text
    path = f"cases/{delayed.number}/promises/{promise.pk}/explanation"
    assert client.post(world.url(path), {"reason": "Logística <no> contestó"}).status_code == 302
    assert "Logística <no> contestó" in Page(client.get(world.url("settings/promises"))).text


def test_the_report_counts_by_week_and_by_who_promised(world: World, delayed: Case) -> None:
    for kind, owner, times in (("kept", world.lucia, 3), ("broken", world.bruno, 1)):
        for _ in range(times):
            Event.objects.create(
                brand=world.brand,
                kind=f"promise.{kind}",
                case=delayed,
                data={"owner": owner.pk, "promise": 0},
            )
    old = Event.objects.create(brand=world.brand, kind="promise.broken", data={"owner": world.lucia.pk})
    Event.objects.filter(pk=old.pk).update(at=ago(days=100))
    page = Page(world.client(world.sanz).get(world.url("settings/promises")))
    assert "75 %" in page.text
    rows = [" ".join(e.text.split()) for e in page.elements if e.tag == "tr"]
    assert any(row.startswith("Bruno Silva") for row in rows)
    lucia = next(e for e in page.elements if e.tag == "tr" and "Lucía" in e.text)
    assert "3" in lucia.text and "100" in lucia.text


def test_the_report_costs_the_same_for_many(world: World, delayed: Case) -> None:
    client = world.client(world.sanz)
    promise = promises.make(world.lucia, delayed, due_at=clock.now() + timedelta(hours=3))

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(world.url("settings/promises")).status_code == 200
        return len(queries)

    facts = {"owner": world.lucia.pk, "promise": promise.pk}
    Event.objects.create(brand=world.brand, kind="promise.broken", data=facts)
    asked()
    few = asked()
    for n in range(60):
        Event.objects.create(brand=world.brand, kind="promise.broken", data=facts, at=ago(days=n))
    assert asked() <= few


@pytest.mark.parametrize("agent", ["lucia", "delia"])
def test_the_report_is_for_supervisors(world: World, agent: str) -> None:
    assert world.client(getattr(world, agent)).get(world.url("settings/promises")).status_code == 403


# --- the playbooks' own pages ---------------------------------------------------------------------


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
