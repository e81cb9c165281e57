"""Tokens stand in the paths of links; nothing that goes wrong with a request may write them down."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.test import Client

from cortafuegos.channels.models import Account
from cortafuegos.kit import log
from cortafuegos.team import actions
from cortafuegos.team.tests.world import PASSWORD, World


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    log.configure({"level": "DEBUG"}, stream)
    yield stream
    log.configure()


def test_links_that_are_refused_are_not_written_down(world: World, lines: io.StringIO) -> None:
    link = actions.sign_in_link(world.bruno.user)
    _made, token = actions.invite(world.pilar, "agent")
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    secrets = [link, token, actions.setup_token()]
    for kind, secret in zip(("signin", "join", "setup"), secrets, strict=True):
        strict.post(f"/{kind}/{secret}", {})
        Client().post(f"/{kind}/{secret}", {"email": "x"})
        Client().post(f"/{kind}/{secret}", {"email": "x"})
    written = lines.getvalue()
    assert "/signin/[redacted]" in written
    assert "/join/[redacted]" in written
    assert not [secret for secret in secrets if secret in written]


def test_what_is_typed_to_come_in_or_connect_is_not_written_down(world: World, lines: io.StringIO) -> None:
    Client().post("/accounts/login/", {"login": "bruno@condor.example", "password": PASSWORD})
    Client().post("/accounts/login/", {"login": "bruno@condor.example", "password": f"{PASSWORD} no"})
    client = world.client(world.lucia)
    typed = {"name": "Formulario", "secret": "whsec_" + "muy-secreto" * 4}
    client.post(world.url("settings/accounts/new/webhook"), typed)
    client.post(world.url("settings/accounts/new/webhook"), typed)  # a second time: already there
    client.post(
        world.url("settings/accounts/new/mastodon"),
        {"server": "http://redes.example", "token": "tok-muy-secreto"},
    )
    assert Account.objects.count() == 1
    written = lines.getvalue()
    assert "account_connected" in written
    assert "muy-secreto" not in written
    assert PASSWORD not in written
