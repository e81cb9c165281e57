"""There and back by the network's own page: once, in time, by the same person, in the same brand."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session

from cortafuegos.channels import authorising
from cortafuegos.channels.models import Account
from cortafuegos.channels.tests import networks
from cortafuegos.inbox.tests import twin
from cortafuegos.team.tests.world import World, world

__all__ = ["world"]


@pytest.fixture
def hall(tmp_path):
    with networks.known(), twin.running(tmp_path) as found:
        yield found


@pytest.fixture
def code(hall, world):
    """What the network's page hands out when the person says yes."""
    return hall.account(world.elsewhere, "sandbox", "condor").credentials["token"]


def begin(world: World, hall, client=None, path="settings/accounts/new/hall/authorisation"):
    """The state and the address to come back to, as the network's page hears them."""
    client = client or world.client(world.lucia)
    answer = client.post(world.url(path), {"address": hall.address})
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer["Location"]).query)
    return client, query["state"][0], urlsplit(query["redirect_uri"][0]).path


def come_back(client, path: str, **query: str):
    """Where it ends, and what the person reads there."""
    answer = client.get(path, query, follow=True)
    return answer.redirect_chain[-1][0], answer.content.decode()


def test_there_and_back_connects(world, hall, code):
    client, state, path = begin(world, hall)
    assert path == "/connect/hall/return"
    there, said = come_back(client, path, state=state, code=code)
    account = Account.objects.get(network="hall")
    assert there == world.url(f"settings/accounts/{account.pk}/welcome")
    assert "condor" in said
    assert (account.brand, account.handle, account.credentials["token"]) == (world.brand, "condor", code)


def test_what_is_kept_meanwhile_is_sealed(world, hall):
    client, state, _path = begin(world, hall)
    kept = json.dumps(client.session["authorising"])
    assert state in kept
    assert hall.address not in kept
    assert "pkce" not in kept


def test_once_only(world, hall, code):
    client, state, path = begin(world, hall)
    come_back(client, path, state=state, code=code)
    Account.objects.filter(network="hall").delete()
    come_back(client, path, state=state, code=code)
    direct = client.get(world.url("settings/accounts/authorised/hall"), {"state": state, "code": code})
    assert direct.status_code == 302
    assert not Account.objects.filter(network="hall").exists()


@pytest.mark.parametrize("state", ["", "of-somebody-else", "x" * 100_000])
def test_a_state_that_was_not_begun_here_connects_nothing(world, hall, code, state):
    client, _state, path = begin(world, hall)
    come_back(client, path, state=state, code=code)
    client.get(world.url("settings/accounts/authorised/hall"), {"state": state[:1000], "code": code})
    assert not Account.objects.filter(network="hall").exists()


def test_another_person_cannot_use_it(world, hall, code):
    """An attacker's own return, sent to a victim as a link, must not connect the attacker's account."""
    _client, state, path = begin(world, hall)
    there, _said = come_back(world.client(world.pilar), path, state=state, code=code)
    assert "welcome" not in there
    anonymous = world.client(world.pilar)
    anonymous.logout()
    assert "login" in come_back(anonymous, path, state=state, code=code)[0]
    assert not Account.objects.filter(network="hall").exists()


def test_ten_minutes_and_no_longer(world, hall, code):
    client, state, path = begin(world, hall)
    session = client.session
    begun = session["authorising"]
    begun[state][0] -= authorising.SECONDS + 1
    session["authorising"] = begun
    session.save()
    there, said = come_back(client, path, state=state, code=code)
    assert there == world.url("settings/accounts")
    assert "ten minutes" in said or "diez minutos" in said
    assert not Account.objects.filter(network="hall").exists()


def test_the_brand_where_it_began_is_the_one_that_gets_it(world, hall, code):
    """Somebody in two brands: the return cannot be bent from the one into the other."""
    world.elsewhere.agents.create(user=world.lucia.user, role="owner")
    client, state, _path = begin(world, hall)
    other = f"/b/{world.elsewhere.slug}/settings/accounts/authorised/hall"
    client.get(other, {"state": state, "code": code})
    assert not Account.objects.filter(network="hall").exists()
    there, _said = come_back(client, "/connect/hall/return", state=state, code=code)
    assert there.endswith("/welcome"), "and the attempt did not use it up"


def test_who_may_not_connect_may_not_finish_either(world, hall, code):
    client, state, path = begin(world, hall)
    world.lucia.role = "agent"
    world.lucia.save()
    assert client.get(path, {"state": state, "code": code}, follow=True).status_code == 403
    assert (
        world.client(world.bruno).post(world.url("settings/accounts/new/hall/authorisation")).status_code
        == 403
    )
    assert not Account.objects.filter(network="hall").exists()


@pytest.mark.parametrize(
    ("query", "english"),
    [
        ({"error": "access_denied"}, "did not give the permission"),
        ({"error": "<script>alert(1)</script>", "error_description": "<b>odd</b>"}, "did not let us in"),
        ({}, "The token is missing"),
        ({"code": "sbx_wrong"}, "does not know this token"),
    ],
)
def test_what_went_wrong_is_said_where_one_can_begin_again(world, hall, query, english):
    world.lucia.user.language = "en"
    world.lucia.user.save()
    client, state, path = begin(world, hall)
    there, said = come_back(client, path, state=state, **query)
    assert there == world.url("settings/accounts/new/hall")
    assert english in said
    assert "<script>alert" not in said
    assert "<b>odd" not in said
    assert not Account.objects.filter(network="hall").exists()


def test_a_network_that_is_down_is_said_too(world, hall, code):
    client, state, path = begin(world, hall)
    hall.fault("server_error", on="GET /api/me")
    there, _said = come_back(client, path, state=state, code=code)
    assert there == world.url("settings/accounts/new/hall")
    assert not Account.objects.filter(network="hall").exists()


def test_what_is_missing_is_asked_for_before_anybody_leaves(world, hall):
    answer = world.client(world.lucia).post(world.url("settings/accounts/new/hall/authorisation"), {})
    assert answer.status_code == 422
    assert "Where is it?" in answer.content.decode()


def test_connecting_again_keeps_the_account_and_takes_no_other(world, hall, code):
    account = hall.account(world.brand, "hall", "condor")
    Account.objects.filter(pk=account.pk).update(state="refused", cursor={"since": 7})
    path = f"settings/accounts/{account.pk}/authorisation"
    client, state, back = begin(world, hall, path=path)
    stranger = hall.account(world.elsewhere, "hall", "faro").credentials["token"]
    there, said = come_back(client, back, state=state, code=stranger)
    assert there == world.url(f"settings/accounts/{account.pk}/credentials")
    assert "faro" in said
    _client, state, back = begin(world, hall, client, path)
    there, _said = come_back(client, back, state=state, code=code)
    assert there == world.url(f"settings/accounts/{account.pk}")
    account.refresh_from_db()
    assert (account.state, account.cursor, account.credentials["token"]) == ("ok", {"since": 7}, code)


def test_many_tabs_do_not_fill_the_session(world, hall, code):
    client = world.client(world.lucia)
    states = [begin(world, hall, client)[1] for _ in range(authorising.MOST + 3)]
    assert list(client.session["authorising"]) == states[-authorising.MOST :]
    assert Session.objects.count() == 1
    there, _said = come_back(client, "/connect/hall/return", state=states[-2], code=code)
    assert there.endswith("/welcome")


def test_networks_without_such_a_page_have_no_such_button(world, hall):
    client = world.client(world.lucia)
    assert client.post(world.url("settings/accounts/new/sandbox/authorisation")).status_code == 404
    assert "authorisation" not in client.get(world.url("settings/accounts/new/sandbox")).content.decode()
    assert "authorisation" in client.get(world.url("settings/accounts/new/hall")).content.decode()


def test_a_secret_of_the_installation_that_changed_meanwhile(world, hall, code, monkeypatch):
    client, state, path = begin(world, hall)
    monkeypatch.setenv("CORTAFUEGOS_SECRET", "another secret of this installation, long enough")
    there, _said = come_back(client, path, state=state, code=code)
    assert "welcome" not in there
    assert not Account.objects.filter(network="hall").exists()
