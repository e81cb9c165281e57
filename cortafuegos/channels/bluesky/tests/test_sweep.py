from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.bluesky import sweep

NOW = datetime(2026, 11, 3, 12, 0, tzinfo=UTC)


class AppView:
    """Lists as Bluesky's app view does: sorted by the author's clock, newest first, a page's cursor
    being the time of its last post and the next page holding what is *before* it."""

    def __init__(self, page: int) -> None:
        self.posts: list[tuple[str, str]] = []  # time, name
        self.page, self.calls = page, 0
        self.hidden: set[str] = set()  # counted into a page, then filtered out of it

    def post(self, at: datetime, name: str) -> None:
        self.posts.append((at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), name))

    def fetch(self, cursor: str | None) -> tuple[Sequence[dict[str, Any]], str | None]:
        self.calls += 1
        below = sorted((post for post in self.posts if cursor is None or post[0] < cursor), reverse=True)
        page = below[: self.page]
        items = [{"uri": name, "cid": "c", "indexedAt": at} for at, name in page if name not in self.hidden]
        return items, page[-1][0] if page else None


def names(items: Sequence[dict[str, Any]]) -> list[str]:
    return [item["uri"] for item in items]


def drain(view: AppView, state: dict[str, Any], now: datetime) -> tuple[list[str], dict[str, Any]]:
    got: list[str] = []
    for _ in range(1_000):
        swept = sweep.sweep(view.fetch, state, now)
        state = swept.state
        got += names(swept.late) + names(swept.found)
        if not swept.more:
            return got, state
    raise AssertionError("never ends")


def test_the_first_look_goes_back_one_day() -> None:
    view = AppView(10)
    view.post(NOW - timedelta(hours=23), "yesterday")
    view.post(NOW - timedelta(hours=30), "before")
    assert drain(view, {}, NOW)[0] == ["yesterday"]


def test_a_quiet_poll_brings_nothing_and_asks_once() -> None:
    view = AppView(10)
    for n in range(30):
        view.post(NOW - timedelta(hours=n / 2), f"p{n}")
    _, state = drain(view, {}, NOW)
    view.calls = 0
    assert drain(view, state, NOW + timedelta(seconds=15))[0] == []
    assert view.calls == 1


def test_a_wave_longer_than_one_poll_is_brought_whole_while_it_goes_on() -> None:
    view = AppView(10)
    _, state = drain(view, {}, NOW)
    for n in range(400):
        view.post(NOW + timedelta(seconds=n), f"p{n}")
    swept = sweep.sweep(view.fetch, state, NOW + timedelta(seconds=400))
    assert swept.more and len(swept.found) < 400
    view.post(NOW + timedelta(seconds=401), "meanwhile")
    rest, state = drain(view, swept.state, NOW + timedelta(seconds=402))
    last, _ = drain(view, state, NOW + timedelta(seconds=403))
    assert {*names(swept.found), *rest, *last} == {f"p{n}" for n in range(400)} | {"meanwhile"}


def test_a_customer_with_a_slow_clock_is_heard_within_the_hour() -> None:
    view = AppView(5)
    for n in range(50):
        view.post(NOW - timedelta(minutes=n), f"p{n}")
    _, state = drain(view, {}, NOW)
    view.post(NOW - timedelta(minutes=5, milliseconds=1), "five minutes slow")
    view.post(NOW - timedelta(hours=3), "three hours slow")
    soon, state = drain(view, state, NOW + timedelta(minutes=1))
    assert soon == ["five minutes slow"]
    later, _ = drain(view, state, NOW + timedelta(hours=1, minutes=1))
    assert "three hours slow" in later


def test_a_page_emptied_by_the_server_is_not_the_end() -> None:
    view = AppView(10)
    for n in range(40):
        view.post(NOW - timedelta(minutes=n), f"p{n}")
    view.hidden = {f"p{n}" for n in range(30)}
    assert set(drain(view, {}, NOW)[0]) == {f"p{n}" for n in range(30, 40)}


def test_one_without_a_time_is_brought_and_moves_nothing() -> None:
    odd = {"uri": "odd", "cid": "c"}
    swept = sweep.sweep(lambda cursor: ([odd], None), {}, NOW)
    assert names(swept.found) == ["odd"]
    assert swept.state["seen"] == (NOW - sweep.LOOK_BACK).isoformat()


def test_an_opaque_cursor_is_passed_on_as_it_is() -> None:
    asked: list[str | None] = []

    def fetch(cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
        asked.append(cursor)
        at = (NOW - timedelta(hours=len(asked))).isoformat()
        return [{"uri": f"p{len(asked)}", "cid": "c", "indexedAt": at}], f"opaque-{len(asked)}"

    swept = sweep.sweep(fetch, {}, NOW)
    assert asked == [None, "opaque-1", "opaque-2", "opaque-3", "opaque-4"]
    assert swept.more and swept.state["cut"]["page"] == "opaque-5"


@settings(max_examples=200, deadline=None)
@given(
    page=st.integers(2, 7),
    bursts=st.lists(
        st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 9 * 60_000)), max_size=60),
        min_size=1,
        max_size=5,
    ),
)
def test_whatever_comes_between_polls_is_brought(page: int, bursts: list[list[tuple[int, int]]]) -> None:
    """Posts at any millisecond, by clocks up to nine minutes slow, in bursts of any size."""
    view, state, now = AppView(page), {}, NOW
    got: list[str] = []
    busiest = 0
    for number, burst in enumerate(bursts):
        for n, (after, slow) in enumerate(burst):
            view.post(
                now + timedelta(milliseconds=after // 1_000 * 1_000 - slow // 1_000 * 1_000), f"b{number}p{n}"
            )
        now += timedelta(minutes=1)
        times = [at for at, _ in view.posts]
        busiest = max([busiest, *(times.count(at) for at in set(times))])
        brought, state = drain(view, state, now)
        got += brought
    if busiest < page:  # a whole page of one millisecond hides the rest of it: no cursor reaches behind
        assert set(got) == {name for _, name in view.posts}
    assert len(state["recent"]) <= sweep.RECENT
