"""A case as a row of the list: two lines, one countdown, at most two chips."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cortafuegos.inbox import harmless, words
from cortafuegos.inbox.asking import ANSWERED, LATE
from cortafuegos.inbox.labels import crowds
from cortafuegos.inbox.labels.rules import Reach, Standing, ranked
from cortafuegos.inbox.labels.words import words as label
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.networks import Look, look
from cortafuegos.inbox.queries.presence import Here
from cortafuegos.inbox.words import Due
from cortafuegos.triage.sentences import fact

REACH = 10_000  # followers from which the row says so


@dataclass(frozen=True, slots=True)
class Chip:
    words: str
    icon: str = ""
    level: str = ""  # warn, danger, private, or plain
    title: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    id: int
    number: int
    state: str
    name: str
    words: str
    look: Look
    public: bool
    ago: str
    at: datetime
    seen: bool  # nothing is owed: the last word is ours, or the case rests
    due: Due | None
    due_at: datetime | None
    rest: str  # instead of a countdown: closed, snoozed until
    rest_icon: str
    chips: list[Chip]
    assignee: str
    pressing: list[str]  # why it comes before others, the weightiest first


def rows(
    cases: Iterable[Case], now: datetime, here: Mapping[int, list[Here]], *, agent_id: int, posture: str
) -> list[Row]:
    return [
        row(
            case,
            now,
            here.get(case.pk, []),
            agent_id=agent_id,
            posture=posture,
            assignee=str(case.assignee or ""),
        )
        for case in cases
    ]


def row(
    case: Case, now: datetime, here: list[Here], *, agent_id: int, posture: str, assignee: str = ""
) -> Row:
    rest, rest_icon = _rest(case, now)
    counting = case.state == "open" and case.due_at is not None
    return Row(
        id=case.pk,
        number=case.number,
        state=case.state,
        name=harmless.name(case.identity.name) or harmless.name(case.identity.handle),
        words=harmless.name(case.snippet) or harmless.name(case.subject),
        look=look(case.network),
        public=case.public,
        ago=words.ago(case.last_message_at, now),
        at=case.last_message_at,
        seen=not case.awaits_us or case.state != "open",
        due=words.due(case.due_at, now) if counting and case.due_at else None,
        due_at=case.due_at if counting else None,
        rest=rest,
        rest_icon=rest_icon,
        chips=_chips(case, here, "" if case.assignee_id == agent_id else assignee, now)[:2],
        assignee=assignee,
        pressing=pressing(case, now, posture) if case.state == "open" and case.awaits_us else [],
    )


def pressing(case: Case, now: datetime, posture: str) -> list[str]:
    """What a case's priority is made of, in words."""
    known = Standing(
        urgency=case.urgency,
        churn=case.churn,
        needs_reply=case.needs_reply,
        waiting_since=case.waiting_since,
        unanswered=case.unanswered,
    )
    reach = Reach(case.identity.followers or 0, case.identity.verified, case.public)
    return [fact(told) for told in ranked(known, reach, case.last_message_at, now, posture).facts]


def _to_approve(by: datetime | None, now: datetime) -> Chip:
    """An approval has a clock of its own, beside the one of the answer it holds up."""
    if by is None:
        return Chip(_("To approve"), "shield-check", "warn")
    due = words.due(by, now)
    if due.level == "late":
        return Chip(_("To approve, %(late)s") % {"late": due.words}, "shield-alert", "danger", due.until)
    return Chip(_("To approve"), "shield-check", "warn", due.until)


def _rest(case: Case, now: datetime) -> tuple[str, str]:
    if case.state == "snoozed" and case.snoozed_until:
        return words.coming(case.snoozed_until, now), "moon"
    if case.state == "closed":
        return _("closed"), "check"
    if case.state == "merged":
        return _("joined"), "git-merge"
    if not case.awaits_us and not case.due_at:
        return _("their turn"), "hourglass"
    return "", ""


def _chips(case: Case, here: list[Here], other: str, now: datetime) -> list[Chip]:
    """What changes what one does next, most pressing first."""
    found: list[Chip] = []
    waits = case.awaits_us and case.state == "open"
    if case.quiet:
        found.append(Chip(_("Relation ended"), "door-closed"))
    if case.failed:
        found.append(Chip(_("Did not go out"), "triangle-alert", "danger"))
    if case.proposed:
        found.append(_to_approve(case.approve_by, now))
    if case.returned:
        found.append(Chip(_("Returned"), "undo-2", "warn", _("An answer came back to its writer")))
    if case.inside == ANSWERED:
        found.insert(0, Chip(_("Answer inside"), "message-square-reply", "warn"))
    elif case.inside:
        late = case.inside == LATE
        found.append(
            Chip(_("No answer inside") if late else _("Asked inside"), "building-2", "warn" if late else "")
        )
    if here:
        first = here[0]
        said = _("%(name)s is writing") if first.typing else _("%(name)s is looking")
        found.append(Chip(first.name, "pencil" if first.typing else "eye", "", said % {"name": first.name}))
    if waits and case.urgency >= 2:
        level = "danger" if case.urgency == 3 else "warn"
        found.insert(0, Chip(label("urgency", case.urgency), "siren", level, _("How urgent it sounds")))
    if case.crowd:
        found.append(Chip(crowds.short(case), "copy", "", crowds.sentence(case)))
    if waits and case.churn:
        found.append(Chip(label("churn", True), "door-open", "warn"))
    followers = case.identity.followers or 0
    if followers >= REACH:
        title = _("%(n)s followers") % {"n": words.number(followers)}
        found.append(Chip(words.reach(followers), "users", "", title))
    elif case.identity.verified:
        found.append(Chip(_("Verified"), "badge-check"))
    if other:
        found.append(Chip(other.split()[0], "user", "", other))
    found += [Chip(harmless.name(topic)) for topic in case.topics[:1]]
    found += [Chip(tag) for tag in case.tags[:2]]
    if waits and case.intent in ("praise", "question"):
        found.append(Chip(label("intent", case.intent)))
    return found
