"""What the connect page says, and what happens when credentials end: against the reference network."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import json
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.utils import translation

from cortafuegos.channels.bluesky import session
from cortafuegos.channels.bluesky.connector import Bluesky
from cortafuegos.channels.contract import ConnectError, HealthState, Refused
from e2e.networks.bluesky import BlueskyNetwork

from .conftest import Desk, answer, mention

TWIN = pytest.mark.network_twin
DEV_SECRET = b"jwt-secret"  # with which the reference network signs its tokens


@pytest.fixture(scope="module")
def form(network: BlueskyNetwork) -> dict[str, str]:
    """Of a brand that is only signed in to: at most thirty times in five minutes."""
    return network.connect_form(network.account("conectada"))


def refused(form: dict[str, str]) -> tuple[str, str]:
    with pytest.raises(ConnectError) as error:
        Bluesky().connect(form)
    return str(error.value.sentence), error.value.field


@TWIN
@pytest.mark.parametrize(
    "dress", ["{}", "@{}", " {} ", "https://bsky.app/profile/{}/", "\u202a{}\u202c", "{} "]
)
def test_a_handle_may_be_pasted_as_people_have_it(form: dict[str, str], dress: str) -> None:
    connected = Bluesky().connect({**form, "handle": dress.format("Conectada.TEST")})
    assert connected.network_id.startswith("did:plc:") and connected.handle == "conectada.test"
    assert connected.config["direct_messages"] is True


@TWIN
@pytest.mark.parametrize(
    ("changes", "says", "field"),
    [
        ({"password": "aaaa-bbbb-cccc-dddd"}, "app password is not right", "password"),
        ({"handle": "nadie-de-aqui.test"}, "no account with that handle", "handle"),
        ({"handle": "dos palabras"}, "looks like", "handle"),
        ({"handle": "solo"}, "looks like", "handle"),
        ({"handle": " "}, "Write the account", "handle"),
        ({"password": ""}, "Write the app password", "password"),
    ],
)
def test_what_is_wrong_is_said_plainly(
    form: dict[str, str], changes: dict[str, str], says: str, field: str
) -> None:
    sentence, where = refused({**form, **changes})
    assert says in sentence
    assert where == field


def test_it_is_said_in_the_language_of_who_asks() -> None:
    with translation.override("es"):
        assert refused({"handle": "", "password": "x"}) == (
            "Escribe el nombre de usuario de la cuenta.",
            "handle",
        )


@TWIN
def test_the_main_password_is_not_taken(form: dict[str, str]) -> None:
    sentence, where = refused({**form, "password": "clave-de-conectada"})
    assert "own password" in sentence and where == "password"


@TWIN
def test_too_many_attempts_are_told_with_the_time_to_wait(form: dict[str, str]) -> None:
    wrong = {**form, "handle": "muchos-intentos.test"}
    with ThreadPoolExecutor(6) as several:
        list(several.map(refused, [wrong] * 30))
    sentence, _ = refused(wrong)
    assert "pause" in sentence and "minute" in sentence


@pytest.mark.parametrize(
    ("service", "says"),
    [
        ("http://datos.example", "https"),
        ("ftp://datos.example", "not a web address"),
        ("https://datos.example:99999", "not a web address"),
        ("https://user:pass@datos.example", "not a web address"),
        ("https://", "not a web address"),
    ],
)
def test_an_address_that_cannot_be_is_said_so(service: str, says: str) -> None:
    sentence, field = refused({"service": service, "handle": "lumbre.example", "password": "x"})
    assert says in sentence
    assert field == "service"


def test_a_server_that_is_not_there_is_said_so() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    sentence, field = refused({"service": f"http://127.0.0.1:{port}", "handle": "a.example", "password": "x"})
    assert "does not answer" in sentence and field == "service"


@TWIN
def test_a_revoked_app_password_is_refused_everywhere(desk: Desk, customers: Callable[[str], Any]) -> None:
    customers("ana").send_post(mention(desk, "hola"))
    post = desk.next_post()
    assert desk.connector.health(desk.account).state is HealthState.OK
    desk.network.revoke(desk.person)
    # The access token in memory lives on for two hours; the check-up must not be fooled by it.
    health = desk.connector.health(desk.account)
    assert health.state is HealthState.REFUSED and "app password" in health.detail
    for fresh in (desk.connector, Bluesky()):
        with pytest.raises(Refused, match="app password"):
            fresh.poll(desk.account, {})
        with pytest.raises(Refused):
            fresh.send(desk.account, answer(post, "Hola"))
        with pytest.raises(Refused):
            fresh.find(desk.account, answer(post, "Hola"))


@TWIN
def test_an_expired_token_is_renewed_without_the_password(desk: Desk) -> None:
    opened = session.sign_in(desk.network.service, desk.person.did, desk.account.credentials["password"])
    forgetful = dataclasses.replace(desk.account, credentials={"password": "forgotten"})
    connector = Bluesky()
    put(connector, forgetful, dataclasses.replace(opened, access=expired(opened.access)))
    assert connector.poll(forgetful, {}).deliveries == []
    assert connector.set_profile(forgetful, "Seguimos aquí") is True


@TWIN
@pytest.mark.parametrize(
    "spoil", [lambda token: expired(token), lambda token: "rub.bi.sh", lambda token: token[:-4]]
)
def test_when_renewing_fails_the_password_opens_again(desk: Desk, spoil: Callable[[str], str]) -> None:
    opened = session.sign_in(desk.network.service, desk.person.did, desk.account.credentials["password"])
    connector = Bluesky()
    spoilt = dataclasses.replace(opened, access=spoil(opened.access), refresh=spoil(opened.refresh))
    put(connector, desk.account, spoilt)
    assert connector.poll(desk.account, {}).deliveries == []


def put(connector: Bluesky, account: Any, opened: session.Session) -> None:
    connector._sessions._sessions[session._name(account)] = opened


def expired(token: str) -> str:
    """The same token as the network would have made it long ago."""
    header, payload, _ = token.split(".")
    claims = {
        **json.loads(base64.urlsafe_b64decode(payload + "==")),
        "iat": 1_600_000_000,
        "exp": 1_600_000_001,
    }
    old = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    signature = hmac.new(DEV_SECRET, f"{header}.{old}".encode(), hashlib.sha256).digest()
    return f"{header}.{old}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


@TWIN
def test_a_deactivated_account_is_refused(desk: Desk, customers: Callable[[str], Any]) -> None:
    customers("ana").send_post(mention(desk, "hola"))
    post = desk.next_post()
    desk.network.client(desk.person).com.atproto.server.deactivate_account({})
    with pytest.raises(Refused, match="deactivated"):
        desk.connector.send(desk.account, answer(post, "Hola"))
    for connector in (desk.connector, Bluesky()):
        health = connector.health(desk.account)
        assert health.state is HealthState.REFUSED and "deactivated" in health.detail
    assert "deactivated" in refused(desk.network.connect_form(desk.person))[0]


@TWIN
def test_no_secret_shows_in_an_error(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    desk.poll()
    desk.network.revoke(desk.person)
    with pytest.raises(Refused) as error:
        Bluesky().poll(desk.account, {})
    secret = desk.account.credentials["password"]
    assert secret not in repr(error.value) + caplog.text
    assert "eyJ" not in caplog.text  # no token either
