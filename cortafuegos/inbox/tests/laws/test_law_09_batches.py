"""Law 9: a batch of 500 costs few statements, not 500."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox import intake
from cortafuegos.inbox.tests.people import a_post, ago, arrive, author, deletion, edit
from cortafuegos.inbox.tests.test_intake import event, store

MOST = 30


def statements(work) -> int:
    with CaptureQueriesContext(connection) as captured:
        work()
    return len(captured)


def everything_at_once(account, size: int, salt: str):
    """Strangers, regulars, edits, deletions, asides, answers of ours from elsewhere."""
    ours = author("condor", network_id=account.network_id)
    known = [
        a_post("antes", by=f"{salt}{n}", network_id=f"{salt}:{n}", at=ago(minutes=40))
        for n in range(size // 5)
    ]
    arrive(account, *known)
    batch = [a_post("nuevo", by=f"{salt}n{n}", at=ago(minutes=20)) for n in range(size // 5)]
    batch += [a_post("más", by=f"{salt}{n}", at=ago(minutes=15)) for n in range(size // 5)]
    batch += [edit(post, "mejor", ago(minutes=10)) for post in known]
    batch += [a_post("aside", by=f"{salt}q{n}", addressed=False) for n in range(size // 10)]
    batch += [deletion(post) for post in known[: size // 10]]
    batch += [
        a_post("nuestra", by=ours, in_reply_to=post.network_id, conversation=post.conversation)
        for post in known[: size // 10]
    ]
    batch += [
        a_post("dm", by=ours, public=False, conversation=f"dm:{salt}{n}", at=ago(minutes=1))
        for n in range(size // 10)
    ]
    return batch


def test_law_09_a_batch_of_500_costs_as_much_as_one_of_50(account):
    costs = {}
    for size in (50, 500):
        batch = everything_at_once(account, size, f"s{size}")
        assert len(batch) == size
        costs[size] = statements(lambda batch=batch: arrive(account, *batch))
    assert costs[500] == costs[50] <= MOST


def test_law_09_from_the_log_to_the_cases(account):
    costs = {}
    for size in (50, 500):
        store(account, *(event(account, f"{size}-{n}") for n in range(size)))
        costs[size] = statements(lambda: intake.take(500))
    assert costs[500] == costs[50] <= MOST
