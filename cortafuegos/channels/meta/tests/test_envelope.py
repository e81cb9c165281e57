"""Batches are cut so that each event has one key for ever, and reaches its own account."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.contract import Delivery, Unreadable
from cortafuegos.channels.meta import envelope
from cortafuegos.channels.tests.samples import samples

SAMPLES = [
    s.delivery for network in ("facebook", "instagram") for s in samples(network) if s.posts is not None
]
PUSHED = [delivery for delivery in SAMPLES if b'"polled"' not in delivery.body]


def batched(entries, object="page"):
    return Delivery("", json.dumps({"object": object, "entry": entries}).encode(), {"x": "y"})


def comment(own, text="hola", verb="add"):
    value = {"item": "comment", "verb": verb, "comment_id": own, "post_id": "1_2", "message": text}
    return {"field": "feed", "value": value}


def test_each_page_gets_its_own():
    delivery = batched([
        {"id": "1", "time": 10, "changes": [comment("2_1"), comment("2_2")]},
        {"id": "7", "time": 10, "changes": [comment("2_3")]},
        {"id": "1", "time": 10_000, "messaging": [{"sender": {"id": "5"}}],
         "standby": [{"sender": {"id": "6"}}]},
    ])  # fmt: skip
    parts = envelope.split(delivery)
    assert [owner for owner, _part in parts] == [
        "facebook:1", "facebook:1", "facebook:7", "facebook:1", "facebook:1"]  # fmt: skip
    assert len({part.key for _owner, part in parts}) == 5
    for _owner, part in parts:
        assert envelope.key(part) == part.key
        assert part.headers == delivery.headers
        (event,) = envelope.events(part.body)
        assert event in envelope.events(delivery.body)


def test_instagrams_events_go_to_instagram():
    ((owner, part),) = envelope.split(
        batched([{"id": "178", "time": 5, "field": "mentions", "value": {"media_id": "1"}}], "instagram")
    )
    assert owner == "instagram:178"
    assert envelope.events(part.body)[0].field == "mentions"
    assert envelope.split(batched([{"id": "1", "changes": [comment("2_1")]}], "permissions")) == []


@given(st.permutations(range(6)), st.lists(st.integers(1, 5), max_size=4), st.integers(0, 10**9))
def test_the_same_events_batched_anew_have_the_same_keys(order, cuts, shift):
    said = [comment(f"2_{n}") for n in range(6)]
    first = {p.key for _, p in envelope.split(batched([{"id": "1", "time": 10, "changes": said}]))}
    again, begin = set(), 0
    shuffled = [said[n] for n in order]
    for cut in [*sorted(cuts), 6]:
        part = batched([{"id": "1", "time": 10 + shift, "changes": shuffled[begin:cut]}])
        again |= {p.key for _, p in envelope.split(part)}
        begin = max(begin, cut)
    assert again == first


def test_an_edit_back_and_forth_is_not_taken_for_a_repetition():
    keys = [
        envelope.key(batched([{"id": "1", "time": time, "changes": [comment("2_1", text, "edited")]}]))
        for time, text in ((10, "a"), (20, "b"), (30, "a"))
    ]
    assert len(set(keys)) == 3


def test_the_keys_of_a_batch_do_not_depend_on_its_order():
    entries = [{"id": "1", "time": 10, "changes": [comment(f"2_{n}")]} for n in range(9)]
    key = envelope.key(batched(entries))
    random.Random(5).shuffle(entries)
    assert envelope.key(batched(entries)) == key
    assert envelope.key(batched(entries[1:])) != key


@pytest.mark.parametrize("delivery", SAMPLES, ids=range(len(SAMPLES)))
def test_a_part_says_what_the_whole_said(delivery):
    events = envelope.events(delivery.body)
    parts = [e for _, part in envelope.split(delivery) for e in envelope.events(part.body)] if (
        delivery in PUSHED) else events  # fmt: skip
    assert [(e.owner, e.field, e.said) for e in parts] == [(e.owner, e.field, e.said) for e in events]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PUSHED), st.data())
def test_whatever_comes_is_cut_or_refused(delivery, data):
    body = bytearray(delivery.body)
    for _change in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    try:
        parts = envelope.split(Delivery("", bytes(body)))
    except Unreadable as reason:
        assert str(reason)
        return
    for owner, part in parts:
        assert owner.partition(":")[0] in ("facebook", "instagram")
        assert part.key


def test_too_much_at_once_is_refused():
    with pytest.raises(Unreadable, match="larger"):
        envelope.events(b'{"object":"page","entry":[' + b" " * envelope.LARGEST_BODY + b"]}")
    many = [comment(f"2_{n}") for n in range(envelope.MOST_EVENTS + 1)]
    with pytest.raises(Unreadable, match="events"):
        envelope.events(batched([{"id": "1", "changes": many}]).body)


@pytest.mark.parametrize(
    ("told", "at"),
    [
        (1795168800, "2026-11-20T10:00:00+00:00"),
        (1795168800417, "2026-11-20T10:00:00.417000+00:00"),
        ("1795168800", "2026-11-20T10:00:00+00:00"),
        ("2026-11-20T10:00:00+0000", "2026-11-20T10:00:00+00:00"),
        ("2026-11-20T12:00:00+02:00", "2026-11-20T10:00:00+00:00"),
    ],
)
def test_times_as_meta_tells_them(told, at):
    assert envelope.moment(told) == datetime.fromisoformat(at)
    assert envelope.moment(told).tzinfo is UTC


@pytest.mark.parametrize(
    "told", ["2026-11-20T10:00:00", "soon", 10**30, -(10**30), "9999-99-99", "0001-01-01T00:00:00+23:00"]
)
def test_times_that_are_none(told):
    with pytest.raises(Unreadable):
        envelope.moment(told)
