import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cortafuegos.kit import home


@pytest.fixture(autouse=True)
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("CORTAFUEGOS_SECRET", raising=False)
    monkeypatch.setenv("CORTAFUEGOS_HOME", str(tmp_path / "desk"))
    return tmp_path / "desk"


def test_the_secret_is_made_once_and_closed_to_others(place: Path) -> None:
    first = home.secret()
    assert len(first) > 40
    assert home.secret() == first
    assert stat.S_IMODE((place / "secret.key").stat().st_mode) == 0o600
    assert [path.name for path in place.iterdir()] == ["secret.key"]


def test_processes_that_start_at_once_agree_on_it() -> None:
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: home.secret(), range(40)))) == 1


def test_the_environment_wins(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    monkeypatch.setenv("CORTAFUEGOS_SECRET", "de fuera")
    assert home.secret() == "de fuera"
    assert not place.exists()
