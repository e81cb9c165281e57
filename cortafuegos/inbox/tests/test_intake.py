"""From the log of receipts to cases: what is poisoned stands alone, and all else goes through."""

from __future__ import annotations

import itertools
import json
import threading

import pytest
from django.db import connection

from cortafuegos.channels.contract import Delivery
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.channels.receipts import postgres as receipts
from cortafuegos.inbox import intake
from cortafuegos.inbox.models import Case, Event, Message
from cortafuegos.inbox.tests.people import a_brand, ago, an_account
from cortafuegos.kit import clock
from cortafuegos.worker.loops import intake_work

_keys = itertools.count()


def event(account: Account, n: int | str = 1, text: str = "No me llega la maleta", **more: object) -> bytes:
    """What the sandbox network tells of a post."""
    said = {
        "uri": f"sandbox://prueba/posts/{n}",
        "author": {"uri": f"sandbox://prueba/people/{n}", "handle": f"persona{n}", "name": f"Persona {n}"},
        "text": text,
        "created_at": ago(minutes=1).isoformat(),
        "public": True,
        "conversation": f"sandbox://prueba/posts/{n}",
        "mentions": [account.network_id],
        **more,
    }
    return json.dumps({"event": f"e{n}", "kind": "post", "post": said}).encode()


def store(account: Account, *bodies: bytes) -> list[int]:
    deliveries = [Delivery(f"{next(_keys):06}", body) for body in bodies]
    before = set(Receipt.objects.values_list("pk", flat=True))
    receipts.store_polled(
        account.pk, account.brand_id, deliveries, {}, now=clock.now(), next_poll_at=clock.now()
    )
    return sorted(set(Receipt.objects.values_list("pk", flat=True)) - before)


def states() -> list[tuple[str, str]]:
    return list(Receipt.objects.order_by("pk").values_list("state", "reason"))


def work_until_done() -> None:
    work = intake_work()
    for _ in range(60):
        if work():
            return
    raise AssertionError("it turns in circles")


def test_receipts_become_cases_and_know_each_other(account):
    (pk,) = store(account, event(account))
    taken = intake.take()
    assert (taken.receipts, taken.messages, taken.quarantined) == (1, 1, 0)
    receipt = Receipt.objects.get(pk=pk)
    message = Message.objects.get()
    assert (receipt.state, message.receipt_id) == ("done", pk)
    assert set(Event.objects.values_list("correlation", flat=True)) == {receipt.correlation}
    assert intake.take().receipts == 0


@pytest.mark.parametrize(
    "poison",
    [
        b"{",
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"event": "e", "kind": "post", "post": {}}',
        b'{"event": "e", "kind": "dance", "post": {}}',
        b"null",
    ],
)
def test_what_cannot_be_read_is_put_aside_and_the_batch_goes_through(account, poison):
    store(account, event(account, 1), poison, event(account, 2))
    taken = intake.take()
    assert (taken.messages, taken.quarantined) == (2, 1)
    kept = Receipt.objects.get(state="quarantined")
    assert bytes(kept.body) == poison
    assert kept.reason
    assert Case.objects.count() == 2


def test_replayed_after_the_fix_it_counts(account):
    (pk,) = store(account, b"{")
    intake.take()
    Receipt.objects.filter(pk=pk).update(body=event(account))
    assert receipts.replay([pk]) == 1
    assert intake.take().messages == 1
    assert states() == [("done", "")]


def test_a_connector_that_crashes_holds_up_nobody(account):
    """A number that Python reads and our connector did not think of."""
    store(account, event(account, 1, created_at="0001-01-01T00:00:00+23:59"), event(account, 2))
    work_until_done()
    assert sorted(state for state, _ in states()) == ["done", "quarantined"]


def test_what_reads_well_and_cannot_be_stored_is_found_and_put_aside(condor):
    """Said in the year one, which in Madrid was still the year before: it has no promise."""
    account = an_account(condor, opening_hours={"mon": [["09:00", "20:00"]]})
    bodies = [event(account, n) for n in range(1, 20)]
    bodies[7] = event(account, 8, created_at="0001-01-01T00:00:00Z")
    store(account, *bodies)
    work_until_done()
    assert sorted(state for state, _ in states()) == ["done"] * 18 + ["quarantined"]
    assert Message.objects.count() == 18
    assert Receipt.objects.get(state="quarantined").reason == "It could not be stored: OverflowError"


def test_credentials_that_cannot_be_opened_do_not_keep_us_from_reading(condor, account):
    broken = an_account(condor, "roto")
    Account.objects.filter(pk=broken.pk).update(sealed=b"sealed with another secret")
    store(account, event(account, 1))
    store(broken, event(broken, 2))
    assert intake.take().messages == 2


def test_a_network_that_was_taken_out(account):
    Account.objects.filter(pk=account.pk).update(network="gone")
    store(account, event(account))
    assert intake.take().quarantined == 1


def test_accounts_of_two_brands_in_one_batch(account):
    other = an_account(a_brand("nube"), "nube")
    store(account, event(account, 1))
    store(other, event(other, 1))
    assert intake.take().messages == 2
    assert Case.objects.filter(brand=other.brand).count() == 1


class Struck:
    """Breaks the pipeline in its last step, for real: the table that it writes to is gone."""

    def __init__(self, table: str) -> None:
        self.table = table

    def __enter__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {self.table} RENAME TO away")

    def __exit__(self, *_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE away RENAME TO {self.table}")


@pytest.mark.django_db(transaction=True)
def test_a_batch_that_breaks_leaves_nothing_and_says_which(account):
    pks = store(account, event(account, 1), event(account, 2))
    with Struck("cortafuegos_event"), pytest.raises(intake.NotStored) as stuck:
        intake.take()
    assert stuck.value.receipts == pks
    assert not Message.objects.exists()
    assert not Case.objects.exists()
    assert intake.take().messages == 2


@pytest.mark.django_db(transaction=True)
def test_tables_that_are_not_there_quarantine_nothing(account):
    store(account, event(account))
    work = intake_work()
    with Struck("cortafuegos_receipt"), pytest.raises(Exception, match="cortafuegos_receipt"):
        work()
    work_until_done()
    assert states() == [("done", "")]


@pytest.mark.django_db(transaction=True)
def test_only_the_culprit_is_put_aside_when_another_worker_holds_it(account):
    """Two workers, the poison in the other's hands: ours must not take the next one for it."""
    poison, good = store(account, b"{}", event(account))
    assert intake.put_aside(poison, "It could not be stored")
    assert not intake.put_aside(poison, "again")
    assert intake.take().messages == 1
    assert not intake.put_aside(good, "too late: it is stored")
    assert sorted(state for state, _ in states()) == ["done", "quarantined"]


def test_the_window_closes_in_on_the_culprit_and_opens_again():
    window = intake.Window(500)
    sizes = []
    for _ in range(9):
        window.failed(window.size)
        sizes.append(window.size)
    assert sizes == [250, 125, 62, 31, 15, 7, 3, 1, 1]
    for _ in range(9):
        window.passed()
    assert window.size == 500
    window.failed(20)
    assert window.size == 10, "there were only twenty: no need to try them all again"


@pytest.mark.django_db(transaction=True)
def test_several_workers_share_the_work(account):
    store(account, *(event(account, n) for n in range(120)))
    taken: list[int] = []

    def work() -> None:
        while found := intake.take(7).receipts:
            taken.append(found)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(taken) == Message.objects.count() == Case.objects.count() == 120
