"""Networks that tell whole seconds: what was said at once stands, and is judged, in the order it came in."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cortafuegos.inbox.actions import showing
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.queries.thread import thread
from cortafuegos.inbox.tests.people import a_brand, a_post, ago, an_account, arrive, author

pytestmark = pytest.mark.django_db
SECOND = ago(minutes=5).replace(microsecond=0)


@pytest.fixture
def account():
    return an_account(a_brand())


def theirs(account, key, text):
    """``key`` sorts against the order in which things are said, as random ids do."""
    return a_post(text, by=author("ana"), network_id=f"{key}", at=SECOND, conversation="t")


def ours(account, key, text):
    us = author(account.handle, network_id=account.network_id)
    return a_post(
        text, by=us, network_id=f"{key}", at=SECOND, conversation="t", addressed=False,
        in_reply_to="z",
    )  # fmt: skip


@pytest.mark.parametrize("together", [True, False])
def test_they_stand_in_the_order_in_which_they_came(account, together):
    said = [theirs(account, key, f"{n}") for n, key in enumerate("zyxwv")]
    for batch in [said] if together else [[one] for one in said]:
        arrive(account, *batch)
    case = Case.objects.get(brand=account.brand)
    assert [message.text for message in thread(case).messages] == ["0", "1", "2", "3", "4"]
    assert case.snippet == "4"


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("last", ["theirs", "ours"])
def test_whose_turn_it_is(account, together, last):
    said = [theirs(account, "z", "¿y mi vuelo?"), ours(account, "y", "Sale a las nueve.")]
    if last == "theirs":
        said.append(theirs(account, "x", "ESTO ES UNA VERGÜENZA, nadie me avisó"))
    for batch in [said] if together else [[one] for one in said]:
        arrive(account, *batch)
    case = Case.objects.get(brand=account.brand)
    waiting = list(showing.unanswered(case).values_list("text", flat=True))
    shown = Message.objects.filter(pk__in=thread(case).unanswered()).values_list("text", flat=True)
    if last == "theirs":
        assert (case.awaits_us, case.unanswered, case.snippet) == (True, 1, said[-1].text)
        assert waiting == list(shown) == [said[-1].text]
        assert case.sentiment == "negative"
    else:
        assert (case.awaits_us, case.unanswered, waiting) == (False, 0, [])
    showing.refresh(case)
    assert Case.objects.get(pk=case.pk).awaits_us is (last == "theirs")


def test_what_was_said_on_the_second_and_what_within_it_keep_their_times(account):
    within = datetime.fromtimestamp(SECOND.timestamp() + 0.4, UTC)
    late = a_post("después", by=author("ana"), network_id="a", at=within, conversation="t")
    arrive(account, late, theirs(account, "b", "antes"))
    case = Case.objects.get(brand=account.brand)
    assert [message.text for message in thread(case).messages] == ["antes", "después"]
