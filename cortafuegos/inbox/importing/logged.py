"""Ids inside what the log says of merges and splits, and inside the steps of a relation: what undoes them
reads these, so they are moved like any other id. What they named may be gone; then it is left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Moved = Callable[[str, Any], int]  # raises ValueError for what the file does not hold
Said = Mapping[str, Any]

_ONE = {
    "case.merged": {"into": "case"},
    "case.absorbed": {"source": "case"},
    "case.unmerged": {"from": "case"},
    "case.gave_back": {"source": "case"},
    "case.split": {"into": "case"},
    "case.opened": {"split_from": "case"},
    "case.reopened": {"message": "message", "undelivered": "reply"},
    "relationstep": {"with": "relationstep"},
}
_MANY = {"case.split": {"messages": "message"}}
_MERGED = {  # by its name in "moved" of case.merged
    "messages": "message",
    "notes": "note",
    "replies": "reply",
    "promises": "promise",
    "questions": "question",
    "approvals": "approval",
    "mistakes": "mistake",
    "drafts": "draft",
}


def moved(kind: str, data: Said, move: Moved, agent: Callable[[Any], int]) -> dict[str, Any]:
    """``data`` of an event of this kind, or of a step of a relation, with the ids of this installation."""
    found = dict(data)
    for name, table in _ONE.get(kind, {}).items():
        if name in found and (here := _some([found[name]], table, move)):
            found[name] = here[0]
    for name, table in _MANY.get(kind, {}).items():
        found[name] = _some(found.get(name), table, move)
    if kind == "case.merged" and isinstance(found.get("moved"), dict):
        lists = found["moved"].items()
        found["moved"] = {name: _some(ids, _MERGED[name], move) for name, ids in lists if name in _MERGED}
    given = found.get("given")
    if kind == "case.absorbed" and isinstance(given, dict) and given.get("assignee"):
        found["given"] = {**given, "assignee": agent(given["assignee"])}
    return found


def _some(ids: Any, table: str, move: Moved) -> list[int]:
    here = []
    for one in ids if isinstance(ids, list) else ():
        try:
            here.append(move(table, one))
        except ValueError:
            continue
    return here
