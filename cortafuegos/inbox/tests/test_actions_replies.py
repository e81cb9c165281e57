"""Replies: judged, owned, queued; and what a person may still do with them."""

from __future__ import annotations

import uuid

import pytest
from django.db import IntegrityError, connection, transaction

from cortafuegos.inbox.actions import cases, drafts, replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Draft, Event, Message, Reply
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_post,
    ago,
    an_account,
    an_agent,
    arrive,
    deletion,
    kinds,
    now_of,
    say,
)


@pytest.fixture
def target(account):
    return say(account, by="lucia", at=ago(minutes=10))


@pytest.fixture
def delia(condor):
    return an_agent(condor, "Delia Ruiz", "drafter")


def send(who, target, **wanted):
    wanted = {"text": "Ya la buscamos", "public": True, "target": target, "account": target.account} | wanted
    return replies.send(who, wanted.pop("case", None) or target.case, **wanted)


def refusal(*args, **wanted) -> Refusal:
    before = Reply.objects.count(), Event.objects.count()
    with pytest.raises(Refusal) as refused, transaction.atomic():
        send(*args, **wanted)
    assert (Reply.objects.count(), Event.objects.count()) == before
    return refused.value


def jobs() -> int:
    """Of the replies that are here; other tests' jobs outlive their replies."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_jobs j JOIN cortafuegos_reply r"
            " ON r.id = (j.args ->> 'reply_id')::bigint WHERE task_name = 'cortafuegos.inbox.jobs.deliver'"
        )
        return cursor.fetchone()[0]


def test_an_answer_goes_into_the_outbox_with_its_job(nuria, target):
    reply = send(nuria, target)
    assert (reply.state, reply.agent, reply.guard["verdict"], reply.attempts) == ("queued", nuria, "pass", 0)
    case = now_of(target.case)
    assert case.assignee == nuria, "who answers what nobody has takes it"
    assert case.awaits_us, "it has not left yet"
    assert kinds(case)[2:] == ["case.claimed", "reply.queued"]
    assert jobs() == 1
    facts = Event.objects.get(kind="reply.queued")
    assert "Ya la buscamos" not in str(facts.data)
    assert facts.correlation == reply.correlation


def test_a_double_press_is_one_reply(nuria, target):
    key = uuid.uuid4()
    assert send(nuria, target, key=key) == send(nuria, target, key=key)
    assert (Reply.objects.count(), jobs()) == (1, 1)


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"text": ""}, "empty"),
        ({"text": " \u200b\u2060 "}, "empty"),
        ({"text": "a" * 301}, "too-long"),
    ],
)
def test_what_the_guard_blocks_does_not_go(nuria, target, wanted, code):
    refused = refusal(nuria, target, **wanted)
    assert (refused.code, refused.status) == (code, 422)


def test_what_was_asked_in_private_is_not_answered_in_public(nuria, account):
    target = say(account, public=False, conversation="dm")
    assert refusal(nuria, target).code == "private-in-public"
    assert send(nuria, target, public=False).state == "queued"


def test_a_private_exchange_stays_with_its_account(condor, nuria, account):
    target = say(account, public=False, conversation="dm")
    sister = an_account(condor, "condor_ayuda", is_support=True)
    assert refusal(nuria, target, account=sister, public=False).code == "wrong_account"


def test_a_sister_account_answers_in_public(condor, nuria, target):
    sister = an_account(condor, "condor_ayuda", is_support=True)
    assert send(nuria, target, account=sister).account == sister


@pytest.mark.parametrize("state", ["refused", "paused"])
def test_a_refused_account_takes_no_reply(nuria, target, state):
    target.account.state = state
    refused = refusal(nuria, target)
    assert refused.code == "account_refused"
    assert "Condor" in str(refused.sentence)


def test_what_its_author_deleted_is_not_answered(nuria, account):
    post = a_post(by="lucia")
    arrive(account, post, deletion(post))
    assert refusal(nuria, Message.objects.get()).code == "deleted"


def test_a_network_without_a_private_way(condor, nuria, sandbox):
    target = say(an_account(condor, network="mute"))
    assert refusal(nuria, target, public=False).code == "no_such_way"
    assert send(nuria, target).state == "queued"


def test_whose_case_it_is_answers(condor, nuria, target):
    bruno = an_agent(condor, "Bruno Silva")
    cases.claim(bruno, target.case)
    assert refusal(nuria, target).code == "taken"
    bruno.active = False
    bruno.save()
    assert send(nuria, target).agent == nuria


def test_nobody_sends_without_the_right(condor, delia, target):
    gone = an_agent(condor, "Gil Soto", "owner", active=False)
    for who in (delia, gone):
        assert refusal(who, target).status == 403


def test_nothing_goes_from_brand_to_brand(condor, nuria, target, account):
    nube = a_brand("nube")
    olga = an_agent(nube, "Olga Prieto", "owner")
    theirs = an_account(nube, "nube")
    foreign = say(theirs)
    other = say(account, by="ana")
    assert refusal(olga, target).code == "no_such_case"
    assert refusal(nuria, foreign, case=target.case).code == "no_such_message"
    assert refusal(nuria, other, case=target.case).code == "no_such_message"
    assert refusal(nuria, target, account=theirs).code == "wrong_account"
    assert refusal(nuria, target, account=an_account(condor, network="mastodon")).code == "wrong_account"
    assert refusal(nuria, target, drafted_by=olga).code == "no_such_agent"


def test_the_composer_hears_the_guard_before(nuria, delia, target):
    said = replies.check(
        delia, target.case, text="a" * 305, public=True, target=target, account=target.account
    )
    assert (said["verdict"], said["length"], said["limit"], said["unit"]) == ("block", 305, 300, "graphemes")
    assert [300, 305] in [one["span"] for one in said["findings"] if one["rule"] == "too-long"]
    assert not Reply.objects.exists()


# --- what a person may still do ---------------------------------------------


def test_taken_back_before_it_left(nuria, target):
    reply = replies.cancel(nuria, send(nuria, target))
    assert reply.state == "cancelled"
    assert Draft.objects.get().text == "Ya la buscamos"
    assert kinds(target.case)[-1] == "reply.cancelled"
    with pytest.raises(Refusal) as refused:
        replies.cancel(nuria, reply)
    assert refused.value.code == "left"


def test_taking_back_keeps_what_was_begun_since(nuria, target):
    reply = send(nuria, target)
    drafts.keep(nuria, target.case, mode="public", text="Algo más")
    replies.cancel(nuria, reply)
    assert Draft.objects.get().text == "Ya la buscamos\n\nAlgo más"


@pytest.mark.parametrize("fields", [{"state": "sending"}, {"state": "sent"}, {"look_first": True}])
def test_what_may_have_left_is_not_taken_back(nuria, target, fields):
    reply = send(nuria, target)
    Reply.objects.filter(pk=reply.pk).update(**fields)
    with pytest.raises(Refusal) as refused:
        replies.cancel(nuria, reply)
    assert refused.value.code == "left"


def test_try_again(nuria, target):
    reply = send(nuria, target)
    Reply.objects.filter(pk=reply.pk).update(state="failed", reason="No", attempts=10, look_first=True)
    from cortafuegos.inbox.actions import outbox

    outbox.show_failed(target.case)
    assert now_of(target.case).failed
    reply = replies.retry(nuria, reply)
    assert (reply.state, reply.attempts, reply.look_first) == ("queued", 0, True)
    assert not now_of(target.case).failed
    Reply.objects.filter(pk=reply.pk).update(state="sent")
    with pytest.raises(Refusal):
        replies.retry(nuria, reply)


@pytest.mark.parametrize(("sent", "state"), [(True, "sent"), (False, "failed")])
def test_a_person_says_what_became_of_it(nuria, target, sent, state):
    reply = send(nuria, target)
    with pytest.raises(Refusal):
        replies.settle(nuria, reply, sent=sent)
    Reply.objects.filter(pk=reply.pk).update(state="unknown", look_first=True)
    replies.settle(nuria, reply, sent=sent)
    reply.refresh_from_db()
    assert (reply.state, reply.look_first) == (state, False)
    assert Message.objects.filter(direction="out").count() == int(sent)
    assert now_of(target.case).awaits_us is not sent
    assert kinds(target.case)[-1] == ("reply.sent" if sent else "reply.settled")


@pytest.mark.parametrize("verb", [replies.cancel, replies.retry])
def test_replies_of_another_brand_and_without_the_right(nuria, delia, target, verb):
    reply = send(nuria, target)
    for who in (delia, an_agent(a_brand("nube"), "Olga Prieto", "owner")):
        with pytest.raises(Refusal) as refused:
            verb(who, reply)
        assert refused.value.status in (403, 404)


@pytest.mark.parametrize(
    "verdict", ["{}", "null", '{"verdict": "block"}', '{"verdict": null}', "[]", '"pass"']
)
def test_the_database_itself_takes_no_reply_without_a_verdict(nuria, target, verdict):
    reply = send(nuria, target)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE cortafuegos_reply SET guard = %s::jsonb WHERE id = %s", [verdict, reply.pk])
