"""The playbook beside the conversation: which fits, what it advises next, in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from cortafuegos.guard.rules.address import SIGNED, first_name
from cortafuegos.guard.rules.sensitive import sensitive_data
from cortafuegos.guard.text import read
from cortafuegos.guard.values import Context, Draft
from cortafuegos.inbox.actions import amends
from cortafuegos.inbox.actions.surroundings import sign
from cortafuegos.inbox.models import Case, CasePlaybook, Message
from cortafuegos.inbox.queries.thread import Thread
from cortafuegos.kit.compiled import compiled, first
from cortafuegos.knowledge import library, rules
from cortafuegos.knowledge.values import Playbook, Situation, Step
from cortafuegos.team.models import Agent, Brand

LONGEST = 3_000  # code points looked through for personal data


def beside(agent: Agent, case: Case, thread: Thread, *, newcomer: bool) -> dict[str, Any]:
    """What the pane shows; empty where nothing fits and nothing can be chosen. Three statements, and
    one more where a version was never read before. After a mistake of ours, what fits a mistake of ours."""
    formality, posture = manner(case.brand_id)
    entries = library.library(case.brand_id)
    known = [entry.value for entry in entries.values() if entry.active]
    around = situation(case, thread, newcomer=newcomer, posture=posture)
    if any(amends.steps(one) for one in thread.mistakes.values()):
        around = replace(around, cause="human")
    fitting = rules.matching(known, around)
    run = first(_runs(case.brand_id, case.pk))
    begun = library.values(case.brand_id, [run.version_id]).get(run.version_id) if run else None
    value = begun or (fitting[0] if fitting else None)
    reader = (get_language() or "es")[:2], agent.brand.language
    others = [one for one in fitting if value is None or one.slug != value.slug]
    rest = [one for one in known if one not in fitting and (value is None or one.slug != value.slug)]
    return {
        "slug": value.slug if value else "",
        "title": rules.told(value.title, *reader) if value else "",
        "version": run.version.number if run and begun else 0,
        "newer": bool(run and begun and entries.get(begun.slug, library.Entry(begun)).value != begun),
        "steps": _steps(value, run if begun else None, agent, case, reader, formality) if value else [],
        "others": [(one.slug, rules.told(one.title, *reader)) for one in others],
        "rest": [(one.slug, rules.told(one.title, *reader)) for one in rest],
    }


@compiled
def _runs(brand_id: Any, case_id: Any) -> QuerySet[CasePlaybook]:
    rows = CasePlaybook.objects.filter(brand_id=brand_id, case_id=case_id).order_by("-chosen_at", "-pk")
    return rows.select_related("version").defer("version__body")[:1]


def manner(brand_id: int) -> tuple[str, str]:
    """How the brand addresses people, and how alarmed its desk is."""
    formality, posture = first(_manners(brand_id)) or (None, None)
    return formality or "", posture or "calm"


@compiled
def _manners(brand_id: Any) -> QuerySet[Brand, tuple[str | None, str | None]]:
    return Brand.objects.filter(pk=brand_id).values_list("guard_policy__formality", "posture_row__level")


def situation(case: Case, thread: Thread, *, newcomer: bool, posture: str = "calm") -> Situation:
    said = _last(thread.messages)
    labels = said.labels if said is not None and isinstance(said.labels, dict) else {}
    reasons = [one for one in labels.get("reasons") or () if isinstance(one, dict)]
    text = said.text if said is not None else ""
    return Situation(
        intent=case.intent,
        cause=case.cause,
        urgency=case.urgency,
        churn=case.churn,
        topics=frozenset({*case.topics, *case.tags}),
        cues=frozenset(str(one.get("code", "")) for one in reasons),
        text=text,
        public=case.public,
        network=case.network,
        posture=posture,
        first=case.first_answered_at is None,
        newcomer=newcomer,
        sensitive=bool(case.public and text and _holds_data(text, case)),
    )


def _last(messages: Sequence[Message]) -> Message | None:
    return next((m for m in reversed(messages) if m.direction == "in" and not m.deleted_at), None)


def _holds_data(text: str, case: Case) -> bool:
    around = Context(network=case.network, language=case.language[:2])
    return any(True for _ in sensitive_data(read(Draft(text[:LONGEST]), around), around))


def _steps(
    value: Playbook,
    run: CasePlaybook | None,
    agent: Agent,
    case: Case,
    reader: tuple[str, str],
    formality: str,
) -> list[dict[str, Any]]:
    marks = run.marks if run else {}
    shown = [_step(step, marks.get(step.id, {}), agent, case, reader, formality) for step in value.steps]
    current = next((step for step in shown if not step["done"] and not step["left_out"]), None)
    if current:
        current["current"] = True
    return shown


def _step(
    step: Step, mark: dict[str, Any], agent: Agent, case: Case, reader: tuple[str, str], formality: str
) -> dict[str, Any]:
    words = rules.wording(step.wordings, case.language or agent.brand.language, formality)
    signed = signature(agent, case.network, private=step.private)
    return {
        "id": step.id,
        "advice": rules.told(step.advice, *reader),
        "words": rules.fill(words, first_name(case.identity.name), signed) if words else "",
        "mode": "private" if step.private or not case.public else "public",
        "private": step.private,
        "department": rules.told(step.department, *reader),
        "task": rules.told(step.task, *reader),
        "collect": _facts(step, reader),
        "done": mark.get("done") is True,
        "left_out": str(mark.get("left_out", "")),
        "current": False,
    }


def signature(agent: Agent, network: str, *, private: bool) -> str:
    """What stands after words of ours: initials with their mark, or a name alone."""
    found = sign(agent) if not private and network in SIGNED else ""
    return f"^{found}" if 0 < len(found) <= 3 else found


def _facts(step: Step, reader: tuple[str, str]) -> tuple[str, ...]:
    for language in reader:
        if step.collect.get(language):
            return step.collect[language]
    return next(iter(step.collect.values()), ())
