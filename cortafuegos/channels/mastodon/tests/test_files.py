"""Pictures and films on Mastodon: given to the server, named in the post, posted once."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from cortafuegos.channels.contract import AccountView, Media, Post, Refused, SendError, Sent
from cortafuegos.channels.mastodon import media as sending
from cortafuegos.channels.mastodon.connector import connector
from e2e.networks.lossy import lossy_proxy
from e2e.networks.mastodon import MastodonServer

from .conftest import account_on, answer, poll_posts

pytestmark = pytest.mark.network_twin
PHOTO = Media("cinta.jpg", "image/jpeg", b"\xff\xd8\xff photo", "La cinta 7, parada")
OTHER = Media("mapa.png", "image/png", b"\x89PNG map")


@pytest.fixture
def asked(server: MastodonServer, marca: AccountView) -> Post:
    server.client("ana").status_post("@marca ¿y mi maleta?")
    return poll_posts(marca)[-1]


def attached(server: MastodonServer, marca: AccountView, sent: Sent) -> list[dict[str, Any]]:
    status = server.client("marca").status(sent.ref["id"])
    return [dict(one) for one in status.media_attachments]


def test_pictures_hang_on_the_answer_in_their_order(server, marca, asked):
    sent = connector.send(marca, answer(asked, "Así está ahora", media=(PHOTO, OTHER)))
    there = attached(server, marca, sent)
    assert [(one["type"], one["description"]) for one in there] == [
        ("image", "La cinta 7, parada"),
        ("image", None),
    ]


def test_the_same_press_twice_is_one_post(server, marca, asked):
    wanted = answer(asked, "Así está ahora", media=(PHOTO,))
    first, again = connector.send(marca, wanted), connector.send(marca, wanted)
    assert first.network_id == again.network_id
    found = connector.find(marca, wanted)
    assert isinstance(found, Sent) and found.network_id == first.network_id
    assert len(attached(server, marca, first)) == 1


def test_what_the_server_says_of_files_counts(marca):
    files = connector.files(marca, public=True, to_public=True)
    assert (files.most, files.alt) == (4, 1500)
    assert files.most_bytes("image/jpeg") > 1_000_000 and files.most_bytes("application/pdf") == 0
    assert files.goes_alone("video/mp4") and not files.goes_alone("image/gif")
    own = dataclasses.replace(marca, config={**marca.config, "media": {"most": 16, "alt": 300, "image": 7}})
    files = connector.files(own, public=True, to_public=True)
    assert (files.most, files.alt, files.most_bytes("image/png")) == (16, 300, 7)


def test_what_servers_say_is_read_with_care():
    told = {
        "configuration": {
            "statuses": {"max_media_attachments": 6},
            "media_attachments": {
                "image_size_limit": "big",
                "video_size_limit": -1,
                "description_limit": True,
            },
        }
    }
    assert sending.limits(told) == {"most": 6}
    assert sending.limits({"configuration": None}) == {}


def test_a_token_without_the_scope_says_so_before_anybody_attaches(marca):
    poor = dataclasses.replace(marca, config={**marca.config, "no_media": True})
    files = connector.files(poor, public=True, to_public=True)
    assert not files.sizes and "write:media" in str(files.note)


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [
        ({"status": 401}, (Refused, {})),
        ({"status": 403}, (SendError, {"permanent": True, "lost": False})),
        ({"status": 422, "body": {"error": "Demasiado grande"}}, (SendError, {"permanent": True})),
        ({"status": 302, "headers": {"Location": "/elsewhere"}}, (SendError, {"permanent": False})),
        ({"status": 500}, (SendError, {"permanent": False, "lost": False})),
        ({"status": 504}, (SendError, {"permanent": False, "lost": False})),
        ({"type": "malformed"}, (SendError, {"permanent": False, "lost": False})),
        ({"type": "ratelimit"}, (SendError, {"permanent": False, "lost": False})),
    ],
)
def test_a_file_that_does_not_arrive_leaves_nothing_said(server, marca, asked, effect, outcome):
    server.fault("/api/v2/media", method="POST", **effect)
    with pytest.raises(outcome[0]) as failed:
        connector.send(marca, answer(asked, "Así está ahora", media=(PHOTO,)))
    for name, value in outcome[1].items():
        assert getattr(failed.value, name) == value, name
    assert not server.client("ana").notifications(types=["mention"])
    connector.send(marca, answer(asked, "Así está ahora", media=(PHOTO,)))
    assert len(server.client("ana").notifications(types=["mention"])) == 1


@pytest.mark.parametrize(
    ("marker", "lost"), [(b"POST /api/v2/media", False), (b"POST /api/v1/statuses", True)]
)
def test_an_answer_that_is_lost_on_the_way_posts_once(server, marca, asked, marker, lost):
    with lossy_proxy(server.port) as proxy:
        through = account_on(server, "marca", proxy.port)
        wanted = answer(asked, "Así está ahora", media=(PHOTO,))
        wanted.target.ref["server"] = through.config["server"]
        proxy.lose_after(marker)
        with pytest.raises(SendError) as failed:
            connector.send(through, wanted)
        assert (failed.value.lost, failed.value.permanent, proxy.lost) == (lost, False, 1)
        if lost:
            assert isinstance(connector.find(through, wanted), Sent)
        connector.send(through, wanted)
    assert len(server.client("ana").notifications(types=["mention"])) == 1


def test_a_film_that_is_still_being_prepared_is_waited_for(server, marca, asked, monkeypatch):
    monkeypatch.setattr(sending, "PATIENCE", 0.2)
    film = Media("cinta.mp4", "video/mp4", b"\0\0\0\x18ftypmp42")
    pending = {"id": "999", "type": "video", "url": None}
    server.fault("/api/v2/media", method="POST", status=202, body=pending)
    server.fault("/api/v1/media/999", count=50, status=206, body=pending)
    with pytest.raises(SendError) as failed:
        connector.send(marca, answer(asked, "Así está ahora", media=(film,)))
    assert (failed.value.permanent, failed.value.lost) == (False, False)
    assert not server.client("ana").notifications(types=["mention"])
