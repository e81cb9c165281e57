"""What arrives becomes messages in cases: which case, whose turn, and until when."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import cases, merging
from cortafuegos.inbox.models import Case, Deadline, Event, Message
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    ago,
    an_account,
    arrive,
    author,
    due,
    kinds,
    now_of,
    owed,
    say,
)
from cortafuegos.people.models import Identity, Person


def test_a_stranger_opens_a_case(account):
    post = a_post("Llevo dos horas en Barajas y nadie me dice nada", language="es")
    outcome = arrive(account, post)
    assert (outcome.messages, outcome.cases) == (1, 1)
    case = Case.objects.get()
    assert (case.number, case.state, case.awaits_us, case.language) == (1, "open", True, "es")
    assert case.subject == "Llevo dos horas en Barajas y nadie me dice nada"
    assert case.snippet == case.subject
    assert case.person.name == "Lucia"
    assert (case.opened_at, case.last_message_at) == (post.posted_at, post.posted_at)
    assert owed(case) == [("first_answer", "open")]
    assert due(case) == [case.due_at] == [post.posted_at + timedelta(minutes=60)]
    assert kinds(case) == ["case.opened", "message.received"]


def test_numbers_are_given_in_the_order_things_were_said(account):
    posts = [a_post(by=f"persona{n}", at=ago(minutes=10 - n)) for n in range(5)]
    arrive(account, *reversed(posts))
    arrive(account, a_post(by="ultimo"))
    handles = Case.objects.order_by("number").values_list("identity__handle", flat=True)
    assert list(handles) == [f"persona{n}" for n in range(5)] + ["ultimo"]
    assert list(Case.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]


def test_the_same_person_goes_on_with_the_open_case_wherever_they_write(condor, account):
    case = a_case(account, by="lucia")
    other = an_account(condor, "condor_ayuda")
    arrive(account, a_post("¿Hola?", by="lucia", public=False, conversation="dm:lucia"))
    arrive(other, a_post("¿Alguien?", by="lucia", conversation="otra"))
    assert Case.objects.get() == case
    case = now_of(case)
    assert (case.messages.count(), case.snippet, case.account) == (3, "¿Alguien?", other)
    assert owed(case) == [("first_answer", "open")]


def test_a_case_of_the_same_conversation_comes_before_a_newer_one(account, nuria):
    old = a_case(account, by="lucia", conversation="hilo", at=ago(hours=3))
    moved = say(account, "Otra cosa", by="lucia", conversation="otro", at=ago(hours=2))
    new = merging.split(nuria, old, [moved.pk])
    arrive(account, a_post("Del hilo", by="lucia", conversation="hilo"))
    arrive(account, a_post("De lo otro", by="lucia", conversation="otro"))
    assert list(old.messages.order_by("posted_at").values_list("text", flat=True))[-1] == "Del hilo"
    assert list(new.messages.order_by("posted_at").values_list("text", flat=True))[-1] == "De lo otro"


@pytest.mark.parametrize(
    ("days", "conversation", "same"),
    [(13.9, "hilo", True), (14.1, "hilo", False), (1, "otro", False)],
)
def test_a_closed_case_is_reopened_within_a_fortnight_in_its_conversation(
    account, nuria, days, conversation, same
):
    case = a_case(account, by="lucia", conversation="hilo", at=ago(days=20))
    cases.close(nuria, case)
    Case.objects.filter(pk=case.pk).update(closed_at=ago(days=days))
    arrive(account, a_post("Sigue igual", by="lucia", conversation=conversation))
    assert Case.objects.count() == (1 if same else 2)
    if same:
        case = now_of(case)
        assert (case.state, case.closed_at, case.awaits_us) == ("open", None, True)
        assert owed(case) == [("first_answer", "open")]
        assert case.due_at == due(case)[0]
        assert kinds(case)[-2:] == ["case.reopened", "message.received"]


def test_a_message_wakes_a_case_that_slept(account, nuria):
    case = a_case(account, by="lucia")
    cases.snooze(nuria, case, ago(days=-1))
    arrive(account, a_post("Ya no hace falta", by="lucia"))
    case = now_of(case)
    assert (case.state, case.snoozed_until) == ("open", None)
    assert not Deadline.objects.filter(case=case, kind="snooze", done_at=None).exists()
    assert kinds(case)[-2:] == ["case.woken", "message.received"]


def test_what_was_said_to_somebody_else_opens_no_case(account):
    outcome = arrive(account, a_post("Pues a mí me pasó igual", by="curioso", addressed=False))
    assert (outcome.messages, outcome.cases) == (1, 0)
    assert Message.objects.get().case is None
    assert not Event.objects.exists()


def test_an_aside_in_a_conversation_of_ones_case_is_part_of_it_and_asks_for_nothing(account, nuria):
    case = a_case(account, by="lucia", conversation="hilo", at=ago(minutes=9))
    arrive(account, a_post("@otro gracias", by="lucia", conversation="hilo", addressed=False))
    case = now_of(case)
    assert case.messages.count() == 2
    assert case.first_answered_at is None, "nobody has answered her"
    assert owed(case) == [("first_answer", "open")]
    assert case.due_at == due(case)[0]


def test_a_post_seen_first_as_context_and_then_as_said_to_us_opens_its_case(condor, account):
    """One account read the thread before the other's notification came: the complaint counts."""
    sister = an_account(condor, "condor_ayuda")
    post = a_post("Oigan, @condor_ayuda", by="lucia", addressed=False)
    arrive(account, post)
    import dataclasses

    outcome = arrive(sister, dataclasses.replace(post, addressed=True))
    assert outcome.cases == 1
    case = Case.objects.get()
    message = Message.objects.get()
    assert (message.case, message.account, case.account) == (case, sister, sister)
    assert owed(case) == [("first_answer", "open")]
    assert kinds(case) == ["case.opened", "message.received"]
    assert arrive(sister, dataclasses.replace(post, addressed=True)).cases == 0


@pytest.mark.parametrize("order", [(True, False), (False, True)])
def test_the_same_post_by_two_accounts_in_one_batch_is_said_to_us(condor, account, order):
    import dataclasses

    post = a_post(by="lucia")
    outcome = arrive(account, *(dataclasses.replace(post, addressed=said) for said in order))
    assert (outcome.messages, outcome.cases) == (1, 1)


def test_two_brands_on_the_same_network_know_nothing_of_each_other(condor, account):
    nube = a_brand("nube", "Nube Móvil")
    theirs = an_account(nube, "condor")  # the very same account, connected by two brands
    post = a_post(by="lucia")
    arrive(account, post)
    arrive(theirs, post)
    assert Case.objects.filter(brand=condor).count() == Case.objects.filter(brand=nube).count() == 1
    assert [c.number for c in Case.objects.all()] == [1, 1]
    assert Person.objects.filter(brand=condor).count() == Person.objects.filter(brand=nube).count() == 1


def test_what_we_said_from_the_networks_own_app_answers_the_case(condor, account):
    post = a_post("¿Mi vuelo?", by="lucia", at=ago(minutes=20))
    arrive(account, post)
    case = Case.objects.get()
    ours = author("condor", network_id=account.network_id)
    arrive(account, a_post("Sale a las 9", by=ours, in_reply_to=post.network_id, at=ago(minutes=10)))
    case = now_of(case)
    assert (case.awaits_us, case.due_at, case.first_answered_at is None) == (False, None, False)
    assert owed(case) == []
    assert Deadline.objects.get(case=case).state == "met"
    assert kinds(case)[-1] == "message.sent_elsewhere"
    assert Message.objects.filter(case=case, direction="out").count() == 1


def test_question_and_answer_in_one_batch_leave_nothing_owed_and_count_as_answered(account):
    post = a_post(by="lucia", at=ago(minutes=20))
    ours = author("condor", network_id=account.network_id)
    answer = a_post("Hecho", by=ours, in_reply_to=post.network_id, at=ago(minutes=10))
    arrive(account, answer, post)
    case = Case.objects.get()
    assert (case.awaits_us, case.due_at, case.first_answered_at) == (False, None, answer.posted_at)
    arrive(account, a_post("¿Y ahora?", by="lucia"))
    assert owed(case) == [("answer", "open")]


def test_our_private_message_from_elsewhere_belongs_to_the_case_of_its_exchange(account):
    """Direct messages answer no message in particular: the exchange says which case it is."""
    case = a_case(account, by="lucia", public=False, conversation="dm:lucia", at=ago(minutes=20))
    ours = author("condor", network_id=account.network_id)
    arrive(account, a_post("Te leo", by=ours, public=False, conversation="dm:lucia"))
    case = now_of(case)
    assert (case.messages.count(), case.awaits_us, owed(case)) == (2, False, [])


def test_our_announcements_open_nothing_and_their_comments_do(account):
    ours = author("condor", network_id=account.network_id)
    news = a_post("Nueva ruta a Lima", by=ours)
    arrive(account, news)
    assert not Case.objects.exists()
    arrive(account, a_post("¿Y a Quito?", by="lucia", conversation=news.conversation))
    assert Case.objects.get().identity.handle == "lucia"


def test_after_a_merge_the_other_person_goes_on_in_the_case_it_became(condor, account, nuria):
    mastodon = an_account(condor, "condor", network="mastodon")
    first = a_case(account, by="lucia")
    second = a_case(mastodon, by=author("lucia.vega", "mastodon"), conversation="toot")
    merging.merge(nuria, first, [second])
    arrive(mastodon, a_post("Más datos", by=author("lucia.vega", "mastodon"), conversation="toot"))
    assert Case.objects.exclude(state="merged").get() == first
    assert now_of(first).messages.count() == 3


def test_a_late_message_takes_its_place_and_still_waits_for_us(account):
    ours = author("condor", network_id=account.network_id)
    first = a_post("Uno", by="lucia", at=ago(minutes=30))
    answer = a_post("Dime", by=ours, in_reply_to=first.network_id, at=ago(minutes=10))
    arrive(account, first)
    arrive(account, answer)
    arrive(account, a_post("Dos", by="lucia", at=ago(minutes=20)))
    case = Case.objects.get()
    assert (case.awaits_us, case.snippet, case.last_message_at) == (True, "Dime", answer.posted_at)
    texts = case.messages.order_by("posted_at").values_list("text", flat=True)
    assert list(texts) == ["Uno", "Dos", "Dime"]
    assert owed(case) == [("answer", "open")]


def test_the_promise_runs_from_the_first_thing_said_even_if_it_comes_last(account):
    arrive(account, a_post("Dos", by="lucia", at=ago(minutes=5)))
    first = a_post("Uno", by="lucia", at=ago(minutes=25))
    arrive(account, first)
    case = Case.objects.get()
    assert due(case) == [case.due_at] == [first.posted_at + timedelta(minutes=60)]


def test_a_second_message_does_not_put_the_promise_off(account):
    case = a_case(account, by="lucia", at=ago(minutes=50))
    before = case.due_at
    arrive(account, a_post("¿Hola?", by="lucia"))
    assert due(case) == [before] == [now_of(case).due_at]


def test_the_clock_of_the_account_runs_in_its_opening_hours(condor):
    closed = an_account(condor, opening_hours={"mon": [["09:00", "10:00"]]}, first_answer_minutes=30)
    case = a_case(closed)
    assert case.due_at > case.opened_at
    local = case.due_at.astimezone(__import__("zoneinfo").ZoneInfo("Europe/Madrid"))
    assert (local.weekday(), local.hour) == (0, 9)


def test_a_changed_profile_is_brought_up_to_date(account):
    say(account, by=author("lucia", name="Lucía", followers=10))
    say(account, by=author("lucia_v", network_id="sandbox://people/lucia", name="Lucía V.", verified=True))
    identity = Identity.objects.get()
    assert (identity.handle, identity.name, identity.followers) == ("lucia_v", "Lucía V.", 10)
    assert identity.verified


def test_a_post_from_the_future_was_said_now(account):
    """A clock that is wrong must not hold the top of the list, nor push its promise away."""
    arrive(account, a_post("Desde 2090", by="lucia", at=ago(days=-23_000)))
    case = Case.objects.get()
    assert case.last_message_at <= ago(minutes=-1)
    assert case.due_at <= ago(minutes=-61)


def test_a_mail_that_names_only_the_message_before_goes_on_with_its_exchange(account, nuria):
    """Some mail programs leave out which message began it all. Closed long enough not to be open,
    lately enough to be opened again: that is decided by the exchange."""
    first = a_post(
        "No encuentro la factura", by="celia", public=False, conversation="<1@x>", network_id="<1@x>"
    )
    arrive(account, first)
    case = Case.objects.get()
    cases.close(nuria, case)
    arrive(
        account,
        a_post(
            "¿Y bien?",
            by="celia",
            public=False,
            conversation="<1@x>",
            in_reply_to="<1@x>",
            network_id="<2@x>",
        ),
        a_post(
            "¡Oigan!", by="celia", public=False, conversation="<2@x>", in_reply_to="<2@x>", network_id="<3@x>"
        ),
    )
    arrive(
        account,
        a_post(
            "Sigo igual",
            by="celia",
            public=False,
            conversation="<3@x>",
            in_reply_to="<3@x>",
            network_id="<4@x>",
        ),
    )
    assert Case.objects.count() == 1
    held = Message.objects.filter(network_id__in=["<1@x>", "<2@x>", "<4@x>"])
    assert held.values("conversation").distinct().count() == 1
