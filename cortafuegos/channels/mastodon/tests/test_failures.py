"""What goes wrong between a server and us, and what becomes of the words."""

from __future__ import annotations

import pytest

from cortafuegos.channels.contract import AccountView, ConnectError, HealthState, Refused, SendError
from cortafuegos.channels.mastodon.connector import connector
from e2e.networks.lossy import lossy_proxy
from e2e.networks.mastodon import MastodonServer

from .conftest import account_on, answer, poll_posts

pytestmark = pytest.mark.network_twin


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [
        ({"status": 401}, (Refused, {})),
        ({"status": 403}, (Refused, {})),
        ({"status": 404}, (SendError, {"permanent": True, "lost": False})),
        ({"status": 422, "body": {"error": "Demasiado largo"}}, (SendError, {"permanent": True})),
        ({"status": 500}, (SendError, {"permanent": False, "lost": False})),
        ({"status": 504}, (SendError, {"permanent": False, "lost": True})),
        ({"type": "malformed"}, (SendError, {"permanent": False, "lost": True})),
        ({"type": "ratelimit"}, (SendError, {"permanent": False, "lost": False})),
        (
            {"status": 429, "headers": {"X-RateLimit-Reset": "2999-01-01T00:00:00.000000Z"}},
            (SendError, {"permanent": False, "retry_after": 900.0}),
        ),
        ({"status": 302, "headers": {"Location": "/elsewhere"}}, (SendError, {"permanent": False})),
    ],
)
def test_what_the_server_answers_decides_what_happens_next(
    server: MastodonServer, marca: AccountView, effect: dict, outcome: tuple
) -> None:
    server.client("ana").status_post("@marca ¿hola?")
    (post,) = poll_posts(marca)
    server.fault("/api/v1/statuses", method="POST", **effect)
    with pytest.raises(outcome[0]) as failed:
        connector.send(marca, answer(post, "Hola"))
    for name, value in outcome[1].items():
        assert getattr(failed.value, name) == value, name
    assert marca.credentials["token"] not in repr(failed.value)
    if effect.get("type") == "ratelimit":
        assert 250 < failed.value.retry_after < 350
    if effect.get("status") == 422:
        assert "Demasiado largo" in failed.value.reason


def test_a_server_that_is_down_never_got_the_reply(server: MastodonServer, marca: AccountView) -> None:
    server.client("ana").status_post("@marca ¿hola?")
    (post,) = poll_posts(marca)
    with lossy_proxy(server.port) as proxy:
        port = proxy.port
    down = AccountView(
        **{
            f: getattr(marca, f) for f in ("id", "network", "network_id", "handle", "language", "credentials")
        },
        config={**marca.config, "server": f"http://127.0.0.1:{port}"},
    )
    post.ref["server"] = down.config["server"]
    with pytest.raises(SendError) as failed:
        connector.send(down, answer(post, "Hola"))
    assert (failed.value.lost, failed.value.permanent) == (False, False)
    assert connector.health(down).state is HealthState.DEGRADED


def test_a_failure_in_the_middle_keeps_what_was_whole(server: MastodonServer, marca: AccountView) -> None:
    ana, luis = server.client("ana"), server.client("luis")
    ana.status_post("@marca una")
    root = luis.status_post("hola")
    reply = ana.status_reply(root, "@marca dos")
    server.fault(f"/api/v1/statuses/{reply.id}/context", type="ratelimit")
    first = connector.poll(marca, {})
    assert len(first.deliveries) == 1
    (second,) = connector.poll(marca, first.cursor).deliveries
    assert connector.read(marca, second)[0].conversation == root.uri


def test_a_revoked_token_is_refused_everywhere(server: MastodonServer, marca: AccountView) -> None:
    assert connector.health(marca).state is HealthState.OK
    assert connector.set_profile(marca, "Te contestamos de 9 a 20 h.")
    assert "de 9 a 20 h" in server.client("marca").me().note
    server.revoke("marca")
    assert connector.health(marca).state is HealthState.REFUSED
    with pytest.raises(Refused):
        connector.poll(marca, {})
    with pytest.raises(Refused):
        connector.set_profile(marca, "x")


def test_connecting_says_plainly_what_is_wrong(server: MastodonServer) -> None:
    cases = [
        ({"server": server.url, "token": "wrong"}, "token"),
        ({"server": server.url, "token": "two words"}, "token"),
        ({"server": "http://mastodon.example", "token": "x"}, "server"),
        ({"server": "not a host", "token": "x"}, "server"),
        ({"server": "https://[", "token": "x"}, "server"),
        ({"server": "http://127.0.0.1:1", "token": "x"}, "server"),
        ({"server": f"{server.url}", "token": "/etc/hostname"}, "token"),
    ]
    for form, field in cases:
        with pytest.raises(ConnectError) as wrong:
            connector.connect(form)
        assert wrong.value.field == field, form
        assert str(wrong.value.sentence).endswith((".", "?"))


def test_a_token_that_may_not_write_is_told_at_once(server: MastodonServer) -> None:
    server.fault("/api/v1/apps/verify_credentials", status=200, body={"name": "x", "scopes": ["read"]})
    with pytest.raises(ConnectError) as wrong:
        connector.connect({"server": server.url, "token": server.token("marca")})
    assert "write:statuses" in str(wrong.value.sentence)
    assert "read:" not in str(wrong.value.sentence)


def test_something_that_is_not_mastodon(server: MastodonServer) -> None:
    for fault in ({"type": "malformed"}, {"status": 500}, {"status": 200, "body": ["no"]}):
        server.fault("/api/v2/instance/", **fault)
        with pytest.raises(ConnectError) as wrong:
            connector.connect({"server": server.url, "token": server.token("marca")})
        assert wrong.value.field == "server"


def test_an_older_server_describes_itself_at_the_older_place(server: MastodonServer) -> None:
    server.fault("/api/v2/instance/", status=404)
    body = {"uri": "vieja.test", "configuration": {"statuses": {"max_characters": 1000}}}
    server.fault("/api/v1/instance/", status=200, body=body)
    account = account_on(server, "marca")
    assert account.handle == "marca@vieja.test"
    assert connector.limits(account, public=True).length == 1000 - 32
