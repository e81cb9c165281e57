"""Files that only our token opens: shown to whoever may read the case, and to nobody else."""

from __future__ import annotations

import logging

import pytest

from cortafuegos.channels.contract import Attachment
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.telegram.connector import connector
from cortafuegos.channels.telegram.fake import files as fake
from cortafuegos.channels.telegram.fake.network import Telegram
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.tests.files import samples
from cortafuegos.inbox.tests.people import an_account, author, say
from cortafuegos.inbox.tests.world import World, a_world
from cortafuegos.inbox.views import attachments as views

PICTURE = samples.picture()


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.fixture
def network():
    found = Telegram(lambda: 1_795_000_000.0)
    with serving(found.app()) as address:
        found.address = address
        yield found


@pytest.fixture
def bot(world, network):
    known = network.bot("Condor Air", "condor_air_bot")
    found = connector.connect({"token": known.token, "server": network.address})
    return an_account(
        world.brand,
        found.handle,
        "telegram",
        network_id=found.network_id,
        config=found.config,
        credentials=found.credentials,
    )


def asked(bot, network, *bodies: bytes, kind: str = "image") -> Message:
    files = [fake.keep(network, "x.jpg", "image/jpeg", body).id for body in bodies]
    hanging = tuple(Attachment(kind, name="foto.jpg", alt="La cinta") for _body in bodies)
    ref = {"chat": 7, "message": 9, "files": files}
    return say(bot, "mira", by=author("ana", "telegram"), public=False, attachments=hanging, ref=ref)


def there(world: World, message: Message, index: int = 0) -> str:
    return world.url(f"cases/{message.case.number}/messages/{message.pk}/attachments/{index}")


def test_a_picture_stands_in_the_thread_and_comes_from_here(world, bot, network):
    message = asked(bot, network, PICTURE)
    page = world.client(world.lucia).get(world.url(f"cases/{message.case.number}")).content.decode()
    assert f'/messages/{message.pk}/attachments/0" alt="La cinta"' in page
    shown = world.client(world.lucia).get(there(world, message))
    assert (shown.status_code, shown["Content-Type"], shown.content) == (200, "image/jpeg", PICTURE)
    assert shown["X-Content-Type-Options"] == "nosniff" and "sandbox" in shown["Content-Security-Policy"]
    assert not Message.objects.filter(
        pk=message.pk, attachments__contains=[{"url": network.address}]
    ).exists()


@pytest.mark.parametrize(
    "body", [b"<script>alert(1)</script>", b"<svg onload='alert(1)'/>", b"MZ\0\0", samples.PDF]
)
def test_what_pretends_to_be_a_picture_is_a_download(world, bot, network, body):
    given = world.client(world.lucia).get(there(world, asked(bot, network, body)))
    assert given["Content-Type"] == "application/octet-stream"
    assert given["Content-Disposition"].startswith("attachment")
    assert "exe" not in given["Content-Disposition"] and ".jpg" not in given["Content-Disposition"]


def test_one_that_is_gone_says_so_in_words(world, bot, network):
    message = asked(bot, network, PICTURE)
    network.files.clear()
    told = world.client(world.lucia).get(there(world, message))
    assert told.status_code == 410 and told["Content-Type"].startswith("text/plain")
    assert "Telegram" in told.content.decode()


def test_nobody_else_gets_at_it(world, bot, network):
    message = asked(bot, network, PICTURE)
    assert world.client(world.olga).get(there(world, message)).status_code == 404
    other = there(world, message).replace(world.brand.slug, world.elsewhere.slug, 1)
    assert world.client(world.olga).get(other).status_code == 404
    assert world.client(world.lucia).get(there(world, message, 1)).status_code == 404


def test_a_token_that_ended_raises_the_alarm_and_is_told_nobody(world, bot, network, caplog):
    message = asked(bot, network, PICTURE)
    token = bot.view().credentials["token"]
    network.bots.clear()
    caplog.set_level(logging.INFO)
    told = world.client(world.lucia).get(there(world, message))
    assert told.status_code == 502 and token not in told.content.decode()
    bot.refresh_from_db()
    assert bot.state == "refused"
    assert token not in caplog.text


def test_a_slow_network_leaves_threads_for_the_pages(world, bot, network):
    message = asked(bot, network, PICTURE)
    for _slot in range(3):
        assert views._slots.acquire(blocking=False)
    try:
        told = world.client(world.lucia).get(there(world, message))
    finally:
        for _slot in range(3):
            views._slots.release()
    assert told.status_code == 503
    assert world.client(world.lucia).get(there(world, message)).status_code == 200
