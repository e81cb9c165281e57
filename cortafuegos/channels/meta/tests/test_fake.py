"""The fake brings its events as Meta does: registered by challenge, batched, again, late."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from cortafuegos.channels import registry
from cortafuegos.channels.contract import Delivery, Forged
from cortafuegos.channels.fakes.faults import Faults, Troubled
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.meta.fake.fields import BadFields, parse

from .helpers import account_on


class Edge:
    """Where the desk listens, as far as Meta can tell."""

    def __init__(self, account):
        self.account, self.connector = account, registry.connector(account.network)
        self.faults, self.kept = Faults(), []

    async def __call__(self, request):
        try:
            if request.method == "GET":
                query = dict(request.query_params)
                return PlainTextResponse(self.connector.challenge(self.account, query))
            delivery = Delivery("", await request.body(), dict(request.headers))
            self.connector.verify(self.account, delivery, datetime.now(UTC))
        except Forged:
            return PlainTextResponse("", 403)
        self.kept.append(delivery)
        return PlainTextResponse("ok")

    def app(self):
        route = Route("/in/1", self.__call__, methods=["GET", "POST"])
        return Troubled(Starlette(routes=[route]), self.faults)

    def keys(self):
        return [self.connector.key(self.account, delivery) for delivery in self.kept]


@pytest.fixture
def edge(meta):
    edge = Edge(account_on("facebook", meta.form(meta.page("Lumbre"))))
    with serving(edge.app()) as address:
        edge.address = f"{address}/in/1"
        edge.secret = edge.account.credentials["secret"]
        yield edge


def test_an_address_is_registered_only_with_the_token(meta, edge):
    assert not meta.listen("page", edge.address, "cf_wrong")
    assert meta.bring() == []
    assert meta.listen("page", edge.address, edge.secret)


def test_events_come_batched_again_and_late(meta, edge):
    meta.listen("page", edge.address, edge.secret)
    page = next(iter(meta.pages.values()))
    post = meta.post(page, "Hola")
    for n in range(3):
        meta.comment(meta.person(f"P{n}"), post, f"c{n}")
    edge.faults.arm(on="POST ", status=503)
    assert meta.bring() == [503]
    assert meta.bring(twice=True) == [200, 200]
    first, again = edge.keys()
    assert first == again
    assert meta.bring() == []
    for n in range(3):
        meta.comment(meta.person(f"Q{n}"), post, f"d{n}")
    assert meta.bring(backwards=True, together=False) == [200, 200, 200]
    said = [p.text for d in edge.kept[2:] for p in edge.connector.read(edge.account, d)]
    assert said == ["d2", "d1", "d0"]


def test_what_nobody_takes_is_given_up_after_some_tries(meta, edge):
    meta.listen("page", edge.address, edge.secret)
    meta.post(next(iter(meta.pages.values())), "Hola")
    edge.faults.arm(on="POST ", status=500, times=9)
    tries = 0
    while meta.queue:
        assert meta.bring() == [500]
        tries += 1
    assert tries == 5


def test_fields_are_read_as_meta_writes_them():
    found = parse("id,messages.limit(5){id,from},mentioned_comment.comment_id(17){text}")
    assert list(found) == ["id", "messages", "mentioned_comment"]
    assert found["messages"].arguments == {"limit": "5"}
    assert list(found["messages"].fields) == ["id", "from"]
    assert found["mentioned_comment"].arguments == {"comment_id": "17"}
    with pytest.raises(BadFields):
        parse("id}")
