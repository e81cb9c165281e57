"""Law 7: every promise to a customer is a row with a due_at, and the case shows the earliest."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.channels.contract import Sent
from cortafuegos.inbox.actions import cases, clocks, merging, outbox, replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Case, Deadline, Event, Message, Reply
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    ago,
    an_account,
    an_agent,
    arrive,
    author,
    now_of,
)
from cortafuegos.kit import clock

PEOPLE = 3
who = st.integers(0, PEOPLE - 1)
minutes = st.integers(1, 240)
STEPS = st.one_of(
    st.tuples(st.just("say"), who, minutes, st.booleans()),
    st.tuples(st.just("aside"), who, minutes),
    st.tuples(st.just("answer_elsewhere"), who, minutes),
    st.tuples(st.just("press"), who),
    st.tuples(st.just("deliver")),
    st.tuples(st.just("close"), who),
    st.tuples(st.just("reopen"), who),
    st.tuples(st.just("snooze"), who, minutes),
    st.tuples(st.just("wake"), who),
    st.tuples(st.just("strike"), minutes),
    st.tuples(st.just("merge"), who, who),
    st.tuples(st.just("unmerge"), who),
    st.tuples(st.just("split"), who),
)


class Afternoon:
    """What may happen at a desk, in any order."""

    def __init__(self) -> None:
        brand = a_brand()
        self.account = an_account(brand)
        self.nuria = an_agent(brand)
        self.sent = 0

    def case(self, person: int) -> Case | None:
        """The latest case of somebody, or the one it was merged into."""
        found = Case.objects.filter(person__name=f"P{person}").order_by("-pk").first()
        while found is not None and found.merged_into is not None:
            found = found.merged_into
        return found

    def say(self, person: int, back: int, public: bool) -> None:
        thread = f"hilo{person}:{public}"
        arrive(
            self.account, a_post(by=f"p{person}", at=ago(minutes=back), public=public, conversation=thread)
        )

    def aside(self, person: int, back: int) -> None:
        post = a_post(
            by=f"p{person}", at=ago(minutes=back), conversation=f"hilo{person}:True", addressed=False
        )
        arrive(self.account, post)

    def answer_elsewhere(self, person: int, back: int) -> None:
        last = Message.objects.filter(identity__handle=f"p{person}").order_by("-posted_at").first()
        if last is not None:
            ours = author("condor", network_id=self.account.network_id)
            arrive(self.account, a_post("Hola", by=ours, in_reply_to=last.network_id, at=ago(minutes=back)))

    def press(self, person: int) -> None:
        if (case := self.case(person)) and (target := case.messages.filter(direction="in").last()):
            replies.send(
                self.nuria,
                case,
                text="Ya",
                public=target.public,
                target=target,
                account=self.account,
                reason="sí",
            )

    def deliver(self) -> None:
        reply = Reply.objects.filter(state="queued").order_by("pk").first()
        if reply and (held := outbox.claim(reply.pk, clock.now())):
            self.sent += 1
            outbox.settle_sent(held, Sent(f"nuestro:{self.sent}", posted_at=clock.now()), clock.now())

    def close(self, person: int) -> None:
        if case := self.case(person):
            cases.close(self.nuria, case)

    def reopen(self, person: int) -> None:
        if case := self.case(person):
            cases.reopen(self.nuria, case)

    def snooze(self, person: int, ahead: int) -> None:
        if case := self.case(person):
            cases.snooze(self.nuria, case, ago(minutes=-ahead))

    def wake(self, person: int) -> None:
        if case := self.case(person):
            cases.wake(self.nuria, case)

    def strike(self, ahead: int) -> None:
        clocks.strike(ago(minutes=-ahead))

    def merge(self, one: int, other: int) -> None:
        into, source = self.case(one), self.case(other)
        if into and source and into != source:
            merging.merge(self.nuria, into, [source])

    def unmerge(self, person: int) -> None:
        merged = Case.objects.filter(person__name=f"P{person}", state="merged").first()
        if merged:
            merging.unmerge(self.nuria, merged)

    def split(self, person: int) -> None:
        if case := self.case(person):
            last = case.messages.filter(direction="in").order_by("-posted_at").first()
            if last:
                merging.split(self.nuria, case, [last.pk])


def check(step: Any) -> None:
    for case in Case.objects.all():
        running = Deadline.objects.filter(case=case, done_at=None)
        owed = [d for d in running if d.kind != "snooze"]
        sleeping = [d for d in running if d.kind == "snooze"]
        told = f"after {step}: case {case.number}, {case.state}"
        if case.state in ("closed", "merged") or not case.awaits_us:
            assert (owed, case.due_at) == ([], None), told
        else:
            assert len(owed) == 1, told
            assert owed[0].state in ("open", "missed"), told
            assert case.due_at == owed[0].due_at, told
        assert [d.due_at for d in sleeping] == ([case.snoozed_until] if case.state == "snoozed" else []), told
        if case.state == "merged":
            assert not case.messages.exists(), told
        else:
            theirs = case.messages.filter(direction="in")
            assert case.awaits_us or case.messages.filter(direction="out").exists() or not theirs.exists(), (
                told
            )


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=3, max_size=14))
def test_law_07_after_anything_that_may_happen(db, steps):
    with transaction.atomic():
        afternoon = Afternoon()
        for name, *arguments in steps:
            try:
                with transaction.atomic():
                    getattr(afternoon, name)(*arguments)
            except Refusal:
                pass
            check((name, *arguments))
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_law_07_five_clocks_strike_each_promise_once():
    brand = a_brand()
    account, nuria = an_account(brand), an_agent(brand)
    for n in range(40):
        case = a_case(account, by=f"p{n}", at=ago(minutes=90))
        if n % 2:
            cases.snooze(nuria, case, ago(hours=-1))
    later = clock.now() + timedelta(hours=2)

    def clock_loop() -> int:
        done = 0
        for _ in range(30):
            done += clocks.strike(later, limit=7)
        return done

    struck = together(*[clock_loop] * 5)
    while left := clocks.strike(later):  # a round that only met locked cases struck nothing
        struck.append(left)
    assert sum(struck) == 60
    assert Event.objects.filter(kind="deadline.missed").count() == 40
    assert Event.objects.filter(kind="case.woken").count() == 20
    assert not Case.objects.filter(state="snoozed").exists()
    assert Deadline.objects.filter(kind="first_answer", state="missed", done_at=None).count() == 40
    assert clocks.strike(later) == 0


@pytest.mark.django_db(transaction=True)
def test_law_07_a_clock_that_strikes_while_agents_work():
    """Neither waits for the other for ever, and nothing is struck twice."""
    brand = a_brand()
    account, nuria = an_account(brand), an_agent(brand)
    many = [a_case(account, by=f"p{n}", at=ago(minutes=90)) for n in range(30)]

    def strike() -> None:
        for _ in range(40):
            clocks.strike(clock.now(), limit=5)

    def work() -> None:
        for case in many:
            cases.snooze(nuria, case, ago(hours=-1))
            cases.close(nuria, case)
            cases.reopen(nuria, case)

    together(strike, strike, work, lambda: [arrive(account, a_post(by=f"p{n}")) for n in range(30)])
    while clocks.strike(clock.now()):
        pass
    struck = Counter(Event.objects.filter(kind="deadline.missed").values_list("case_id", flat=True))
    assert set(struck.values()) == {1}
    assert not Deadline.objects.filter(state="open", due_at__lte=clock.now()).exists()
    for case in many:
        assert now_of(case).due_at is not None
        # Closed before any clock came by, and woken by a new message: only that one is owed, and it has time.
        assert case.pk in struck or Deadline.objects.get(case=case, done_at=None).due_at > clock.now()
