"""What can be done on the fake, under Meta's rules."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from .fields import Json
from .files import photo
from .login import page
from .reading import visible
from .refusals import Refusal, gone, invalid, outside_window, unreachable
from .world import File, Message, Page, Thing, now

if TYPE_CHECKING:
    from .app import Call

STANDARD, LATE, PRIVATE_REPLY = timedelta(hours=24), timedelta(days=7), timedelta(days=7)
COMMENT, IG_COMMENT = 8_000, 2_200  # characters
MESSAGE, IG_MESSAGE = 2_000, 1_000  # characters, bytes


def comment(call: Call, own: str) -> Json:
    """Under a post, a comment, a review or an Instagram medium or comment, as the page."""
    above, here = visible(call, own), call.meta.pages[call.token.page_id]
    on_instagram = above.kind in ("media", "igcomment")
    call.need("instagram_manage_comments" if on_instagram else "pages_manage_engagement")
    text = _text(call.params.get("message"), IG_COMMENT if on_instagram else COMMENT)
    if on_instagram and "source" in call.params:
        raise invalid("source")
    return {"id": call.meta.comment(here, above, text, file=photo(call)).id}


def _text(value: Any, most: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Refusal(100, "The message is empty", subcode=1705000)
    if len(value) > most:
        raise invalid("message: too long")
    return value.strip()


def mention(call: Call, own: str) -> Json:
    """An answer to who named the account, under their own medium."""
    call.need("instagram_manage_comments")
    here = call.meta.pages[call.token.page_id]
    named = call.meta.thing(str(call.params.get("comment_id") or call.params.get("media_id")))
    if own != here.ig_id or named.key != here.ig_id:
        raise gone(own)
    text = _text(call.params.get("message"), IG_COMMENT)
    answer = Thing(call.meta.new_id("179"), "igcomment", "", here.ig_id, text, now(), root=named.root)
    call.meta.things[answer.id] = answer
    return {"id": answer.id}


def message(call: Call, own: str) -> Json:
    """The Send API: to a person, or as the one private answer to a comment."""
    here, params = page(call, own), call.params
    recipient, words = params.get("recipient"), params.get("message")
    if not isinstance(recipient, dict) or not isinstance(words, dict):
        raise invalid("recipient")
    if params.get("messaging_type") not in (None, "RESPONSE", "UPDATE", "MESSAGE_TAG"):
        raise invalid("messaging_type")
    thing_id = recipient.get("comment_id") or recipient.get("post_id")
    if thing_id:
        person, platform, thing = _answered(call, str(thing_id))
    else:
        person, platform, thing = _known(call, here, str(recipient.get("id")))
    call.need("pages_messaging" if platform == "messenger" else "instagram_manage_messages")
    text, files = _content(call, words, platform)
    if call.meta.people[person].unreachable:
        raise unreachable()
    exchange = call.meta.exchange(here.id, platform, person)
    if thing is None:
        _check_window(call, exchange.heard_at, str(params.get("tag") or ""))
    else:
        thing.answered = True
    ours = here.ig_id if platform == "instagram" else here.id
    sent = Message(f"m_{secrets.token_urlsafe(24)}", ours, person, text.strip(), now(), files=files)
    call.meta.keep(exchange, sent)
    return {"recipient_id": person, "message_id": sent.mid}


def _content(call: Call, words: Json, platform: str) -> tuple[str, tuple[File, ...]]:
    """Words, or a file: never both."""
    text, attachment = str(words.get("text") or ""), words.get("attachment")
    if isinstance(attachment, dict):
        payload = attachment.get("payload") or {}
        held = call.meta.shelf.uploaded.get(str(payload.get("attachment_id")))
        if text or held is None or held[:2] != (platform, attachment.get("type")):
            raise Refusal(100, "Invalid attachment", subcode=2018007)
        return "", (held[2],)
    size, most = (len(text.encode()), IG_MESSAGE) if platform == "instagram" else (len(text), MESSAGE)
    if not text.strip() or size > most:
        raise Refusal(100, f"Length of param message[text] must be less than or equal to {most}")
    return text, ()


def _answered(call: Call, own: str) -> tuple[str, str, Thing | None]:
    thing = visible(call, own)
    if thing.kind not in ("comment", "post", "igcomment") or thing.author not in call.meta.people:
        raise Refusal(10903, "This user can't reply to this activity")
    if not thing.owner:
        raise Refusal(10902, "This is not a replyable activity")
    if thing.answered:
        raise Refusal(10900, "Activity already replied to")
    if now() - thing.at > PRIVATE_REPLY:
        raise Refusal(10901, "Activity is too old to reply to")
    return thing.author, "instagram" if thing.kind == "igcomment" else "messenger", thing


def _known(call: Call, here: Page, person: str) -> tuple[str, str, Thing | None]:
    for platform in ("messenger", "instagram"):
        if (here.id, platform, person) in call.meta.exchanges:
            return person, platform, None
    raise Refusal(100, "No matching user found", subcode=2018001)


def _check_window(call: Call, heard_at: Any, tag: str) -> None:
    age = now() - heard_at if heard_at else LATE
    if age < STANDARD:
        return
    if tag == "HUMAN_AGENT" and not call.meta.human_agent:
        raise Refusal(10, "The app does not have the Human Agent permission", status=403)
    if tag != "HUMAN_AGENT" or age >= LATE:
        raise outside_window()


def update(call: Call, own: str) -> Json:
    """Hide a comment, or show it again."""
    one = visible(call, own)
    name = "hide" if one.kind == "igcomment" else "is_hidden"
    if name not in call.params or one.kind not in ("comment", "igcomment"):
        raise invalid("is_hidden")
    call.need("instagram_manage_comments" if name == "hide" else "pages_manage_engagement")
    one.hidden = str(call.params[name]).lower() in ("true", "1")
    return {"success": True}


def delete(call: Call, own: str) -> Json:
    """Comments under our posts, whoever wrote them; posts of our own."""
    one = visible(call, own)
    call.need("instagram_manage_comments" if one.kind == "igcomment" else "pages_manage_engagement")
    call.meta.delete(one)
    return {"success": True}
