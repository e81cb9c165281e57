"""A playbook as the fields of its page, and back. Pure: what is posted comes in as a mapping."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cortafuegos.knowledge.plain import FLAGS
from cortafuegos.knowledge.values import Playbook, Step

LANGUAGES = ("es", "en")
WORDINGS = ("es-tu", "es-usted", "es-vos", "en")
LINES = ("topics", "words", "cues")
CHOICES = ("intents", "causes", "networks", "postures")
MOST = 31  # steps in a form: one more than a playbook may have, so that the refusal is heard
_FLAG = {"yes": True, "no": False}


def fields(of: Playbook) -> dict[str, Any]:
    trigger = {name: "\n".join(getattr(of.trigger, name)) for name in LINES}
    trigger |= {name: getattr(of.trigger, name) for name in CHOICES}
    words = {True: "yes", False: "no", None: ""}
    flags = {name: words[getattr(of.trigger, name)] for name in FLAGS}
    steps = [_fields(n, step) for n, step in enumerate(of.steps)]
    return {
        "title": {language: of.title.get(language, "") for language in LANGUAGES},
        "position": of.position,
        "trigger": {**trigger, "urgency": of.trigger.urgency},
        "flags": flags,
        "steps": [*steps, _fields(len(steps), None)],
    }


def _fields(n: int, step: Step | None) -> dict[str, Any]:
    return {
        "n": n,
        "new": step is None,
        "id": step.id if step else "",
        "private": bool(step and step.private),
        "advice": {one: step.advice.get(one, "") if step else "" for one in LANGUAGES},
        "wordings": {one: step.wordings.get(one, "") if step else "" for one in WORDINGS},
        "department": {one: step.department.get(one, "") if step else "" for one in LANGUAGES},
        "task": {one: step.task.get(one, "") if step else "" for one in LANGUAGES},
        "collect": {one: "\n".join(step.collect.get(one, ())) if step else "" for one in LANGUAGES},
    }


def body(form: Mapping[str, str], several: Callable[[str], Sequence[str]]) -> dict[str, Any]:
    """What ``plain.playbook`` reads. A step without advice is no step; so is one marked for removal.
    Steps come in the order of their places."""
    trigger: dict[str, Any] = {name: form.get(name, "").splitlines() for name in LINES}
    trigger |= {name: list(several(name)) for name in CHOICES}
    trigger |= {name: _FLAG[form[name]] for name in FLAGS if form.get(name) in _FLAG}
    trigger["urgency"] = _whole(form.get("urgency", ""), 0)
    places = []
    for n in range(MOST):
        prefix = f"step-{n}-"
        if any(form.get(f"{prefix}advice-{one}", "").strip() for one in LANGUAGES) and not form.get(
            f"{prefix}gone"
        ):
            places.append((_whole(form.get(f"{prefix}place", ""), n + 1), n, _step(form, prefix)))
    return {
        "title": _texts(form, "title-", LANGUAGES),
        "trigger": trigger,
        "steps": [step for _place, _n, step in sorted(places, key=lambda one: one[:2])],
        "position": _whole(form.get("position", ""), 1000),
    }


def _step(form: Mapping[str, str], prefix: str) -> dict[str, Any]:
    given = form.get(f"{prefix}id", "")
    return {
        "id": given if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,38}", given) else f"step-{secrets.token_hex(4)}",
        "private": bool(form.get(f"{prefix}private")),
        "advice": _texts(form, f"{prefix}advice-", LANGUAGES),
        "wordings": _texts(form, f"{prefix}wordings-", WORDINGS),
        "department": _texts(form, f"{prefix}department-", LANGUAGES),
        "task": _texts(form, f"{prefix}task-", LANGUAGES),
        "collect": {one: form.get(f"{prefix}collect-{one}", "").splitlines() for one in LANGUAGES},
    }


def _texts(form: Mapping[str, str], prefix: str, keys: Sequence[str]) -> dict[str, str]:
    return {key: form.get(f"{prefix}{key}", "") for key in keys}


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else otherwise
