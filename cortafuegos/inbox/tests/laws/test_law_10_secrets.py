"""Law 10: credentials are encrypted at rest and appear in no log, page or error; and what people
wrote appears in no log either."""

from __future__ import annotations

import dataclasses
import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from cortafuegos.channels import actions as accounts
from cortafuegos.channels import polling, registry
from cortafuegos.channels.contract import Connected
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.inbox import delivery, intake, threads
from cortafuegos.inbox.actions import cases, drafts, notes, replies
from cortafuegos.inbox.models import Case, Event, Message, Reply
from cortafuegos.inbox.tests.people import a_post, ago, an_agent, arrive
from cortafuegos.inbox.tests.test_intake import event, store
from cortafuegos.kit import crypto, log
from cortafuegos.worker.loops import intake_work

SECRET = "S3CR3T0-que-nadie-ve"
WORDS = "PALABRAS-de-un-cliente"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers, root.level
    stream = io.StringIO()
    log.configure({"json": True, "level": "DEBUG"}, stream)
    yield stream
    root.handlers, level = before
    root.setLevel(level)


def rows_that_say(marker: str) -> list[str]:
    """Tables of the whole database in which the marker can be read."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{marker}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_law_10_sealed_and_opened():
    sealed = crypto.seal({"token": SECRET})
    assert SECRET.encode() not in sealed
    assert crypto.unseal(sealed) == {"token": SECRET}
    assert crypto.seal({"token": SECRET}) != sealed, "the same twice does not look the same"


def test_law_10_sealed_with_another_secret_or_changed(monkeypatch):
    sealed = crypto.seal({"token": SECRET})
    with pytest.raises(crypto.Unsealable):
        crypto.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    monkeypatch.setenv("CORTAFUEGOS_SECRET", "otro")
    with pytest.raises(crypto.Unsealable) as refused:
        crypto.unseal(sealed)
    assert SECRET not in str(refused.value)
    monkeypatch.setenv("CORTAFUEGOS_SECRET", "otro, only for tests")
    assert crypto.unseal(sealed) == {"token": SECRET}, "a secret that was rotated still opens"


def test_law_10_no_repr_tells_them(account):
    account.sealed = crypto.seal({"token": SECRET})
    account.save()
    view = account.view()
    assert view.credentials == {"token": SECRET}
    told = [repr(view), str(view), f"{view}", repr(account), str(dataclasses.replace(view, id=9))]
    told.append(repr(Connected("1", "h", "n", {}, {"token": SECRET})))
    assert not [text for text in told if SECRET in text]


@pytest.fixture
def desk(condor, sandbox):
    """An account whose token is the marker."""
    account = sandbox.account(condor)
    with sandbox.store.write() as db:
        db.execute("UPDATE account SET token = ? WHERE handle = 'condor'", (SECRET,))
    account.sealed = crypto.seal({"token": SECRET, "webhook_secret": SECRET})
    account.save()
    return account


def a_whole_day(condor, sandbox, desk) -> None:
    """Everything that goes right, and everything that goes wrong."""
    nuria = an_agent(condor)
    target = sandbox.says(desk, f"{WORDS} @condor", by="lucia")
    case = target.case
    drafts.keep(nuria, case, mode="public", text=WORDS)
    notes.write(nuria, case, WORDS)
    cases.tag(nuria, case, add=["vip"])
    threads.read(condor.pk, target.conversation_id)
    for fault in ("lose_answer", "forbidden", "rate_limit", "wrong_type", "server_error"):
        sandbox.fault(fault, on="POST /api/posts")
        reply = replies.send(
            nuria, case, text=f"{WORDS} {fault}", public=True, target=target, account=desk, reason="x"
        )
        for _ in range(3):
            Reply.objects.filter(state="queued").update(next_attempt_at=ago(seconds=1))
            delivery.deliver(reply.pk)
    for post in (a_post(WORDS, ref=[WORDS]), a_post(WORDS, by="ana", subject=WORDS)):  # type: ignore[arg-type]
        arrive(desk, post)
    bodies = [event(desk, 1, WORDS), event(desk, 2, WORDS, created_at=WORDS), WORDS.encode(), b'{"event": 1}']
    Account.objects.filter(pk=desk.pk).update(opening_hours={"mon": [["09:00", "10:00"]]})
    store(desk, *bodies, event(desk, 3, WORDS, created_at="0001-01-01T00:00:00Z"))
    work = intake_work()
    while not work():
        pass
    for fault in ("wrong_type", "half_body", "server_error", "rate_limit", "lose_answer"):
        sandbox.fault(fault, on="GET /api")
        polling.poll(Account.objects.get(pk=desk.pk))
        polling.check_up(Account.objects.get(pk=desk.pk))
    _connector_that_quotes(desk)
    sandbox.fault("revoke_token", handle="condor")
    polling.poll(Account.objects.get(pk=desk.pk))
    polling.check_up(Account.objects.get(pk=desk.pk))
    Account.objects.filter(pk=desk.pk).update(sealed=b"changed")
    store(desk, event(desk, 4, WORDS))
    intake.take()


def _connector_that_quotes(desk) -> None:
    """The stored reference is not what the connector thinks: its error quotes the value."""
    message = Message.objects.filter(brand=desk.brand, direction="in").first()
    Message.objects.filter(pk=message.pk).update(ref={"uri": [WORDS]})
    message.refresh_from_db()
    try:
        raise ValueError(f"could not convert {WORDS} with {SECRET}") from KeyError(WORDS)
    except ValueError:
        log.get("test").exception("quoted")


def test_law_10_a_day_in_which_all_goes_wrong(condor, sandbox, desk, lines):
    a_whole_day(condor, sandbox, desk)
    told = lines.getvalue()
    events = {json.loads(line)["event"] for line in told.splitlines()}
    assert {"receipt.quarantined", "intake.failed", "poll.failed", "reply.sent", "reply.refused"} <= events
    for marker in (SECRET, WORDS):
        assert marker not in told, [line for line in told.splitlines() if marker in line][:2]
    assert rows_that_say(SECRET) == []
    for text in (
        *Receipt.objects.values_list("reason", flat=True),
        *Account.objects.values_list("state_reason", flat=True),
        *Reply.objects.values_list("reason", flat=True),
        *(json.dumps(data) for data in Event.objects.values_list("data", flat=True)),
    ):
        assert WORDS not in text
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE args::text LIKE %s", [f"%{WORDS}%"])
        assert cursor.fetchone()[0] == 0
    assert Account.objects.get(pk=desk.pk).state == "refused"


def pages(patterns: list[Any], facts: dict[str, Any], before: str = "/") -> Iterator[str]:
    """Every address that the facts can fill."""
    for pattern in patterns:
        route = str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from pages(pattern.url_patterns, facts, before + route)
        elif isinstance(pattern.pattern, RoutePattern):
            names = dict(re.findall(r"<(?:\w+:)?(\w+)>()", before + route))
            if names.keys() <= facts.keys():
                yield re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(facts[m[1]]), before + route)


@pytest.mark.slow
def test_law_10_no_page_tells_them(condor, sandbox, desk):
    owner = an_agent(condor, "Pilar Otxoa", "owner")
    a_whole_day(condor, sandbox, desk)
    client = Client()
    client.force_login(owner.user)
    case = Case.objects.filter(brand=condor).first()
    facts = {"slug": condor.slug, "number": case.number, "person_id": case.person_id, "network": "sandbox"}
    facts |= {"message_id": case.messages.first().pk, "queue": "all", "public_id": desk.public_id}
    receipt, seen = Receipt.objects.filter(state="quarantined").first(), 0
    for number in (desk.pk, receipt.pk, owner.pk, case.person_id):
        for address in pages(get_resolver().url_patterns, {**facts, "pk": number, "account_id": number}):
            if "logout" in address:
                continue
            answer = client.get(address)
            if answer.status_code == 200 and not answer.streaming:
                seen += 1
                assert SECRET not in answer.content.decode(errors="replace"), address
    assert seen >= 40, "they are looked at indeed"


def test_law_10_connecting_with_what_is_wrong_quotes_nothing(condor, sandbox, lines):
    for network in registry.networks():
        connector = registry.connector(network)
        form = {field.name: SECRET for field in connector.fields}
        form |= {"address": sandbox.address, "server": sandbox.address, "url": sandbox.address}
        try:
            accounts.connect(1, condor, network, form)
        except Exception as error:
            assert SECRET not in str(error)
    assert SECRET not in lines.getvalue()
