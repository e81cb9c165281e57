"""Playbooks as JSON and TOML hold them, and back. What is wrong in one is told by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from .values import Playbook, Step, Trigger

LISTS = ("intents", "causes", "topics", "cues", "words", "networks", "postures")
FLAGS = ("churn", "public", "first", "newcomer", "sensitive")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,38}")


class WrongPlaybook(ValueError):
    """``what`` names the part and ``code`` says what is wrong with it."""

    def __init__(self, code: str, what: str) -> None:
        super().__init__(f"{code}: {what}")
        self.code, self.what = code, what


def playbook(slug: str, body: Mapping[str, Any]) -> Playbook:
    """Raises WrongPlaybook for what no desk could follow: no title, no step, two steps of one name, a
    step without advice, a condition nobody knows."""
    if not isinstance(body, Mapping):
        raise WrongPlaybook("form", "body")
    steps = tuple(_step(one) for one in _list(body.get("steps", ()), "steps"))
    made = Playbook(
        slug=slug,
        title=_texts(body.get("title", {}), "title"),
        trigger=_trigger(body.get("trigger", {})),
        steps=steps,
        position=_whole(body.get("position", 1000), "position", 0, 100_000),
    )
    if not made.title:
        raise WrongPlaybook("empty", "title")
    if not steps:
        raise WrongPlaybook("empty", "steps")
    if len({step.id for step in steps}) < len(steps):
        raise WrongPlaybook("twice", "steps")
    return made


def body(of: Playbook) -> dict[str, Any]:
    """What :func:`playbook` reads again; only what is set."""
    trigger = {key: value for key, value in asdict(of.trigger).items() if value not in ((), None, 0)}
    steps = [{key: value for key, value in asdict(step).items() if value or key == "id"} for step in of.steps]
    return {
        "title": dict(of.title),
        "trigger": _lists(trigger),
        "steps": _lists(steps),
        "position": of.position,
    }


def _lists(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _lists(one) for key, one in value.items()}
    return [_lists(one) for one in value] if isinstance(value, tuple | list) else value


def _trigger(raw: Any) -> Trigger:
    if not isinstance(raw, Mapping):
        raise WrongPlaybook("form", "trigger")
    for unknown in raw.keys() - {field.name for field in fields(Trigger)}:
        raise WrongPlaybook("unknown", str(unknown)[:40])
    given: dict[str, Any] = {name: tuple(_strings(raw.get(name, ()), name)) for name in LISTS}
    for name in FLAGS:
        given[name] = raw.get(name)
        if not (given[name] is None or isinstance(given[name], bool)):
            raise WrongPlaybook("form", name)
    return Trigger(**given, urgency=_whole(raw.get("urgency", 0), "urgency", 0, 3))


def _step(raw: Any) -> Step:
    if not isinstance(raw, Mapping):
        raise WrongPlaybook("form", "steps")
    name = raw.get("id", "")
    if not isinstance(name, str) or not _ID.fullmatch(name):
        raise WrongPlaybook("form", "id")
    step = Step(
        id=name,
        advice=_texts(raw.get("advice", {}), "advice"),
        wordings=_texts(raw.get("wordings", {}), "wordings"),
        private=raw.get("private") is True,
        department=_texts(raw.get("department", {}), "department"),
        task=_texts(raw.get("task", {}), "task"),
        collect=_facts(raw.get("collect", {})),
    )
    if not step.advice:
        raise WrongPlaybook("empty", "advice")
    return step


def _texts(raw: Any, what: str) -> dict[str, str]:
    if not isinstance(raw, Mapping):
        raise WrongPlaybook("form", what)
    if not all(isinstance(key, str) and isinstance(words, str) for key, words in raw.items()):
        raise WrongPlaybook("form", what)
    return {key: " ".join(words.split()) for key, words in raw.items() if words.strip()}


def _facts(raw: Any) -> dict[str, tuple[str, ...]]:
    if not isinstance(raw, Mapping):
        raise WrongPlaybook("form", "collect")
    return {str(key): facts for key, given in raw.items() if (facts := tuple(_strings(given, "collect")))}


def _strings(raw: Any, what: str) -> list[str]:
    given = _list(raw, what)
    if not all(isinstance(one, str) for one in given):
        raise WrongPlaybook("form", what)
    return [clean for one in given if (clean := " ".join(one.split()))]


def _list(raw: Any, what: str) -> list[Any]:
    if not isinstance(raw, list | tuple):
        raise WrongPlaybook("form", what)
    return list(raw)


def _whole(raw: Any, what: str, least: int, most: int) -> int:
    if not isinstance(raw, int) or isinstance(raw, bool) or not least <= raw <= most:
        raise WrongPlaybook("form", what)
    return raw
