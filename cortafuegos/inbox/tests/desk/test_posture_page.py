"""The posture of the desk, in its bar: seen by all, turned by who leads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import looking
from cortafuegos.inbox.actions.posture import posture_of, set_posture
from cortafuegos.inbox.models import Case, Event, Posture
from cortafuegos.inbox.tests.desk.page import Page
from cortafuegos.inbox.tests.people import now_of
from cortafuegos.inbox.tests.world import World
from cortafuegos.kit import clock


def bar(world: World, agent: str, where: str = "inbox/mine") -> Page:
    return Page(world.client(getattr(world, agent)).get(world.url(where), follow=True))


def turn(world: World, agent: str, level: str) -> int:
    return world.client(getattr(world, agent)).post(world.url("posture"), {"level": level}).status_code


def test_everybody_sees_it_and_only_who_leads_can_turn_it(desk: World) -> None:
    assert "Calma" in bar(desk, "lucia").by_id("bar").text
    assert not bar(desk, "lucia").of_class("menu--posture")
    assert turn(desk, "lucia", "crisis") == 403 and posture_of(desk.brand.pk) == "calm"
    assert turn(desk, "pilar", "watch") == 200
    assert "Alerta" in bar(desk, "lucia").by_id("bar").text
    assert turn(desk, "pilar", "crisis") == 200
    for where in ("inbox/all", "settings", "people"):
        assert bar(desk, "lucia", where).by_id("bar")["data-posture"] == "crisis"
    assert posture_of(desk.elsewhere.pk) == "calm"
    assert bar(desk, "pilar").of_class("menu--posture")


@pytest.mark.parametrize("level", ["", "red", "CRISIS", "calm " * 400])
def test_what_is_no_posture_changes_nothing(desk: World, level: str) -> None:
    assert turn(desk, "pilar", "watch") == 200
    assert turn(desk, "pilar", level) == 422
    assert posture_of(desk.brand.pk) == "watch"
    assert Event.objects.filter(kind="posture.set").count() == 1


def test_turning_it_tells_and_can_be_undone(desk: World) -> None:
    answer = desk.client(desk.pilar).post(desk.url("posture"), {"level": "crisis"}).content.decode()
    assert "La mesa: Crisis" in answer and 'hx-target="#bar"' in answer
    assert "&quot;level&quot;: &quot;calm&quot;" in answer, "the way back"
    again = desk.client(desk.pilar).post(desk.url("posture"), {"level": "crisis"}).content.decode()
    assert "data-undo" not in again
    event = Event.objects.get(kind="posture.set")
    assert (event.agent, event.data) == (desk.pilar, {"from": "calm", "to": "crisis"})


def test_what_has_waited_for_days_finds_its_place_in_a_crisis_too(desk: World) -> None:
    case, now = desk.cases["marta"], clock.now()
    Case.objects.filter(pk=case.pk).update(waiting_since=now - timedelta(days=3), awaits_us=True)
    case.identity.followers = 50_000
    case.identity.save()
    looking.rank_again(desk.brand.pk, now)
    Case.objects.filter(pk=case.pk).update(priority=1)
    looking.rank_again(desk.brand.pk, now)
    assert now_of(case).priority == 1, "nothing turned, and waiting longer adds nothing"
    set_posture(desk.pilar, "crisis")
    looking.rank_again(desk.brand.pk, clock.now())
    assert now_of(case).priority > 100
    Posture.objects.update(since=now - timedelta(hours=1))
    Case.objects.filter(pk=case.pk).update(priority=1)
    looking.rank_again(desk.brand.pk, clock.now())
    assert now_of(case).priority == 1
