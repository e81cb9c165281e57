"""Our own words taken back from a network that really answers, badly when asked to."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection

from cortafuegos.channels import actions as accounts
from cortafuegos.channels.models import Account
from cortafuegos.inbox import interventions
from cortafuegos.inbox.actions import cases, intervening, merging, replies, withdrawing
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Intervention, Message
from cortafuegos.inbox.tests import people, twin
from cortafuegos.inbox.tests.people import a_case, a_post, ago, arrive, author, deletion, kinds, now_of, owed
from cortafuegos.inbox.tests.test_outbox import deliver, send


@pytest.fixture
def desk(condor, sandbox):
    return sandbox.account(condor)


@pytest.fixture
def said(nuria, sandbox, desk) -> Message:
    """An answer of ours that stands on the network."""
    return deliver(send(nuria, sandbox.says(desk))).message


def carry_out(wanted: Intervention, *, orphan: bool = False) -> Intervention:
    rows = Intervention.objects.filter(pk=wanted.pk)
    rows.filter(state="waiting").update(next_attempt_at=ago(seconds=1))
    if orphan:
        rows.filter(state="working").update(lease_until=ago(seconds=1))
    interventions.carry_out(wanted.pk)
    return rows.get()


def again(message: Message) -> Message:
    return Message.objects.get(pk=message.pk)


def refused(code, *asked, reason="Salió con el nombre de otra persona"):
    with pytest.raises(Refusal) as told:
        withdrawing.withdraw(*asked, reason)
    assert told.value.code == code
    return told.value


def test_it_is_gone_there_and_on_record_here(nuria, sandbox, said):
    wanted = withdrawing.withdraw(nuria, said, "  Salió con\nel nombre   de otra persona ")
    assert (wanted.state, wanted.reason) == ("waiting", "Salió con el nombre de otra persona")
    assert sandbox.ours() == ["Ya la buscamos"]
    assert carry_out(wanted).state == "done"
    assert sandbox.ours() == [""]
    assert again(said).deleted_at is not None
    assert again(said).text == "Ya la buscamos"  # what was said stays on record
    assert kinds(said.case)[-2:] == ["message.withdrawing", "message.withdrawn"]
    asked = Event.objects.get(kind="message.withdrawing")
    assert (asked.agent, asked.data["message"], asked.data["reason"]) == (nuria, said.pk, wanted.reason)
    assert "Ya la buscamos" not in str(list(Event.objects.values_list("data", flat=True)))


def test_who_was_answered_by_it_alone_waits_again_from_now(nuria, said):
    assert owed(now_of(said.case)) == []
    carry_out(withdrawing.withdraw(nuria, said, "Se coló un dato"))
    case = now_of(said.case)
    assert (case.awaits_us, owed(case)) == (True, [("answer", "open")])
    assert case.due_at > people.clock.now() + timedelta(minutes=50)


def test_who_has_another_answer_waits_for_nothing(nuria, sandbox, desk, said):
    target = Message.objects.get(case=said.case, direction="in")
    deliver(send(nuria, target, "Y te llamamos hoy"))
    carry_out(withdrawing.withdraw(nuria, said, "Sobra"))
    assert (now_of(said.case).awaits_us, owed(said.case)) == (False, [])
    assert sandbox.ours() == ["", "Y te llamamos hoy"]


def test_a_case_that_rests_goes_on_resting(nuria, said):
    cases.close(nuria, said.case)
    carry_out(withdrawing.withdraw(nuria, said, "Sobra"))
    assert (now_of(said.case).state, owed(said.case)) == ("closed", [])


def test_asked_twice_is_asked_once_and_a_third_time_is_told(nuria, said):
    first = withdrawing.withdraw(nuria, said, "Sobra")
    assert withdrawing.withdraw(nuria, said, "Sobra, de verdad") == first
    carry_out(first)
    carry_out(first)
    assert kinds(said.case).count("message.withdrawn") == 1
    refused("gone", nuria, said)


@pytest.mark.parametrize("who_first", ["network", "told"])
def test_a_post_that_is_gone_already_is_a_success(nuria, sandbox, desk, said, who_first):
    wanted = withdrawing.withdraw(nuria, said, "Sobra")
    sandbox.fault("delete_post", post=said.network_id)
    ours = author("condor", network_id=desk.network_id)
    gone = deletion(a_post(by=ours, network_id=said.network_id, conversation=said.network_id))
    if who_first == "told":
        arrive(desk, gone)
    assert carry_out(wanted).state == "done"
    arrive(desk, gone)
    assert kinds(said.case).count("message.withdrawn") == 1


def test_one_the_network_deleted_before_is_not_asked_for(nuria, desk, said):
    ours = author("condor", network_id=desk.network_id)
    arrive(desk, deletion(a_post(by=ours, network_id=said.network_id, conversation=said.network_id)))
    refused("gone", nuria, said)


@pytest.mark.parametrize(
    "fault", ["lose_answer", "half_body", "wrong_type", "server_error", "refuse_connection"]
)
def test_a_network_that_stumbles_is_asked_again(nuria, sandbox, said, fault):
    if fault == "refuse_connection":
        address = said.account.config["address"]
        Account.objects.update(config={"address": "http://127.0.0.1:9"})
    else:
        sandbox.fault(fault, on="DELETE /api/posts")
    wanted = carry_out(withdrawing.withdraw(nuria, said, "Sobra"))
    assert (wanted.state, wanted.attempts, bool(wanted.trouble)) == ("waiting", 1, True)
    assert wanted.next_attempt_at > people.clock.now()
    assert again(said).deleted_at is None
    if fault == "refuse_connection":
        Account.objects.update(config={"address": address})
    assert carry_out(wanted).state == "done"


def test_one_that_never_answers_is_told_to_a_person_in_the_end(nuria, sandbox, said):
    sandbox.fault("server_error", times=50, on="DELETE /api/posts")
    wanted = withdrawing.withdraw(nuria, said, "Sobra")
    for _attempt in range(intervening.MOST_ATTEMPTS):
        wanted = carry_out(wanted)
    assert (wanted.state, again(said).deleted_at) == ("failed", None)
    assert wanted.trouble
    assert kinds(said.case)[-1] == "message.not_withdrawn"
    assert intervening.waiting(people.clock.now() + timedelta(days=1)) == []
    sandbox.heal()
    assert carry_out(withdrawing.withdraw(nuria, said, "Otra vez")).state == "done"


def test_credentials_that_no_longer_hold_raise_the_alarm_and_say_so(nuria, sandbox, desk, said):
    sandbox.fault("revoke_token", handle="condor")
    wanted = carry_out(withdrawing.withdraw(nuria, said, "Sobra"))
    assert (wanted.state, again(said).deleted_at) == ("failed", None)
    desk.refresh_from_db()
    assert desk.state == "refused"
    refused("account_refused", nuria, said)


def test_an_account_paused_meanwhile_fails_loudly(nuria, desk, said):
    wanted = withdrawing.withdraw(nuria, said, "Sobra")
    accounts.pause(desk)
    assert carry_out(wanted).state == "failed"
    assert kinds(said.case)[-1] == "message.not_withdrawn"


def test_a_worker_that_dies_is_followed_by_another(nuria, sandbox, said):
    wanted = withdrawing.withdraw(nuria, said, "Sobra")
    now = people.clock.now()
    dead = intervening.claim(wanted.pk, now)
    assert intervening.claim(wanted.pk, now) is None
    assert intervening.waiting(now) == []
    assert intervening.waiting(now + intervening.LEASE) == [wanted.pk]
    assert carry_out(wanted, orphan=True).state == "done"
    intervening.give_up(dead, "tarde", now)  # it was only slow: it has nothing to say any more
    intervening.put_back(dead, trouble="tarde", at=now)
    assert Intervention.objects.get().state == "done"


def test_a_merge_on_the_way_takes_it_along(nuria, desk, said):
    wanted = withdrawing.withdraw(nuria, said, "Sobra")
    other = a_case(desk, by="ana")
    merging.merge(nuria, other, [said.case])
    assert carry_out(wanted).state == "done"
    assert kinds(other)[-1] == "message.withdrawn"


def test_what_cannot_be_taken_back(nuria, sandbox, desk, said):
    theirs = Message.objects.get(case=said.case, direction="in")
    refused("not_ours", nuria, theirs)
    refused("needs_reason", nuria, said, reason=" … ")
    outsider = people.an_agent(people.a_brand("faro", "Faro"), "Olga Prieto", "owner")
    refused("no_such_message", outsider, said)
    drafter = people.an_agent(said.brand, "Delia Ruiz", "drafter")
    refused("not_allowed", drafter, said)
    assert Intervention.objects.count() == 0


def test_a_network_without_the_power_says_so(nuria, said):
    for network in ("mail", "gone-for-good"):
        Message.objects.filter(pk=said.pk).update(network=network)
        Account.objects.update(network=network)
        assert not withdrawing.able(network)
        refused("no_such_way", nuria, said)


def test_a_reply_only_a_persons_word_put_there_has_no_number(nuria, sandbox, desk):
    reply = send(nuria, sandbox.says(desk))
    replies.Reply.objects.filter(pk=reply.pk).update(state="unknown")
    replies.settle(nuria, reply, sent=True)
    refused("no_number", nuria, replies.Reply.objects.get().message)


def test_what_a_sister_said_is_taken_back_by_the_sister(nuria, sandbox, condor, desk):
    """Our campaign's post came in by the account that was told of it, and has no case."""
    sister = sandbox.account(condor, handle="campaign")
    with sandbox.store.write() as db:
        who = twin.accounts.by_handle(db, "campaign")
        post = twin.posts.publish(sandbox.store, db, who, "¡Vuelos a mitad de precio!", twin.now())
    uri = sandbox.store.uri("posts", post["id"])
    ours = author("campaign", network_id=sister.network_id)
    arrive(desk, a_post("¡Vuelos a mitad de precio!", by=ours, network_id=uri, addressed=False))
    said = Message.objects.get(network_id=uri)
    assert (said.account, said.case, said.direction) == (desk, None, "out")
    wanted = withdrawing.withdraw(nuria, said, "La oferta no era válida")
    assert wanted.account == sister
    assert carry_out(wanted).state == "done"
    assert sandbox.ours() == [""]
    assert list(Event.objects.filter(case=None).order_by("id").values_list("kind", flat=True)) == [
        "message.withdrawing",
        "message.withdrawn",
    ]


@pytest.mark.django_db(transaction=True)
def test_many_hands_and_workers_at_once_take_it_back_once(nuria, said):
    start = threading.Barrier(4)
    found: list[int] = []

    def press() -> None:
        try:
            start.wait(10)
            found.append(withdrawing.withdraw(nuria, said, "Sobra").pk)
            interventions.carry_out(found[0])
        finally:
            connection.close()

    hands = [threading.Thread(target=press) for _ in range(4)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(30)
    assert len(set(found)) == 1
    assert carry_out(Intervention.objects.get()).state == "done"
    assert kinds(said.case).count("message.withdrawn") == 1
    assert kinds(said.case).count("message.withdrawing") == 1
