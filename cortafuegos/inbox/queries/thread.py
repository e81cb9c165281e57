"""Everything that was said in a case, by anybody, in the order it was said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from cortafuegos.inbox.models import Case, Event, Message, Note, Reply

OWN = 100  # messages of the case itself shown at once
AROUND = 60  # posts by others around each of its public threads
THREADS = 5
EVENTS = 60

# Events that say something which stands nowhere else in the thread.
TOLD = (
    "case.claimed", "case.assigned", "case.tagged", "case.snoozed", "case.woken", "case.closed",
    "case.reopened", "case.absorbed", "case.gave_back", "case.split", "case.opened", "deadline.missed",
    "draft.proposed", "draft.declined", "draft.withdrawn",
)  # fmt: skip


@dataclass(slots=True)
class Thread:
    messages: list[Message]  # the case's own, oldest first
    around: list[Message]  # said by others, or to others, in the same public threads
    replies: dict[int, Reply]  # by the message each became
    waiting: list[Reply]  # without a message: on their way, failed, taken back
    notes: list[Note]
    events: list[Event]
    earlier: bool = False  # there is more before the first message shown
    mentioned: dict[int, int] = field(default_factory=dict)  # other cases' numbers, by id


def thread(case: Case, before: datetime | None = None, *, whole: bool = False) -> Thread:
    """``before`` reads the page of messages that ends there; ``whole`` reads far more at once."""
    most = OWN * 20 if whole else OWN
    said = _messages(case.brand_id).filter(case=case)
    if before:
        said = said.filter(posted_at__lt=before)
    latest = list(said.order_by("-posted_at", "-id")[: most + 1])
    messages, earlier = latest[:most][::-1], len(latest) > most
    start = messages[0].posted_at if earlier else None
    around = _around(case, messages, AROUND * 20 if whole else AROUND)
    replies = list(
        Reply.objects.filter(brand_id=case.brand_id, case=case)
        .select_related("agent__user", "drafted_by__user", "account", "target__identity")
        .order_by("-created_at")[:most]
    )[::-1]
    events = Event.objects.filter(brand_id=case.brand_id, case=case, kind__in=TOLD).select_related(
        "agent__user"
    )
    notes = Note.objects.filter(brand_id=case.brand_id, case=case).select_related("agent__user")
    if start:
        around = [m for m in around if m.posted_at >= start]
        replies = [r for r in replies if r.created_at >= start]
        events, notes = events.filter(at__gte=start), notes.filter(created_at__gte=start)
    elsewhere = {m.case_id for m in around if m.case_id}
    return Thread(
        messages=messages,
        around=around,
        replies={r.message_id: r for r in replies if r.message_id},
        waiting=[r for r in replies if not r.message_id],
        notes=list(notes.order_by("-created_at")[:most])[::-1],
        events=list(events.order_by("-id")[:EVENTS])[::-1],
        earlier=earlier,
        mentioned=dict(
            Case.objects.filter(brand_id=case.brand_id, pk__in=elsewhere).values_list("pk", "number")
        )
        if elsewhere
        else {},
    )


def _messages(brand_id: int) -> QuerySet[Message]:
    return (
        Message.objects.filter(brand_id=brand_id)
        .select_related("identity", "agent__user", "account", "conversation")
        .defer("search", "ref", "account__sealed", "account__config", "account__cursor")
    )


def _around(case: Case, messages: list[Message], most: int) -> list[Message]:
    """The rest of the public threads: of each its beginning, and what was said last."""
    threads = list(dict.fromkeys(m.conversation_id for m in reversed(messages) if m.public))[:THREADS]
    if not threads:
        return []
    slices: list[QuerySet[Message, int]] = []
    for thread_id in threads:
        posts = Message.objects.filter(brand_id=case.brand_id, conversation_id=thread_id)
        slices.append(posts.order_by("posted_at").values_list("pk", flat=True)[:5])
        slices.append(posts.order_by("-posted_at").values_list("pk", flat=True)[:most])
    ids = slices[0].union(*slices[1:], all=True)
    own = {m.pk for m in messages}
    return sorted(
        (m for m in _messages(case.brand_id).filter(pk__in=set(ids) - own) if m.case_id != case.pk),
        key=lambda m: (m.posted_at, m.pk),
    )


def open_case(brand_id: int, number: int) -> Case | None:
    """A case by the number people know, with what its page shows at the top."""
    return (
        Case.objects.filter(brand_id=brand_id, number=number)
        .select_related("person", "identity", "account", "assignee__user", "team", "merged_into")
        .first()
    )
