"""What the fake tells apps: the values of webhook events, batched, signed and brought."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import httpx

from cortafuegos.channels.contract import Delivery
from cortafuegos.channels.meta import signature

from .world import Exchange, Message, Push, Thing

if TYPE_CHECKING:
    from .network import MetaNetwork

APP_ID = "770000000000001"
APP_SECRET = "0a1b2c3d" * 4
TRIES = 5
Json = dict[str, Any]


def _stamp(at: datetime) -> int:
    return int(at.timestamp())


def feed(meta: MetaNetwork, thing: Thing, verb: str) -> Json:
    value: Json = {
        "from": meta.name_of(thing.author),
        "item": "comment" if thing.kind == "comment" else "status",
        "verb": verb,
        "post_id": thing.root,
        "created_time": _stamp(thing.at),
    }
    if thing.kind == "comment":
        value |= {"comment_id": thing.id, "parent_id": thing.parent}
        value["post"] = {"status_type": "mobile_status_update", "id": thing.root, "is_published": True,
                         "permalink_url": f"https://www.facebook.com/{thing.root}"}  # fmt: skip
    if verb != "remove":
        value["message"] = thing.text
        if thing.file is not None:
            value["photo" if thing.file.kind == "image" else "video"] = meta.link(thing.file)
    return value


def mention(meta: MetaNetwork, post: Thing) -> Json:
    who = meta.name_of(post.author)
    return {"item": "post", "verb": "add", "post_id": post.id, "sender_id": who["id"],
            "sender_name": who["name"], "created_time": _stamp(post.at)}  # fmt: skip


def rating(meta: MetaNetwork, review: Thing, verb: str) -> Json:
    who = meta.name_of(review.author)
    return {
        "item": "rating",
        "verb": verb,
        "reviewer_id": who["id"],
        "reviewer_name": who["name"],
        "review_text": review.text,
        "recommendation_type": "POSITIVE" if review.recommends else "NEGATIVE",
        "open_graph_story_id": review.id,
        "created_time": _stamp(review.at),
    }


def ig_comment(meta: MetaNetwork, comment: Thing) -> Json:
    value: Json = {
        "from": {"id": comment.author, "username": meta.username_of(comment.author)},
        "media": {"id": comment.root, "media_product_type": "FEED"},
        "id": comment.id,
        "text": comment.text,
    }
    return value | ({"parent_id": comment.parent} if comment.parent else {})


def message(meta: MetaNetwork, said: Message) -> Json:
    value: Json = {"mid": said.mid, **({"text": said.text} if said.text else {})}
    if said.files:
        value["attachments"] = [
            {"type": file.kind, "payload": {"url": meta.link(file)}} for file in said.files
        ]
    if said.sender != said.person:
        value |= {"is_echo": True, "app_id": int(APP_ID)}
    if said.story:
        value["reply_to"] = {"story": {"id": "1790000", "url": said.story}}
    return value


def messaging(meta: MetaNetwork, exchange: Exchange, said: Message, inner: Json) -> Json:
    page = meta.pages[exchange.page_id]
    ours = page.ig_id if exchange.platform == "instagram" else page.id
    other = ours if said.sender == said.person else said.person
    return {
        "sender": {"id": said.person if said.sender == said.person else ours},
        "recipient": {"id": other},
        "timestamp": int(said.at.timestamp() * 1000),
        "message": inner,
    }


def batch(pushes: Sequence[Push]) -> Json:
    """One body: events of the same object, gathered by whom they concern."""
    entries: dict[str, Json] = {}
    for push in pushes:
        seconds = push.at.timestamp()
        time = int(seconds * 1000) if push.field == "messaging" else int(seconds)
        entry = entries.setdefault(
            f"{push.owner}{push.field == 'messaging'}", {"id": push.owner, "time": time}
        )
        if push.field == "messaging":
            entry.setdefault("messaging", []).append(push.value)
        else:
            entry.setdefault("changes", []).append({"field": push.field, "value": push.value})
    return {"object": pushes[0].object, "entry": list(entries.values())}


def signed(body: Json, secret: str = APP_SECRET) -> Delivery:
    raw = json.dumps(body, separators=(",", ":")).encode()
    return Delivery(
        "", raw, {"content-type": "application/json", signature.HEADER: signature.sign(secret, raw)}
    )


class Pushing:
    """Events wait here until they are taken or brought; in tests nothing happens by itself."""

    def __init__(self) -> None:
        self.queue: list[Push] = []
        self.addresses: dict[str, str] = {}  # object: where the app listens
        self._pushing = threading.Lock()

    def push(self, object: str, owner: str, field: str, value: Json, at: datetime) -> None:
        with self._pushing:
            if owner:
                self.queue.append(Push(object, owner, field, value, at))

    def pushes(self, *, together: bool = True) -> list[Delivery]:
        """What waits, taken: one delivery for each object, or (``together=False``) for each event."""
        return [signed(batch(group)) for group in self._groups(self._take(), together)]

    def _take(self) -> list[Push]:
        with self._pushing:
            taken, self.queue = self.queue, []
        return taken

    def _groups(self, taken: Sequence[Push], together: bool) -> list[list[Push]]:
        if not together:
            return [[push] for push in taken]
        objects = dict.fromkeys(push.object for push in taken)
        return [[push for push in taken if push.object == object] for object in objects]

    def listen(self, object: str, address: str, verify_token: str) -> bool:
        """Register an address as on Meta's dashboard: it has to give the challenge back."""
        ask = {"hub.mode": "subscribe", "hub.verify_token": verify_token, "hub.challenge": "1158201444"}
        answer = httpx.get(address, params=ask, timeout=5)
        if answer.status_code == 200 and answer.text == ask["hub.challenge"]:
            self.addresses[object] = address
            return True
        return False

    def bring(self, *, twice: bool = False, backwards: bool = False, together: bool = True) -> list[int]:
        """Bring what waits to whoever listens; what was not taken with 200 waits on, five times. Returns
        the statuses."""
        statuses = []
        groups = self._groups(self._take(), together)
        for group in reversed(groups) if backwards else groups:
            address = self.addresses.get(group[0].object)
            if address is None:
                continue
            for _time in range(2 if twice else 1):
                statuses.append(self._bring(address, signed(batch(group))))
            if statuses[-1] != 200:
                with self._pushing:
                    for push in group:
                        push.tries += 1
                    self.queue += [push for push in group if push.tries < TRIES]
        return statuses

    def _bring(self, address: str, delivery: Delivery) -> int:
        try:
            answer = httpx.post(address, content=delivery.body, headers=dict(delivery.headers), timeout=5)
        except httpx.HTTPError:
            return 0
        return answer.status_code
