"""Everything that was said in a case, by anybody, in the order it was said."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from cortafuegos.inbox import asked
from cortafuegos.inbox.actions.intervening import TOLD as TOLD_OF
from cortafuegos.inbox.models import Case, Event, Intervention, Message, Note, Question, Reply

OWN = 100  # messages of the case itself shown at once
AROUND = 60  # posts by others around each of its public threads
THREADS = 5
EVENTS = 60

# Events that say something which stands nowhere else in the thread.
TOLD = (
    "case.claimed", "case.assigned", "case.tagged", "case.snoozed", "case.woken", "case.closed",
    "case.reopened", "case.absorbed", "case.gave_back", "case.split", "case.opened", "deadline.missed",
    "promise.made", "promise.due", "promise.kept", "promise.broken", "promise.withdrawn",
    "playbook.step_left_out", "draft.proposed", "draft.declined", "draft.withdrawn", "message.relabelled",
    "question.climbed", "question.put_off", "question.unanswered", "question.withdrawn",
    "approval.asked", "approval.given", "approval.returned", "approval.withdrawn", "approval.overdue",
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
    interventions: dict[int, Intervention] = field(default_factory=dict)  # the last, by its message

    def unanswered(self) -> frozenset[int]:
        """What they said after our last answer, or at least the last thing they said."""
        spoke = max((m.posted_at for m in self.messages if m.direction == "out"), default=None)
        theirs = [m for m in self.messages if m.direction == "in"]
        fresh = [m.pk for m in theirs if spoke is None or m.posted_at > spoke]
        return frozenset(fresh[-10:] or [m.pk for m in theirs[-1:]])


def thread(case: Case, *, whole: bool = False) -> Thread:
    """``whole`` reads far more at once, for whoever asks for what was said before."""
    most = OWN * 20 if whole else OWN
    mine = {"brand_id": case.brand_id, "case_id": case.pk}
    said = _messages(case.brand_id).filter(case_id=case.pk).order_by("-posted_at", "-id")
    latest = list(said[: most + 1])
    messages, earlier = latest[:most][::-1], len(latest) > most
    around = _around(case, messages, AROUND * 20 if whole else AROUND)
    replies = Reply.objects.filter(**mine).defer("guard", "correlation").order_by("-created_at")
    notes = Note.objects.filter(**mine).order_by("-created_at")
    events = Event.objects.filter(**mine, kind__in=TOLD).defer("correlation").order_by("-id")
    if earlier:
        start = messages[0].posted_at
        around = [m for m in around if m.posted_at >= start]
        replies, notes = replies.filter(created_at__gte=start), notes.filter(created_at__gte=start)
        events = events.filter(at__gte=start)
    sent = list(replies[:most])[::-1]
    return Thread(
        messages=messages,
        around=around,
        replies={r.message_id: r for r in sent if r.message_id},
        waiting=[r for r in sent if not r.message_id],
        notes=list(notes[:most])[::-1],
        events=list(events[:EVENTS])[::-1],
        questions=asked.of(case),
        earlier=earlier,
        interventions=_interventions(case.brand_id, [m.pk for m in (*messages, *around)]),
        mentioned=_numbers(case.brand_id, {m.case_id for m in around if m.case_id}),
    )


def _interventions(brand_id: int, message_ids: list[int]) -> dict[int, Intervention]:
    rows = Intervention.objects.filter(brand_id=brand_id, message_id__in=message_ids).order_by("pk")
    return {one.message_id: one for one in rows}


def _numbers(brand_id: int, case_ids: set[int]) -> dict[int, int]:
    if not case_ids:
        return {}
    return dict(Case.objects.filter(brand_id=brand_id, pk__in=case_ids).values_list("pk", "number"))


def _messages(brand_id: int) -> QuerySet[Message]:
    """What a line of the thread shows; every column less is time saved on each of a hundred rows."""
    identity = ("identity__name", "identity__handle", "identity__person_id", "identity__followers")
    shown = ("text", "subject", "posted_at", "public", "direction", "network", "url", "language", "labels")
    history = ("attachments", "versions", "edited_at", "deleted_at", "in_reply_to")
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
    """A case by the number people know, with the person it is about."""
    rows = Case.objects.filter(brand_id=brand_id, number=number)
    return rows.select_related("person", "identity").first()
