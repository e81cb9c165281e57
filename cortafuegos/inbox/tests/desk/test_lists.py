"""Queues: who is in which, in what order, page after page, and at what price."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.models import Case, SavedView
from cortafuegos.inbox.queries import counts, listing
from cortafuegos.inbox.tests.desk.page import HTMX_LIST, HTMX_MORE, Page, rows
from cortafuegos.inbox.tests.people import say
from cortafuegos.inbox.tests.world import World, who
from cortafuegos.kit import clock


def shown(world: World, queue: str, agent: str = "lucia") -> set[str]:
    numbers = set(rows(world.client(getattr(world, agent)).get(world.url(f"inbox/{queue}"))))
    return {name for name, case in world.cases.items() if case.number in numbers}


def test_each_queue_holds_what_it_says(desk: World) -> None:
    assert shown(desk, "mine") == {"marta", "eusebio", "noa", "ramon", "rosalia", "gael"}
    assert shown(desk, "mine", "bruno") == {"saul"}
    assert shown(desk, "unassigned") == {"inigo2", "teo", "jo"}
    assert shown(desk, "approval") == {"teo"}
    assert shown(desk, "failed") == {"ramon"}
    assert shown(desk, "snoozed") == {"celia"}
    assert shown(desk, "closed") == {"aitana"}
    assert shown(desk, "all") == set(desk.cases) - {"celia", "aitana"}
    assert shown(desk, f"team-{desk.airports.pk}") == {"saul", "jo"}
    assert shown(desk, "all?state=any") == set(desk.cases)


def test_promises_are_what_falls_due_within_the_hour(desk: World) -> None:
    Case.objects.filter(pk=desk.cases["teo"].pk).update(due_at=clock.now() + timedelta(hours=5))
    Case.objects.filter(pk=desk.cases["saul"].pk).update(due_at=None)
    assert not {"teo", "saul", "celia", "aitana"} & shown(desk, "promises")
    assert {"marta", "eusebio"} <= shown(desk, "promises")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("network=mastodon", {"eusebio", "ramon", "rosalia", "saul", "teo"}),
        ("network=mastodon&place=private", {"eusebio", "rosalia"}),
        ("tag=da%C3%B1os", {"rosalia"}),
        ("language=en", {"jo"}),
        ("place=public&network=mastodon&tag=pregunta", {"teo"}),
        ("q=viol%C3%ADn", {"teo"}),
        ("q=violin", {"teo"}),
        ("q=noa", {"noa"}),
        ("q=nada+de+esto+existe", set()),
        ("network=ninguna", set()),
    ],
)
def test_filters_narrow(desk: World, query: str, expected: set[str]) -> None:
    assert shown(desk, f"all?{query}") == expected


def test_a_filter_by_person_and_its_chip(desk: World) -> None:
    query = f"agent={desk.bruno.pk}"
    assert shown(desk, f"all?{query}") == {"saul"}
    page = Page(desk.client(desk.lucia).get(desk.url(f"inbox/all?{query}&network=mastodon")))
    without = {e["href"].partition("?")[2] for e in page.having("data-list") if "aria-label" in e}
    assert without == {query, "network=mastodon"}


@pytest.mark.parametrize(
    "rubbish",
    ["sort=%00", "agent=x", "after=zz-1", "after=1-x", "view=x", "state=merged", f"agent={'9' * 40}"],
)
def test_rubbish_in_the_address_is_ignored(desk: World, rubbish: str) -> None:
    client = desk.client(desk.lucia)
    assert rows(client.get(desk.url(f"inbox/all?{rubbish}"))) == rows(client.get(desk.url("inbox/all")))


def test_an_unknown_queue_or_team_is_not_there(desk: World) -> None:
    client = desk.client(desk.lucia)
    assert client.get(desk.url("inbox/nada")).status_code == 404
    assert client.get(desk.url("inbox/team-999999")).status_code == 404


def many(world: World, n: int) -> list[Case]:
    """Cases that share times in threes, a third of them with no deadline at all."""
    by = who("muchos", "Muchos Casos")
    model = say(world.news, "uno", by=by).case
    assert model is not None
    start = clock.now()
    Case.objects.bulk_create(
        Case(
            brand=world.brand, number=1000 + i, subject=f"caso {i}", snippet="x", public=True,
            person=model.person, identity=model.identity, account=model.account,
            network="sandbox" if i % 5 else "mastodon",
            opened_at=start, last_message_at=start + timedelta(seconds=i // 3),
            due_at=None if i % 3 == 0 else start + timedelta(minutes=i // 3),
            tags=["raro"] if i % 17 == 0 else [],
        )
        for i in range(n)
    )  # fmt: skip
    return list(Case.objects.filter(number__gte=1000))


@pytest.mark.parametrize("query", ["", "sort=latest", "network=mastodon", "tag=raro", "state=any"])
def test_pages_follow_each_other_without_gap_or_double(world: World, query: str) -> None:
    many(world, 260)
    client = world.client(world.lucia)
    response = client.get(world.url(f"inbox/all?{query}"), headers=HTMX_LIST)
    seen = rows(response)
    for _page in range(20):
        more = [e["hx-get"] for e in Page(response).having("hx-get")]
        if not more:
            break
        response = client.get(more[0], headers=HTMX_MORE)
        seen += rows(response)
    wanted = Case.objects.filter(brand=world.brand)
    if "mastodon" in query:
        wanted = wanted.filter(network="mastodon")
    if "tag" in query:
        wanted = wanted.filter(tags__contains=["raro"])
    assert len(seen) == len(set(seen))
    assert set(seen) == set(wanted.values_list("number", flat=True))


def test_a_narrow_filter_goes_on_behind_its_window(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a window of 40 rows a rare label is still found whole, window after window."""
    monkeypatch.setattr(listing, "WINDOW", 40)
    many(world, 260)
    client = world.client(world.lucia)
    url, seen = world.url("inbox/all?tag=raro"), []
    for _step in range(30):
        response = client.get(url, headers=HTMX_MORE)
        seen += rows(response)
        more = [e["hx-get"] for e in Page(response).having("hx-get")]
        if not more:
            break
        url = more[0]
    assert sorted(seen) == sorted(
        Case.objects.filter(tags__contains=["raro"]).values_list("number", flat=True)
    )


def test_a_list_costs_the_same_for_fifty_rows_as_for_one(world: World) -> None:
    client = world.client(world.lucia)

    def statements() -> int:
        client.get(world.url("inbox/all"))
        with CaptureQueriesContext(connection) as asked:
            client.get(world.url("inbox/all"))
        return len(asked)

    say(world.news, "hola", by=who("una", "Una"))
    few = statements()
    for i in range(60):
        say(world.news, f"hola {i}", by=who(f"u{i}", f"Persona {i}"))
    assert statements() == few
    assert few <= 17


def test_every_statement_of_a_list_names_the_brand(desk: World) -> None:
    client = desk.client(desk.lucia)
    with CaptureQueriesContext(connection) as asked:
        client.get(desk.url("inbox/all?network=mastodon&q=maleta"))
    ours = re.compile(r'FROM "?cortafuegos_(case|message|identity|person|presence|savedview|account|team)\b')
    for query in asked.captured_queries:
        if ours.search(query["sql"]):
            assert "brand_id" in query["sql"], query["sql"]


def test_changed_rows_come_back_and_those_that_left_do_not(desk: World) -> None:
    client = desk.client(desk.lucia)
    noa, aitana = desk.cases["noa"], desk.cases["aitana"]
    response = client.get(desk.url(f"inbox/mine/changed?id={noa.pk}&id={aitana.pk}&id=zz&id=999999"))
    assert rows(response) == [noa.number]


def test_when_anything_may_have_changed_the_first_rows_come_too(desk: World) -> None:
    client = desk.client(desk.lucia)
    noa = desk.cases["noa"]
    shown = rows(client.get(desk.url("inbox/mine")))
    response = client.get(desk.url(f"inbox/mine/changed?any=1&id={noa.pk}"))
    assert sorted(rows(response)) == sorted(shown)
    assert len(shown) > 1


def test_a_row_tells_what_matters(desk: World) -> None:
    page = Page(desk.client(desk.lucia).get(desk.url("inbox/all")))
    words = {e["data-number"]: " ".join(e.text.split()) for e in page.of_class("item")}
    said = {name: words.get(str(case.number), "") for name, case in desk.cases.items()}
    assert "18,4 k" in said["marta"] and "pasó hace" in said["marta"]
    assert "No salió" in said["ramon"]
    assert "Por aprobar" in said["teo"]
    assert "Bruno" in said["saul"]
    assert "Bruno está escribiendo" not in said["eusebio"]


def test_a_saved_view_has_its_address_and_its_owner(desk: World) -> None:
    client = desk.client(desk.lucia)
    response = client.post(
        desk.url("views"), {"in": "all", "network": "mastodon", "name": "Solo Mastodon", "evil": "x"}
    )
    view = SavedView.objects.get()
    assert (view.owner, view.query) == (desk.lucia, "all?network=mastodon")
    assert f"view={view.pk}" in response["HX-Trigger"]
    assert "Solo Mastodon" in Page(client.get(desk.url("inbox/mine"))).by_id("nav").text
    assert "Solo Mastodon" not in Page(desk.client(desk.bruno).get(desk.url("inbox/mine"))).by_id("nav").text
    # everybody's views are a supervisor's business
    assert client.post(desk.url("views"), {"in": "all", "name": "Todos", "shared": "1"}).status_code == 403
    assert (
        desk.client(desk.sanz)
        .post(desk.url("views"), {"in": "all", "name": "Todos", "shared": "1"})
        .status_code
        == 200
    )
    assert desk.client(desk.bruno).delete(desk.url(f"views/{view.pk}")).status_code == 404
    assert client.delete(desk.url(f"views/{view.pk}")).status_code == 200


def test_what_was_over_the_cap_is_not_counted_again_so_soon(
    desk: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counts, "CAP", 3)
    asked = desk.brand.pk, desk.lucia.pk, [desk.airports.pk], clock.now()
    cache.clear()
    before = counts.counts(*asked)
    assert (before["mine"], before["unassigned"], before["failed"]) == (3, 3, 1)
    Case.objects.filter(brand=desk.brand).exclude(failed=True).update(state="closed", failed=True)
    soon = counts.counts(*asked)  # what is one's own, and what was below, is counted each time
    assert (soon["mine"], soon["unassigned"], soon["failed"]) == (1, 3, 3)
    assert list(soon) == list(before)
    cache.clear()  # as it is after some seconds
    assert counts.counts(*asked)["unassigned"] == 0
