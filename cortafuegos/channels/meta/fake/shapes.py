"""The fake's objects as the Graph API words them. Every field here is one that Meta's SDK knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .fields import Json, Wanted, page_of, pick
from .world import Exchange, File, Message, Page, Thing, graph_time

if TYPE_CHECKING:
    from .network import MetaNetwork

_DEFAULTS = {
    "post": ("created_time", "message"),
    "comment": ("created_time", "from", "message"),
    "igcomment": ("timestamp", "text"),
}


def defaults(thing: Thing) -> dict[str, Wanted]:
    return {name: Wanted() for name in _DEFAULTS.get(thing.kind, ())}


def page(meta: MetaNetwork, here: Page, token: str) -> Json:
    linked = {"id": here.ig_id, "username": here.ig_username, "name": here.name,
              "profile_picture_url": "https://cdn.example/p.jpg"}  # fmt: skip
    return {
        "id": here.id,
        "name": here.name,
        "username": here.username,
        "link": f"https://www.facebook.com/{here.username}",
        "access_token": token,
        "instagram_business_account": linked if here.ig_id else None,
    }


def thing(meta: MetaNetwork, one: Thing) -> Json:
    if one.kind == "igcomment":
        return _ig_comment(meta, one)
    if one.kind in ("media", "tagged"):
        return _media(meta, one)
    return _comment(meta, one) if one.kind == "comment" else _post(meta, one)


def _post(meta: MetaNetwork, one: Thing) -> Json:
    return {
        "id": one.id,
        "from": meta.name_of(one.author),
        "message": one.text,
        "story": None,
        "created_time": graph_time(one.at),
        "updated_time": graph_time(one.updated),
        "permalink_url": f"https://www.facebook.com/{one.id}",
        "full_picture": None,
        "is_published": True,
    }


def _comment(meta: MetaNetwork, one: Thing) -> Json:
    above = meta.things.get(one.parent)
    nested = above is not None and above.kind == "comment"
    return {
        "id": one.id,
        "from": meta.name_of(one.author),
        "message": one.text,
        "created_time": graph_time(one.at),
        "permalink_url": f"https://www.facebook.com/{one.root}?comment_id={one.id.rpartition('_')[2]}",
        "parent": {"id": one.parent, "created_time": graph_time(above.at)} if above and nested else None,
        "attachment": _attached(meta, one) if one.file else None,
        "is_hidden": one.hidden,
        "can_hide": one.author not in meta.pages,
        "can_reply_privately": not one.answered and one.author not in meta.pages,
        "comment_count": sum(1 for other in meta.things.values() if other.parent == one.id),
        "like_count": 0,
    }


def _attached(meta: MetaNetwork, one: Thing) -> Json:
    here = meta.link(one.file) if one.file else ""
    picture = {"image": {"height": 720, "width": 720, "src": here}}
    return {"type": "photo", "url": f"https://www.facebook.com/photo/{one.id}", "media": picture,
            "target": {"id": one.id, "url": f"https://www.facebook.com/photo/{one.id}"}}  # fmt: skip


def review(meta: MetaNetwork, one: Thing) -> Json:
    return {
        "created_time": graph_time(one.at),
        "reviewer": meta.name_of(one.author),
        "review_text": one.text,
        "recommendation_type": "positive" if one.recommends else "negative",
        "has_rating": False,
        "has_review": bool(one.text),
        "rating": None,
        "open_graph_story": {"id": one.id},
    }


def ig_user(meta: MetaNetwork, here: Page) -> Json:
    def mentioned(kind: str, name: str) -> Any:
        def of(wanted: Wanted) -> Json | None:
            own = wanted.arguments.get(name, "")
            one = meta.thing(own)
            if one.key != here.ig_id or one.kind != kind:
                return None
            return pick(thing(meta, one), wanted.fields)

        return of

    return {
        "id": here.ig_id,
        "username": here.ig_username,
        "name": here.name,
        "followers_count": 1200,
        "mentioned_comment": mentioned("igcomment", "comment_id"),
        "mentioned_media": mentioned("tagged", "media_id"),
    }


def _media(meta: MetaNetwork, one: Thing) -> Json:
    below = [t for t in meta.things.values() if t.kind == "igcomment" and t.root == one.id]
    return {
        "id": one.id,
        "caption": one.text,
        "timestamp": graph_time(one.at),
        "username": meta.username_of(one.author),
        "permalink": f"https://www.instagram.com/p/{one.id}/",
        "media_url": f"https://cdn.example/{one.id}.jpg",
        "media_type": "IMAGE",
        "comments_count": len(below),
    }


def replies(meta: MetaNetwork, one: Thing) -> list[Thing]:
    below = [t for t in meta.things.values() if t.kind == "igcomment" and t.parent == one.id]
    return sorted(below, key=lambda reply: reply.at)


def _ig_comment(meta: MetaNetwork, one: Thing) -> Json:
    def below(wanted: Wanted) -> Json | None:
        said = [pick(_ig_comment(meta, reply), wanted.fields) for reply in replies(meta, one)]
        return page_of(said, wanted.arguments, f"/{one.id}/replies") if said else None

    username = meta.username_of(one.author)
    return {
        "id": one.id,
        "text": one.text,
        "timestamp": graph_time(one.at),
        "username": username,
        "from": {"id": one.author, "username": username},
        "hidden": one.hidden,
        "like_count": 0,
        "parent_id": one.parent or None,
        "media": {"id": one.root},
        "replies": below,
    }


def newest(one: Exchange) -> list[Message]:
    return sorted(one.messages, key=lambda message: message.at, reverse=True)


def exchange(meta: MetaNetwork, one: Exchange) -> Json:
    def inside(wanted: Wanted) -> Json:
        said = [pick(message(meta, one, m), wanted.fields or {"created_time": Wanted()}) for m in newest(one)]
        return page_of(said, wanted.arguments, f"/{one.id}/messages")

    here = meta.pages[one.page_id]
    return {
        "id": one.id,
        "link": f"/{here.id}/inbox/{one.id}/",
        "updated_time": graph_time(one.messages[-1].at),
        "message_count": len(one.messages),
        "snippet": one.messages[-1].text[:100],
        "participants": {"data": [_who(meta, one, one.person), _who(meta, one, "")]},
        "messages": inside,
    }


def _who(meta: MetaNetwork, one: Exchange, own: str) -> Json:
    """A side of the exchange; "" is ours."""
    here = meta.pages[one.page_id]
    if one.platform == "instagram":
        own = own or here.ig_id
        return {"username": meta.username_of(own), "id": own}
    return {**meta.name_of(own or here.id), "email": f"{own or here.id}@facebook.com"}


def message(meta: MetaNetwork, one: Exchange, said: Message) -> Json:
    theirs = said.sender == one.person
    return {
        "id": said.mid,
        "created_time": graph_time(said.at),
        "from": _who(meta, one, one.person if theirs else ""),
        "to": {"data": [_who(meta, one, "" if theirs else one.person)]},
        "message": said.text,
        "attachments": {"data": [_file(meta, file) for file in said.files]} if said.files else None,
    }


def _file(meta: MetaNetwork, file: File) -> Json:
    here = meta.link(file)
    told: Json = {"id": file.id, "mime_type": file.media_type, "name": file.name, "size": len(file.body)}
    if file.kind == "image":
        sizes = {"width": 720, "height": 720, "max_width": 720, "max_height": 720}
        return {**told, "image_data": {**sizes, "url": here, "preview_url": here}}
    if file.kind == "video":
        return {**told, "video_data": {"width": 720, "height": 720, "length": 3, "url": here}}
    return {**told, "file_url": here}
