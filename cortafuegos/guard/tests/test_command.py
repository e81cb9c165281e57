"""`cortafuegos guard`: lines in, lines out, whatever the lines are."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from cortafuegos.cli_guard import guard

GOOD = {"id": "a", "reply": "Hola, Ana. Lo vemos ahora mismo."}
LEAK = {"id": 7, "reply": "Tu DNI 12345678Z ya consta."}


def run(*lines: object, args: tuple[str, ...] = ("--language", "en"), raw: bytes = b""):
    body = raw or "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines).encode()
    done = CliRunner().invoke(guard, list(args), input=body)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return [json.loads(line) for line in done.stdout.splitlines()], done


def test_only_id_and_reply_are_needed():
    (said,), _done = run(LEAK)
    assert (said["id"], said["verdict"]) == (7, "block")
    (found,) = said["findings"]
    assert found == {
        "rule": "sensitive-data",
        "severity": "block",
        "span": [7, 16],
        "message": "This is an identity or tax number. Everybody would see it: leave it out.",
        "proposal": "•••",
    }


def test_the_reader_chooses_the_language():
    (said,), _done = run(LEAK, args=("--language", "es"))
    assert said["findings"][0]["message"].startswith("Es un número de identidad")


BAD = [
    "no json",
    "[]",
    "3",
    "null",
    '"x"',
    "{",
    "{}",
    '{"id": 1}',
    '{"reply": "x"}',
    '{"id": null, "reply": "x"}',
    '{"id": true, "reply": "x"}',
    '{"id": [], "reply": "x"}',
    '{"id": 1, "reply": 3}',
    '{"id": 1, "reply": null}',
    '{"id": 1, "reply": "x", "public": "yes"}',
    '{"id": 1, "reply": "x", "history": {}}',
    '{"id": 1, "reply": "x", "history": [3]}',
    '{"id": 1, "reply": "x", "history": [{"text": 3}]}',
    '{"id": 1, "reply": "x", "customer": 3}',
    '{"id": 1, "reply": "x", "customer": {"name": 3}}',
    '{"id": 1, "reply": "x", "channel_moves": "many"}',
    '{"id": 1, "reply": "x", "channel_moves": -1}',
    '{"id": 1, "reply": "x", "consecutive_dms": 1.5}',
    '{"id": 1, "reply": "x", "urgency": "very"}',
    '{"id": 1, "reply": "x", "language": 3}',
    '{"id": 1, "reply": "x", "settings": {"links": "loud"}}',
    "[" * 100_000,
]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_line_is_told_and_the_rest_goes_on(bad):
    lines, done = run(GOOD, bad, LEAK)
    assert [one.get("verdict") for one in lines] == ["pass", None, "block"]
    assert (lines[1]["line"], sorted(lines[1])) == (2, ["error", "line"])
    assert done.exit_code == 0
    assert run(bad, args=("--strict",))[1].exit_code == 1


def test_bytes_that_are_no_text_and_empty_lines():
    lines, _done = run(raw=b'\xef\xbb\xbf{"id":1,"reply":"Hola"}\r\n\n\xff\xfe\n   \n{"id":2,"reply":"Hola"}')
    assert [one.get("id") for one in lines] == [1, None, 2]
    assert lines[1] == {"line": 3, "error": "not UTF-8"}


@pytest.mark.parametrize("odd", ["\ud800", "\x00", "\u202e", "\\", "%", "{0}"])
def test_odd_characters_come_through(odd):
    (said,), _done = run({"id": odd, "reply": f"Hola {odd}", "customer": {"name": odd}, "message": odd})
    assert said["verdict"] in ("pass", "warn", "block")


@pytest.mark.parametrize(
    ("network", "text", "over"),
    [
        ("x", "ñ" * 280, False),
        ("x", "ñ" * 281, True),
        ("x", "好" * 141, True),
        ("x", "a " * 120 + "https://condor.example/" + "b" * 200, False),
        ("bluesky", "👨‍👩‍👧" * 300, False),
        ("bluesky", "a" * 301, True),
        ("mastodon", "a" * 500, False),
        ("mastodon", "a" * 501, True),
        ("instagram", "é" * 1101, True),
        ("", "a" * 9000, False),
        ("no-such", "a" * 9000, False),
        ("BLUESKY", "a" * 301, True),
    ],
)
def test_too_long_is_by_the_networks_own_measure(network, text, over):
    (said,), _done = run({"id": 1, "reply": text, "network": network})
    assert ("too-long" in [one["rule"] for one in said["findings"]]) is over


def test_the_same_words_to_named_customers_are_a_copy_from_the_fourth_on():
    words = "Hola, {}. Lamentamos mucho lo ocurrido con tu vuelo de hoy y lo estamos mirando ya."
    names = ["Ana", "Luis", "Mar", "Sol", "Paz"]
    named = [{"id": n, "reply": words.format(n), "customer": {"name": n}} for n in names]
    found = [any(f["rule"] == "copy-paste" for f in one["findings"]) for one in run(*named)[0]]
    assert found == [False, False, False, True, True]
    unnamed = [{"id": n, "reply": words.format("")} for n in names]
    assert not any(f["rule"] == "copy-paste" for one in run(*unnamed)[0] for f in one["findings"])
    same = [{"id": n, "reply": words.format("Ana"), "customer": {"name": "Ana"}} for n in names]
    assert not any(f["rule"] == "copy-paste" for one in run(*same)[0] for f in one["findings"])


def test_it_needs_no_django_and_no_database():
    code = (
        'import sys, io; sys.stdin = io.TextIOWrapper(io.BytesIO(b\'{"id": 1, "reply": "Hola"}\'));'
        "from cortafuegos.cli_guard import guard; guard(['--language', 'es'], standalone_mode=False);"
        "print('django' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.splitlines()[-1] == "False"


def test_a_megabyte_and_broken_bytes_are_a_line_each_and_the_rest_goes_on():
    long = json.dumps({"id": 2, "reply": "No me grites, qué problema. " * 40_000}).encode()
    body = b'\xff\xfe\n{"id": 1, "reply": "x", "settings": []}\n' + long + b'\n{"id": 3, "reply": "Hola."}'
    said, _done = run(raw=body)
    assert said[0] == {"line": 1, "error": "not UTF-8"}
    assert said[1] == {"line": 2, "error": "settings is no object"}
    assert [(one["id"], one["verdict"]) for one in said[2:]] == [(2, "warn"), (3, "pass")]
