"""The pages over the verbs: links shown once, refusals told in words."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from cortafuegos.team import actions
from cortafuegos.team.models import Agent, Invitation
from cortafuegos.team.tests.world import PASSWORD, World


def test_an_invitation_by_the_pages_from_link_to_desk(world: World) -> None:
    owner = world.client(world.pilar)
    page = owner.post(world.url("settings/invitations"), {"role": "agent", "email": ""})
    assert page.status_code == 201
    assert "no-store" in page["Cache-Control"]
    path = re.search(r'value="https?://[^/"]+(/join/[^"]+)"', page.content.decode())
    assert path
    assert path[1].split("/")[-1] not in owner.get(world.url("settings/people")).content.decode()
    guest = Client()
    assert "Cóndor Azul" in guest.get(path[1]).content.decode()
    answer = guest.post(path[1], {"name": "Nora Gil", "email": "nora@condor.example", "password": PASSWORD})
    assert answer["Location"] == "/b/condor-azul/"
    assert guest.get(world.url("settings/preferences")).status_code == 200
    assert Client().get(path[1]).status_code == 409


@pytest.mark.parametrize("role", ["owner", "emperor", ""])
def test_a_supervisor_cannot_post_a_role_the_form_does_not_offer(world: World, role: str) -> None:
    client = world.client(world.pilar)
    assert client.post(world.url("settings/invitations"), {"role": role}).status_code == 422
    client.post(world.url(f"settings/people/{world.bruno.pk}/role"), {"role": role})
    world.bruno.refresh_from_db()
    assert world.bruno.role == "agent"
    assert not Invitation.objects.exists()


def test_a_refusal_is_told_on_the_page(world: World) -> None:
    client = world.client(world.lucia)
    page = client.post(world.url(f"settings/people/{world.lucia.pk}/deactivation"), follow=True)
    assert "Es la única persona con el rol de propietario" in page.content.decode()
    world.lucia.refresh_from_db()
    assert world.lucia.active


def test_people_of_another_brand_have_no_address_here(world: World) -> None:
    client = world.client(world.lucia)
    for verb in ("role", "deactivation", "reactivation", "sign-in-link", "second-factor-removal"):
        assert client.post(world.url(f"settings/people/{world.olga.pk}/{verb}")).status_code == 404
    team = actions.create_team(world.olga, "Puerto")
    for rest in ("", "/removal"):
        assert client.post(world.url(f"settings/teams/{team.pk}{rest}"), {"name": "x"}).status_code == 404


def test_nothing_changes_by_looking(world: World) -> None:
    client = world.client(world.lucia)
    for verb in ("role", "deactivation", "sign-in-link", "second-factor-removal"):
        assert client.get(world.url(f"settings/people/{world.bruno.pk}/{verb}")).status_code == 405
    world.bruno.refresh_from_db()
    assert world.bruno.active


def test_only_an_owner_gives_a_sign_in_link(world: World) -> None:
    address = world.url(f"settings/people/{world.bruno.pk}/sign-in-link")
    assert world.client(world.pilar).post(address).status_code == 403
    page = world.client(world.lucia).post(address)
    path = re.search(r'value="https?://[^/"]+(/signin/[^"]+)"', page.content.decode())
    assert path
    client = Client()
    client.post(path[1])
    assert client.get(world.url("settings/preferences")).status_code == 200
    assert "Bruno Silva" in client.get(world.url("settings/preferences")).content.decode()


def test_an_invitation_for_somebody_signed_in_as_another_is_refused_in_words(world: World) -> None:
    _made, token = actions.invite(world.lucia, "agent", "nora@condor.example")
    answer = world.client(world.olga).post(f"/join/{token}")
    assert answer.status_code == 403
    assert "nora@condor.example" in answer.content.decode()
    assert not Agent.objects.filter(brand=world.brand, user=world.olga.user).exists()


def test_preferences_are_ones_own_and_hold_at_once(world: World) -> None:
    client = world.client(world.bruno)
    form = {
        "name": "Bruno S.", "signature": "Bruno", "language": "en", "time_zone": "Atlantic/Canary",
        "theme": "dark", "after_send": "list",
        "email": "root@condor.example", "role": "owner", "is_staff": "1",
    }  # fmt: skip
    assert client.post(world.url("settings/preferences"), form).status_code == 302
    page = client.get(world.url("settings/preferences")).content.decode()
    assert "My preferences" in page
    assert 'data-theme="dark"' in page
    world.bruno.refresh_from_db()
    world.bruno.user.refresh_from_db()
    user = world.bruno.user
    assert (user.email, user.is_staff, world.bruno.role) == ("bruno@condor.example", False, "agent")
    assert (user.name, world.bruno.signature, user.time_zone) == ("Bruno S.", "Bruno", "Atlantic/Canary")
    for wrong in (
        {"theme": "neon"},
        {"time_zone": "x"},
        {"language": "tlh"},
        {"signature": "x" * 41},
        {"name": ""},
    ):
        assert client.post(world.url("settings/preferences"), {**form, **wrong}).status_code == 422


def test_markup_in_names_stays_words(world: World) -> None:
    world.bruno.user.name = "<img src=x onerror=alert(1)>"
    world.bruno.user.save()
    page = world.client(world.lucia).get(world.url("settings/people")).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
