import pytest

from cortafuegos.kit import database_url


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://app@/desk?host=/run/a%20b", ("desk", "app", "", "/run/a b", "", {})),
        (
            "postgresql://ana:se%40creto@db.test:6432/desk?sslmode=require",
            ("desk", "ana", "se@creto", "db.test", "6432", {"sslmode": "require"}),
        ),
        ("postgres:///desk", ("desk", "", "", "", "", {})),
    ],
)
def test_parse(url: str, expected: tuple[object, ...]) -> None:
    found = database_url.parse(url)
    keys = ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
    assert tuple(found[key] for key in keys) == expected


@pytest.mark.parametrize("url", ["mysql://app@/desk", "postgresql://app@host/"])
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL"):
        database_url.parse(url)


def test_ours_can_be_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert database_url.parse(database_url.current())["NAME"] == "cortafuegos"
