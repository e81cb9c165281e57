"""What is new: mentions at every poll; messages, answers without a mention, quotes and deletions now and
then. One page of one list at a time, so that what arrived is stored before the next is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from cortafuegos.channels.contract import AccountView, Delivery, Json, Polled, SendError

from . import inbox, names, prices, reader, sweep, watch
from .rules import MENTIONS_REACH, PAGE, SEARCH_REACH
from .values import child, children, id_at
from .vocabulary import ask
from .wire import Answer, RateLimited

LOOK_BACK = timedelta(days=1)
MESSAGES_EVERY = timedelta(seconds=75)  # 15 requests in 15 minutes are allowed, and some pages need several
ASIDE_EVERY = timedelta(minutes=5)
WATCH_EVERY = timedelta(minutes=10)
NEAR_THE_END = MENTIONS_REACH - PAGE  # what was deleted meanwhile is missing from the list
THREAD_PAGES, THREAD_POSTS = 3, 50
SEARCH = "/2/tweets/search/recent"


@dataclass(slots=True)
class Round:
    """One poll as it goes: what it brought, and where each list stands."""

    account: AccountView
    now: datetime
    cursor: Json
    deliveries: list[Delivery] = field(default_factory=list)
    spent: Decimal = prices.NOTHING
    rest: float = 0.0
    more: bool = False

    def charge(self, count: int, price: Decimal) -> None:
        enterprise = bool(self.account.config.get("enterprise"))
        self.spent += prices.of_reading(count, price, enterprise=enterprise)

    def due(self, name: str) -> bool:
        try:
            return datetime.fromisoformat(child(self.cursor, name)["next"]) <= self.now
        except (KeyError, TypeError, ValueError):
            return True

    def keep(self, name: str, state: Json, after: timedelta) -> None:
        self.cursor[name] = {**state, "next": (self.now + after).isoformat()}

    def polled(self) -> Polled:
        return Polled(self.deliveries, self.cursor, self.more, self.spent, self.rest)


def poll(account: AccountView, cursor: Json, now: datetime | None = None) -> Polled:
    this = Round(account, now or datetime.now(UTC), dict(cursor))
    _mentions(this)
    if this.more or this.rest:
        return this.polled()
    lists = [("messages", _messages, MESSAGES_EVERY)] if account.config.get("messages", True) else []
    lists += [("aside", _aside, ASIDE_EVERY), ("watched", _watched, WATCH_EVERY)]
    for name, step, every in lists:
        if not this.due(name):
            continue
        try:
            step(this)
        except RateLimited as limited:  # of this list alone: the others go on
            wait = max(every, timedelta(seconds=limited.retry_after or 0))
            this.keep(name, child(this.cursor, name), wait)
        except SendError:
            if not this.deliveries:
                raise
            return this.polled()  # keep what is whole; what failed is asked for again
        if this.more:
            break
    return this.polled()


def _mentions(this: Round) -> None:
    account = this.account
    path = f"/2/users/{names.number(account.network_id)}/mentions"
    found: list[float] = []

    def mentions(params: dict[str, str]) -> Json:
        answer = ask(account, path, params)
        found.append(answer.rest)
        return answer.body

    def search(params: dict[str, str]) -> Json:
        answer = _search(this, params, f"@{account.handle} -is:retweet")
        found.append(answer.rest)
        return answer.body

    place = sweep.Place.of(child(this.cursor, "mentions"), this.now - LOOK_BACK)
    page = sweep.turn(place, mentions, reach=NEAR_THE_END, beyond=search)
    far = place.seen >= NEAR_THE_END
    _take(this, page, prices.READ_POST if far else prices.READ_OWN)
    this.cursor["mentions"] = page.place.cursor()
    this.more, this.rest = page.place.under_way and not found[-1], found[-1]


def _aside(this: Round) -> None:
    """Answers to our posts that took the mention out, and quotes of our posts: no list of X has them."""
    handle = this.account.handle
    query = f'(to:{handle} OR url:"x.com/{handle}/status") -@{handle} -from:{handle} -is:retweet'

    def search(params: dict[str, str]) -> Json:
        return _search(this, params, query, quoted=True).body

    place = sweep.Place.of(child(this.cursor, "aside"), this.now - LOOK_BACK)
    page = sweep.turn(place, search)
    _take(this, page, prices.READ_POST)
    this.more = page.place.under_way
    this.keep("aside", page.place.cursor(), timedelta(0) if this.more else ASIDE_EVERY)


def _search(this: Round, params: dict[str, str], query: str, *, quoted: bool = False) -> Answer:
    """Search refuses numbers from before its reach."""
    oldest = id_at(this.now - SEARCH_REACH + timedelta(hours=1))
    since = str(max(int(params["since_id"]), oldest))
    return ask(this.account, SEARCH, {**params, "since_id": since, "query": query}, quoted=quoted)


def _messages(this: Round) -> None:
    begin, today = this.now - LOOK_BACK, this.now.date().isoformat()
    page = inbox.turn(this.account, child(this.cursor, "messages"), begin, today)
    this.deliveries += page.deliveries
    this.charge(page.charged, prices.READ_MESSAGE)
    this.more = page.more and not page.rest
    wait = timedelta(seconds=page.rest) if page.more or page.rest else MESSAGES_EVERY
    this.keep("messages", page.cursor, wait)


def _watched(this: Round) -> None:
    watched = children(child(this.cursor, "watched"), "posts")
    deliveries, left, charged = watch.look_again(this.account, watched, this.now)
    this.deliveries += deliveries
    this.charge(charged, prices.READ_POST)
    this.keep("watched", {"posts": left}, WATCH_EVERY)


def _take(this: Round, page: sweep.Page, price: Decimal) -> None:
    state = child(this.cursor, "watched") or {"next": (this.now + WATCH_EVERY).isoformat()}
    watched = children(state, "posts")
    us = names.number(this.account.network_id)
    for post in page.posts:
        beside = sweep.beside(post, page.includes)
        this.deliveries.append(reader.deliver_post(post, beside))
        if str(post.get("author_id")) != us:
            watched = watch.remember(watched, post, beside)
    this.charge(len(page.posts), price)
    if page.posts:
        this.cursor["watched"] = {**state, "posts": watched}


def thread(account: AccountView, conversation: str) -> Sequence[Delivery]:
    """The public thread, as far as search remembers it: seven days. Where every post is paid for, its
    newest only: a thread that went viral costs more than it tells."""
    enterprise = bool(account.config.get("enterprise"))
    deliveries: list[Delivery] = []
    token = ""
    for _page in range(THREAD_PAGES if enterprise else 1):
        size = PAGE if enterprise else THREAD_POSTS
        params = {"query": f"conversation_id:{conversation}", "max_results": str(size)}
        said = ask(account, SEARCH, {**params, **({"next_token": token} if token else {})}, quoted=True).body
        includes = child(said, "includes")
        deliveries += [
            reader.deliver_post(post, sweep.beside(post, includes)) for post in children(said, "data")
        ]
        token = str(child(said, "meta").get("next_token") or "")
        if not token:
            break
    return deliveries
