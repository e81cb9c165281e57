"""What a message says, as plain text. What is no text becomes a sign and its facts, in no language."""

from __future__ import annotations

from cortafuegos.channels.contract import Json, Unreadable

from .values import child, children, clean, number, text

# Things a chat tells of itself, and nobody says.
_EVENTS = frozenset(
    """new_chat_members left_chat_member new_chat_title new_chat_photo delete_chat_photo group_chat_created
    supergroup_chat_created channel_chat_created message_auto_delete_timer_changed migrate_to_chat_id
    migrate_from_chat_id pinned_message connected_website write_access_allowed proximity_alert_triggered
    boost_added chat_background_set forum_topic_created forum_topic_edited forum_topic_closed
    forum_topic_reopened general_forum_topic_hidden general_forum_topic_unhidden giveaway_created
    giveaway_completed video_chat_scheduled video_chat_started video_chat_ended
    video_chat_participants_invited chat_owner_left chat_owner_changed users_shared chat_shared
    successful_payment refunded_payment poll_option_added poll_option_deleted""".split()  # noqa: SIM905
)


def is_event(message: Json) -> bool:
    return not _EVENTS.isdisjoint(message)


def said(message: Json) -> str:
    """Raises Unreadable for a kind of message that did not exist when this was written."""
    if "text" in message:
        return _expanded(message, "text", "entities")
    parts = [_expanded(message, "caption", "caption_entities"), *_facts(message)]
    words = "\n\n".join(part for part in parts if part)
    if not words and not _SILENT.intersection(message):
        raise Unreadable("a kind of message we do not know")
    return words


# May come without a word.
_SILENT = frozenset(
    "photo video animation audio voice video_note document sticker story live_photo paid_media".split()  # noqa: SIM905
)


def _facts(message: Json) -> list[str]:
    found = []
    if sticker := child(message, "sticker"):
        found.append(text(sticker, "emoji"))
    if venue := child(message, "venue"):
        where = text(venue, "address"), _place(child(venue, "location") or {})
        found.append(" · ".join([f"📍 {text(venue, 'title')}", *(part for part in where if part)]))
    elif location := child(message, "location"):
        found.append(f"📍 {_place(location)}")
    if contact := child(message, "contact"):
        name = f"{text(contact, 'first_name')} {text(contact, 'last_name')}".strip()
        found.append(f"👤 {name} {text(contact, 'phone_number')}".strip())
    if poll := child(message, "poll"):
        options = "".join(f"\n○ {text(option, 'text')}" for option in children(poll, "options"))
        found.append(f"📊 {text(poll, 'question')}{options}")
    if dice := child(message, "dice"):
        found.append(f"{text(dice, 'emoji')} {number(dice, 'value') or ''}".strip())
    if checklist := child(message, "checklist"):
        tasks = "".join(f"\n○ {text(task, 'text')}" for task in children(checklist, "tasks"))
        found.append(f"☑ {text(checklist, 'title')}{tasks}")
    if game := child(message, "game"):
        found.append(f"🎮 {text(game, 'title')}")
    return found


def _place(location: Json) -> str:
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if not (isinstance(latitude, int | float) and isinstance(longitude, int | float)):
        return ""
    if abs(latitude) > 90 or abs(longitude) > 180:
        return ""
    return f"{latitude:.5f}, {longitude:.5f}"  # to a metre


def _expanded(message: Json, name: str, entities: str) -> str:
    """Links hidden behind words are shown after them. Places are counted in UTF-16."""
    raw = message.get(name)
    if not isinstance(raw, str):
        return ""
    units = raw.encode("utf-16-le", "surrogatepass")
    links = [e for e in children(message, entities) if e.get("type") == "text_link" and text(e, "url")]
    for entity in sorted(links, key=lambda e: -(number(e, "offset") or 0)):
        start, length = number(entity, "offset"), number(entity, "length")
        if start is None or length is None or not 0 <= start <= start + length <= len(units) // 2:
            continue
        end = 2 * (start + length)
        shown, url = units[2 * start : end].decode("utf-16-le", "replace"), text(entity, "url")
        if shown.strip().rstrip("/") != url.rstrip("/"):
            units = units[:end] + f" ({url})".encode("utf-16-le") + units[end:]
    return clean(units.decode("utf-16-le", "surrogatepass"))


def mentions(message: Json, handle: str, bot: int) -> bool:
    """Is the bot named: as @handle, in a command meant for it, or by its number?"""
    for name, entities in (("text", "entities"), ("caption", "caption_entities")):
        raw = message.get(name)
        units = raw.encode("utf-16-le", "surrogatepass") if isinstance(raw, str) else b""
        for entity in children(message, entities):
            if entity.get("type") == "text_mention" and number(child(entity, "user") or {}, "id") == bot:
                return True
            start, length = number(entity, "offset"), number(entity, "length")
            if start is None or length is None or start < 0 or length < 0:
                continue
            words = units[2 * start : 2 * (start + length)].decode("utf-16-le", "replace").lower()
            named = f"@{handle.lower()}"
            if entity.get("type") == "mention" and words == named:
                return True
            if entity.get("type") == "bot_command" and words.endswith(named):
                return True
    return False
