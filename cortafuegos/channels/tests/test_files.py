"""What networks take besides words: why something is refused, and that every connector's data is sound."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.contract import AccountView
from cortafuegos.channels.files import About, Files, TakesFiles, Trouble, trouble

SIZES = {"image/*": 1_000, "video/mp4": 5_000, "application/pdf": 100}
RULES = Files(date(2026, 11, 1), SIZES, 2, total=5_500, alone=frozenset({"video/*"}), alt=10, beside=20)
PHOTO = About("a.jpg", "image/jpeg", 900)


@pytest.mark.parametrize(
    ("carried", "length", "found"),
    [
        ([], 999, None),
        ([PHOTO], 20, None),
        ([PHOTO], 21, Trouble.WORDS),
        ([About("a.jpg", "image/jpeg", 5_400)], 1, None),  # made smaller on its way
        ([About("a.gif", "image/gif", 1_001)], 1, Trouble.SIZE),
        ([About("a.pdf", "application/pdf", 101)], 1, Trouble.SIZE),
        ([About("a.pdf", "application/pdf", 100)], 1, None),
        ([About("a.ogg", "audio/ogg", 1)], 1, Trouble.SORT),
        ([About("a.mov", "video/quicktime", 1)], 1, Trouble.SORT),
        ([PHOTO, About("a.mp4", "video/mp4", 1)], 1, Trouble.COMPANY),
        ([PHOTO, PHOTO, PHOTO], 1, Trouble.COUNT),
        ([About("a.jpg", "image/jpeg", 1, "elevenchars")], 1, Trouble.ALT),
        ([PHOTO, About("b.jpg", "image/jpeg", 4_700)], 1, Trouble.TOTAL),
    ],
)
def test_the_first_reason_is_told(carried, length, found):
    told = trouble(RULES, carried, length)
    assert (told and told[0]) == found
    assert told is None or told[1] in carried


def test_where_nothing_goes_that_is_the_reason():
    told = trouble(Files(date(2026, 11, 1)), [PHOTO], 1)
    assert told is not None and told[0] is Trouble.NONE


@pytest.mark.parametrize("network", sorted(registry.networks()))
@pytest.mark.parametrize(("public", "to_public"), [(True, True), (False, True), (False, False)])
def test_every_connectors_data_is_sound(network, public, to_public):
    connector = registry.connector(network)
    if not isinstance(connector, TakesFiles):
        assert not hasattr(connector, "files")
        return
    account = AccountView(1, network, "us", "us", "es", {}, {})
    files = connector.files(account, public=public, to_public=to_public)
    assert date(2026, 1, 1) <= files.as_of <= datetime.now(UTC).date()
    assert all(name.count("/") == 1 and size > 0 for name, size in files.sizes.items())
    assert files.most > 0 and files.alt >= 0
    assert files.sizes or files.note, "where nothing goes, the button says why"
    assert not files.sizes or files.most_bytes("image/jpeg")
