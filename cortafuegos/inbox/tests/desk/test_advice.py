"""The playbook and our word beside the conversation, and the pages about them."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.guard.models import GuardPolicy
from cortafuegos.inbox.actions import promises
from cortafuegos.inbox.models import Case, CasePlaybook, Event, Promise
from cortafuegos.inbox.tests.desk.page import HTMX_CASE, Page, toast, undo
from cortafuegos.inbox.tests.people import ago, say
from cortafuegos.inbox.tests.world import World, who
from cortafuegos.kit import clock

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
