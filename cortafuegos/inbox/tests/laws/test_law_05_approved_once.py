"""Law 5 where two people decide: one of them does, once, and the other hears who."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import approvals, deciding, merging
from cortafuegos.inbox.approving import Where
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Approval, Draft, Event, Reply
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, a_case, an_agent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    brand = a_brand()
    sonia, rosa = an_agent(brand, "Sonia Vidal", "supervisor"), an_agent(brand, "Rosa Lima", "owner")
    deciding.set_rules(sonia, network=Where.PUBLIC)
    return an_agent(brand), sonia, rosa


def asks(sandbox, account, nuria, n: int) -> Approval:
    target = sandbox.says(account, by=f"persona{n}")
    wanted = {"text": f"Uno {n}", "public": True, "target": target, "account": account}
    waiting = approvals.send(nuria, target.case, **wanted)
    assert isinstance(waiting, Approval)
    return waiting


def tries(verb, *args, **more):
    """What became of it, or the code and the words of the refusal."""

    def run():
        time.sleep(random.uniform(0, 0.02))
        try:
            verb(*args, **more)
        except Refusal as refused:
            return refused.code, str(refused.sentence)
        return "done", ""

    return run


def test_law_05_two_approvers_at_once_never_collide(sandbox, people):
    nuria, sonia, rosa = people
    account, winners = sandbox.account(nuria.brand), set()
    for n in itertools.count():
        waiting = asks(sandbox, account, nuria, n)
        fates = together(
            tries(approvals.approve, sonia, waiting),
            tries(approvals.approve, rosa, waiting, text=f"Dos {n}"),
        )
        assert sorted(code for code, _words in fates) == ["decided", "done"]
        waiting.refresh_from_db()
        loser = next(words for code, words in fates if code == "decided")
        assert str(waiting.decided_by) in loser, "the second hears who decided"
        assert Reply.objects.filter(case=waiting.case).count() == 1
        winners.add(waiting.decided_by_id)
        if len(winners) == 2:
            return


def test_law_05_approved_returned_or_taken_back_is_one_of_them(sandbox, people):
    nuria, sonia, rosa = people
    account, fates = sandbox.account(nuria.brand), set()
    for n in itertools.count():
        waiting = asks(sandbox, account, nuria, n)
        told = together(
            tries(approvals.approve, sonia, waiting),
            tries(approvals.give_back, rosa, waiting, "Otra vez"),
            tries(approvals.take_back, nuria, waiting),
        )
        waiting.refresh_from_db()
        sent = Reply.objects.filter(case=waiting.case)
        assert sent.count() == (waiting.state == "approved")
        drafted = Draft.objects.filter(case=waiting.case, text=waiting.text).exists()
        assert drafted is (waiting.state in ("returned", "withdrawn"))
        # Its writer may leave what was returned a moment before; nothing else succeeds twice.
        done = [code for code, _words in told].count("done")
        assert done == 1 or (done == 2 and waiting.state == "returned" and waiting.done_at)
        for reply in sent:
            delivery.deliver(reply.pk)
        assert sandbox.ours().count(f"Uno {n}") == sent.count()
        fates.add(waiting.state)
        if fates == {"approved", "returned", "withdrawn"}:
            return


def test_law_05_approved_while_its_case_is_merged_it_is_where_its_case_is(sandbox, people):
    nuria, sonia, _rosa = people
    account, first = sandbox.account(nuria.brand), set()
    for n in itertools.count():
        other = a_case(account, by=f"otra{n}")
        waiting = asks(sandbox, account, nuria, n)
        fates = together(
            tries(approvals.approve, sonia, waiting),
            tries(merging.merge, nuria, other, [waiting.case]),
        )
        assert fates[1] == ("done", "")
        waiting.refresh_from_db()
        if fates[0][0] == "merged":  # it met the moment between; pressed again, it goes
            approvals.approve(sonia, waiting)
        else:
            assert fates[0] == ("done", "")
        waiting.refresh_from_db()
        reply = Reply.objects.get(text=f"Uno {n}")
        assert (waiting.case_id, reply.case_id, waiting.reply_id) == (other.pk, other.pk, reply.pk)
        first.add(_merged_before(waiting, other))
        if len(first) == 2:
            return


def _merged_before(waiting, other) -> bool:
    merged = Event.objects.get(case=other, kind="case.absorbed").pk
    return merged < Event.objects.get(kind="approval.given", data__approval=waiting.pk).pk
