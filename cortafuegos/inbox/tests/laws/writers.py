"""Who writes the inbox's tables, told from the source: the check behind law 6."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

TABLES = {
    "Case": "case",
    "Message": "message",
    "Conversation": "conversation",
    "Note": "note",
    "Draft": "draft",
    "Reply": "reply",
    "Intervention": "intervention",
    "Approval": "approval",
    "Mistake": "mistake",
    "ReplyPolicy": "replypolicy",
    "Deadline": "deadline",
    "Promise": "promise",
    "RelationStep": "relationstep",
    "Joining": "joining",
    "Unlike": "unlike",
    "Department": "department",
    "Question": "question",
    "QuestionLink": "questionlink",
    "CasePlaybook": "caseplaybook",
    "Event": "event",
    "SavedView": "savedview",
    "Presence": "presence",
}
WRITING = {"create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
ON_ROWS = {"save", "delete"}
_RAW = re.compile(
    rf"(?i)\b(insert\s+into|update|delete\s+from|truncate)\s+cortafuegos_({'|'.join(TABLES.values())})\b"
)
# The last is a package above with verbs of its own, whose events are part of the same log.
MAY = ("inbox/actions/", "inbox/receive/", "inbox/importing/", "migrations/", "training/actions/")


def offences(source: str) -> Iterator[tuple[int, str]]:
    """Line and words of everything in a module that writes these tables."""
    tree = ast.parse(source)
    models, others = _imported(tree)
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and (raw := _RAW.search(node.value))
        ):
            yield node.lineno, raw[0]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            root, verb = _root(node.func.value), node.func.attr
            of_a_table = root in models and verb in WRITING
            of_a_row = bool(models) and verb in ON_ROWS and root not in others and not _plain(node)
            if of_a_table or of_a_row:
                yield node.lineno, f"{root}.{verb}"


def _plain(call: ast.Call) -> bool:
    """``.delete("key")`` and the like, on things that are no rows."""
    return bool(call.args)


def _imported(tree: ast.AST) -> tuple[set[str], set[str]]:
    """Names of the inbox's models here, and names of modules, whose functions are verbs."""
    models: set[str] = set()
    others: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = {alias.asname or alias.name for alias in node.names}
            if (node.module or "").startswith("cortafuegos.inbox.models"):
                models |= names & TABLES.keys()
            others |= {name for name in names if name.islower()}
    return models, others


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else "?"


def modules(package: Path) -> Iterator[Path]:
    for path in sorted(package.rglob("*.py")):
        inside = path.relative_to(package).as_posix()
        if not inside.startswith(MAY) and "/tests/" not in f"/{inside}":
            yield path
