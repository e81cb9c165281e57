"""Pictures on Bluesky, judged by the reference network: its lexicon, its blobs, its views."""

from __future__ import annotations

import base64
import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from cortafuegos.channels.contract import Media, SendError, Sent
from e2e.networks.lossy import lossy_proxy

from .conftest import Desk, answer, mention, own_posts

pytestmark = pytest.mark.network_twin
Customers = Callable[[str], Any]
DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
PHOTO = Media("cinta.png", "image/png", DOT, "La cinta 7, parada 🙂", 64, 48)
MAP = Media("mapa.png", "image/png", DOT + b"\0")


def asked(desk: Desk, customers: Customers) -> Any:
    customers("ana").send_post(mention(desk, "¿y mi maleta?"))
    return desk.next_post()


def test_pictures_hang_on_the_answer_with_their_descriptions(desk: Desk, customers: Customers) -> None:
    wanted = dataclasses.replace(answer(asked(desk, customers), "Así está ahora"), media=(PHOTO, MAP))
    sent = desk.connector.send(desk.account, wanted)
    assert isinstance(sent, Sent)
    ana = customers("ana")
    (shown,) = desk.network.eventually(lambda: ana.get_posts([sent.network_id]).posts)
    record = shown.record
    first, second = record.embed.images
    assert (first.alt, first.image.mime_type, first.image.size) == (PHOTO.alt, "image/png", len(PHOTO.body))
    assert (first.aspect_ratio.width, first.aspect_ratio.height) == (64, 48)
    assert (second.alt, second.aspect_ratio) == ("", None)
    again = desk.connector.send(desk.account, wanted)
    assert again.network_id == sent.network_id and own_posts(desk) == ["Así está ahora"]


@pytest.mark.parametrize(
    ("marker", "lost"), [(b"com.atproto.repo.uploadBlob", False), (b"com.atproto.repo.createRecord", True)]
)
def test_a_lost_answer_posts_once(desk: Desk, customers: Customers, marker: bytes, lost: bool) -> None:
    wanted = dataclasses.replace(answer(asked(desk, customers), "Así está"), media=(PHOTO,))
    port = int(desk.network.service.rpartition(":")[2])
    with lossy_proxy(port) as proxy:
        config = {**desk.account.config, "service": f"http://127.0.0.1:{proxy.port}"}
        through = dataclasses.replace(desk.account, config=config)
        proxy.lose_after(marker)
        with pytest.raises(SendError) as failed:
            desk.connector.send(through, wanted)
        assert (failed.value.lost, failed.value.permanent) == (lost, False)
        desk.connector.send(through, wanted)
    assert own_posts(desk) == ["Así está"]


def test_a_direct_message_takes_none_and_says_so(desk: Desk, customers: Customers) -> None:
    wanted = dataclasses.replace(answer(asked(desk, customers), "Por aquí", public=False), media=(PHOTO,))
    assert not desk.connector.files(desk.account, public=False, to_public=True).sizes
    with pytest.raises(SendError, match="direct message") as refused:
        desk.connector.send(desk.account, wanted)
    assert refused.value.permanent
