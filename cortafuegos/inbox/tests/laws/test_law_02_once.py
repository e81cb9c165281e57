"""Law 2: the same event, delivered ten times in any order by ten workers, counts once."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.channels.contract import Post
from cortafuegos.channels.models import Account
from cortafuegos.inbox.models import Case, Deadline, Event, Message
from cortafuegos.inbox.tests.laws.together import in_batches, receive_all, together
from cortafuegos.inbox.tests.people import NOON, a_brand, a_post, an_account, deletion, edit
from cortafuegos.people.models import Identity, Person

WORKERS = 10
TIMES = 10


def a_story(persons: int = 6, posts: int = 5) -> list[Post]:
    """What happened in an hour: posts in two threads each, edits of some, asides, a deletion."""
    said: list[Post] = []
    for who in range(persons):
        for n in range(posts):
            post = a_post(
                f"{who} dice {n}",
                by=f"p{who}",
                network_id=f"post:{who}:{n}",
                conversation=f"hilo:{who}:{n % 2}",
                at=NOON + timedelta(minutes=7 * n + who),
            )
            said.append(post)
            if n % 2:
                said.append(replace(post, addressed=False))  # also seen around the thread
            if n % 3 == 0:
                later = post.posted_at + timedelta(minutes=1)
                said += [
                    edit(post, f"{who} dice mejor {n}", later),
                    edit(post, f"{who} dice por fin {n}", later + timedelta(minutes=1)),
                ]
        aside = a_post(f"{who} a otro", by=f"q{who}", network_id=f"aside:{who}", at=NOON, addressed=False)
        said += [aside, deletion(aside)]
    return said


def what_became(account: Account) -> dict[str, Any]:
    """All that must not depend on who brought what when."""
    brand = account.brand_id
    shown = ("person__identities__network_id", "state", "awaits_us", "last_message_at", "snippet", "due_at")
    events = Event.objects.filter(brand=brand, kind__in=["case.opened", "message.received"])
    messages = Message.objects.filter(brand=brand)
    return {
        "messages": sorted(
            messages.filter(deleted_at=None).values_list(
                "network_id", "text", "posted_at", "case__person__name"
            )
        ),
        "gone": sorted(messages.exclude(deleted_at=None).values_list("network_id", "case")),
        "cases": sorted(Case.objects.filter(brand=brand).values_list(*shown)),
        "owed": sorted(Deadline.objects.filter(brand=brand, done_at=None).values_list("due_at", "kind")),
        "events": sorted(events.values_list("kind").annotate(Count("pk"))),
        "people": sorted(Identity.objects.filter(brand=brand).values_list("network_id", "person__name")),
        "persons": Person.objects.filter(brand=brand).count(),
    }


def as_it_happened(story: Sequence[Post]) -> dict[str, Any]:
    account = an_account(a_brand("orden"))
    for post in sorted(story, key=lambda p: p.posted_at):
        receive_all(account, [post])
    return what_became(account)


@pytest.mark.django_db(transaction=True)
def test_law_02_ten_times_by_ten_workers_in_any_order():
    story = a_story()
    wanted = as_it_happened(story)
    brand = a_brand("caos")
    accounts = [an_account(brand, f"condor{n}") for n in range(3)]

    def worker(seed: int) -> None:
        chance = random.Random(seed)
        for batch in in_batches(chance, story * (TIMES // WORKERS or 1)):
            receive_all(chance.choice(accounts), batch)

    together(*(lambda seed=seed: worker(seed) for seed in range(WORKERS)))
    assert what_became(accounts[0]) == wanted
    assert wanted["persons"] == 12


@pytest.mark.django_db(transaction=True)
def test_law_02_ten_times_by_each_of_two_workers():
    story = a_story(persons=3)
    wanted = as_it_happened(story)
    account = an_account(a_brand("caos"))

    def worker(seed: int) -> None:
        for batch in in_batches(random.Random(seed), story * TIMES):
            receive_all(account, batch)

    together(lambda: worker(1), lambda: worker(2))
    assert what_became(account) == wanted


orders = st.tuples(st.randoms(use_true_random=False), st.integers(1, 3))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders)
def test_law_02_any_order_in_small(db, order):
    chance, times = order
    from django.db import transaction

    with transaction.atomic():
        story = a_story(persons=2, posts=3)
        wanted = as_it_happened(story)
        account = an_account(a_brand("caos"))
        for batch in in_batches(chance, story * times):
            receive_all(account, batch)
        assert what_became(account) == wanted
        transaction.set_rollback(True)
