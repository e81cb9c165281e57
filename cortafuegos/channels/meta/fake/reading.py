"""What can be asked of the fake."""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import shapes
from .fields import Json, Wanted, page_of, pick
from .login import page
from .refusals import gone, invalid
from .world import Page, Thing

if TYPE_CHECKING:
    from .app import Call


def node(call: Call, own: str) -> Json:
    """Any object by its id."""
    meta, fields = call.meta, call.fields
    if own == "me" or own in meta.pages:
        here = page(call, own)
        call.need("pages_show_list")
        return pick(shapes.page(meta, here, _own_token(call, here)), fields or {"name": Wanted()})
    for here in meta.pages.values():
        if here.ig_id == own and here.id == call.token.page_id:
            call.need("instagram_basic")
            return pick(shapes.ig_user(meta, here), fields)
    for one in meta.exchanges.values():
        for said in one.messages:
            if said.mid == own and one.page_id == call.token.page_id:
                return pick(shapes.message(meta, one, said), fields or {"created_time": Wanted()})
    thing = visible(call, own)
    return pick(shapes.thing(meta, thing), fields or shapes.defaults(thing))


def _own_token(call: Call, here: Page) -> str:
    """Somebody's token gets the page's own; a page's token is it."""
    if call.token.kind == "PAGE":
        return str(call.params["access_token"])
    return call.meta.token(here)


def visible(call: Call, own: str) -> Thing:
    """A thing of the token's page or account, or one that names it; others are not shown."""
    thing, here = call.meta.thing(own), call.meta.pages[call.token.page_id]
    if not {here.id, here.ig_id or here.id} & {thing.owner, thing.key}:
        raise gone(own)
    return thing


def _listed(call: Call, things: list[Thing]) -> Json:
    fields = call.fields
    said = [pick(shapes.thing(call.meta, thing), fields or shapes.defaults(thing)) for thing in things]
    return page_of(said, call.params, call.address)


def _kind(call: Call, kind: str, owner: str, *, newest: bool = True) -> list[Thing]:
    found = [t for t in call.meta.things.values() if t.kind == kind and t.owner == owner]
    return sorted(found, key=lambda thing: thing.at, reverse=newest)


def feed(call: Call, own: str) -> Json:
    call.need("pages_read_engagement", "pages_read_user_content")
    return _listed(call, _kind(call, "post", page(call, own).id))


def ratings(call: Call, own: str) -> Json:
    call.need("pages_read_user_content")
    reviews = _kind(call, "review", page(call, own).id)
    said = [pick(shapes.review(call.meta, review), call.fields) for review in reviews]
    for one in said:
        one.pop("id", None)  # a recommendation has none of its own
    return page_of(said, call.params, call.address)


def media(call: Call, own: str) -> Json:
    call.need("instagram_basic")
    return _listed(call, _kind(call, "media", _instagram(call, own)))


def tags(call: Call, own: str) -> Json:
    call.need("instagram_basic")
    ig_id = _instagram(call, own)
    found = [t for t in call.meta.things.values() if t.kind == "tagged" and t.key == ig_id]
    return _listed(call, sorted(found, key=lambda thing: thing.at, reverse=True))


def _instagram(call: Call, own: str) -> str:
    ig_id = call.meta.pages[call.token.page_id].ig_id
    if not ig_id or own != ig_id:
        raise gone(own)
    return ig_id


def comments(call: Call, own: str) -> Json:
    above = visible(call, own)
    if above.kind in ("media", "igcomment"):
        call.need("instagram_basic", "instagram_manage_comments")
        below = [
            t for t in call.meta.things.values() if t.root == own and t.kind == "igcomment" and not t.parent
        ]
        return _listed(call, sorted(below, key=lambda thing: thing.at, reverse=True))
    call.need("pages_read_user_content")
    params = call.params
    if params.get("filter") not in (None, "toplevel", "stream"):
        raise invalid("filter")
    every = [t for t in call.meta.things.values() if t.kind == "comment"]
    if params.get("filter") == "stream" and above.kind != "comment":
        below = [t for t in every if t.root == own]
    else:
        below = [t for t in every if t.parent == own]
    backwards = params.get("order") == "reverse_chronological"
    return _listed(call, sorted(below, key=lambda thing: thing.at, reverse=backwards))


def replies(call: Call, own: str) -> Json:
    call.need("instagram_manage_comments")
    below = shapes.replies(call.meta, visible(call, own))
    return _listed(call, below)


def conversations(call: Call, own: str) -> Json:
    here, params = page(call, own), call.params
    platform = str(params.get("platform") or "messenger").lower()
    if platform not in ("messenger", "instagram"):
        raise invalid("platform")
    call.need("pages_messaging" if platform == "messenger" else "instagram_manage_messages")
    found = [
        exchange
        for (page_id, where, person), exchange in call.meta.exchanges.items()
        if page_id == here.id and where == platform and exchange.messages
        and params.get("user_id") in (None, person)
    ]  # fmt: skip
    found.sort(key=lambda exchange: exchange.messages[-1].at, reverse=True)
    fields = call.fields or {"link": Wanted(), "updated_time": Wanted()}
    said = [pick(shapes.exchange(call.meta, one), fields) for one in found]
    return page_of(said, params, call.address)


def messages(call: Call, own: str) -> Json:
    for one in call.meta.exchanges.values():
        if one.id == own and one.page_id == call.token.page_id:
            fields = call.fields or {"created_time": Wanted()}
            said = [pick(shapes.message(call.meta, one, m), fields) for m in shapes.newest(one)]
            return page_of(said, call.params, call.address)
    raise gone(own)
