"""What every connector must keep, whoever writes it. See docs/new-channel.md."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Follows, Status
from cortafuegos.channels.contract import (
    Connector,
    Delivery,
    Field,
    Forged,
    Kind,
    Limits,
    Post,
    Unreadable,
)

from .mutations import broken
from .samples import Sample, account, folder, plain, samples

NETWORKS = registry.networks()
SAMPLES = [s for network in NETWORKS if folder(network).is_dir() for s in samples(network)]
READABLE = [s for s in SAMPLES if s.posts is not None]
SIGNED = [s for s in SAMPLES if s.signed_at is not None]

any_network = pytest.mark.parametrize("network", NETWORKS)
any_sample = pytest.mark.parametrize("sample", SAMPLES, ids=str)
readable_sample = pytest.mark.parametrize("sample", READABLE, ids=str)
signed_sample = pytest.mark.parametrize("sample", SIGNED, ids=str)

# Half pairs, NUL, joined emoji, combining marks, links and mentions: what people really type.
HARD = ["\ud800", "\udfff\ud800", "\x00", "👩‍👩‍👧‍👦" * 40, "e" + "\u0301" * 400, "\u202e" * 9,
        "@a@b.example https://example.org/" + "x" * 300, "\r\n" * 20, "🇪🇸🇦🇷🇨🇱", "\u200d\u200d",
        "www.", "http://", "https://[", "@", "@@@@", "#", "ﷺ" * 50]  # fmt: skip
anything = st.one_of(st.text(), st.text(st.characters()), st.sampled_from(HARD))
some = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def sender(sample: Sample) -> Connector:
    return registry.connector(sample.network)


@any_network
def test_it_is_a_connector_that_says_who_it_is(network: str) -> None:
    connector = registry.connector(network)
    assert isinstance(connector, Connector)
    assert connector.network == network
    assert str(connector.name).strip()
    assert 1 <= len(str(connector.mark)) <= 2
    assert connector.poll_seconds >= 0
    names = [field.name for field in connector.fields]
    assert all(isinstance(field, Field) and str(field.label).strip() for field in connector.fields)
    assert len(names) == len(set(names))


@any_network
def test_it_brings_samples(network: str) -> None:
    found = samples(network) if folder(network).is_dir() else []
    assert found, f"{network} has no samples: what it reads is a guess"
    kinds = {post["kind"] for s in found for post in s.posts or ()}
    assert Kind.POST in kinds, "no sample shows a post"
    if registry.connector(network).poll_seconds == 0:
        assert any(s.signed_at for s in found), "fed by webhook only, and no sample is signed"


@any_sample
def test_it_reads_what_the_samples_say(sample: Sample) -> None:
    us = account(sample.network)
    if sample.posts is None:
        with pytest.raises(Unreadable) as caught:
            sender(sample).read(us, sample.delivery)
        assert str(caught.value).strip(), "refused, and no reason given"
    else:
        assert plain(sender(sample).read(us, sample.delivery)) == sample.posts
        assert plain(_statuses(sample.network, sample.delivery)) == sample.statuses


def _statuses(network: str, delivery: Delivery) -> Sequence[Status]:
    connector = registry.connector(network)
    return connector.statuses(account(network), delivery) if isinstance(connector, Follows) else []


@readable_sample
def test_reading_is_pure(sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket.connect", _no_network)
    us = account(sample.network)
    before = dataclasses.asdict(us)
    first = sender(sample).read(us, sample.delivery)
    # Neither the clock nor the headers of another attempt may change what was said.
    assert sender(sample).read(us, sample.delivery) == first
    statuses = _statuses(sample.network, sample.delivery)
    assert _statuses(sample.network, sample.delivery) == statuses
    assert dataclasses.asdict(us) == before, "read changed the account it was given"


def _no_network(*_args: object) -> None:
    raise AssertionError("read opened a connection")


@readable_sample
def test_its_posts_are_well_formed(sample: Sample) -> None:
    for post in sender(sample).read(account(sample.network), sample.delivery):
        _check(post)


def _check(post: Post) -> None:
    assert isinstance(post, Post)
    assert post.posted_at.tzinfo is not None, "a naive time"
    assert post.posted_at.utcoffset() == timedelta(0), "a time that is not in UTC"
    for text in (post.network_id, post.author.network_id, post.conversation):
        assert isinstance(text, str)
        assert text.strip(), "an identifier is empty"
    for text in (post.text, post.subject, post.language, post.in_reply_to, post.author.name):
        assert isinstance(text, str)
    assert isinstance(post.public, bool)
    assert isinstance(post.addressed, bool)
    assert not post.author.handle.startswith("@")
    for url in (post.url, post.author.url, post.author.avatar, *(a.url for a in post.attachments)):
        assert not url or url.lower().startswith(("http://", "https://")), f"not safe to follow: {url[:40]}"
    dataclasses.asdict(post)


@any_sample
@some
@given(data=st.data())
def test_broken_payloads_are_refused_with_a_reason(sample: Sample, data: st.DataObject) -> None:
    body = data.draw(broken(sample.delivery.body))
    delivery = Delivery(sample.delivery.key, body, sample.delivery.headers)
    connector, us = sender(sample), account(sample.network)
    try:
        posts = connector.read(us, delivery)
        statuses = _statuses(sample.network, delivery)
    except Unreadable as reason:
        assert str(reason).strip()
    else:
        for post in posts:
            _check(post)
        for status in statuses:
            assert status.at.utcoffset() == timedelta(0)
            assert bool(status.network_id) != bool(status.conversation)
    with contextlib.suppress(Unreadable):
        assert isinstance(connector.key(us, delivery), str)


@any_sample
def test_a_repeated_delivery_has_the_same_key(sample: Sample) -> None:
    us, delivery = account(sample.network), sample.delivery
    if sample.posts is None or not sample.signed_at:
        return _same_key_or_refused(sample)
    again = Delivery("another try", delivery.body, {**delivery.headers, "x-attempt": "2"})
    key = sender(sample).key(us, delivery)
    assert key
    assert sender(sample).key(us, again) == key


def _same_key_or_refused(sample: Sample) -> None:
    """Polled payloads need no key of their own; if they get one, it is always the same."""
    said: list[Any] = []
    for _ in range(2):
        try:
            said.append(sender(sample).key(account(sample.network), sample.delivery))
        except Unreadable as reason:
            said.append(str(reason))
    assert said[0] == said[1]
    assert said[0]


def test_different_signed_samples_have_different_keys() -> None:
    keys = [(s.network, sender(s).key(account(s.network), s.delivery)) for s in SIGNED if s.posts is not None]
    assert len(keys) == len(set(keys))


@any_sample
def test_unsigned_pushes_are_refused(sample: Sample) -> None:
    us, now = account(sample.network), sample.signed_at or datetime.now(UTC)
    bare = Delivery("", sample.delivery.body, {})
    forged = Delivery("", sample.delivery.body, {k: "0" * len(v) for k, v in sample.delivery.headers.items()})
    for delivery in (bare, forged):
        with pytest.raises(Forged):
            sender(sample).verify(us, delivery, now)


@signed_sample
def test_signed_pushes_are_taken_and_tampered_or_stale_ones_refused(sample: Sample) -> None:
    us, now, delivery = account(sample.network), sample.signed_at, sample.delivery
    assert now is not None
    connector = sender(sample)
    connector.verify(us, delivery, now)
    wrong: list[tuple[Delivery, datetime]] = [
        (dataclasses.replace(delivery, body=delivery.body + b" "), now),
        (dataclasses.replace(delivery, body=b""), now),
    ]
    if not sample.timeless:
        connector.verify(us, delivery, now + timedelta(minutes=4))
        wrong += [(delivery, now + timedelta(minutes=6)), (delivery, now - timedelta(minutes=6))]
    for name in delivery.headers.keys() - {"content-type"}:
        for value in ("", "é", "٣" * 10, "t=,v1=", "t=1e9,v1=" + "0" * 64, "9" * 400):
            wrong.append((dataclasses.replace(delivery, headers={**delivery.headers, name: value}), now))
    for other, moment in wrong:
        with pytest.raises(Forged):
            connector.verify(us, other, moment)
    stranger = dataclasses.replace(us, credentials={})
    with pytest.raises(Forged):
        connector.verify(stranger, delivery, now)


@any_network
def test_nothing_measures_zero(network: str) -> None:
    for public in (True, False):
        assert registry.connector(network).measure("", public=public) == 0


@any_network
@some
@given(first=anything, second=anything, public=st.booleans())
def test_longer_text_never_measures_less(network: str, first: str, second: str, public: bool) -> None:
    measure = registry.connector(network).measure
    apart = measure(first, public=public), measure(second, public=public)
    # A line break keeps links and mentions of the two from running into each other.
    together = measure(f"{first}\n{second}", public=public)
    assert max(apart) <= together <= sum(apart) + 4


@any_network
@pytest.mark.parametrize("public", [True, False])
def test_limits_are_positive(network: str, public: bool) -> None:
    limits = registry.connector(network).limits(account(network), public=public)
    assert isinstance(limits, Limits)
    assert limits.length > 0
    assert limits.unit in ("graphemes", "characters", "bytes", "weighted")
