"""The page before the last resort, and what the desk shows afterwards."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.models import Draft, RelationStep
from cortafuegos.inbox.tests.desk.page import Page
from cortafuegos.inbox.tests.people import ago, now_of, say
from cortafuegos.inbox.tests.world import World, a_world, hostile, our_answer, who
from cortafuegos.people.models import Person

REASON = "Amenaza a quien le atiende"


@pytest.fixture
def world(db) -> World:
    world = a_world()
    said = say(world.news, "Sois lo peor", by=who("noe", "Noé Lantarón"), at=ago(minutes=50), language="es")
    assert said.case is not None
    world.cases["noe"] = said.case
    our_answer(world, said.case, said, "Noé, lo sentimos. Así no podemos seguir.", 40)
    return world


def at(world: World, rest: str = "ending") -> str:
    return world.url(f"people/{world.cases['noe'].person_id}/{rest}")


def person(world: World) -> Person:
    return Person.objects.get(pk=world.cases["noe"].person_id)


def end(world: World, agent: str = "sanz", **typed: str):
    return world.client(getattr(world, agent)).post(at(world), typed)


def test_it_shows_what_there_is_to_weigh_and_the_button_only_to_whom_it_belongs(world: World) -> None:
    shown = Page(world.client(world.sanz).get(at(world)))
    assert "Así no podemos seguir" in shown.text
    assert "Ley 10/2025" in shown.text
    assert shown.having("name", "reason")
    assert shown.having("name", "override"), "nobody warned them"
    agent = Page(world.client(world.lucia).get(at(world)))
    assert not agent.having("name", "reason")
    refused = end(world, "lucia", reason=REASON, override="Grave")
    assert refused.status_code == 403
    assert person(world).ended_at is None


def test_a_warning_is_noted_in_the_history_and_asked_for_no_more(world: World) -> None:
    client = world.client(world.lucia)
    history = Page(client.get(at(world, "tone")))
    row = next(one for one in history.elements if "/warnings/" in one["action"])
    assert client.post(row["action"], {"stands": "1"}).status_code == 302
    shown = Page(world.client(world.sanz).get(at(world)))
    assert not shown.having("name", "override")
    assert end(world, reason=REASON).status_code == 302
    assert client.post(row["action"], {"stands": "0"}).status_code == 302
    told = RelationStep.objects.order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["warned", "ended", "unwarned"]


def test_what_was_typed_survives_a_refusal(world: World) -> None:
    refused = end(world, reason="<b>Insulta</b> a diario")
    assert refused.status_code == 422
    assert "&lt;b&gt;Insulta&lt;/b&gt; a diario" in refused.content.decode()
    assert person(world).ended_at is None


def test_ended_it_says_so_everywhere_and_can_be_undone(world: World) -> None:
    assert end(world, reason=REASON, override="Es grave").status_code == 302
    shown = Page(world.client(world.sanz).get(at(world)))
    assert REASON in shown.text
    assert "Es grave" in shown.text
    number = world.cases["noe"].number
    case = world.client(world.lucia).get(world.url(f"cases/{number}"))
    assert Page(case).having("data-ended")
    assert not Page(case).having("data-aloud"), "an agent asks for approval instead"
    assert Page(world.client(world.sanz).get(world.url(f"cases/{number}"))).having("data-aloud", "ended")
    assert "Noé" in Page(world.client(world.lucia).get(world.url("inbox/ended"))).text
    assert world.client(world.lucia).post(at(world, "resumption"), {"reason": "x"}).status_code == 403
    assert world.client(world.sanz).post(at(world, "resumption"), {"reason": " "}).status_code == 422
    assert (
        world.client(world.sanz).post(at(world, "resumption"), {"reason": "Se disculpa"}).status_code == 302
    )
    assert person(world).ended_at is None
    assert not now_of(world.cases["noe"]).quiet


def test_the_queue_shows_itself_only_when_there_is_something_in_it(world: World) -> None:
    def queues() -> list[str]:
        shown = Page(world.client(world.lucia).get(world.url("inbox/mine")))
        return [one["href"] for one in shown.elements if one["href"].endswith("/inbox/ended")]

    assert not queues()
    end(world, reason=REASON, override="Es grave")
    assert queues()


def test_the_last_words_go_into_the_composer_before_what_was_begun(world: World) -> None:
    client = world.client(world.sanz)
    assert client.post(at(world, "last-words")).status_code == 302
    Draft.objects.update(text="Ya empezado")
    assert client.post(at(world, "last-words")).status_code == 302
    assert client.post(at(world, "last-words")).status_code == 302
    kept = Draft.objects.get()
    assert kept.text.startswith("Sentimos mucho")
    assert kept.text.endswith("\n\nYa empezado")
    assert kept.text.count("Sentimos mucho") == 1
    assert world.client(world.lucia).post(at(world, "last-words")).status_code == 403


def test_strangers_and_hostile_names_get_nowhere(world: World) -> None:
    case = hostile(world)
    shown = world.client(world.sanz).get(world.url(f"people/{case.person_id}/ending"))
    assert shown.status_code == 200
    assert "<script>alert(1)</script>" not in shown.content.decode()
    for rest in ("ending", "resumption", "last-words"):
        path = f"people/{case.person_id}/{rest}"
        assert world.client(world.olga).post(world.url(path), {"reason": REASON}).status_code == 404
        theirs = f"/b/{world.elsewhere.slug}/{path}"
        assert world.client(world.olga).post(theirs, {"reason": REASON}).status_code == 404
    assert not RelationStep.objects.exists()
