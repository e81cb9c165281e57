import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from cortafuegos.kit import log


class Lines(io.StringIO):
    def read_all(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.getvalue().splitlines()]


@pytest.fixture
def lines() -> Iterator[Lines]:
    root = logging.getLogger()
    before = root.handlers, root.level
    stream = Lines()
    log.configure({"json": True}, stream)
    yield stream
    root.handlers, level = before
    root.setLevel(level)


@pytest.mark.parametrize(
    "facts",
    [
        {"access_token": "s3cr3to"},
        {"Authorization": "Bearer s3cr3to"},
        {"new_password": "s3cr3to"},
        {"text": "mi s3cr3to"},
        {"message_body": "mi s3cr3to"},
        {"headers": {"X-Hub-Signature": "s3cr3to"}},
        {"posts": [{"id": 1, "text": "s3cr3to"}]},
        {"url": "https://api.test/x?access_token=s3cr3to&a=1"},
        {"url": "https://api.telegram.test/bot123:s3cr3to/getMe"},
        {"path": "/signin/s3cr3to-x_y"},
        {"url": "postgresql://app:s3cr3to@db/desk"},
        {"note": "{'client_secret': 's3cr3to'}"},
        {"thing": type("Thing", (), {"__repr__": lambda _: "Thing(token='s3cr3to')"})()},
    ],
)
def test_no_secret_and_no_words_are_logged(lines: Lines, facts: dict[str, Any]) -> None:
    log.get("cortafuegos").info("something_happened", **facts)
    assert "s3cr3to" not in lines.getvalue()
    assert lines.read_all()[0]["event"] == "something_happened"


def test_facts_that_are_neither_are_kept(lines: Lines) -> None:
    log.get("cortafuegos").info("reply_sent", reply=7, network="mastodon", parts=[1, 2])
    line = lines.read_all()[0]
    assert (line["reply"], line["network"], line["parts"]) == (7, "mastodon", [1, 2])
    assert line["level"] == "info"
    assert line["timestamp"].endswith("Z")


def test_the_standard_library_goes_the_same_way(lines: Lines) -> None:
    logging.getLogger("other").warning("asked with %s", "Bearer abcdefghijkl")
    assert lines.read_all()[0]["event"] == "asked with Bearer [redacted]"


def test_errors_carry_a_traceback_without_the_secret(lines: Lines) -> None:
    said = "refused: password=s3cr3to\nDETAIL: Failing row contains (s3cr3to)"
    try:
        raise ValueError(said)
    except ValueError:
        log.get("cortafuegos").exception("failed")
    assert "Traceback" in lines.read_all()[0]["exception"]
    assert "s3cr3to" not in lines.getvalue()


def test_one_correlation_runs_through_everything(lines: Lines) -> None:
    with log.correlation(case=7) as identifier:
        log.get("a").info("one")
        logging.getLogger("b").warning("two")
    log.get("a").info("three")
    first, second, third = lines.read_all()
    assert first["correlation"] == second["correlation"] == identifier
    assert first["case"] == second["case"] == 7
    assert "correlation" not in third


def test_libraries_that_tell_addresses_are_quiet(lines: Lines) -> None:
    logging.getLogger("httpx").info("HTTP Request: GET https://x.test/?q=1")
    logging.getLogger("uvicorn.access").info("GET /search?q=words")
    assert lines.getvalue() == ""
