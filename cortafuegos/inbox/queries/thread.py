"""Everything that was said in a case, by anybody, in the order it was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from cortafuegos.inbox import asked
from cortafuegos.inbox.actions.intervening import TOLD as TOLD_OF
from cortafuegos.inbox.models import (
    Case,
    DeliveryStatus,
    Event,
    Intervention,
    Message,
    Mistake,
    Note,
    Question,
    Reply,
)
from cortafuegos.inbox.networks import follows
from cortafuegos.kit.compiled import compiled, first

OWN = 100  # messages of the case itself shown at once
AROUND = 60  # posts by others around each of its public threads
THREADS = 5
EVENTS = 60
WHOLE = 20  # times as much for whoever asks for what was said before
EVER = datetime.min.replace(tzinfo=UTC)

# Events that say something which stands nowhere else in the thread.
TOLD = (
    "case.claimed", "case.assigned", "case.tagged", "case.snoozed", "case.woken", "case.closed",
    "case.reopened", "case.absorbed", "case.gave_back", "case.split", "case.opened", "deadline.missed",
    "promise.made", "promise.due", "promise.kept", "promise.broken", "promise.withdrawn",
    "playbook.step_left_out", "draft.proposed", "draft.declined", "draft.withdrawn", "message.relabelled",
    "question.climbed", "question.put_off", "question.unanswered", "question.withdrawn",
    "approval.asked", "approval.given", "approval.returned", "approval.withdrawn", "approval.overdue",
    "mistake.reported", "mistake.apologised", "mistake.left_out", "mistake.closed",
    *(kind for told in TOLD_OF.values() for kind in told),
)  # fmt: skip


@dataclass(slots=True)
class Thread:
    messages: list[Message]  # the case's own, oldest first
    around: list[Message]  # said by others, or to others, in the same public threads
    replies: dict[int, Reply]  # by the message each became
    waiting: list[Reply]  # without a message: on their way, failed, taken back
    notes: list[Note]
    events: list[Event]
    questions: list[Question] = field(default_factory=list)  # asked inside, oldest first
    earlier: bool = False  # there is more before the first message shown
    mentioned: dict[int, int] = field(default_factory=dict)  # other cases' numbers, by id
    statuses: dict[int, DeliveryStatus] = field(default_factory=dict)  # by our message
    interventions: dict[int, Intervention] = field(default_factory=dict)  # the last, by its message
    mistakes: dict[int, Mistake] = field(default_factory=dict)  # of the case, by its message

    def unanswered(self) -> frozenset[int]:
        """What they said after our last answer, or at least the last thing they said."""
        spoke = max((place for place, m in enumerate(self.messages) if m.direction == "out"), default=-1)
        theirs = [m for m in self.messages if m.direction == "in"]
        fresh = [m.pk for m in self.messages[spoke + 1 :]]
        return frozenset(fresh[-10:] or [m.pk for m in theirs[-1:]])


def thread(case: Case, *, whole: bool = False) -> Thread:
    mine = case.brand_id, case.pk
    most = OWN * WHOLE if whole else OWN
    latest = _all_said(*mine) if whole else _said(*mine)
    messages, earlier = latest[:most][::-1], len(latest) > most
    start = messages[0].posted_at if earlier else EVER
    around = [m for m in _around(case, messages, AROUND * WHOLE if whole else AROUND) if m.posted_at >= start]
    sent = _replies(*mine, start)[:most][::-1]
    return Thread(
        messages=messages,
        around=around,
        replies={r.message_id: r for r in sent if r.message_id},
        waiting=[r for r in sent if not r.message_id],
        notes=_notes(*mine, start)[:most][::-1],
        events=_events(*mine, start)[::-1],
        questions=asked.of(case),
        earlier=earlier,
        interventions=_interventions(case.brand_id, [m.pk for m in (*messages, *around)]),
        statuses=_statuses(case.brand_id, [m for m in messages if m.direction == Message.Direction.OUT]),
        mistakes={one.message_id: one for one in _mistakes(case.brand_id, case.pk)},
        mentioned=_numbers(case.brand_id, {m.case_id for m in around if m.case_id}),
    )


@compiled
def _said(brand_id: Any, case_id: Any) -> QuerySet[Message]:
    return _messages(brand_id).filter(case_id=case_id).order_by("-posted_at", "-id")[: OWN + 1]


@compiled
def _all_said(brand_id: Any, case_id: Any) -> QuerySet[Message]:
    return _messages(brand_id).filter(case_id=case_id).order_by("-posted_at", "-id")[: OWN * WHOLE + 1]


@compiled
def _replies(brand_id: Any, case_id: Any, since: Any) -> QuerySet[Reply]:
    rows = Reply.objects.filter(brand_id=brand_id, case_id=case_id, created_at__gte=since)
    return rows.defer("guard", "correlation").order_by("-created_at")[: OWN * WHOLE]


@compiled
def _notes(brand_id: Any, case_id: Any, since: Any) -> QuerySet[Note]:
    rows = Note.objects.filter(brand_id=brand_id, case_id=case_id, created_at__gte=since)
    return rows.order_by("-created_at")[: OWN * WHOLE]


@compiled
def _events(brand_id: Any, case_id: Any, since: Any) -> QuerySet[Event]:
    rows = Event.objects.filter(brand_id=brand_id, case_id=case_id, kind__in=TOLD, at__gte=since)
    return rows.defer("correlation").order_by("-id")[:EVENTS]


def _interventions(brand_id: int, message_ids: list[int]) -> dict[int, Intervention]:
    return {one.message_id: one for one in _intervened(brand_id, message_ids)}


@compiled
def _intervened(brand_id: Any, message_ids: Any) -> QuerySet[Intervention]:
    return Intervention.objects.filter(brand_id=brand_id, message_id__any=message_ids).order_by("pk")


def _statuses(brand_id: int, ours: list[Message]) -> dict[int, DeliveryStatus]:
    """What became of what we said, where the network tells."""
    named = {(m.network, m.network_id): m.pk for m in ours if follows(m.network)}
    if not named:
        return {}
    told = _told(brand_id, list({network for network, _ in named}), [network_id for _, network_id in named])
    return {named[one.network, one.network_id]: one for one in told if (one.network, one.network_id) in named}


@compiled
def _told(brand_id: Any, networks: Any, network_ids: Any) -> QuerySet[DeliveryStatus]:
    rows = DeliveryStatus.objects.filter(brand_id=brand_id, network__any=networks)
    return rows.filter(network_id__any=network_ids)


@compiled
def _mistakes(brand_id: Any, case_id: Any) -> QuerySet[Mistake]:
    rows = Mistake.objects.filter(brand_id=brand_id, case_id=case_id)
    return rows.select_related("message").order_by("pk")


def _numbers(brand_id: int, case_ids: set[int]) -> dict[int, int]:
    return dict(_numbered(brand_id, list(case_ids))) if case_ids else {}


@compiled
def _numbered(brand_id: Any, case_ids: Any) -> QuerySet[Case, tuple[int, int]]:
    return Case.objects.filter(brand_id=brand_id, pk__any=case_ids).values_list("pk", "number")


def _messages(brand_id: Any) -> QuerySet[Message]:
    """What a line of the thread shows; every column less is time saved on each of a hundred rows."""
    identity = ("identity__name", "identity__handle", "identity__person_id", "identity__followers")
    shown = ("text", "subject", "posted_at", "public", "direction", "network", "url", "language", "labels")
    history = ("attachments", "ref", "versions", "edited_at", "deleted_at", "in_reply_to")
    keys = ("case_id", "conversation_id", "account_id", "agent_id", "network_id", "brand_id")
    return (
        Message.objects.filter(brand_id=brand_id)
        .select_related("identity")
        .only(*shown, *history, *keys, *identity)
    )


def _around(case: Case, messages: list[Message], most: int) -> list[Message]:
    """The rest of the public threads: of each its beginning, and what was said last."""
    threads = list(dict.fromkeys(m.conversation_id for m in reversed(messages) if m.public))[:THREADS]
    if not threads:
        return []
    with connection.cursor() as cursor:
        given: dict[str, Any] = {"brand": case.brand_id, "case": case.pk, "threads": threads, "most": most}
        cursor.execute(_ENDS, given)
        others = [row[0] for row in cursor.fetchall()]
    return _by_key(case.brand_id, others) if others else []


_ENDS = """
SELECT DISTINCT post.id FROM unnest(%(threads)s::bigint[]) AS thread(id), LATERAL (
  (SELECT id, case_id FROM cortafuegos_message WHERE brand_id = %(brand)s AND conversation_id = thread.id
    ORDER BY posted_at, id LIMIT 5)
  UNION ALL
  (SELECT id, case_id FROM cortafuegos_message WHERE brand_id = %(brand)s AND conversation_id = thread.id
    ORDER BY posted_at DESC, id DESC LIMIT %(most)s)
) AS post WHERE post.case_id IS DISTINCT FROM %(case)s
"""


@compiled
def _by_key(brand_id: Any, ids: Any) -> QuerySet[Message]:
    return _messages(brand_id).filter(pk__any=ids).order_by("posted_at", "pk")


def open_case(brand_id: int, number: int) -> Case | None:
    """A case by the number people know, with the person it is about."""
    return first(_of_number(brand_id, number))


@compiled
def _of_number(brand_id: Any, number: Any) -> QuerySet[Case]:
    return Case.objects.filter(brand_id=brand_id, number=number).select_related("person", "identity")
