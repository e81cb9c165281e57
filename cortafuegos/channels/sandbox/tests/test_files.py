"""Files on the sandbox network: given, named in a post, shown; and what it does not take."""

from __future__ import annotations

import base64

import pytest

from cortafuegos.channels.contract import AccountView, Found, Media, SendError, Sent
from cortafuegos.channels.sandbox.client import http
from cortafuegos.channels.sandbox.connector import connector

from .conftest import Network, connect
from .test_circle import news, reply

PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PHOTO = Media("cinta.png", "image/png", PICTURE, 'La cinta 7, "parada" <b>')


@pytest.mark.parametrize("private", [False, True])
def test_a_picture_is_shown_where_it_was_answered(network: Network, desk: AccountView, private: bool) -> None:
    network.says("marta", "@tienda_ayuda ¿cómo va?", **({"to": "tienda_ayuda"} if private else {}))
    (post,) = news(desk)
    sent = connector.send(desk, reply(post, media=(PHOTO, Media("a.pdf", "application/pdf", b"%PDF-1.7"))))
    said = connector.find(desk, reply(post))
    assert isinstance(said, Sent) and said.network_id == sent.network_id
    with network.store.read() as db:
        secrets = [row["secret"] for row in db.execute("SELECT secret FROM media ORDER BY id")]
    shown, given = (http().get(f"{network.address}/media/{secret}") for secret in secrets)
    assert (shown.content, shown.headers["content-type"]) == (PICTURE, "image/png")
    assert "sandbox" in shown.headers["content-security-policy"]
    assert given.headers["content-disposition"] == "attachment"
    assert http().get(f"{network.address}/media/1").status_code == 404
    page = http().get(f"{network.address}/", headers={"Cookie": "sandbox_as=marta"}).text
    assert f"/media/{secrets[0]}" in page and "<b>" not in page


def test_another_desk_reads_what_hangs_on_a_post(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda @tienda ¿cómo va?")
    (post,) = news(desk)
    connector.send(desk, reply(post, media=(PHOTO,)))
    other = news(connect(network, "tienda"))[-1]
    (there,) = other.attachments
    assert (there.kind, there.name, there.media_type) == ("image", "cinta.png", "image/png")
    assert (there.size, there.alt) == (len(PICTURE), PHOTO.alt)
    assert http().get(there.url).content == PICTURE


@pytest.mark.parametrize(
    "media",
    [
        Media("a.svg", "image/svg+xml", b"<svg/>"),
        Media("a.png", "image/png", b""),
        Media("a.png", "image/png", PICTURE, "a" * 1_001),
    ],
)
def test_what_it_does_not_take_is_said_and_nothing_posted(
    network: Network, desk: AccountView, media: Media
) -> None:
    network.says("marta", "@tienda_ayuda hola")
    (post,) = news(desk)
    with pytest.raises(SendError) as refused:
        connector.send(desk, reply(post, media=(media,)))
    assert refused.value.permanent
    assert connector.find(desk, reply(post)) is Found.ABSENT


def test_somebody_elses_file_is_not_ours_to_post(network: Network, desk: AccountView) -> None:
    network.says("marta", "@tienda_ayuda @tienda hola")
    (post,) = news(desk)
    connector.send(desk, reply(post, media=(PHOTO,)))
    token = connect(network, "tienda").credentials["token"]
    answer = http().post(
        f"{network.address}/api/posts",
        json={"text": "Mío", "media": [1]},
        headers={"Authorization": f"Bearer {token}"},
    )
    assert answer.status_code == 422
