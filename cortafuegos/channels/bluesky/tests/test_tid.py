from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from atproto_client.models.string_formats import Tid
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from cortafuegos.channels.bluesky import tid

AT = datetime(2026, 11, 3, 9, 15, 27, 512_000, tzinfo=UTC)
times = st.integers(0, 4_000_000_000_000).map(lambda ms: datetime.fromtimestamp(ms / 1_000, UTC))


def test_a_known_name() -> None:
    # The zero of the alphabet is "2"; one second is 1,000,000 microseconds, shifted by ten bits.
    assert tid.encode(0, 0) == "2222222222222"
    assert tid.encode(0, 33) == "2222222222233"
    assert tid.encode(1, 0) == "2222222222322"


def test_the_same_key_and_time_give_the_same_name_in_any_zone() -> None:
    elsewhere = AT.astimezone(timezone(timedelta(hours=-6)))
    assert tid.for_key("reply-7", AT) == tid.for_key("reply-7", elsewhere)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        tid.for_key("reply-7", AT.replace(tzinfo=None))


def sdk_tid(name: str) -> str:
    strict = {"strict_string_format": True}  # without it the SDK looks at nothing
    return TypeAdapter(Tid).validate_python(name, context=strict)


@settings(deadline=None)
@given(st.text(), times)
def test_the_sdk_takes_the_name_for_a_tid_and_it_tells_its_second(key: str, at: datetime) -> None:
    name = tid.for_key(key, at)
    assert sdk_tid(name) == name
    told = tid.time_of(name)
    assert told is not None and told.replace(microsecond=0) == at.replace(microsecond=0)


def test_ten_thousand_replies_of_one_second_have_names_of_their_own() -> None:
    assert len({tid.for_key(f"reply-{n}", AT) for n in range(10_000)}) == 10_000


@pytest.mark.parametrize(
    "name", ["", "self", "3m4qzjw2fzc2", "3m4qzjw2fzc2y2", "3m4qzjw2fzc21", "z222222222222"]
)
def test_other_names_tell_no_time(name: str) -> None:
    assert tid.time_of(name) is None
