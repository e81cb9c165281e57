"""Who gets in where, and what outsiders can learn: nothing."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cortafuegos.team.models import Agent
from cortafuegos.team.tests.world import World

PAGES = {
    "settings/preferences": {"owner", "supervisor", "agent", "drafter"},
    "people": {"owner", "supervisor", "agent", "drafter"},
    "settings/accounts": {"owner", "supervisor", "agent", "drafter"},
    "settings/accounts/new": {"owner", "supervisor"},
    "settings/accounts/new/webhook": {"owner", "supervisor"},
    "settings/people": {"owner", "supervisor"},
    "settings/teams": {"owner", "supervisor"},
    "settings/quarantine": {"owner", "supervisor"},
    "settings/brand": {"owner"},
}


@pytest.mark.parametrize("page", PAGES)
def test_each_page_opens_for_the_roles_it_is_for_and_no_other(world: World, page: str) -> None:
    for agent in (world.lucia, world.pilar, world.bruno, world.delia):
        answer = world.client(agent).get(world.url(page))
        expected = 200 if agent.role in PAGES[page] else 403
        assert answer.status_code == expected, agent.role


@pytest.mark.parametrize("page", PAGES)
def test_an_outsider_cannot_tell_a_brand_from_no_brand(world: World, page: str) -> None:
    client = world.client(world.olga)
    there = client.get(world.url(page))
    nowhere = client.get(f"/b/no-such-brand/{page}")
    assert there.status_code == nowhere.status_code == 404
    words = [re.sub(rb'value="[^"]*"|content="[^"]{64}"', b"", one.content) for one in (there, nowhere)]
    assert words[0].replace(world.brand.slug.encode(), b"no-such-brand") == words[1]


def every_address(patterns: list[URLPattern | URLResolver], prefix: str = "") -> list[str]:
    found = []
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            found += every_address(one.url_patterns, route)
        else:
            found.append(route)
    return found


def inside(route: str, slug: str) -> str:
    route = re.sub(r"<slug:slug>", slug, route)
    route = re.sub(r"<int:\w+>", "1", route)
    route = re.sub(r"<uuid:\w+>", str(UUID(int=1)), route)
    return "/" + re.sub(r"<(?:\w+:)?\w+>", "x", route)


def test_every_address_of_a_brand_is_shut_to_strangers_and_outsiders(world: World) -> None:
    routes = [r for r in every_address(get_resolver().url_patterns) if r.startswith("b/<slug:slug>/")]
    assert len(routes) > 30
    outsider = world.client(world.olga)
    for route in routes:
        address = inside(route, world.brand.slug)
        for method in ("get", "post"):
            stranger = getattr(Client(), method)(address)
            assert stranger.status_code == 302, (method, address)
            assert stranger["Location"].startswith("/accounts/login/?next=%2Fb%2F"), address
            assert getattr(outsider, method)(address).status_code == 404, (method, address)


def test_somebody_shut_out_is_out_at_once(world: World) -> None:
    client = world.client(world.bruno)
    assert client.get(world.url("settings/preferences")).status_code == 200
    Agent.objects.filter(pk=world.bruno.pk).update(active=False)
    assert client.get(world.url("settings/preferences")).status_code == 404
    assert client.get("/").status_code == 403


def test_a_fragment_is_not_filled_with_the_sign_in_page(world: World) -> None:
    here = f"http://testserver{world.url('settings/preferences')}"
    answer = Client().post(
        world.url("settings/preferences"), headers={"HX-Request": "true", "HX-Current-URL": here}
    )
    assert answer.status_code == 401
    assert answer.content == b""
    assert answer["HX-Redirect"] == "/accounts/login/?next=%2Fb%2Fcondor-azul%2Fsettings%2Fpreferences"


def test_where_a_fragment_says_it_came_from_cannot_send_one_elsewhere(world: World) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "https://evil.example/b/condor-azul/"}
    answer = Client().get(world.url("settings/preferences"), headers=headers)
    assert "evil.example" not in answer["HX-Redirect"]


def test_root_leads_to_the_brand_one_was_in_last(world: World) -> None:
    Agent.objects.create(brand=world.brand, user=world.olga.user, role="agent")
    client = world.client(world.olga)
    assert client.get("/")["Location"] == "/b/condor-azul/"
    client.get(f"/b/{world.elsewhere.slug}/settings/preferences")
    assert client.get("/")["Location"] == f"/b/{world.elsewhere.slug}/"


@pytest.mark.parametrize(("language", "word"), [("es", "Mis preferencias"), ("en", "My preferences")])
def test_each_person_reads_their_own_language(world: World, language: str, word: str) -> None:
    world.bruno.user.language = language
    world.bruno.user.save()
    page = world.client(world.bruno).get(world.url("settings/preferences"), headers={"Accept-Language": "fr"})
    assert word in page.content.decode()
    assert f'<html lang="{language}"' in page.content.decode()


def test_times_are_in_the_persons_zone(world: World) -> None:
    from django.utils import timezone

    from cortafuegos.web.middleware import BrandMiddleware

    seen = []
    world.bruno.user.time_zone = "America/Lima"

    def view(request: object) -> object:
        seen.append(timezone.get_current_timezone_name())
        return object()

    from django.test import RequestFactory

    request = RequestFactory().get("/")
    request.user = world.bruno.user
    BrandMiddleware(view)(request)  # type: ignore[arg-type]
    world.bruno.user.time_zone = "Nowhere/Land"
    BrandMiddleware(view)(request)  # type: ignore[arg-type]
    assert seen == ["America/Lima", "UTC"]
    assert timezone.get_current_timezone_name() == "UTC"
