"""Imported history: there, whole, once, and quiet."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.channels.models import Account
from cortafuegos.inbox.importing.accounts import archive
from cortafuegos.inbox.importing.source import Unusable
from cortafuegos.inbox.importing.tests.conftest import table, tweet
from cortafuegos.inbox.models import Case, Conversation, Deadline, Event, ImportRun, Message
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Brand

THREAD = [
    tweet("3", "condor", "@ana Lo miramos ahora", "2017-10-31T10:30:00Z", to="1"),
    tweet("1", text="@condor No me llega el pedido"),
    tweet("4", text="@condor ¡Gracias!", at="2017-10-31T11:00:00Z", to="3"),
]


def counted():
    models = (Case, Message, Conversation, Identity, Person, Event, Deadline)
    return {model.__name__: model.objects.count() for model in models}


def test_a_thread_of_the_past_is_a_closed_case(bring, brand):
    outcome, refused = bring(table(THREAD))
    assert (outcome.rows, outcome.messages, outcome.cases, refused) == (3, 3, 1, "")
    case = Case.objects.get()
    assert (case.number, case.state, case.subject) == (1, "closed", "No me llega el pedido")
    assert case.snippet == "@condor ¡Gracias!"
    assert case.opened_at == datetime(2017, 10, 31, 10, tzinfo=UTC)
    assert case.first_answered_at == datetime(2017, 10, 31, 10, 30, tzinfo=UTC)
    assert case.closed_at == case.last_message_at == datetime(2017, 10, 31, 11, tzinfo=UTC)
    assert (case.person, case.identity.handle) == (Identity.objects.get(network_id="ana").person, "ana")
    found = case.messages.order_by("posted_at")
    assert [(m.network_id, m.direction, m.in_reply_to) for m in found] == [
        ("1", "in", ""),
        ("3", "out", "1"),
        ("4", "in", "3"),
    ]
    assert Conversation.objects.get().messages.count() == 3
    brand.refresh_from_db()
    assert brand.next_case_number == 2


def test_the_past_asks_nothing_of_anybody(bring):
    bring(table([tweet(str(n), f"u{n}", at="2017-10-31T10:00:00Z") for n in range(50)]))
    assert not Deadline.objects.exists()
    assert not Case.objects.exclude(state="closed", awaits_us=False, due_at=None).exists()
    assert set(Event.objects.values_list("kind", flat=True)) == {"case.imported"}
    account = Account.objects.get()
    assert account.removed_at is not None
    assert not account.may_send


def test_importing_twice_adds_nothing(bring):
    content = table(THREAD)
    bring(content)
    before = counted()
    outcome, _ = bring(content)
    assert (outcome.messages, outcome.cases, outcome.done_before) == (0, 0, 3)
    assert counted() == before
    # The same messages in another file, where the run knows nothing of them.
    outcome, _ = bring(table(list(reversed(THREAD))))
    assert (outcome.messages, outcome.cases) == (0, 0)
    assert counted() == before


def test_a_second_file_completes_what_the_first_began(bring):
    bring(table(THREAD[1:2]))
    outcome, _ = bring(table(THREAD))
    assert (outcome.messages, outcome.cases) == (2, 0)
    case = Case.objects.get()
    assert case.messages.count() == 3
    assert case.last_message_at == datetime(2017, 10, 31, 11, tzinfo=UTC)
    assert case.first_answered_at == datetime(2017, 10, 31, 10, 30, tzinfo=UTC)
    assert Conversation.objects.count() == 1


def test_a_merged_case_takes_what_belongs_to_it(bring):
    bring(table([THREAD[1], tweet("9", "eva")]))
    one, other = Case.objects.order_by("number")
    Case.objects.filter(pk=one.pk).update(state="merged", merged_into=other)
    bring(table(THREAD))
    assert set(Message.objects.filter(network_id__in="34").values_list("case", flat=True)) == {other.pk}


def test_an_open_case_stays_open_and_as_it_was(bring, brand):
    bring(table(THREAD[1:2]))
    Case.objects.update(state="open", closed_at=None, awaits_us=True, snippet="latest words")
    bring(table(THREAD))
    case = Case.objects.get()
    assert (case.state, case.awaits_us, case.closed_at) == ("open", True, None)
    assert case.messages.count() == 3


def test_what_is_known_of_people_is_not_overwritten(bring, brand):
    bring(table(THREAD[1:2]))
    Identity.objects.filter(network_id="ana").update(name="Ana Gil", avatar="https://example.com/a.png")
    bring(table(THREAD))
    ana = Identity.objects.get(network_id="ana")
    assert (ana.name, ana.avatar) == ("Ana Gil", "https://example.com/a.png")


def test_text_comes_in_faithfully(bring):
    text = 'a\0b "quoted", \u202egnirts\u202c 👩‍👩‍👧\nsecond line <b>&amp;</b>'
    bring(table([tweet("1", text=text)]))
    assert Message.objects.get().text == text.replace("\0", "␀")


def test_bad_rows_are_told_and_the_rest_goes_on(bring):
    content = table([tweet("1"), tweet("", text="secret"), tweet("2", at="soon"), tweet("3")]).encode()
    content = content.replace(b"No me llega", b"No me lleg\xe0", 1)
    outcome, refused = bring(content)
    told = [json.loads(line) for line in refused.splitlines()]
    assert [(one["line"], one["reason"].split(":")[0]) for one in told] == [
        (2, "not UTF-8 at byte 43 of the row"),
        (3, "tweet_id is empty"),
        (4, "the time is neither ISO 8601 nor like Tue Oct 31 22"),
    ]
    assert "secret" in told[1]["row"]
    assert (outcome.refused, outcome.messages) == (3, 1)


def test_an_id_given_twice_counts_once(bring):
    outcome, _ = bring(table([tweet("1"), tweet("1", "eva", "another")]))
    assert (outcome.repeated, outcome.messages) == (1, 1)


def test_packed_and_in_other_encodings(bring):
    content = table([tweet("1", text="¿Dónde está mi año?")])
    assert bring(gzip.compress(content.encode()))[0].messages == 1
    assert bring(content.replace("tweet_id", "tweet_id").encode("latin-1"), encoding="latin-1")[0].rows == 1
    assert bring(content.encode("utf-16"), encoding="utf-16")[0].rows == 1
    assert Message.objects.get().text == "¿Dónde está mi año?"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (table([]).encode("utf-16"), "--encoding utf-16"),
        (gzip.compress(table(THREAD).encode())[:-20], "damaged gzip"),
        (b"name,phone\nana,1\n", "no column tweet_id"),
        (b"\x89PNG\r\n\x1a\n\0\0", "neither a CSV header nor JSON"),
        (table([tweet(str(n), text="ñ") for n in range(300)]).encode("latin-1"), "--encoding latin-1"),
    ],
)
def test_a_file_that_is_of_no_use_says_so(bring, content, told):
    with pytest.raises(Unusable, match=told):
        bring(content)
    assert not Message.objects.exists()


def test_with_our_own_names_given_other_brands_are_left_out(bring):
    others = [
        tweet("10", "ivan"),
        ["11", "other_brand", "False", "2017-10-31T10:00:00Z", "@ivan Hola", "", "10"],
    ]
    outcome, _ = bring(table(THREAD + others), ours=["@Condor"])
    assert (outcome.messages, outcome.left_out) == (3, 2)
    assert not Identity.objects.filter(network_id="ivan").exists()


def test_json_lines_private_and_with_a_subject(bring, brand):
    lines = [
        {
            "id": "m1",
            "author": {"id": "ana@example.com", "name": "Ana Gil"},
            "at": "2026-03-03T10:00:00+01:00",
        },
        {"id": "m2", "author": "ayuda@condor.example", "ours": True, "at": "2026-03-03T11:00:00+01:00"},
    ]
    lines[0] |= {"text": "No llegó", "subject": "Pedido 7", "public": False, "conversation": "t1"}
    lines[1] |= {"text": "Ya va", "public": False, "conversation": "t1", "in_reply_to": "m1"}
    bring("\n".join(map(json.dumps, lines)), to=archive(brand, "mail"))
    case = Case.objects.get()
    assert (case.subject, case.public, case.network) == ("Pedido 7", False, "mail")
    assert case.identity.name == "Ana Gil"


def test_two_brands_do_not_see_each_other(bring, brand):
    bring(table(THREAD))
    other = Brand.objects.create(slug="sur", name="Banco Sur")
    outcome, _ = bring(table(THREAD), to=archive(other, "x"))
    assert outcome.messages == 3
    assert Message.objects.filter(brand=brand).count() == Message.objects.filter(brand=other).count() == 3
    assert Case.objects.get(brand=other).number == 1


def test_five_hundred_rows_cost_few_statements(bring):
    rows = [tweet(str(n), f"u{n // 2}", at=f"2017-10-31T10:{n % 60:02}:00Z") for n in range(1000)]
    with CaptureQueriesContext(connection) as one:
        bring(table(rows[:500]))
    with CaptureQueriesContext(connection) as two:
        bring(table(rows))
    assert Message.objects.count() == 1000
    assert len(two) - len(one) < 25


def test_a_broken_off_import_goes_on_where_it_was(bring, brand, monkeypatch):
    from cortafuegos.inbox.importing import history

    content = table([tweet(str(n), f"u{n}", at=f"2017-10-{n % 28 + 1:02}") for n in range(1200)])
    real, calls = history.write, []

    def breaking(*args):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*args)

    monkeypatch.setattr(history, "write", breaking)
    with pytest.raises(KeyboardInterrupt):
        bring(content)
    run = ImportRun.objects.get()
    assert (run.rows_done, run.finished_at) == (Message.objects.count(), None)
    outcome, _ = bring(content)
    run.refresh_from_db()
    assert (run.rows_done, run.rows_total) == (1200, 1200)
    assert run.finished_at is not None
    assert outcome.done_before == 500
    assert Message.objects.count() == Case.objects.count() == 1200
