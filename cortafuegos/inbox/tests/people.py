"""A few people to test with: two brands, those who work there, and what customers say to them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cortafuegos.channels.contract import Attachment, Author, Kind, Post
from cortafuegos.channels.models import Account
from cortafuegos.inbox.intake import front_of
from cortafuegos.inbox.models import Case, Deadline, Event, Message
from cortafuegos.inbox.receive import Arrival, Received, receive
from cortafuegos.kit import clock, crypto
from cortafuegos.team.models import Agent, Brand, User

_numbers = itertools.count(1)


def a_brand(slug: str = "condor", name: str = "Aerolíneas Cóndor") -> Brand:
    return Brand.objects.create(slug=slug, name=name)


def an_agent(brand: Brand, name: str = "Nuria Vidal", role: str = "agent", **fields: Any) -> Agent:
    email = f"{name.split()[0].lower()}@{brand.slug}.example"
    user, _ = User.objects.get_or_create(email=email, defaults={"name": name, "language": "es"})
    return Agent.objects.create(brand=brand, user=user, role=role, **fields)


def an_account(brand: Brand, handle: str = "condor", network: str = "sandbox", **fields: Any) -> Account:
    credentials = fields.pop("credentials", None)
    return Account.objects.create(
        brand=brand,
        network=network,
        network_id=fields.pop("network_id", f"{network}://people/{handle}"),
        handle=handle,
        name=fields.pop("name", handle.title()),
        sealed=crypto.seal(credentials) if credentials else b"",
        **fields,
    )


def ago(**past: float) -> datetime:
    return clock.now() - timedelta(**past)


def author(handle: str, network: str = "sandbox", **fields: Any) -> Author:
    return Author(
        network_id=fields.pop("network_id", f"{network}://people/{handle}"),
        handle=handle,
        name=fields.pop("name", handle.title()),
        **fields,
    )


def a_post(
    text: str = "¿A qué hora abre el mostrador?", *, by: str | Author = "lucia", **fields: Any
) -> Post:
    """A post with an id of its own, in a thread of its own, said to us a minute ago."""
    network_id = fields.pop("network_id", None) or f"post:{next(_numbers)}"
    return Post(
        network_id=network_id,
        author=by if isinstance(by, Author) else author(by),
        text=text,
        posted_at=fields.pop("at", None) or ago(minutes=1),
        public=fields.pop("public", True),
        conversation=fields.pop("conversation", None) or network_id,
        **fields,
    )


def arrivals(account: Account, posts: Sequence[Post]) -> list[Arrival]:
    return [Arrival(front_of(account), post) for post in posts]


def arrive(account: Account, *posts: Post, now: datetime | None = None) -> Received:
    return receive(arrivals(account, posts), now or clock.now())


def say(account: Account, text: str = "¿A qué hora abre el mostrador?", **fields: Any) -> Message:
    """Something said and received, as the message it became."""
    post = a_post(text, **fields)
    arrive(account, post)
    return Message.objects.get(brand=account.brand, network=account.network, network_id=post.network_id)


def a_case(account: Account, text: str = "¿A qué hora abre el mostrador?", **fields: Any) -> Case:
    case = say(account, text, **fields).case
    assert case is not None
    return case


def edit(post: Post, text: str, at: datetime, **fields: Any) -> Post:
    return _again(post, Kind.EDIT, text=text, edited_at=at, **fields)


def deletion(post: Post, **fields: Any) -> Post:
    return _again(post, Kind.DELETE, text="", **fields)


def _again(post: Post, kind: Kind, **fields: Any) -> Post:
    import dataclasses

    return dataclasses.replace(post, kind=kind, **fields)


def owed(case: Case) -> list[tuple[str, str]]:
    """The promises that still bind, as (kind, state)."""
    open_ones = Deadline.objects.filter(case=case, done_at=None).exclude(kind="snooze")
    return sorted(open_ones.values_list("kind", "state"))


def due(case: Case) -> list[datetime]:
    open_ones = Deadline.objects.filter(case=case, done_at=None).exclude(kind="snooze")
    return sorted(open_ones.values_list("due_at", flat=True))


def kinds(case: Case) -> list[str]:
    """What happened to a case, in order."""
    return list(Event.objects.filter(case=case).order_by("id").values_list("kind", flat=True))


def now_of(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def an_attachment(**fields: Any) -> Attachment:
    return Attachment(kind="image", url="https://img.example/1.jpg", **fields)


NOON = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)
