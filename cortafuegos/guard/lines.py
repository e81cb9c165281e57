"""A line of JSON in, a draft with its context out; a judgement in, a line out."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from cortafuegos.guard.measure import measure
from cortafuegos.guard.sentences import sentence
from cortafuegos.guard.values import Context, Draft, Entry, Formality, Judgement, Setting

CUSTOMER = frozenset({"customer", "cliente", "client", "user", "usuario", "cust"})
_FORMALITIES = {
    "tu": "tu",
    "tú": "tu",
    "tuteo": "tu",
    "usted": "usted",
    "ustedes": "usted",
    "vos": "vos",
    "voseo": "vos",
}
_URGENCIES = {
    "none": 0,
    "low": 0,
    "baja": 0,
    "normal": 1,
    "medium": 1,
    "media": 1,
    "high": 2,
    "alta": 2,
    "critical": 3,
    "urgent": 3,
    "urgente": 3,
    "critica": 3,
}


class BadLine(ValueError):
    """Why a line cannot be read, for the person who wrote it. Never holds the line's own words."""


def parse(line: str) -> tuple[str | int, Draft, Context]:
    """What is missing is unknown; what has another type than expected is refused by name."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLine("not JSON") from None
    if not isinstance(row, dict):
        raise BadLine("not a JSON object")
    named = row.get("id")
    if isinstance(named, bool) or not isinstance(named, str | int):
        raise BadLine("id is missing, or neither text nor a number")
    if not isinstance(row.get("reply"), str):
        raise BadLine("reply is missing, or no text")
    public = _flag(row, "public")
    draft = Draft(row["reply"], True if public is None else public)
    return named, draft, context_of(row, draft)


def context_of(row: Mapping[str, Any], draft: Draft) -> Context:
    network = _text(row, "network").lower()
    customer, agent = _object(row, "customer"), _object(row, "agent")
    length, limit = measure(draft.text, network, public=draft.public) or (None, None)
    if (own := _number(row, "limit")) is not None:
        length, limit = (len(draft.text) if length is None else length), own
    return Context(
        length=length,
        limit=limit,
        asked_in_private=bool(_flag(row, "asked_in_private")),
        network=network,
        language=_text(row, "language").lower()[:2],
        first_answer=_flag(row, "first_answer"),
        message=_text(row, "message"),
        intent=_label(row, "intent"),
        cause=_label(row, "cause"),
        urgency=_urgency(row),
        customer=_text(customer, "name", "customer.name"),
        agent=_text(agent, "name", "agent.name"),
        initials=_text(agent, "initials", "agent.initials"),
        history=tuple(_entry(one) for one in _list(row, "history")),
        channel_moves=_number(row, "channel_moves"),
        consecutive_dms=_number(row, "consecutive_dms"),
        posture=_text(row, "posture").lower() or "calm",
        formality=_formality(row),
        reach=_number(customer, "followers") if "followers" in customer else _number(row, "reach"),
        recent_public=tuple(one for one in _list(row, "recent_public") if isinstance(one, str)),
        forbidden={str(k): str(v or "") for k, v in _object(row, "forbidden").items()},
        names=tuple(one for one in _list(row, "names") if isinstance(one, str)),
        own_domains=tuple(one.lower() for one in _list(row, "own_domains") if isinstance(one, str)),
        settings=_settings(row),
    )


def result(named: str | int, judgement: Judgement, translate: Callable[[str], str]) -> str:
    return (
        json.dumps(
            {
                "id": named,
                "verdict": str(judgement.verdict),
                "findings": [
                    {
                        "rule": finding.rule,
                        "severity": str(finding.severity),
                        "span": list(finding.span),
                        "message": sentence(finding, translate),
                        "proposal": finding.proposal,
                    }
                    for finding in judgement.findings
                ],
            },
            ensure_ascii=False,
        )
        .encode("utf-8", "replace")
        .decode()
    )


def _text(row: Mapping[str, Any], key: str, named: str = "") -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLine(f"{named or key} is no text")
    return value


def _label(row: Mapping[str, Any], key: str) -> str:
    """A label may come as text or as a list, the likeliest first."""
    value = row.get(key)
    if isinstance(value, list):
        value = value[0] if value else None
    if value is not None and not isinstance(value, str):
        raise BadLine(f"{key} is no text")
    return (value or "").lower()


def _object(row: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = row.get(key)
    if value is None:
        return {}
    if isinstance(value, str) and key in ("customer", "agent"):
        return {"name": value}
    if not isinstance(value, dict):
        raise BadLine(f"{key} is no object")
    return value


def _list(row: Mapping[str, Any], key: str) -> list[Any]:
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise BadLine(f"{key} is no list")
    return value


def _flag(row: Mapping[str, Any], key: str) -> bool | None:
    value = row.get(key)
    if value is not None and not isinstance(value, bool):
        raise BadLine(f"{key} is neither true nor false")
    return value


def _number(row: Mapping[str, Any], key: str) -> int | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not -1 < value < 10**12:
        raise BadLine(f"{key} is no whole number")
    return value


def _urgency(row: Mapping[str, Any]) -> int | None:
    value = row.get("urgency")
    if isinstance(value, str):
        if value and value.lower() not in _URGENCIES and not value.isdigit():
            raise BadLine("urgency is neither 0 to 3 nor one of its names")
        return _URGENCIES.get(value.lower(), int(value[:3]) if value.isdecimal() else None)
    if isinstance(value, float) and 0 <= value <= 3:
        return int(value)
    return _number(row, "urgency")


def _entry(value: Any) -> Entry:
    if not isinstance(value, dict):
        raise BadLine("an entry of history is no object")
    author = _text(value, "from", "history.from").lower()
    public = _flag(value, "public")
    return Entry(
        "customer" if author in CUSTOMER else "agent",
        public is not False,
        _text(value, "text", "history.text"),
    )


def _formality(row: Mapping[str, Any]) -> Formality | None:
    value = _text(row, "formality").lower()
    return Formality(_FORMALITIES[value]) if value in _FORMALITIES else None


def _settings(row: Mapping[str, Any]) -> Mapping[str, Setting]:
    try:
        return {str(rule): Setting(value) for rule, value in _object(row, "settings").items()}
    except BadLine:
        raise
    except ValueError:
        raise BadLine("a setting is none of off, note, warn, block") from None
