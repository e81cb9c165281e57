"""Pictures of direct messages: fetched with our pass for who looks, and from nobody but X."""

from __future__ import annotations

import httpx
import pytest

from cortafuegos.channels import fetching
from cortafuegos.channels.contract import AccountView, Post, SendError
from cortafuegos.channels.x import wire
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake.network import XNetwork

from .conftest import heard, with_credentials

JPEG = b"\xff\xd8\xff" + b"x" * 90


@pytest.fixture
def asked(network: XNetwork, us: AccountView, address: str) -> Post:
    network.world.private = address
    network.people.dm("ana", "condor_air", "mira", media=(network.people.picture("ana", body=JPEG),))
    (post,) = heard(us)
    return post


def test_it_comes_from_here(us: AccountView, asked: Post) -> None:
    assert [(one.kind, one.url) for one in asked.attachments] == [("image", "")]
    assert connector.fetch(us, asked.ref, 0) == fetching.Fetched(JPEG, "image/jpeg")


def test_a_film_too(network: XNetwork, us: AccountView, address: str) -> None:
    network.world.private = address
    film = network.people.picture("ana", kind="video", body=b"film")
    network.people.dm("ana", "condor_air", "mira", media=(film,))
    (post,) = heard(us)
    assert connector.fetch(us, post.ref, 0) == fetching.Fetched(b"film", "video/mp4")


def test_what_x_does_not_give_raises_no_alarm(network: XNetwork, us: AccountView, asked: Post) -> None:
    with pytest.raises(fetching.Expired, match="own app"):
        connector.fetch(with_credentials(us, access_token="otro"), asked.ref, 0)
    network.world.messages.clear()
    with pytest.raises(fetching.Expired, match="own app"):
        connector.fetch(us, asked.ref, 0)


def test_pictures_of_posts_stay_links(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "así llegó", media=(network.people.picture("ana"),))
    (post,) = heard(us)
    assert post.attachments[0].url and "files" not in post.ref


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("https://ton.x.com/1.1/ton/data/dm/1/2/a.jpg", True),
        ("https://ton.twitter.com/1.1/ton/data/dm/1/2/a.jpg", True),
        ("https://pbs.twimg.com/media/a.jpg", False),
        ("https://video.twimg.com/dm_video/1/a.mp4", False),
    ],
)
def test_our_pass_is_shown_to_xs_own_doors_alone(
    us: AccountView, monkeypatch: pytest.MonkeyPatch, place: str, shown: bool
) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=JPEG)

    monkeypatch.setattr(wire.http(), "_transport", httpx.MockTransport(answer))
    assert connector.fetch(us, {"files": [place]}, 0).body == JPEG
    assert ("authorization" in asked[0].headers) is shown


@pytest.mark.parametrize(
    "place",
    [
        "https://evil.example/a.jpg",
        "https://ton.x.com.evil.example/a.jpg",
        "https://eviltwimg.com/a.jpg",
        "http://ton.x.com/a.jpg",
        "https://ton.x.com@evil.example/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://[::1",
    ],
)
def test_nobody_else_is_asked(us: AccountView, monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setattr(wire.http(), "stream", lambda *_args, **_how: pytest.fail("asked"))
    with pytest.raises(SendError, match="not its own"):
        connector.fetch(us, {"files": [place]}, 0)
