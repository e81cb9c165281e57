"""Other people's clients judge the fake: python-telegram-bot and aiogram take every answer and every
update, and meet no key that their models do not know."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import aiogram
import aiogram.exceptions
import pytest
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile, InputMediaPhoto, ReplyParameters
from pydantic import BaseModel
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from .conftest import World

pytestmark = pytest.mark.network_twin


def strange(value: Any, path: str = "") -> list[str]:
    """Where an object of either client holds keys that its model does not know."""
    if isinstance(value, telegram.TelegramObject):
        found = [f"{path}.{name}" for name in value.api_kwargs]
        names = {n for kind in type(value).__mro__ for n in getattr(kind, "__slots__", ()) if n[0] != "_"}
        inside = {name: getattr(value, name, None) for name in names - {"api_kwargs"}}
    elif isinstance(value, BaseModel):
        found = [f"{path}.{name}" for name in value.model_extra or {}]
        inside = {name: getattr(value, name) for name in type(value).model_fields}
    elif isinstance(value, list | tuple):
        found, inside = [], dict(enumerate(value))
    else:
        return []
    for name, part in inside.items():
        found += strange(part, f"{path}.{name}")
    return found


def everything(world: World) -> int:
    """All that people do; how many updates it makes."""
    net, ana, chat = world.network, world.ana, world.chat
    first = net.says(
        ana,
        chat,
        "Hola 😡 @condor_air_bot /ayuda #caos https://a.example aquí",
        links={"aquí": "https://b.example"},
    )
    net.edits(chat, first, "Hola, editado @condor_air_bot")
    net.says(ana, chat, "en respuesta", reply_to=first)
    for kind in ("photo", "video", "animation", "audio", "voice", "video_note"):
        net.says(ana, chat, "" if kind == "video_note" else "mira", **{kind: b"bytes" * 20})
    net.says(ana, chat, "el pdf", document=("a.pdf", "application/pdf", b"%PDF"))
    net.says(ana, chat, sticker="😤")
    place = {"latitude": 40.49, "longitude": -3.59}
    net.says(ana, chat, location=place)
    net.says(ana, chat, location=place, venue={"location": place, "title": "T4", "address": "Barajas"})
    net.says(ana, chat, contact={"phone_number": "+34600000000", "first_name": "Eva"})
    net.says(ana, chat, dice={"emoji": "🎲", "value": 5})
    net.blocks(ana, world.bot)
    net.blocks(ana, world.bot, blocked=False)
    group = net.group("Viajeros", world.bot, username="viajeros_es")
    root = net.says(world.luis, group, "@condor_air_bot hola")
    net.says(world.luis, group, "y más", reply_to=root, photo=b"jpg" * 9, album="88")
    net.says(world.luis, group, "en tema", topic=4)
    net.says(group, group, "Silencio")
    net.says(net.group("Canal", kind="channel"), group, "Noticia", automatic_forward=True)
    small = net.group("Familia", world.bot, kind="group")
    net.migrates(small)
    return len(world.bot.updates)


def with_ptb(world: World, does: Callable[[telegram.Bot], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        bot = telegram.Bot(
            world.bot.token, base_url=f"{world.address}/bot", base_file_url=f"{world.address}/file/bot"
        )
        async with bot:
            return await does(bot)

    return asyncio.run(run())


def with_aiogram(world: World, does: Callable[[aiogram.Bot], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        session = AiohttpSession(api=TelegramAPIServer.from_base(world.address))
        async with aiogram.Bot(world.bot.token, session=session) as bot:
            return await does(bot)

    return asyncio.run(run())


def test_both_clients_take_every_update(world: World) -> None:
    made = everything(world)
    by_ptb = with_ptb(world, lambda bot: bot.get_updates(timeout=0))
    by_aiogram = with_aiogram(world, lambda bot: bot.get_updates(timeout=0))
    assert len(by_ptb) == len(by_aiogram) == made == 24
    assert strange(by_ptb) == []
    assert strange(by_aiogram) == []
    for raw, one, other in zip(world.bot.updates, by_ptb, by_aiogram, strict=True):
        assert one.update_id == other.update_id == raw["update_id"]
        # Nothing was dropped on the way in: what the client gives back is what we said.
        assert json.loads(one.to_json()).keys() == raw.keys()


def test_an_unknown_key_would_be_noticed(world: World) -> None:
    world.network.says(world.ana, world.chat, hologram={"a": 1})
    assert strange(with_ptb(world, lambda bot: bot.get_updates(timeout=0))) == [
        "[0].message.hologram".replace("[0]", ".0")
    ]
    assert strange(with_aiogram(world, lambda bot: bot.get_updates(timeout=0))) == [".0.message.hologram"]


def test_python_telegram_bot_drives_every_method(world: World) -> None:
    asked = world.network.says(world.ana, world.chat, "hola", photo=b"foto" * 30)
    chat = world.ana.id

    async def drive(bot: telegram.Bot) -> list[Any]:
        said = [await bot.get_me(), await bot.get_updates(timeout=0)]
        said.append(
            await bot.send_message(
                chat, "123", reply_parameters=telegram.ReplyParameters(asked["message_id"])
            )
        )
        said.append(await bot.send_photo(chat, b"\xff\xd8foto", caption="una foto"))
        said.append(await bot.send_document(chat, b"%PDF", filename="a.pdf"))
        said.append(
            await bot.send_media_group(chat, [telegram.InputMediaPhoto(b"1"), telegram.InputMediaPhoto(b"2")])
        )
        file = await bot.get_file(asked["photo"][-1]["file_id"])
        assert bytes(await file.download_as_bytearray()) == b"foto" * 30
        assert await bot.delete_message(chat, said[2].message_id)
        assert await bot.set_my_description("De 9 a 20 h.")
        assert await bot.set_my_short_description("De 9 a 20 h.")
        said += [await bot.get_my_description(), await bot.get_my_short_description()]
        assert await bot.set_webhook(
            "https://desk.example/in/a", secret_token="s" * 8, allowed_updates=["message"]
        )
        said.append(await bot.get_webhook_info())
        with pytest.raises(Conflict):
            await bot.get_updates(timeout=0)
        assert await bot.delete_webhook()
        return [*said, await bot.get_webhook_info(), file]

    said = with_ptb(world, drive)
    assert strange(said) == []
    assert said[2].text == "123"
    assert said[2].reply_to_message.message_id == asked["message_id"]
    assert said[5][0].media_group_id == said[5][1].media_group_id


def test_aiogram_drives_every_method(world: World) -> None:
    asked = world.network.says(world.ana, world.chat, "true")
    chat = world.ana.id

    async def drive(bot: aiogram.Bot) -> list[Any]:
        said: list[Any] = [await bot.get_me(), await bot.get_updates(timeout=0)]
        said.append(
            await bot.send_message(
                chat, "true", reply_parameters=ReplyParameters(message_id=asked["message_id"])
            )
        )
        said.append(await bot.send_photo(chat, BufferedInputFile(b"\xff\xd8", "a.jpg"), caption="una foto"))
        album = [
            InputMediaPhoto(media=BufferedInputFile(b"1", "1.jpg")),
            InputMediaPhoto(media=BufferedInputFile(b"2", "2.jpg")),
        ]
        said.append(await bot.send_media_group(chat, album))
        assert await bot.delete_message(chat, said[2].message_id)
        assert await bot.set_webhook("https://desk.example/in/a", secret_token="s" * 8)
        said.append(await bot.get_webhook_info())
        assert await bot.delete_webhook()
        return [*said, await bot.get_my_description(), await bot.get_my_short_description()]

    said = with_aiogram(world, drive)
    assert strange(said) == []
    assert said[2].text == "true"


REFUSALS = {
    "chat": (BadRequest, aiogram.exceptions.TelegramBadRequest, "hat not found"),
    "stranger": (Forbidden, aiogram.exceptions.TelegramForbiddenError, "can't initiate conversation"),
    "blocked": (Forbidden, aiogram.exceptions.TelegramForbiddenError, "blocked by the user"),
    "reply": (BadRequest, aiogram.exceptions.TelegramBadRequest, "replied not found"),
    "long": (BadRequest, aiogram.exceptions.TelegramBadRequest, "too long"),
    "pace": (RetryAfter, aiogram.exceptions.TelegramRetryAfter, "etry"),
    "token": (InvalidToken, aiogram.exceptions.TelegramUnauthorizedError, None),
}


@pytest.mark.parametrize("trouble", REFUSALS)
def test_both_clients_know_every_refusal(world: World, trouble: str) -> None:
    by_ptb, by_aiogram, words = REFUSALS[trouble]
    chat, text, more = world.chat.id, "hola", {}
    if trouble == "chat":
        chat = 424242
    if trouble == "stranger":
        world.network.says(world.luis, world.network.group("Viajeros", world.bot), "hola")
        chat = world.luis.id
    if trouble == "blocked":
        world.network.blocks(world.ana, world.bot)
    if trouble == "long":
        text = "😡" * 2049
    if trouble == "pace":
        world.chat.sent_at = [world.clock.now] * 5
    reply = trouble == "reply"
    world.bot.revoked = trouble == "token"

    async def ptb(bot: telegram.Bot) -> None:
        parameters = telegram.ReplyParameters(9999) if reply else None
        await bot.send_message(chat, text, reply_parameters=parameters, **more)

    async def aio(bot: aiogram.Bot) -> None:
        await bot.send_message(
            chat, text, reply_parameters=ReplyParameters(message_id=9999) if reply else None
        )

    with pytest.raises(by_ptb, match=words) as one:
        with_ptb(world, ptb)
    with pytest.raises(by_aiogram, match=words) as other:
        with_aiogram(world, aio)
    if trouble == "pace":
        assert other.value.retry_after == 5
        assert "5" in str(one.value)
