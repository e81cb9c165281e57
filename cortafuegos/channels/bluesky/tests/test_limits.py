from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.bluesky import limits
from cortafuegos.channels.bluesky.connector import connector
from cortafuegos.channels.contract import AccountView, Limits

FAMILY = "👨‍👩‍👧‍👦"  # one grapheme, 25 bytes


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("Avería", 6),
        ("Averi\u0301a", 6),  # the accent as a character of its own
        (FAMILY, 1),
        ("🇪🇸🇲🇽", 2),
        ("👍🏽", 1),
        ("ñ" * 300, 300),
        (FAMILY * 120, 120),  # exactly 3,000 bytes
        (FAMILY * 121, 303),  # 121 graphemes, but 3,025 bytes: it must not seem to fit
        ("\r\n", 1),
    ],
)
def test_posts_are_counted_in_graphemes_until_their_bytes_run_out(text: str, length: int) -> None:
    assert connector.measure(text, public=True) == length


def test_direct_messages_are_longer() -> None:
    text = FAMILY * 121
    assert connector.measure(text, public=False) == 121
    assert connector.measure(FAMILY * 401, public=False) > 1_000


@settings(deadline=None)
@given(st.text(max_size=400), st.sampled_from([limits.POST, limits.DIRECT_MESSAGE, limits.PROFILE]))
def test_what_fits_keeps_both_limits(text: str, size: limits.Size) -> None:
    kept = limits.graphemes(text) <= size.graphemes and len(text.encode()) <= size.octets
    assert limits.fits(text, size) == kept


@settings(deadline=None)
@given(st.integers(0, 2_000))
def test_many_bytes_never_seem_to_fit(count: int) -> None:
    assert limits.fits(FAMILY * count, limits.POST) == (count * 25 <= 3_000)


@pytest.mark.parametrize(("public", "length"), [(True, 300), (False, 1_000)])
def test_limits_say_whether_messages_can_be_answered(public: bool, length: int) -> None:
    allowed = AccountView(1, "bluesky", "did:plc:x", "x.example", "es", {"direct_messages": True}, {})
    denied = AccountView(1, "bluesky", "did:plc:x", "x.example", "es", {}, {})
    assert connector.limits(allowed, public=public) == Limits(length, "graphemes")
    told = connector.limits(denied, public=public)
    assert (told.length, told.private) == (length, False) and "app password" in told.note
