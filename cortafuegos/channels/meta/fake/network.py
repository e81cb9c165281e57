"""The fake's state, and what tests and demos make its people do.

with MetaNetwork().serving() as meta:
    page = meta.page("Lumbre", instagram="lumbre")
    form = meta.form(page)                      # what a person would paste on the connect page
    ana = meta.person("Ana Vidal")
    post = meta.post(page, "Volvemos a abrir")
    meta.comment(ana, post, "¿y la luz?")
    for delivery in meta.pushes(): ...          # signed, as Meta would bring them
"""

from __future__ import annotations

import itertools
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from starlette.types import ASGIApp

from cortafuegos.channels.fakes.faults import Faults, Troubled
from cortafuegos.channels.fakes.serving import serving

from . import events, refusals
from .events import APP_ID, APP_SECRET, Pushing
from .files import Shelf
from .world import Exchange, File, Message, Page, Person, Thing, Token, now

SCOPES = ["pages_show_list", "pages_read_engagement", "pages_read_user_content", "pages_manage_engagement",
          "pages_manage_metadata", "pages_messaging", "instagram_basic", "instagram_manage_comments",
          "instagram_manage_messages", "public_profile"]  # fmt: skip


class MetaNetwork(Pushing):
    def __init__(self) -> None:
        super().__init__()
        self.lock = threading.RLock()
        self.faults = Faults()
        self.address = ""
        self.app_secrets = {APP_ID: APP_SECRET}
        self.tokens: dict[str, Token] = {}
        self.pages: dict[str, Page] = {}
        self.people: dict[str, Person] = {}
        self.things: dict[str, Thing] = {}
        self.exchanges: dict[tuple[str, str, str], Exchange] = {}
        self.codes: dict[tuple[str, str], str] = {}  # login codes with their return address: token
        self.says_yes = True  # whoever is sent to the login dialog
        self.human_agent = False  # did Meta grant the app the permission?
        self.usage: dict[str, int] = {"call_count": 3, "total_time": 2, "total_cputime": 1}
        self.limited_minutes = 0  # everything is refused, for so long as the header says
        self.calls = 0
        self._ids = itertools.count(1)
        self.shelf = Shelf(self.new_id)

    def app(self) -> ASGIApp:
        from .app import application

        return Troubled(application(self), self.faults)

    @contextmanager
    def serving(self, *, port: int = 0) -> Iterator[MetaNetwork]:
        with serving(self.app(), port=port) as self.address:
            yield self

    def new_id(self, first: str) -> str:
        """Digits, as all of Meta's ids but those of messages."""
        return f"{first}{next(self._ids):012d}"

    # --- who there is ---------------------------------------------------------------------

    def page(self, name: str, *, instagram: str = "") -> Page:
        page = Page(self.new_id("10"), name, name.lower().replace(" ", ""))
        if instagram:
            page.ig_id, page.ig_username = self.new_id("178"), instagram
        self.pages[page.id] = page
        return page

    def person(self, name: str, username: str = "") -> Person:
        person = Person(self.new_id("24"), name, username or name.lower().replace(" ", "_"))
        self.people[person.id] = person
        return person

    def token(self, page: Page, *, kind: str = "PAGE", without: str = "", expires_at: int = 0) -> str:
        value = "EAA" + secrets.token_hex(24)
        scopes = [scope for scope in SCOPES if scope != without]
        self.tokens[value] = Token(APP_ID, kind, page.id, scopes, expires_at)
        return value

    def form(self, page: Page, **changes: str) -> dict[str, str]:
        """The connect page, filled in."""
        form = {
            "app_id": APP_ID,
            "app_secret": APP_SECRET,
            "graph": self.address,
        }
        return {**form, "token": changes.pop("token", "") or self.token(page), **changes}

    # --- what people do -------------------------------------------------------------------

    def post(self, page: Page, text: str, *, by: Person | None = None, at: datetime | None = None) -> Thing:
        """A post of the page, or of a visitor on it."""
        own = f"{page.id}_{self.new_id('9')}"
        author = by.id if by else page.id
        post = self._add(Thing(own, "post", page.id, author, text, at or now(), root=own))
        self.push("page", page.id, "feed", events.feed(self, post, "add"), post.at)
        return post

    def comment(
        self,
        by: Person | Page,
        under: Thing,
        text: str,
        *,
        at: datetime | None = None,
        file: File | None = None,
    ) -> Thing:
        """A comment under a post, review or comment, on the page or on Instagram. ``by`` may be the page:
        somebody who answers on the network itself."""
        at = at or now()
        if under.kind in ("media", "igcomment"):
            return self._ig_comment(by, under, text, at)
        root = self.things[under.root]
        own = f"{root.id.rpartition('_')[2]}_{self.new_id('8')}"
        parent = under.parent if under.kind == "comment" and under.parent in self.things else ""
        parent = parent if parent and self.things[parent].kind == "comment" else under.id
        comment = Thing(own, "comment", root.owner, by.id, text, at, root=root.id, parent=parent, file=file)
        self._add(comment)
        root.moved = max(root.updated, at)
        self.push("page", root.owner, "feed", events.feed(self, comment, "add"), at)
        return comment

    def _ig_comment(self, by: Person | Page, under: Thing, text: str, at: datetime) -> Thing:
        author = by.ig_id if isinstance(by, Page) else by.id
        parent = "" if under.kind == "media" else under.parent or under.id
        comment = Thing(self.new_id("179"), "igcomment", under.owner, author, text, at, under.root, parent)
        self._add(comment)
        self.push("instagram", under.owner, "comments", events.ig_comment(self, comment), at)
        return comment

    def medium(self, page: Page, caption: str, *, at: datetime | None = None) -> Thing:
        own = self.new_id("180")
        return self._add(Thing(own, "media", page.ig_id, page.ig_id, caption, at or now(), root=own))

    def mention(self, by: Person, page: Page, text: str, *, instagram: bool = False) -> Thing:
        """A post of somebody's that names the page, or a comment elsewhere that names the account."""
        if instagram:
            media = self.new_id("180")
            own = Thing(self.new_id("179"), "igcomment", "", by.id, text, now(), root=media, key=page.ig_id)
            self._add(own)
            self.push("instagram", page.ig_id, "mentions", {"media_id": media, "comment_id": own.id}, own.at)
            return own
        own_id = f"{by.id}_{self.new_id('9')}"
        post = self._add(Thing(own_id, "post", "", by.id, text, now(), root=own_id, key=page.id))
        self.push("page", page.id, "mention", events.mention(self, post), post.at)
        return post

    def tag(self, by: Person, page: Page, caption: str, *, at: datetime | None = None) -> Thing:
        """Somebody's medium that tags the account. Nothing is pushed: it is found by asking."""
        own = self.new_id("180")
        return self._add(Thing(own, "tagged", "", by.id, caption, at or now(), root=own, key=page.ig_id))

    def review(
        self, by: Person, page: Page, text: str, *, recommends: bool = False, at: datetime | None = None
    ) -> Thing:
        story = self.new_id("7")
        review = Thing(story, "review", page.id, by.id, text, at or now(), root=story, recommends=recommends)
        self._add(review)
        self.push("page", page.id, "ratings", events.rating(self, review, "add"), review.at)
        return review

    def edit(self, thing: Thing, text: str) -> None:
        thing.text = text
        self.push("page", thing.owner, "feed", events.feed(self, thing, "edited"), now())

    def delete(self, thing: Thing) -> None:
        """By its author. On Instagram nobody is told."""
        self.things.pop(thing.id, None)
        if thing.kind in ("post", "comment"):
            self.push("page", thing.owner, "feed", events.feed(self, thing, "remove"), now())

    def message(
        self,
        by: Person,
        page: Page,
        text: str,
        *,
        instagram: bool = False,
        story: str = "",
        at: datetime | None = None,
        files: Sequence[File] = (),
    ) -> Message:
        """A private message; with ``story`` (its address) an answer to a story."""
        exchange = self.exchange(page.id, "instagram" if instagram else "messenger", by.id)
        message = Message(
            f"m_{secrets.token_urlsafe(24)}", by.id, by.id, text, at or now(), story, tuple(files)
        )
        self.keep(exchange, message)
        return message

    def unsend(self, message: Message, page: Page) -> None:
        """Instagram lets people take back what they wrote."""
        exchange = self.exchange(page.id, "instagram", message.person)
        exchange.messages.remove(message)
        value = events.messaging(self, exchange, message, {"mid": message.mid, "is_deleted": True})
        self.push("instagram", page.ig_id, "messaging", value, now())

    def reads(self, by: Person, page: Page, *, instagram: bool = False, arrived: bool = False) -> None:
        """The person opens the exchange and reads our last message; or (``arrived``) it only reached them."""
        exchange = self.exchange(page.id, "instagram" if instagram else "messenger", by.id)
        last = next(said for said in reversed(exchange.messages) if said.sender != by.id)
        stamp = int(last.at.timestamp() * 1000) + 1
        read: dict[str, Any] = {"mid": last.mid} if instagram else {"watermark": stamp}
        told = {"delivery": {"mids": [last.mid], "watermark": stamp}} if arrived else {"read": read}
        object, owner = ("instagram", page.ig_id) if instagram else ("page", page.id)
        who = {"sender": {"id": by.id}, "recipient": {"id": owner}, "timestamp": stamp}
        self.push(object, owner, "messaging", who | told, now())

    # --- shared with the routes -----------------------------------------------------------

    def _add(self, thing: Thing) -> Thing:
        with self.lock:
            self.things[thing.id] = thing
        return thing

    def exchange(self, page_id: str, platform: str, person: str) -> Exchange:
        with self.lock:
            key = (page_id, platform, person)
            if key not in self.exchanges:
                self.exchanges[key] = Exchange(f"t_{self.new_id('3')}", page_id, platform, person)
            return self.exchanges[key]

    def keep(self, exchange: Exchange, message: Message) -> None:
        with self.lock:
            exchange.messages.append(message)
        page = self.pages[exchange.page_id]
        object, owner = ("instagram", page.ig_id) if exchange.platform == "instagram" else ("page", page.id)
        said = events.message(self, message)
        self.push(object, owner, "messaging", events.messaging(self, exchange, message, said), message.at)

    def link(self, file: File) -> str:
        """Where anybody may open it, for a while."""
        return self.address + self.shelf.path(file)

    def thing(self, own: str) -> Thing:
        with self.lock:
            if own not in self.things:
                raise refusals.gone(own)
            return self.things[own]

    def name_of(self, own: str) -> dict[str, Any]:
        """Who an id is, as ``from`` says it on a page."""
        if own in self.pages:
            return {"name": self.pages[own].name, "id": own}
        person = self.people.get(own)
        return {"name": person.name if person else "", "id": own}

    def username_of(self, own: str) -> str:
        for page in self.pages.values():
            if page.ig_id == own:
                return page.ig_username
        return self.people[own].username if own in self.people else ""
