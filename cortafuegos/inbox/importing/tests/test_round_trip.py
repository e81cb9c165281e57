"""A brand goes out and comes in again, equal but for its ids; and no file can do harm."""

from __future__ import annotations

import io
import json

import pytest
from django.apps import apps
from django.db import connection

from cortafuegos.channels.models import Account
from cortafuegos.inbox.exporting import export
from cortafuegos.inbox.importing import restoring
from cortafuegos.inbox.importing.source import Source, Unusable
from cortafuegos.inbox.importing.tables import SPECIAL, STAY, TRAVEL, tables
from cortafuegos.inbox.importing.tests.world import make
from cortafuegos.inbox.models import Case, Conversation, Event, Message, Note, Reply
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Agent, Brand, Team, User

pytestmark = pytest.mark.django_db(transaction=True)
# What cannot be the same where the brand it came from lives too.
NEW_HERE = {"brand": ("slug", "name", "created_at"), "reply": ("key",), "approval": ("key",)}


@pytest.fixture
def brand():
    return make("condor")


def exported(brand):
    out = io.BytesIO()
    export(brand, out)
    return out.getvalue()


def lines(raw):
    return [json.loads(line) for line in raw.splitlines()]


def modulo_ids(raw):
    """Every id as its place among those of its kind, and what must differ left out."""
    refers = {t.type: {c.name: c.refers_to.lower() for c in t.columns if c.refers_to} for t in tables()}
    places: dict[str, dict[int, int]] = {}
    found = lines(raw)[1:]
    for line in found:
        if "id" in line:
            places.setdefault(line["type"], {})[line["id"]] = len(places.get(line["type"], {}))
    for line in found:
        kind = line["type"]
        for name, other in {"id": kind, **refers.get(kind, {})}.items():
            if line.get(name) is not None:
                line[name] = places[other][line[name]]
        if kind == "team":
            line["members"] = sorted(places["agent"][member] for member in line["members"])
        for name in NEW_HERE.get(kind, ()):
            del line[name]
        if kind == "account":
            del line["state"], line["state_reason"]
    return found


def restore(raw, brand, tmp_path):
    path = tmp_path / "export.jsonl"
    path.write_bytes(raw)
    with Source(path) as source:
        assert restoring.is_export(source)
        return restoring.restore(source, brand, lambda size: None)


def test_out_and_in_again_is_the_same(brand, tmp_path):
    make("filler")  # so that ids differ
    raw = exported(brand)
    copy = Brand.objects.create(slug="copia", name="Copia")
    counts = restore(raw, copy, tmp_path)
    assert counts["message"] == 2
    assert modulo_ids(exported(copy)) == modulo_ids(raw)
    assert set(counts) == {t.type for t in tables()} | {"brand", "agent", "team"}
    # The original is as it was, and new rows of either brand do not collide.
    assert lines(exported(brand))[1:] == lines(raw)[1:]
    Person.objects.create(brand=brand)
    Person.objects.create(brand=copy)
    copy.refresh_from_db()
    assert copy.next_case_number == 12


def test_no_password_and_no_credential_goes_out(brand):
    raw = exported(brand).decode()
    assert "a very secret token" not in raw
    hashes = User.objects.values_list("password", flat=True)
    assert not any(hash in raw for hash in hashes)
    for line in lines(raw.encode()):
        assert not {"password", "sealed", "public_id", "search"} & set(line)


def test_another_brand_stays_out(brand):
    other = make("sur")
    raw = exported(brand).decode()
    assert "sur.example" not in raw
    ids = {line["id"] for line in lines(exported(other)) if line["type"] == "message"}
    assert not ids & {line["id"] for line in lines(raw.encode()) if line["type"] == "message"}


def test_an_account_comes_back_mute_and_a_reply_leaves_never_twice(brand, tmp_path):
    Reply.objects.filter(state="sent").update(state="queued")
    Reply.objects.filter(state="failed").update(state="sending")
    copy = Brand.objects.create(slug="copia", name="Copia")
    restore(exported(brand), copy, tmp_path)
    account = Account.objects.get(brand=copy)
    assert (account.state, account.credentials, account.may_send) == ("refused", {}, False)
    assert account.public_id != Account.objects.get(brand=brand).public_id
    states = Reply.objects.filter(brand=copy).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["cancelled", "unknown"]


def test_in_an_installation_of_its_own_the_keys_stay(brand, tmp_path):
    """A network knows a second attempt at a reply by its key."""
    raw = exported(brand)
    keys = set(Reply.objects.values_list("key", flat=True))
    Reply.objects.all().delete()
    restore(raw, Brand.objects.create(slug="copia", name="Copia"), tmp_path)
    assert set(Reply.objects.values_list("key", flat=True)) == keys


def test_a_brand_with_a_past_takes_no_export(brand, tmp_path):
    with pytest.raises(Unusable, match=r"already.*Nothing was changed"):
        restore(exported(brand), brand, tmp_path)


def line_of(raw, kind):
    return next(n for n, line in enumerate(lines(raw)) if line["type"] == kind)


def changed(raw, kind, **values):
    found = raw.splitlines()
    at = line_of(raw, kind)
    found[at] = json.dumps({**json.loads(found[at]), **values}).encode()
    return b"\n".join(found)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("cortafuegos-export", {"version": 2}),
        ("cortafuegos-export", {"ids": {}}),
        ("cortafuegos-export", {"ids": {"case": [5, 1]}}),
        ("cortafuegos-export", {"ids": {"case": ["a", "b"]}}),
        ("message", {"type": "procrastinate_jobs"}),
        ("message", {"id": 1}),
        ("message", {"conversation_id": "FOREIGN"}),
        ("message", {"conversation_id": "x"}),
        ("message", {"posted_at": "yesterday"}),
        ("message", {"posted_at": "2026-03-03T10:00:00"}),
        ("message", {"text": None}),
        ("message", {"text": 7}),
        ("case", {"number": 2**40}),
        ("case", {"number": "7"}),
        ("case", {"tags": {"no": "list"}}),
        ("case", {"public": "yes"}),
        ("case", {"assignee_id": 10**6}),
        ("note", {"agent_id": 10**6}),
        ("agent", {"role": "emperor"}),
        ("team", {"members": [10**6]}),
        ("reply", {"guard": {"verdict": "block"}}),
        ("reply", {"key": "not a key"}),
    ],
)
def test_a_file_that_was_tampered_with_changes_nothing(brand, tmp_path, kind, values):
    other = make("sur")
    if values.get("conversation_id") == "FOREIGN":
        values = {"conversation_id": Conversation.objects.get(brand=other).pk}
    raw = changed(exported(brand), kind, **values)
    copy = Brand.objects.create(slug="copia", name="Copia")
    with pytest.raises(Unusable, match="Nothing was changed"):
        restore(raw, copy, tmp_path)
    for model in (Agent, Team, Account, Person, Identity, Conversation, Case, Message, Reply, Event):
        assert not model.objects.filter(brand=copy).exists()


def test_a_file_cut_short_changes_nothing(brand, tmp_path):
    raw = exported(brand)
    copy = Brand.objects.create(slug="copia", name="Copia")
    without_people = b"\n".join(line for line in raw.splitlines() if b'"type":"person"' not in line)
    for broken in (raw[:-30], without_people):
        with pytest.raises(Unusable, match="Nothing was changed"):
            restore(broken, copy, tmp_path)
    assert not Agent.objects.filter(brand=copy).exists()


def test_a_file_older_than_a_column_takes_its_default(brand, tmp_path):
    raw = b"\n".join(
        json.dumps(
            {k: v for k, v in line.items() if k not in ("labels", "stretch_minutes", "look_first")}
        ).encode()
        for line in lines(exported(brand))
    )
    copy = Brand.objects.create(slug="copia", name="Copia")
    restore(raw, copy, tmp_path)
    assert Message.objects.filter(brand=copy, labels={}).count() == 2


def test_it_shows_one_moment(brand):
    """What is written while the export runs is not in it, not even in part."""

    class Meddling(io.BytesIO):
        done = False

        def write(self, line):
            if not self.done and b'"type":"person"' in line:
                self.done = True
                self.meddle()
            return super().write(line)

        @staticmethod
        def meddle():
            import threading

            def work():
                Message.objects.filter(brand=brand).update(text="changed")
                Note.objects.create(
                    brand=brand, case=Case.objects.first(), agent=Agent.objects.first(), text="late"
                )
                connection.close()

            thread = threading.Thread(target=work)
            thread.start()
            thread.join()

    out = Meddling()
    export(brand, out)
    assert out.done
    assert Message.objects.filter(text="changed").count() == 2
    assert b"changed" not in out.getvalue()
    assert b'"late"' not in out.getvalue()


def test_nothing_is_forgotten():
    """A new table must be named: either it travels, or it is said why not."""
    here = {model.__name__ for model in apps.get_app_config("cortafuegos").get_models()}
    assert here == set(TRAVEL) | set(SPECIAL) | STAY
