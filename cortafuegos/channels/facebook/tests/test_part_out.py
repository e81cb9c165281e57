"""A file is with the customer and the words are not: whatever is pressed then, it never goes again."""

from __future__ import annotations

import json
import uuid

import pytest

from cortafuegos.channels import actions
from cortafuegos.channels.facebook.tests.test_desk import bring
from cortafuegos.channels.models import Account
from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import filing, outbox, replies
from cortafuegos.inbox.fate import fate
from cortafuegos.inbox.models import Draft, Message, Reply
from cortafuegos.inbox.tests.files import samples
from cortafuegos.inbox.tests.people import a_brand, an_agent
from cortafuegos.kit import clock

pytestmark = pytest.mark.django_db

FILE, GUIDE, WORDS = ("", ["plano"]), ("", ["guia"]), ("Así, Ana.", [])
WHOLE = [FILE, GUIDE, WORDS]
FOR_GOOD = b'{"error":{"message":"x","type":"OAuthException","code":100,"error_subcode":1}}'
SLOWLY = b'{"error":{"message":"x","type":"OAuthException","code":613}}'
TOKEN = b'{"error":{"message":"x","type":"OAuthException","code":190}}'


@pytest.fixture
def account(meta, page):
    brand = a_brand()
    return actions.connect(an_agent(brand).pk, brand, "facebook", meta.form(page))


@pytest.fixture
def ana(meta, page, account):
    ana = meta.person("Ana Vidal")
    meta.message(ana, page, "¿cómo se monta?")
    bring(meta, account)
    return ana


@pytest.fixture
def agent(account):
    return an_agent(account.brand, "Lucía Sanz")


def answer(agent, account, text="Así, Ana.", files=None):
    target = Message.objects.get(brand=account.brand, text="¿cómo se monta?")
    account.refresh_from_db()
    return replies.send(
        agent, target.case, text=text, public=False, target=target, account=account, files=files or []
    )


def two(agent):
    kept = [
        filing.keep(agent, uuid.uuid4(), "plano.png", samples.picture()),
        filing.keep(agent, uuid.uuid4(), "guia.pdf", samples.PDF),
    ]
    return filing.chosen(agent, json.dumps([{"file": str(file.uid), "alt": ""} for file in kept]))


def claim(reply):
    Reply.objects.filter(pk=reply.pk).update(next_attempt_at=clock.now())
    return outbox.claim(reply.pk, clock.now())


def attempt(reply):
    now = clock.now()
    Reply.objects.filter(pk=reply.pk).update(next_attempt_at=now)
    Account.objects.filter(pk=reply.account_id).update(rests_until=None, state="ok")
    delivery.deliver(reply.pk)
    return Reply.objects.get(pk=reply.pk)


def there(meta, page, ana):
    """What we said, with the names of its files."""
    said = meta.exchange(page.id, "messenger", ana.id).messages[1:]
    return [(one.text, [file.name.partition(".")[0] for file in one.files]) for one in said]


@pytest.mark.parametrize("call", range(5))  # each file is uploaded and sent, then the words
@pytest.mark.parametrize("between", [False, True])
def test_a_retry_goes_on_where_it_failed_for_good(meta, page, account, ana, agent, call, between):
    reply = answer(agent, account, files=two(agent))
    meta.faults.arm(on="POST ", after=call, status=400, body=FOR_GOOD)
    reply = attempt(reply)
    assert reply.state == Reply.State.FAILED and "100" in reply.reason
    other = [("Ya te digo.", [])] if between else []
    if between:  # from then on nothing in the exchange tells whose the files were
        assert attempt(answer(agent, account, "Ya te digo.")).state == Reply.State.SENT
    assert attempt(replies.retry(agent, reply)).state == Reply.State.SENT
    out = len(reply.parts)
    assert there(meta, page, ana) == [*WHOLE[:out], *other, *WHOLE[out:]]


@pytest.mark.parametrize("died", [False, True])
def test_a_person_who_looked_and_saw_no_words_doubles_no_file(meta, page, account, ana, agent, died):
    reply = answer(agent, account, files=two(agent))
    if died:  # nobody was told what had gone
        claimed = claim(reply)
        meta.faults.arm(on="POST ", after=2, status=400, body=FOR_GOOD)
        outgoing = delivery.replace(delivery._outgoing(claimed), media=filing.media(claimed))
        with pytest.raises(Exception, match="100"):
            delivery.registry.connector("facebook").send(account.view(), outgoing)
        outbox.give_up(claimed, state=Reply.State.UNKNOWN, reason="")
    else:
        meta.faults.arm(on="POST ", after=3, lost=True)
        reply = attempt(reply)
        Reply.objects.filter(pk=reply.pk).update(state=Reply.State.UNKNOWN)
    reply = replies.settle(agent, reply, sent=False)
    assert attempt(replies.retry(agent, reply)).state == Reply.State.SENT
    assert there(meta, page, ana) == WHOLE


@pytest.mark.parametrize("said", [SLOWLY, FOR_GOOD, TOKEN])
@pytest.mark.parametrize("call", range(5))
def test_what_is_taken_back_and_sent_anew_doubles_no_file(meta, page, account, ana, agent, said, call):
    files = two(agent)
    reply = answer(agent, account, files=files)
    meta.faults.arm(on="POST ", after=call, status=400, body=said)
    reply = attempt(reply)
    out = len(there(meta, page, ana))
    assert len(reply.parts) == out == call // 2
    shown = fate(reply, account, clock.now(), may_send=True).words
    assert (f"already: {out}" in shown) is bool(out)
    taken = replies.cancel(agent, reply)
    assert (f"already: {out}" in fate(taken, account, clock.now(), may_send=True).words) is bool(out)
    draft = Draft.objects.get(brand=account.brand, agent=agent)
    assert (draft.text, draft.files) == ("Así, Ana.", files[out:])
    Account.objects.filter(pk=account.pk).update(state="ok", rests_until=None)
    assert attempt(answer(agent, account, draft.text, draft.files)).state == Reply.State.SENT
    assert there(meta, page, ana) == WHOLE


@pytest.mark.parametrize("gone", [True, False])
def test_a_worker_died_between_file_and_words(meta, page, account, ana, agent, gone):
    """The next one finds the file there; then the words fail, and the reply is taken back."""
    files = two(agent)
    claimed = claim(answer(agent, account, files=files))
    if gone:
        meta.faults.arm(on="POST ", after=2, status=400, body=FOR_GOOD)
        outgoing = delivery.replace(delivery._outgoing(claimed), media=filing.media(claimed))
        with pytest.raises(Exception, match="100"):
            delivery.registry.connector("facebook").send(account.view(), outgoing)
    Reply.objects.filter(pk=claimed.pk).update(lease_until=clock.now())
    meta.faults.arm(on="POST ", status=400, body=FOR_GOOD)
    reply = attempt(claimed)
    assert reply.state == Reply.State.FAILED and len(reply.parts) == gone
    replies.cancel(agent, reply)
    draft = Draft.objects.get(brand=account.brand, agent=agent)
    attempt(answer(agent, account, draft.text, draft.files))
    assert there(meta, page, ana) == WHOLE
