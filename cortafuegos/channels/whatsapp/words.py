"""What a message says, as plain text. What is no text becomes a sign and its facts, in no language."""

from __future__ import annotations

from typing import Any

from cortafuegos.channels.contract import Attachment, Json, Unreadable

from .values import child, children, text

MEDIA = {"image": "image", "video": "video", "audio": "audio", "document": "file", "sticker": "image"}


def said(message: Json) -> str:
    """Raises Unreadable for a kind of message that did not exist when this was written."""
    kind = text(message, "type")
    what = child(message, kind)
    match kind:
        case "text":
            return text(what, "body")
        case "image" | "video" | "document" | "audio" | "sticker":
            return text(what, "caption")
        case "button":
            return text(what, "text")
        case "interactive":
            return _chosen(what)
        case "reaction":
            return text(what, "emoji")
        case "location":
            return _place(what)
        case "contacts":
            return "\n".join(_card(card) for card in children(message, "contacts"))
        case "order":
            return _order(what)
        case "unsupported" | "unknown":
            return f"❔ {text(what, 'type')}".strip()
    raise Unreadable("a kind of message we do not know")


def _chosen(what: Json) -> str:
    """What was tapped in a list or on a button; of a form, the words it shows and what was filled in."""
    kind = text(what, "type")
    if kind == "list_reply":
        reply = child(what, kind)
        return "\n".join(part for part in (text(reply, "title"), text(reply, "description")) if part)
    if kind == "button_reply":
        return text(child(what, kind), "title")
    if kind == "nfm_reply":
        reply = child(what, kind)
        return "\n".join(part for part in (text(reply, "body"), text(reply, "response_json")) if part)
    raise Unreadable("a kind of choice we do not know")


def _place(what: Json) -> str:
    parts = [text(what, "name"), text(what, "address"), _numbers(what.get("latitude"), what.get("longitude"))]
    return f"📍 {' · '.join(part for part in parts if part)}".strip()


def _numbers(latitude: Any, longitude: Any) -> str:
    if not (isinstance(latitude, int | float) and isinstance(longitude, int | float)):
        return ""
    if abs(latitude) > 90 or abs(longitude) > 180:
        return ""
    return f"{latitude:.5f}, {longitude:.5f}"  # to a metre


def _card(card: Json) -> str:
    phones = [text(phone, "phone") or text(phone, "wa_id") for phone in children(card, "phones")]
    emails = [text(email, "email") for email in children(card, "emails")]
    name = text(child(card, "name"), "formatted_name")
    return " ".join(["👤", *(part for part in (name, *phones, *emails) if part)])


def _order(what: Json) -> str:
    lines = [text(what, "text")]
    for item in children(what, "product_items"):
        price = f"{item.get('item_price', '')} {text(item, 'currency')}".strip()
        lines.append(f"🛒 {item.get('quantity', '')} × {text(item, 'product_retailer_id')} · {price}")
    return "\n".join(line for line in lines if line)


def files(message: Json) -> tuple[tuple[Attachment, str], ...]:
    """Each with the id by which it can be fetched, with our token, for some days. The address in the
    push lives five minutes and wants the token too, so none is given to a browser."""
    kind = text(message, "type")
    what = child(message, kind)
    if kind not in MEDIA or not what:
        return ()
    media_type = text(what, "mime_type").partition(";")[0].strip()
    attached = Attachment(MEDIA[kind], name=text(what, "filename"), media_type=media_type)
    return ((attached, text(what, "id")),)
