"""Files in: shown from here, by Meta's own addresses only, without our token, anew when an address ended."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cortafuegos.channels import fetching, registry
from cortafuegos.channels.contract import SendError
from cortafuegos.channels.meta import graph

from .helpers import account_on, polled, pushed

JPEG = b"\xff\xd8\xff" + b"x" * 90
FILM = b"\0\0\0 ftypisom" + b"y" * 90
NETWORKS = ("facebook", "instagram")


@pytest.fixture
def page(meta):
    return meta.page("Lumbre", instagram="lumbre.energia")


@pytest.fixture
def files(meta):
    return [meta.shelf.keep("caja.jpg", "image/jpeg", JPEG), meta.shelf.keep("caja.mp4", "video/mp4", FILM)]


def asked(meta, page, files, network):
    account = account_on(network, meta.form(page))
    meta.message(meta.person("Luis"), page, "mira", instagram=network == "instagram", files=files)
    return account


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("way", [pushed, lambda account, meta: polled(account)[0]])
def test_files_of_a_message_come_from_here(meta, page, files, network, way):
    account, connector = asked(meta, page, files, network), registry.connector(network)
    (post,) = way(account, meta)
    assert [(one.kind, one.url) for one in post.attachments] == [("image", ""), ("video", "")]
    assert connector.fetch(account, post.ref, 0) == fetching.Fetched(JPEG, "image/jpeg")
    assert connector.fetch(account, post.ref, 1) == fetching.Fetched(FILM, "video/mp4")
    with pytest.raises(fetching.Expired):
        connector.fetch(account, post.ref, 2)


@pytest.mark.parametrize("network", NETWORKS)
def test_an_address_that_ended_is_asked_for_anew(meta, page, files, network):
    account, connector = asked(meta, page, files, network), registry.connector(network)
    (post,) = pushed(account, meta)
    meta.shelf.turn += 1
    assert connector.fetch(account, post.ref, 1).body == FILM
    meta.faults.arm(on="GET /v", status=503)
    with pytest.raises(SendError) as later:
        connector.fetch(account, post.ref, 1)
    assert not later.value.permanent
    meta.exchanges.clear()
    with pytest.raises(fetching.Expired):
        connector.fetch(account, post.ref, 1)


@pytest.mark.parametrize("way", [pushed, lambda account, meta: polled(account)[0]])
def test_the_picture_of_a_comment(meta, page, files, way):
    account, connector = account_on("facebook", meta.form(page)), registry.connector("facebook")
    comment = meta.comment(meta.person("Ana"), meta.post(page, "Hola"), "así llegó", file=files[0])
    post = way(account, meta)[-1]
    assert [(one.kind, one.url) for one in post.attachments] == [("image", "")]
    assert connector.fetch(account, post.ref, 0).body == JPEG
    meta.shelf.turn += 1
    assert connector.fetch(account, post.ref, 0).body == JPEG
    meta.delete(comment)
    with pytest.raises(fetching.Expired):
        connector.fetch(account, post.ref, 0)


def test_our_token_stays_at_home(meta, page, files, monkeypatch):
    account = asked(meta, page, files, "facebook")
    (post,) = pushed(account, meta)
    seen = []
    graph.client().event_hooks["request"] = [seen.append]
    try:
        registry.connector("facebook").fetch(account, post.ref, 0)
    finally:
        graph.client().event_hooks["request"] = []
    (request,) = seen
    assert "authorization" not in request.headers
    assert account.credentials["token"] not in str(request.url)


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/1.jpg",
        "https://fbcdn.net.evil.example/1",
        "https://evilfbcdn.net/1",
        "http://scontent.fbcdn.net/1",
        "https://scontent.fbcdn.net@evil.example/1",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "https://[::1",
    ],
)
def test_nothing_is_asked_of_anybody_else(meta, page, address):
    """Neither where somebody pushed another address, nor where one got into what we hold."""
    account, connector = account_on("facebook", meta.form(page)), registry.connector("facebook")
    with pytest.raises(SendError) as strange:
        connector.fetch(account, {"kind": "comment", "id": "1_2", "files": [address]}, 0)
    assert strange.value.permanent and not isinstance(strange.value, fetching.Expired)


def test_what_lies_elsewhere_stays_a_link(meta, page):
    meta.message(meta.person("Luis"), page, "¿y esto?", instagram=True, story="https://cdn.example/s.jpg")
    account = account_on("instagram", meta.form(page))
    (post,) = pushed(account, meta)
    assert [one.url for one in post.attachments] == ["https://cdn.example/s.jpg"]
    assert "files" not in post.ref
    real = replace(account, config={**account.config, "graph": graph.ADDRESS})
    meta.message(
        meta.person("Eva"), page, "mira", instagram=True, story="https://scontent.cdninstagram.com/s"
    )
    body = meta.pushes()[0]
    (post,) = registry.connector("instagram").read(real, body)
    assert post.attachments[0].url == "" and post.ref["files"] == ["https://scontent.cdninstagram.com/s"]
