"""Short messages in the desk: read in the light of their case, at once and again, at a fixed price."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.actions import labelling, looking
from cortafuegos.inbox.labels.reading import refined
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.tests.people import a_brand, a_post, ago, an_account, arrive, author, now_of, say
from cortafuegos.kit import clock

BROKEN = "Llevo dos días sin internet y nadie me lo arregla"
WHICH = "¿Es la línea que termina en 41?"
LONG = "La avería sigue en toda la calle y los vecinos estamos igual de desesperados que el primer día"


@pytest.fixture
def ours(account):
    return author("condor", network_id=account.network_id)


def answered(account, ours, text, at):
    asked = Message.objects.filter(brand=account.brand, direction="in").latest("posted_at")
    return say(
        account, text, by=ours, at=at, in_reply_to=asked.network_id, conversation=asked.conversation.key
    )


def again(first, text, **fields):
    return say(first.account, text, conversation=first.conversation.key, **fields)


def theirs(brand):
    return Message.objects.filter(brand=brand, direction="in").order_by("posted_at")


def by_thread(message):
    return any(reason["code"] == "thread" for reason in message.labels["reasons"])


def test_yes_after_our_question_goes_on_with_the_complaint(account, ours):
    first = say(account, BROKEN, at=ago(minutes=9))
    answered(account, ours, WHICH, ago(minutes=6))
    message = again(first, "sí, esa", at=ago(minutes=3))
    assert message.case_id == first.case_id
    assert [message.labels[name] for name in ("intent", "cause", "needs_reply")] == [
        "complaint",
        first.labels["cause"],
        True,
    ]
    case = now_of(message.case)
    assert (case.intent, case.needs_reply, case.urgency) == ("complaint", True, first.labels["urgency"])
    assert by_thread(message) and not by_thread(first)


def test_thanks_after_our_answer_asks_for_nothing(account, ours):
    first = say(account, BROKEN, at=ago(minutes=9))
    answered(account, ours, "Ya está reparado, reinicia el router.", ago(minutes=6))
    message = again(first, "muchas gracias!", at=ago(minutes=3))
    assert (message.labels["intent"], message.labels["needs_reply"]) == ("praise", False)
    assert not now_of(message.case).needs_reply


def test_a_whole_exchange_in_one_batch_reads_as_it_does_one_by_one(account, ours):
    said = [
        (BROKEN, None),
        (WHICH, ours),
        ("sí, esa", None),
        ("¿y entonces?", None),
    ]
    posts = [
        a_post(text, by=by or "ana", at=ago(minutes=9 - n), conversation="hilo", network_id=f"hilo:{n}")
        for n, (text, by) in enumerate(said)
    ]
    arrive(account, *posts)
    other = an_account(a_brand("otra"), network_id=account.network_id)
    for post in posts:
        arrive(other, post)
    whole, single = (
        list(
            Message.objects.filter(brand=one.brand, direction="in")
            .order_by("posted_at")
            .values_list("labels")
        )
        for one in (account, other)
    )
    assert whole == single
    assert [labels["intent"] for (labels,) in whole] == ["complaint"] * 3


def test_another_persons_matter_in_the_same_public_thread_is_not_taken_over(account, ours):
    first = say(account, BROKEN, by="ana", at=ago(minutes=9))
    answered(account, ours, WHICH, ago(minutes=6))
    other = say(account, "sí", by="luis", at=ago(minutes=3), conversation=first.conversation.key)
    assert other.case_id != first.case_id and not by_thread(other)


def test_another_brand_with_the_same_people_changes_nothing(account, ours):
    say(account, BROKEN, by="ana", at=ago(minutes=9))
    stranger = an_account(a_brand("otra"), handle="otra")
    message = say(stranger, "¿y entonces?", by="ana", at=ago(minutes=3))
    assert not by_thread(message)


def test_the_second_look_reads_in_the_thread_too_and_keeps_what_an_agent_said(account, ours, nuria):
    first = say(account, BROKEN, at=ago(minutes=9))
    answered(account, ours, WHICH, ago(minutes=6))
    message = again(first, "sí, esa", at=ago(minutes=3))
    labelling.correct(nuria, message, "cause", "service")
    assert looking.look(clock.now(), refined) == 1
    message.refresh_from_db()
    assert message.labels["layer"] == "refined"
    assert (message.labels["intent"], message.labels["cause"]) == ("complaint", "service")


def test_many_short_messages_cost_one_statement_more(account, ours):
    firsts = [say(account, BROKEN, by=f"p{n}", at=ago(minutes=9)) for n in range(12)]
    keys = [first.conversation.key for first in firsts]

    def statements(several, text):
        posts = [a_post(text, by=f"p{n}", conversation=keys[n], at=ago(minutes=2)) for n in several]
        with CaptureQueriesContext(connection) as captured:
            arrive(account, *posts)
        return len(captured)

    assert statements(range(2), "¿y entonces?") == statements(range(2, 10), "hola?")
    assert statements([10], "alguna novedad?") - statements([11], LONG) == 1
