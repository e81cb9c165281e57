"""pywa judges the fake: its client drives every address, and its models take every push. pywa keeps no
list of keys it knows, so whatever it does not look at is collected and must be on a short list."""

from __future__ import annotations

import dataclasses
import json
import logging
import warnings
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import pywa
from pywa.errors import (
    ExpiredAccessToken,
    InvalidParameter,
    MessageUndeliverable,
    ReEngagementMessage,
    TemplateNotExists,
    TemplateParamCountMismatch,
    TooManyMessages,
    WhatsAppError,
)
from pywa.types import others as pywa_others
from pywa.types import templates as pywa_templates
from pywa.types.base_update import RawUpdate

from .conftest import World

pytestmark = pytest.mark.network_twin


def fields(holder: Any) -> set[str]:
    """The fields of the data classes in a module, and of those within them."""
    found: set[str] = set()
    for one in vars(holder).values():
        if dataclasses.is_dataclass(one) and isinstance(one, type):
            found |= {field.name for field in dataclasses.fields(one)} | fields(one)
    return found


FIELDS = fields(pywa_others)


class Seen(dict[str, Any]):
    """An object that remembers which of its keys were looked at."""

    def __init__(self, value: dict[str, Any]) -> None:
        super().__init__({name: watched(part) for name, part in value.items()})
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def items(self) -> Any:
        """Small objects of pywa's are made of whatever has the name of a field of theirs."""
        self.read |= FIELDS & super().keys()
        return super().items()

    def get(self, name: str, default: Any = None) -> Any:
        self.read.add(name)
        return super().get(name, default)

    def __contains__(self, name: object) -> bool:
        self.read.add(str(name))
        return super().__contains__(name)


def watched(value: Any) -> Any:
    if isinstance(value, dict):
        return Seen(value)
    return [watched(part) for part in value] if isinstance(value, list) else value


def unread(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, list):
        for part in value:
            yield from unread(part, f"{path}[]")
    elif isinstance(value, Seen):
        if not value.read:
            yield path
            return
        for name, part in value.items():
            if name in value.read:
                yield from unread(part, f"{path}.{name}")
            else:
                yield f"{path}.{name}"


def raw_update(body: bytes) -> RawUpdate:
    return RawUpdate(body, hmac_header=None, update_hash="")


@pytest.fixture
def client(world: World) -> Iterator[pywa.WhatsApp]:
    with warnings.catch_warnings(), httpx.Client() as session:
        warnings.simplefilter("ignore")
        wa = pywa.WhatsApp(
            phone_id=world.number.id,
            token=world.network.token,
            waba_id=world.network.waba,
            server=None,
            session=session,
            validate_updates=False,
        )
        session.base_url = f"{world.address}/v26.0"
        yield wa


def everything(world: World) -> int:
    """All that people do, and what becomes of what was said to them."""
    net, ana, number = world.network, world.ana, world.number
    first = net.says(ana, number, "Hola 😡")
    net.says(world.eva, number, "sin número", reply_to=first)
    net.says(ana, number, "foto", image=("image/jpeg", b"jpg"))
    net.says(ana, number, "", video=("video/mp4", b"mp4"))
    net.says(ana, number, "", audio=("audio/ogg; codecs=opus", b"ogg"))
    net.says(ana, number, "el pdf", document=("application/pdf", b"%PDF", "a.pdf"))
    net.says(
        ana, number, location={"latitude": 40.49, "longitude": -3.59, "name": "T4", "address": "Barajas"}
    )
    name = {"formatted_name": "Eva", "first_name": "Eva"}
    net.says(ana, number, contacts=[{"name": name, "phones": [{"phone": "+34600000003", "type": "CELL"}]}])
    item = {"product_retailer_id": "M", "quantity": 1, "item_price": 9.5, "currency": "EUR"}
    net.says(ana, number, order={"catalog_id": "7", "text": "", "product_items": [item]})
    net.says(ana, number, button={"text": "Sí", "payload": "yes"}, reply_to=first)
    reply = {"type": "button_reply", "button_reply": {"id": "1", "title": "Sí"}}
    net.says(ana, number, interactive=reply, reply_to=first)
    row = {"type": "list_reply", "list_reply": {"id": "1", "title": "Equipaje", "description": "Perdido"}}
    net.says(ana, number, interactive=row, reply_to=first)
    net.reacts(ana, number, first, "👍")
    net.edits(ana, number, first, "Hola de nuevo")
    net.takes_back(ana, number, first)
    net.event(
        ana, number, "unsupported", {"type": "poll"}, errors=[{"code": 131051, "title": "x", "message": "x"}]
    )
    net.changes_number(ana, number, "34699999999")
    return len(net.waiting)


# What pywa has no use for. user_id_update it does not know yet: that one keeps the shape of Meta's own page.
UNUSED = {"object", "messaging_product", "from"}


def test_pywa_takes_every_push_and_looks_at_every_key(world: World, client: pywa.WhatsApp) -> None:
    made = everything(world)
    taken, strange = [], set()
    for delivery in world.pushed():
        update = raw_update(delivery.body)
        raw = watched(json.loads(delivery.body))
        if update.field == "user_id_update":
            continue
        dict.__setitem__(update, "entry", raw["entry"])  # it refuses to be changed otherwise
        handler = client._get_handler_type(update)
        assert handler is not None, update
        taken.append(client._handlers_to_updates[handler].from_update(client=client, update=update))
        strange |= {path for path in unread(raw) if path.rpartition(".")[2] not in UNUSED}
    assert len(taken) == made - 1
    assert strange == set()
    kinds = [type(update).__name__ for update in taken]
    assert {"Message", "EditedMessage", "DeletedMessage", "CallbackButton", "CallbackSelection"} <= set(kinds)
    assert taken[0].from_user.bsuid != taken[1].from_user.bsuid
    assert (taken[0].text, taken[0].from_user.username, taken[1].from_user.wa_id) == (
        "Hola 😡",
        "@ana_v",
        None,
    )


def test_pywa_knows_every_status(world: World, client: pywa.WhatsApp) -> None:
    world.network.says(world.ana, world.number, "hola")
    world.pushed()
    client.send_message(to=world.ana.phone, text="Hola", tracker="k-9")
    out = next(iter(world.network.out.values()))
    for status in ("delivered", "read"):
        world.network.tells(out, status)
    world.clock.now += 25 * 3600
    client.send_message(to=world.ana.phone, text="tarde")
    taken = []
    for delivery in world.pushed():
        update = raw_update(delivery.body)
        handler = client._get_handler_type(update)
        taken.append(client._handlers_to_updates[handler].from_update(client=client, update=update))
    assert [str(status.status.value) for status in taken] == ["sent", "delivered", "read", "failed"]
    assert isinstance(taken[3].error, ReEngagementMessage)
    assert [status.tracker for status in taken] == ["k-9"] * 3 + [None]


def test_pywa_drives_every_address(world: World, client: pywa.WhatsApp) -> None:
    world.network.says(world.ana, world.number, "hola", image=("image/jpeg", b"\xff\xd8foto"))
    (delivery,) = world.pushed()
    received = raw_update(delivery.body)
    handler = client._get_handler_type(received)
    message = client._handlers_to_updates[handler].from_update(client=client, update=received)
    url = client.get_media_url(message.image.id)
    assert client.get_media_bytes(url=url.url) == b"\xff\xd8foto"
    asked = message.id
    sent = client.send_message(to=world.ana.phone, text="Aquí", reply_to_message_id=asked)
    assert world.network.out[sent.id].answers == asked
    by_id = client.send_message(to=world.ana.user_id, text="Por tu id")
    assert world.network.out[by_id.id].person is world.ana
    media = client.upload_media(media=b"%PDF", mime_type="application/pdf", filename="a.pdf")
    client.send_document(to=world.ana.phone, document=media.id, filename="a.pdf", caption="El impreso")
    number = client.get_business_phone_number()
    assert (number.id, number.verified_name) == (world.number.id, "Condor Air")
    assert [n.id for n in client.get_business_phone_numbers()] == [world.number.id]
    world.network.template("retomar", "Hola {{1}}", quality_score={"score": "GREEN", "date": 1})
    world.network.template("saludo", "Hola {{nombre}}")
    assert [t.name for t in client.get_templates()] == ["retomar", "saludo"]
    language = pywa_templates.TemplateLanguage.SPANISH
    filled = [pywa_templates.BodyText.params("Ana")]
    client.send_template(to=world.ana.phone, name="retomar", language=language, params=filled)
    assert client.update_business_profile(about="De 9 a 20 h.", description="Te contestamos.")
    assert world.number.profile["about"] == "De 9 a 20 h."


REFUSALS = {
    "token": ExpiredAccessToken,
    "window": ReEngagementMessage,
    "nobody": MessageUndeliverable,
    "media": InvalidParameter,
    "template": TemplateNotExists,
    "words": TemplateParamCountMismatch,
    "pair": TooManyMessages,
    "long": WhatsAppError,
}


@pytest.mark.parametrize("trouble", REFUSALS)
def test_pywa_knows_every_refusal(world: World, client: pywa.WhatsApp, trouble: str) -> None:
    net, phone = world.network, world.ana.phone
    net.late_refusals = False
    language = pywa_templates.TemplateLanguage.SPANISH
    if trouble != "window":
        net.says(world.ana, world.number, "hola")
    if trouble == "pair":
        for n in range(45):
            world.clock.now += 1.0
            client.send_message(to=phone, text=f"{n}")
    net.revoked = trouble == "token"
    world.ana.unreachable = trouble == "nobody"
    net.template("retomar", "Hola {{1}} y {{2}}")
    logging.getLogger("pywa").setLevel(logging.CRITICAL)
    with pytest.raises(REFUSALS[trouble]) as refused:
        match trouble:
            case "media":
                client.api.send_message(world.number.id, phone, None, "individual", "image", {"id": "1"})
            case "template":
                client.send_template(to=phone, name="otra", language=language, params=[])
            case "words":
                params = [pywa_templates.BodyText.params("Ana")]
                client.send_template(to=phone, name="retomar", language=language, params=params)
            case "long":
                client.send_message(to=phone, text="😡" * 2049)
            case _:
                client.send_message(to=phone, text="hola")
    assert refused.value.code
    assert refused.value.fbtrace_id
