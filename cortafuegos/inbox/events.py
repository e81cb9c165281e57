"""What happened, in one line each, as a colleague would tell it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.inbox import words
from cortafuegos.inbox.labels.words import FIELDS
from cortafuegos.inbox.labels.words import words as words_of
from cortafuegos.inbox.models import Event
from cortafuegos.inbox.queries.cast import Cast
from cortafuegos.inbox.righting import NONE, Step

ICONS = {
    "case.claimed": "hand",
    "case.assigned": "user",
    "case.tagged": "tag",
    "case.snoozed": "moon",
    "case.woken": "bell",
    "case.quieted": "door-closed",
    "case.heard": "door-open",
    "relation.warned": "octagon-alert",
    "relation.unwarned": "undo-2",
    "case.closed": "check",
    "case.reopened": "rotate-ccw",
    "case.imported": "history",
    "case.absorbed": "git-merge",
    "case.gave_back": "split",
    "case.split": "split",
    "case.opened": "split",
    "deadline.missed": "triangle-alert",
    "mistake.reported": "triangle-alert",
    "mistake.apologised": "check",
    "mistake.left_out": "minus",
    "mistake.closed": "check",
    "draft.proposed": "shield-check",
    "approval.asked": "shield-check",
    "approval.given": "check",
    "approval.returned": "undo-2",
    "approval.overdue": "triangle-alert",
    "promise.made": "calendar-clock",
    "promise.due": "bell",
    "promise.kept": "check",
    "promise.broken": "triangle-alert",
    "playbook.step_left_out": "minus",
    "question.climbed": "arrow-up",
    "question.put_off": "clock",
    "question.unanswered": "triangle-alert",
    "message.relabelled": "scan-text",
    "message.withdrawing": "undo-2",
    "message.withdrawn": "check",
    "message.not_withdrawn": "triangle-alert",
    "message.hiding": "eye-off",
    "message.hidden": "check",
    "message.not_hidden": "triangle-alert",
    "message.showing": "eye",
    "message.shown": "check",
    "message.not_shown": "triangle-alert",
}


def sentence(event: Event, cast: Cast, now: datetime) -> str:
    """Empty for an event that says nothing to a reader."""
    by = cast.agent(event.agent_id)
    who = by.name if by else _("The desk")
    data: dict[str, Any] = event.data or {}
    match event.kind:
        case "case.claimed":
            if data.get("by_answering"):
                return _("%(who)s took it by answering") % {"who": who}
            return _("%(who)s took it") % {"who": who}
        case "case.assigned":
            return _assigned(who, data.get("to") or {}, cast)
        case "case.tagged":
            return _tagged(who, data)
        case "case.snoozed":
            until = datetime.fromisoformat(data["until"])
            return _("%(who)s put it off; it is back %(moment)s") % {
                "who": who,
                "moment": words.at(until, now),
            }
        case "case.woken":
            if data.get("undelivered"):
                return _("It is back: our answer was not delivered")
            return _("It is back") if by is None else _("%(who)s brought it back") % {"who": who}
        case "case.imported":
            return _("It came with the imported history")
        case "case.closed":
            return _("%(who)s closed it") % {"who": who}
        case "case.reopened":
            if data.get("undelivered"):
                return _("It is open again: our answer was not delivered")
            if by is None:
                return _("A new message opened it again")
            return _("%(who)s opened it again") % {"who": who}
        case "case.quieted" if data.get("joining"):
            return _(
                "%(who)s joined them with somebody the relation is ended with: it is out of the queues"
            ) % {"who": who}
        case "case.quieted":
            return _("%(who)s ended the relation with them: it is out of the queues") % {"who": who}
        case "case.heard" if data.get("why") == "separated":
            return _("%(who)s separated them from whom the relation is ended with: it is back") % {"who": who}
        case "case.heard" if by is None:
            return _("It is back although the relation is ended: something in it presses")
        case "case.heard":
            return _("%(who)s took the relation up again: it is back") % {"who": who}
        case "relation.warned":
            return _("%(who)s noted an answer of ours as a warning") % {"who": who}
        case "relation.unwarned":
            return _("%(who)s took back that an answer of ours was a warning") % {"who": who}
        case "message.relabelled":
            return _relabelled(who, data)
        case "reply.overridden":
            return _("%(who)s sent it although the guard warned: %(reason)s") % {
                "who": who,
                "reason": data.get("reason", ""),
            }
        case "deadline.missed":
            return _("The time for an answer passed") if data.get("kind") != "snooze" else ""
        case kind if kind.startswith(("promise.", "playbook.")):
            return _promised(kind, who, data, now)
        case kind if kind.startswith("question."):
            return _asked(kind, who, data, now)
        case kind if kind.startswith("mistake."):
            return _mistaken(kind, who, data)
        case kind if kind.startswith("approval."):
            return _approval(kind, who, data)
        case "draft.proposed":
            return _("%(who)s proposed a reply") % {"who": who}
        case "draft.declined":
            return _("%(who)s declined the proposal") % {"who": who}
        case "draft.withdrawn":
            return _("%(who)s withdrew the proposal") % {"who": who}
    return _joined(event.kind, who, data) or _intervened(event.kind, who, data)


def _assigned(who: str, to: Mapping[str, Any], cast: Cast) -> str:
    agent, team = cast.agent(to.get("assignee")), cast.teams.get(to.get("team") or 0)
    person = agent.name if agent else ""
    if person and team:
        return _("%(who)s gave it to %(person)s, team %(team)s") % {
            "who": who,
            "person": person,
            "team": team,
        }
    if person:
        return _("%(who)s gave it to %(person)s") % {"who": who, "person": person}
    if team:
        return _("%(who)s gave it to the team %(team)s") % {"who": who, "team": team}
    return _("%(who)s let it go") % {"who": who}


def _promised(kind: str, who: str, data: Mapping[str, Any], now: datetime) -> str:
    reason = str(data.get("reason", ""))
    match kind:
        case "promise.made":
            due = datetime.fromisoformat(data["due_at"])
            return _("%(who)s promised news %(before)s") % {"who": who, "before": words.before(due, now)}
        case "promise.due":
            return _("It is back: a promise falls due")
        case "promise.kept":
            return _("The promise was kept")
        case "promise.broken":
            return _("A promise was broken")
        case "promise.withdrawn":
            return _("%(who)s withdrew a promise: %(reason)s") % {"who": who, "reason": reason}
        case "playbook.step_left_out":
            return _("%(who)s left out a step: %(reason)s") % {"who": who, "reason": reason}
    return ""


def _asked(kind: str, who: str, data: Mapping[str, Any], now: datetime) -> str:
    facts = {"who": data.get("who", who), "was": data.get("was", ""), "to": data.get("to", "")}
    match kind:
        case "question.climbed":
            return _("%(was)s did not answer in time; %(who)s is asked now (%(to)s)") % facts
        case "question.put_off":
            until = words.before(datetime.fromisoformat(data["until"]), now)
            return _("%(who)s (%(to)s) will answer %(before)s") % {**facts, "before": until}
        case "question.unanswered":
            return _("Nobody in %(to)s answered, and nobody is left to ask") % facts
        case "question.withdrawn":
            return _("%(who)s withdrew the question to %(to)s") % facts
    return ""


def _approval(kind: str, who: str, data: Mapping[str, Any]) -> str:
    match kind:
        case "approval.asked":
            return _("%(who)s asked for approval") % {"who": who}
        case "approval.given" if data.get("edited"):
            return _("%(who)s approved it with other words") % {"who": who}
        case "approval.given":
            return _("%(who)s approved it") % {"who": who}
        case "approval.returned":
            return _("%(who)s returned it with a comment") % {"who": who}
        case "approval.overdue":
            return _("The time for its approval passed")
    return _("%(who)s withdrew the proposal") % {"who": who}


def _mistaken(kind: str, who: str, data: Mapping[str, Any]) -> str:
    match kind:
        case "mistake.reported":
            return _("%(who)s says it was published by mistake") % {"who": who}
        case "mistake.apologised":
            return _("%(who)s apologised for our mistake") % {"who": who}
        case "mistake.left_out" if data.get("step") == Step.TAKE_OFF:
            return _("%(who)s leaves our mistake on the network") % {"who": who}
        case "mistake.left_out":
            return _("%(who)s leaves our mistake without an apology") % {"who": who}
        case "mistake.closed" if data.get("cause") == NONE:
            return _("%(who)s reviewed it: it was no mistake") % {"who": who}
        case "mistake.closed":
            return _("%(who)s reviewed our mistake") % {"who": who}
    return ""


def _intervened(kind: str, who: str, data: Mapping[str, Any]) -> str:
    told = {"who": who, "reason": data.get("reason", "")}
    match kind:
        case "message.withdrawing":
            return _("%(who)s has what we said taken off the network: %(reason)s") % told
        case "message.withdrawn":
            return _("It is off the network")
        case "message.not_withdrawn":
            return _("It could not be taken off the network")
        case "message.hiding":
            return _("%(who)s has a comment hidden: %(reason)s") % told
        case "message.hidden":
            return _("The comment is hidden")
        case "message.not_hidden":
            return _("The comment could not be hidden")
        case "message.showing":
            return _("%(who)s has a hidden comment shown again: %(reason)s") % told
        case "message.shown":
            return _("The comment can be read again")
        case "message.not_shown":
            return _("The comment is still hidden")
    return ""


def _tagged(who: str, data: Mapping[str, Any]) -> str:
    before, after = data.get("from") or [], data.get("to") or []
    added = [tag for tag in after if tag not in before]
    removed = [tag for tag in before if tag not in after]
    if added and removed:
        return _("%(who)s changed its labels to %(tags)s") % {"who": who, "tags": ", ".join(after)}
    if removed:
        return _("%(who)s took off the label %(tags)s") % {"who": who, "tags": ", ".join(removed)}
    return _("%(who)s labelled it %(tags)s") % {"who": who, "tags": ", ".join(added)}


def _relabelled(who: str, data: Mapping[str, Any]) -> str:
    changes = data.get("changes") or {}
    # That there is no cause goes without saying.
    now = [words_of(name, changes[name][1]) for name in FIELDS if changes.get(name, [0, "none"])[1] != "none"]
    said = ", ".join(one.lower() for one in now if one)
    if data.get("given_back"):
        return _("%(who)s took back what they had set: %(labels)s") % {"who": who, "labels": said}
    return _("%(who)s says it is: %(labels)s") % {"who": who, "labels": said}


def _joined(kind: str, who: str, data: Mapping[str, Any]) -> str:
    number = data.get("number", "…")
    match kind:
        case "case.absorbed":
            return _("%(who)s joined case %(number)s to this one") % {"who": who, "number": number}
        case "case.gave_back":
            return _("%(who)s separated case %(number)s again") % {"who": who, "number": number}
        case "case.split":
            return _("%(who)s moved messages to case %(number)s") % {"who": who, "number": number}
        case "case.opened" if data.get("split_from"):
            return _("%(who)s opened it with messages of case %(number)s") % {"who": who, "number": number}
    return ""
