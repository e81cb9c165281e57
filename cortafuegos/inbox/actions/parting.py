"""Cases of two persons who were taken for one: what the other half said goes where it would have gone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from cortafuegos.inbox.actions import clocks
from cortafuegos.inbox.actions.answers import answers, follow, hand_over
from cortafuegos.inbox.actions.record import record, save
from cortafuegos.inbox.actions.splitting import open_with, warn_instead
from cortafuegos.inbox.models import Case, Deadline, Event, Message, RelationStep
from cortafuegos.inbox.rules import Candidate, choose_case
from cortafuegos.inbox.ties import Tie, bond
from cortafuegos.kit import clock
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Agent

IN = Message.Direction.IN
State = Case.State
Halves = tuple[frozenset[int], frozenset[int]]


def part(
    actor: Agent,
    face: Person,
    cases: Sequence[Case],
    ties: Sequence[Tie],
    halves: Halves,
    back: Sequence[tuple[Case, Case]],
) -> set[int]:
    """Every case of ``face`` ends in one half, with what that half said. The caller holds the person and
    the cases; which half is whose is written by who comes next. ``back``: cases that were just taken out
    of another, each with that one. Returns the cases that changed."""
    return _Parting(actor, face, cases, ties, halves).run(
        [case for case, _ in back], [into for _, into in back]
    )


class _Parting:
    def __init__(
        self, actor: Agent, face: Person, cases: Sequence[Case], ties: Sequence[Tie], halves: Halves
    ) -> None:
        self.actor, self.face, self.ties, self.halves = actor, face, ties, halves
        self.cases = {case.pk: case for case in cases}
        self.reaches = self._reaches()
        self.touched: set[int] = set()

    def run(self, back: Sequence[Case], holders: Sequence[Case]) -> set[int]:
        strange: dict[int, list[Message]] = defaultdict(list)
        for message in self._crossing():
            if not self._belongs(message):
                strange[message.case_id or 0].append(message)
        for pk in sorted(strange):
            case, theirs = self.cases[pk], strange[pk]
            if self._nobody_else(case, theirs):
                case.home_id = theirs[0].identity.home_id
                save(case, "home")
                here = Message.objects.filter(brand_id=case.brand_id, case=case)
                warn_instead(
                    case, RelationStep.objects.filter(message__in=here, person__in=self._other(case))
                )
            else:
                self._part(case, theirs)
        self._follow(back, holders)
        return self.touched

    def _half(self, home: int | None) -> frozenset[int]:
        return self.halves[0] if (home or self.face.pk) in self.halves[0] else self.halves[1]

    def _other(self, case: Case) -> frozenset[int]:
        return self.halves[1] if self._half(case.home_id) == self.halves[0] else self.halves[0]

    def _reaches(self) -> dict[int, set[frozenset[int]]]:
        """By case, the halves that have a case in it: their own, or one that an agent merged into it."""
        found: dict[int, set[frozenset[int]]] = defaultdict(set)
        for case in self.cases.values():
            end = case
            while end.state == State.MERGED and end.merged_into_id in self.cases:
                end = self.cases[end.merged_into_id]
            found[end.pk].add(self._half(case.home_id))
        return found

    def _crossing(self) -> Sequence[Message]:
        """What accounts of one half said in cases of the other."""
        one, other = self.halves
        here = Q(identity__home__in=one, case__home__in=other) | Q(
            identity__home__in=other, case__home__in=one
        )
        rows = Message.objects.filter(
            brand_id=self.face.brand_id, direction=IN, identity__in=self._accounts()
        )
        rows = rows.filter(here, case__in=list(self.cases)).exclude(case__state=State.MERGED)
        return list(rows.select_related("identity").order_by("posted_at", "pk"))

    def _accounts(self) -> list[int]:
        rows = Identity.objects.filter(brand_id=self.face.brand_id, person=self.face)
        return list(rows.values_list("pk", flat=True))

    def _belongs(self, message: Message) -> bool:
        """It is where it would be anyway: their own case was merged into this one, or an agent had put it
        here before they were joined."""
        case = self.cases[message.case_id or 0]
        if self._half(message.identity.home_id) in self.reaches[case.pk]:
            return True
        since = bond(self.ties, message.identity.home_id or 0, case.home_id or 0)
        if since is None or message.received_at > since.at or case.pk > since.newest:
            return False
        # Another separation may have brought it here since, or a merge of the case that one put it in.
        moves = Event.objects.filter(brand_id=case.brand_id, at__gte=since.at, data__into=case.pk)
        split = Q(kind="case.split", data__messages__contains=[message.pk])
        merged = Q(kind="case.merged", data__moved__messages__contains=[message.pk])
        return not moves.filter(split | merged).exists()

    def _nobody_else(self, case: Case, theirs: Sequence[Message]) -> bool:
        said = Message.objects.filter(brand_id=case.brand_id, case=case, direction=IN)
        return not said.exclude(pk__in=[message.pk for message in theirs]).exists()

    def _part(self, case: Case, theirs: Sequence[Message]) -> None:
        groups: dict[int, list[Message]] = defaultdict(list)
        targets: dict[int, Case] = {}
        for message in theirs:
            target = self._target(case, message, targets)
            if target is None:
                target = open_with(case, [message])
                if case.state == State.CLOSED:
                    target.state, target.closed_at = case.state, case.closed_at
                    save(target, "state", "closed_at")
                self.cases[target.pk] = target
            targets[target.pk] = target
            groups[target.pk].append(message)
        ours = answers(case, groups)
        for pk, said in groups.items():
            self._move(case, targets[pk], [message.pk for message in said], ours[pk])
        moved = {message.pk for message in theirs}
        self._sleep_again(case, moved)
        self.touched |= {case.pk, *targets}

    def _target(self, case: Case, message: Message, targets: dict[int, Case]) -> Case | None:
        """Where it would have gone without the other half, by the rule that placed it here."""
        half = self._half(message.identity.home_id)
        own = [
            one
            for one in self.cases.values()
            if one.state != State.MERGED and self._half(one.home_id) == half
        ]
        spoken = Message.objects.filter(
            brand_id=case.brand_id, conversation_id=message.conversation_id, case__in=[one.pk for one in own]
        )
        here = {*spoken.values_list("case_id", flat=True)}
        candidates = [
            Candidate(
                one.pk,
                one.state,
                one.last_message_at,
                one.closed_at,
                frozenset({message.conversation_id} if one.pk in here or one.pk in targets else ()),
            )
            for one in own
            if one.pk in here
            or one.pk in targets
            or (case.state != State.CLOSED and one.state != State.CLOSED)
        ]
        chosen = choose_case(candidates, message.conversation_id, message.posted_at)
        return self.cases[chosen.id] if chosen else None

    def _move(self, case: Case, target: Case, said: list[int], ours: list[int]) -> None:
        hand_over(self.actor, case, target, said, ours)
        if target.state == State.CLOSED and case.state != State.CLOSED:
            target.state, target.closed_at = State.OPEN, None
            save(target, "state", "closed_at")

    def _follow(self, back: Sequence[Case], holders: Sequence[Case]) -> None:
        """Answers that are left with the one half, to what the other said: it was moved by an agent, or it
        is ``back`` out of a merge (``holders``)."""
        live = {pk: case for pk, case in self.cases.items() if case.state != State.MERGED}
        returned = {case.pk for case in back}
        for case in [*live.values(), *(one for one in holders if one.pk not in self.cases)]:
            foreign = {
                pk: one
                for pk, one in live.items()
                if pk in returned or (case.pk in live and self._half(one.home_id) != self._half(case.home_id))
            }
            foreign.pop(case.pk, None)
            self.touched |= follow(self.actor, case, foreign)

    def _sleep_again(self, case: Case, moved: set[int]) -> None:
        """A closed case that only the other half's message had opened is closed again."""
        events = Event.objects.filter(brand_id=case.brand_id, case=case)
        last = events.filter(kind__in=("case.closed", "case.reopened")).order_by("-pk").first()
        if case.state != State.OPEN or not last or last.data.get("message") not in moved:
            return
        closed = events.filter(kind="case.closed", pk__lt=last.pk).order_by("-pk").first()
        said = Message.objects.filter(brand_id=case.brand_id, case=case)
        if closed and not said.filter(received_at__gt=closed.at).exists():
            clocks.finish(case, clocks.PROMISES, Deadline.State.CANCELLED, clock.now())
            at = closed.data.get("at")
            case.state, case.closed_at = State.CLOSED, datetime.fromisoformat(at) if at else closed.at
            save(case, "state", "closed_at")
            record("case.closed", case, self.actor, {**closed.data, "why": "separated"})
