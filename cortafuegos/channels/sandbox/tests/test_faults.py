"""Each fault of the panel, and that the desk loses nothing and sends nothing twice."""

from __future__ import annotations

import dataclasses

import pytest

from cortafuegos.channels.contract import (
    AccountView,
    Delivery,
    Forged,
    Found,
    HealthState,
    Refused,
    SendError,
    Sent,
)
from cortafuegos.channels.sandbox import pusher
from cortafuegos.channels.sandbox.client import http
from cortafuegos.channels.sandbox.connector import connector
from cortafuegos.channels.sandbox.store import Store

from .conftest import Ear, Network, now
from .test_circle import news, reply


def failing(network: Network, desk: AccountView, kind: str, **params: object) -> SendError:
    network.says("marta", "@tienda_ayuda hola")
    out = reply(news(desk)[-1])
    network.fault(kind, on="POST /api/posts", **params)
    with pytest.raises(SendError) as failed:
        connector.send(desk, out)
    return failed.value


@pytest.mark.parametrize("kind", ["lose_answer", "half_body", "wrong_type"])
def test_a_lost_answer_is_found_and_not_sent_again(network: Network, desk: AccountView, kind: str) -> None:
    before = network.count()
    error = failing(network, desk, kind)
    assert error.lost
    assert not error.permanent
    assert network.count() == before + 2, "the network took it"
    found = connector.find(desk, reply(news(desk)[-1]))
    assert isinstance(found, Sent)
    # Even a desk that does not look gets no second post.
    assert connector.send(desk, reply(news(desk)[-1])).network_id == found.network_id
    assert network.count() == before + 2


def test_a_failure_before_the_post_leaves_nothing(network: Network, desk: AccountView) -> None:
    before = network.count()
    error = failing(network, desk, "server_error", status=502)
    assert error.lost, "a 502 does not tell whether it was done"
    assert network.count() == before + 1
    assert connector.find(desk, reply(news(desk)[-1])) is Found.ABSENT


@pytest.mark.parametrize(
    ("params", "wait"), [({"retry_after": 7}, 7.0), ({}, None), ({"retry_after": "soon"}, None)]
)
def test_too_many_requests(
    network: Network, desk: AccountView, params: dict[str, object], wait: object
) -> None:
    error = failing(network, desk, "rate_limit", **params)
    assert error.retry_after == wait
    assert not error.permanent
    assert not error.lost
    connector.send(desk, reply(news(desk)[-1]))  # the fault was armed for one time only


def test_a_slow_answer_is_waited_for(network: Network, desk: AccountView) -> None:
    network.fault("delay", seconds=0.3, on="GET /api/notifications")
    network.says("marta", "@tienda_ayuda hola")
    assert len(news(desk)) == 1


def test_an_answer_that_never_comes_is_given_up_within_ten_seconds(
    network: Network, desk: AccountView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cortafuegos.channels.sandbox.client.TIMEOUT_SECONDS", 0.3)
    error = failing(network, desk, "lose_answer", hang=2)
    assert error.lost


def test_an_author_who_blocks_us(network: Network, desk: AccountView) -> None:
    assert failing(network, desk, "forbidden").permanent


def test_a_revoked_token_blocks_everything(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda hola")
    out = reply(news(desk)[-1])
    network.fault("revoke_token", handle="tienda_ayuda")
    for attempt in (
        lambda: connector.send(desk, out),
        lambda: connector.find(desk, out),
        lambda: connector.poll(desk, {}),
        lambda: connector.thread(desk, out.target),
        lambda: connector.set_profile(desk, "hola"),
    ):
        with pytest.raises(Refused):
            attempt()
    assert connector.health(desk).state is HealthState.REFUSED


def test_a_deleted_post_cannot_be_answered(network: Network, desk: AccountView) -> None:
    said = network.says("marta", "@tienda_ayuda hola")
    (post,) = news(desk)
    network.fault("delete_post", post=said["uri"])
    with pytest.raises(SendError) as failed:
        connector.send(desk, reply(post))
    assert failed.value.permanent
    assert connector.thread(desk, reply(post).target) == []


def test_a_network_that_is_gone(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda hola")
    (post,) = news(desk)
    nowhere = dataclasses.replace(desk, config={"address": "http://127.0.0.1:9"})
    with pytest.raises(SendError) as failed:
        connector.send(nowhere, reply(post))
    assert not failed.value.lost, "it never left"
    assert connector.health(nowhere).state is HealthState.DEGRADED


def test_the_panel_needs_the_admin_token(network: Network, desk: AccountView) -> None:
    for token in ("_", "x y", desk.credentials["token"], "ñ"):
        headers = {"Authorization": f"Bearer {token}".encode()}
        answer = http().post(f"{network.address}/api/admin/faults", json={"kind": "delay"}, headers=headers)
        assert answer.status_code == 401
    answer = http().post(
        f"{network.address}/api/admin/faults",
        json={"kind": "meteorite"},
        headers={"Authorization": f"Bearer {network.store.admin_token}"},
    )
    assert answer.status_code == 422
    assert "revoke_token" in answer.json()["error"]


def push(store: Store, times: int = 1, later: float = 0) -> None:
    from datetime import timedelta

    for _ in range(times):
        pusher.push_due(store, now() + timedelta(seconds=later))


def test_pushes_are_repeated_until_they_are_taken(network: Network, desk: AccountView, ear: Ear) -> None:
    ear.answer = lambda attempt: 500 if attempt < 3 else 204
    network.says("marta", "@tienda_ayuda hola")
    push(network.store)
    push(network.store)
    assert len(ear.heard) == 1, "not again before its time"
    push(network.store, later=2)
    push(network.store, later=5)
    push(network.store, later=900)
    assert len(ear.heard) == 3, "and not again once taken"
    assert len({body for _, body in ear.heard}) == 1


def test_waits_grow_and_stay_bounded() -> None:
    waits = [pusher.backoff(n) for n in (1, 2, 3, 9, 10, 300)]
    assert waits == [1, 2, 4, 256, 300, 300]


def test_duplicated_reordered_and_late_pushes(network: Network, desk: AccountView, ear: Ear) -> None:
    network.fault("duplicate_push")
    network.says("marta", "@tienda_ayuda uno")
    push(network.store)
    assert len({connector.key(desk, Delivery("", b, h)) for h, b in ear.heard}) == 1
    assert len(ear.heard) == 2

    ear.heard.clear()
    network.fault("reorder_push")
    for word in ("dos", "tres"):
        network.says("marta", f"@tienda_ayuda {word}")
    push(network.store)
    texts = [connector.read(desk, Delivery("", b, h))[0].text for h, b in ear.heard]
    assert texts == ["@tienda_ayuda tres", "@tienda_ayuda dos"]

    ear.heard.clear()
    network.fault("late_push", seconds=30)
    network.says("marta", "@tienda_ayuda cuatro")
    push(network.store)
    assert ear.heard == []
    push(network.store, later=31)
    assert len(ear.heard) == 1


@pytest.mark.parametrize("kind", ["stale_push", "forged_push"])
def test_stale_and_forged_pushes_are_refused(
    network: Network, desk: AccountView, ear: Ear, kind: str
) -> None:
    network.fault(kind)
    network.says("marta", "@tienda_ayuda hola")
    push(network.store)
    ((headers, body),) = ear.heard
    with pytest.raises(Forged):
        connector.verify(desk, Delivery("", body, headers), now())


def test_a_dead_desk_does_not_stop_the_pushes_of_another(
    network: Network, desk: AccountView, ear: Ear
) -> None:
    from cortafuegos.channels.sandbox import accounts

    with network.store.write() as db:
        row = accounts.by_handle(db, "tienda")
        accounts.ensure_webhook(db, row, "http://127.0.0.1:9/hook", "x" * 20)
    network.says("marta", "@tienda y @tienda_ayuda, hola")
    push(network.store)
    assert len(ear.heard) == 1
