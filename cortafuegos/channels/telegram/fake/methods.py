"""The methods of the Bot API that a care desk needs, with its limits and its refusals."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .entities import units
from .people import Bot, Chat, Json, Refusal

if TYPE_CHECKING:
    from .network import Telegram

Method = Callable[["Telegram", Bot, Json], Any]
DELETABLE = 48 * 3600  # seconds
# So many messages in so many seconds.
PACE = {"private": (5, 5), "group": (20, 60), "supergroup": (20, 60)}


def get_me(network: Telegram, bot: Bot, given: Json) -> Json:
    return bot.me()


def get_updates(network: Telegram, bot: Bot, given: Json) -> list[Json]:
    if bot.webhook:
        raise Refusal(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    if isinstance(given.get("allowed_updates"), list):
        bot.allowed = given["allowed_updates"]
    offset, limit = int(given.get("offset") or 0), int(given.get("limit") or 100)
    if offset:
        bot.updates = [u for u in bot.updates if u["update_id"] >= offset]
    return bot.updates[: max(1, min(limit, 100))]


def set_webhook(network: Telegram, bot: Bot, given: Json) -> bool:
    url = str(given.get("url") or "")
    if not url.startswith(("https://", "http://127.0.0.1")):
        raise Refusal(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    bot.webhook, bot.secret, bot.last_error = url, str(given.get("secret_token") or ""), {}
    if isinstance(given.get("allowed_updates"), list):
        bot.allowed = given["allowed_updates"]
    return True


def delete_webhook(network: Telegram, bot: Bot, given: Json) -> bool:
    bot.webhook = bot.secret = ""
    if given.get("drop_pending_updates") is True:
        bot.updates = []
    return True


def webhook_info(network: Telegram, bot: Bot, given: Json) -> Json:
    said = {"url": bot.webhook, "has_custom_certificate": False, "pending_update_count": len(bot.updates)}
    if bot.webhook:
        said |= {"max_connections": 40, "ip_address": "203.0.113.7"}
    return {**said, **bot.last_error, **({"allowed_updates": bot.allowed} if bot.allowed else {})}


def send_message(network: Telegram, bot: Bot, given: Json) -> Json:
    text = str(given.get("text", ""))
    if not text.strip():
        raise Refusal(400, "Bad Request: message text is empty")
    if units(text) > 4096:
        raise Refusal(400, "Bad Request: message is too long")
    chat, context = _where(network, bot, given)
    return network.says(bot, chat, text, **context)


def send_file(kind: str) -> Method:
    def send(network: Telegram, bot: Bot, given: Json) -> Json:
        caption = _caption(given)
        file = given.get(kind)
        if isinstance(file, str):  # a reference to a part of the form, as in an album
            file = given.get(file.removeprefix("attach://"))
        if not isinstance(file, tuple):
            raise Refusal(400, f"Bad Request: there is no {kind} in the request")
        chat, context = _where(network, bot, given)
        return network.says(bot, chat, caption, **{kind: file}, **context)

    return send


def send_album(network: Telegram, bot: Bot, given: Json) -> list[Json]:
    media = given.get("media")
    if not isinstance(media, list) or not 2 <= len(media) <= 10:
        raise Refusal(400, "Bad Request: wrong number of messages to send specified")
    kinds = {part["type"] for part in media}
    if len(kinds) > 1 and not kinds <= {"photo", "video"}:
        raise Refusal(400, "Bad Request: document can't be mixed with other media types")
    chat, context = _where(network, bot, given)
    sent: list[Json] = []
    for part in media:
        file = given[part["media"].removeprefix("attach://")]
        more = {part["type"]: file, "album": f"13{chat.next_message:015}", **context}
        if sent:
            more["album"] = sent[0]["media_group_id"]
        sent.append(network.says(bot, chat, _caption(part), **more))
    return sent


def _caption(given: Json) -> str:
    caption = str(given.get("caption", ""))
    if units(caption) > 1024:
        raise Refusal(400, "Bad Request: message caption is too long")
    return caption


def _where(network: Telegram, bot: Bot, given: Json) -> tuple[Chat, Json]:
    """The chat, and what is answered in it."""
    chat = _chat(network, bot, given)
    _pace(network, chat)
    context: Json = {}
    reply = given.get("reply_parameters") or {}
    if reply:
        answered = chat.messages.get(int(reply["message_id"]))
        if answered is None and reply.get("allow_sending_without_reply") is not True:
            raise Refusal(400, "Bad Request: message to be replied not found")
        context |= {"reply_to": answered} if answered else {}
    if given.get("message_thread_id"):
        context["topic"] = given["message_thread_id"]
    return chat, context


def _chat(network: Telegram, bot: Bot, given: Json) -> Chat:
    number = given.get("chat_id")
    chat = network.chat_of(bot, number) if isinstance(number, int) else None
    if chat is None:
        if isinstance(number, int) and number > 0 and any(c.id == number for c in network.chats.values()):
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        if isinstance(number, int) and number in _speakers(network):
            raise Refusal(403, "Forbidden: bot can't initiate conversation with a user")
        raise Refusal(400, "Bad Request: chat not found")
    if chat.person is not None and chat.person.deleted:
        raise Refusal(403, "Forbidden: user is deactivated")
    if chat.person is not None and bot.id in chat.person.blocked:
        raise Refusal(403, "Forbidden: bot was blocked by the user")
    if bot.id in chat.out:
        raise Refusal(403, f"Forbidden: bot was kicked from the {chat.type} chat")
    if chat.moved_to:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        raise Refusal(400, words, migrate_to_chat_id=chat.moved_to)
    return chat


def _speakers(network: Telegram) -> set[int]:
    return {m["from"]["id"] for chat in network.chats.values() for m in chat.messages.values()}


def _pace(network: Telegram, chat: Chat) -> None:
    most, seconds = PACE[chat.type]
    now = network.clock()
    chat.sent_at = [at for at in chat.sent_at if now - at < seconds]
    if len(chat.sent_at) >= most:
        wait = max(1, math.ceil(seconds - (now - chat.sent_at[0])))
        raise Refusal(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
    chat.sent_at.append(now)


def delete_message(network: Telegram, bot: Bot, given: Json) -> bool:
    chat = _chat(network, bot, given)
    message = chat.messages.get(int(given["message_id"]))
    if message is None:
        raise Refusal(400, "Bad Request: message to delete not found")
    if message["from"]["id"] != bot.id or network.clock() - message["date"] > DELETABLE:
        raise Refusal(400, "Bad Request: message can't be deleted")
    network.deletes(chat, message)
    return True


def get_file(network: Telegram, bot: Bot, given: Json) -> Json:
    file = network.files.get(str(given.get("file_id")))
    if file is None:
        raise Refusal(400, "Bad Request: invalid file_id")
    if len(file.body) > 20_000_000:
        raise Refusal(400, "Bad Request: file is too big")
    return {**file.shown(), "file_path": file.path}


def set_text(name: str, longest: int) -> Method:
    def keep(network: Telegram, bot: Bot, given: Json) -> bool:
        text = str(given.get(name, ""))
        if units(text) > longest:
            raise Refusal(400, "Bad Request: BOT_DESCRIPTION_TOO_LONG")
        bot.texts[name] = text
        return True

    return keep


def get_text(name: str) -> Method:
    return lambda network, bot, given: {name: bot.texts.get(name, "")}


METHODS: dict[str, Method] = {
    "getme": get_me,
    "getupdates": get_updates,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
    "sendmessage": send_message,
    "sendmediagroup": send_album,
    "deletemessage": delete_message,
    "getfile": get_file,
    "setmydescription": set_text("description", 512),
    "getmydescription": get_text("description"),
    "setmyshortdescription": set_text("short_description", 120),
    "getmyshortdescription": get_text("short_description"),
    **{
        f"send{kind}": send_file(kind)
        for kind in ("photo", "video", "audio", "voice", "document", "animation")
    },
}
