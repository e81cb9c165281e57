"""One address for many accounts: each part to whom it is for, and never into another brand."""

from __future__ import annotations

import asyncio
import itertools
import json

import pytest
from django.utils import timezone

from cortafuegos.channels.models import Account, Receipt
from cortafuegos.channels.receipts.contract import ADDRESSEE
from cortafuegos.channels.tests import networks
from cortafuegos.inbox import intake
from cortafuegos.inbox.models import Message
from cortafuegos.team.models import Brand
from cortafuegos.web.edge.sharing import MOST_PARTS
from cortafuegos.web.edge.tests.serving import Edge, an_account, event, signed

_names = itertools.count()


@pytest.fixture(autouse=True)
def hall():
    with networks.known():
        yield


@pytest.fixture
def first(brand):
    return shop(brand, "first")


@pytest.fixture
def second(brand):
    return shop(brand, "second")


def shop(brand, name, **fields):
    wanted = {"network": "hall", "network_id": f"hall:{name}", "handle": name, "name": name}
    return an_account(brand, **wanted, **fields)


def entry(to, name=None):
    name = name or f"e{next(_names)}"
    said = json.loads(event(name))
    said["post"]["mentions"] = [to]
    return {"for": to, **said}


def body(*entries):
    return json.dumps({"entries": list(entries)}).encode()


def push(account, *bodies, headers=None, before=None):
    """The statuses, one after the other, of what the network pushes to this account's address."""

    async def scene():
        statuses = []
        async with Edge() as edge:
            for one in bodies:
                given = {**signed(one), **(headers or {})}
                answer = await edge.client.post(f"/in/{account.public_id}", content=one, headers=given)
                statuses.append(answer.status_code)
                if before:
                    await asyncio.to_thread(before, edge)
        return statuses

    return asyncio.run(scene())


def held():
    """Per handle, whom each stored part says it is for."""
    found = {}
    for receipt in Receipt.objects.select_related("account").order_by("pk"):
        parts = json.loads(bytes(receipt.body))["entries"]
        found.setdefault(receipt.account.handle, []).extend(one["for"] for one in parts)
    return found


def test_each_part_goes_to_its_account_once_however_often_it_comes(first, second):
    said = body(entry("hall:first"), entry("hall:second"), entry("hall:second"))
    assert push(first, said, said) == [200, 200]
    assert held() == {"first": ["hall:first"], "second": ["hall:second"] * 2}
    assert intake.take().quarantined == 0
    assert sorted(Message.objects.values_list("account__handle", flat=True)) == ["first", "second", "second"]


def test_two_parts_under_one_key_are_both_kept(first):
    one, other = entry("hall:first", "same"), entry("hall:first", "same")
    other["post"]["text"] = "Y además se ha roto"
    assert push(first, body(one, other), body(one, other)) == [200, 200]
    texts = {json.loads(bytes(r.body))["entries"][0]["post"]["text"] for r in Receipt.objects.all()}
    assert texts == {one["post"]["text"], other["post"]["text"]}
    assert Receipt.objects.count() == 2


def test_a_forged_delivery_reaches_no_sister(first, second):
    said = body(entry("hall:second"))
    forged = signed(said, secret="somebody else's")
    assert push(first, said, headers=forged) == [401]
    assert not Receipt.objects.exists()


@pytest.mark.parametrize("odd", ["hall:nobody", "", "hall:second\0", "half \ud83d", "x" * 100_000])
def test_a_part_for_nobody_here_is_put_aside_with_a_reason(first, second, odd):
    assert push(first, body(entry("hall:second"), entry(odd))) == [200]
    taken = intake.take()
    assert (taken.messages, taken.quarantined) == (1, 1)
    receipt = Receipt.objects.get(state="quarantined")
    assert receipt.account == first
    assert receipt.reason


def test_what_waited_for_its_account_goes_there_once_it_is_connected(brand, first):
    assert push(first, body(entry("hall:second"))) == [200]
    assert intake.take().quarantined == 1
    assert "hall:second" in Receipt.objects.get().reason
    shop(brand, "second")
    Receipt.objects.update(state="new")
    assert intake.take().quarantined == 0
    assert Message.objects.get().account.handle == "second"


@pytest.mark.parametrize("gone", [{"state": "paused"}, {"removed_at": timezone.now()}])
def test_a_sister_that_does_not_listen_gets_nothing_and_nothing_is_lost(brand, first, gone):
    second = shop(brand, "second", **gone)
    assert push(first, body(entry("hall:second"), entry("hall:first"))) == [200]
    assert held() == {"first": ["hall:second", "hall:first"]}
    taken = intake.take()
    assert (taken.messages, taken.quarantined) == (1, 1)
    Account.objects.filter(pk=second.pk).update(state="ok", removed_at=None)
    Receipt.objects.filter(state="quarantined").update(state="new")
    assert intake.take().messages == 1
    assert Message.objects.filter(account=second).count() == 1


def test_a_paused_account_still_hears_for_its_sisters_and_reads_nothing_itself(brand, second):
    paused = shop(brand, "first", state="paused")
    assert push(paused, body(entry("hall:first"), entry("hall:second")), b"nonsense") == [200, 200]
    taken = intake.take()
    assert (taken.messages, taken.quarantined) == (1, 2)
    assert Message.objects.get().account == second


def test_two_brands_never_mix(brand, first, client_brand="tienda"):
    other = Brand.objects.create(slug=client_brand, name="Tienda Ñ")
    theirs = shop(other, "second")
    assert push(first, body(entry("hall:second"))) == [200]
    assert held() == {"first": ["hall:second"]}
    assert intake.take().quarantined == 1
    assert not Message.objects.filter(account=theirs).exists()
    # And the same name in both brands is two accounts.
    shop(brand, "second")
    assert push(first, body(entry("hall:second"))) == [200]
    assert Receipt.objects.filter(state="new").get().account.brand == brand


def test_the_network_of_the_sister_is_the_same(brand, first):
    an_account(brand, network="sandbox", network_id="hall:second", handle="sandbox")
    assert push(first, body(entry("hall:second"))) == [200]
    assert held() == {"first": ["hall:second"]}


def test_no_caller_names_an_addressee(first, second):
    """The header is not signed: taken from outside it would put words into a sister's mouth."""
    assert push(first, body(entry("hall:first")), headers={ADDRESSEE: "hall:second"}) == [200]
    assert ADDRESSEE not in Receipt.objects.get().headers
    assert intake.take().messages == 1
    assert Message.objects.get().account == first


@pytest.mark.parametrize("said", [b"nonsense", b"{}", b'{"entries": [{}]}', b'{"entries": []}', b"[" * 9000])
def test_what_cannot_be_split_is_kept_whole(first, said):
    assert push(first, said, said) == [200, 200]
    assert bytes(Receipt.objects.get().body) == said
    assert intake.take().messages == 0


def test_no_end_of_parts_is_kept_whole(first, second):
    said = body(*({"for": "hall:second", "event": f"e{n}"} for n in range(MOST_PARTS + 1)))
    assert push(first, said) == [200]
    assert Receipt.objects.get().account == first


def test_all_parts_or_none(first, second):
    """A sister goes for good between the look at it and the writing: nothing is half kept, the
    network is asked to try again, and then the part stays with the addressed account."""
    said = body(entry("hall:first"), entry("hall:second"))

    def delete(edge):
        Account.objects.filter(pk=second.pk).delete()

    later = body(entry("hall:first"), entry("hall:second"))
    assert push(first, said, later, later, before=delete) == [200, 503, 200]
    assert held()["first"] == ["hall:first", "hall:first", "hall:second"]


def test_a_sister_connected_or_paused_meanwhile_is_known_when_nudged(brand, first):
    made = []

    def connect(edge):
        if not made:
            made.append(shop(brand, "second"))
        else:
            Account.objects.filter(pk=made[0].pk).update(state="paused")
        edge.accounts.forget(brand.pk)

    parts = [body(entry("hall:second")) for _ in range(3)]
    assert push(first, *parts, before=connect) == [200, 200, 200]
    assert held() == {"first": ["hall:second"] * 2, "second": ["hall:second"]}


@pytest.mark.parametrize(
    ("token", "status", "said"), [("ours", 200, {"response_token": "x1"}), ("theirs", 403, None)]
)
def test_a_challenge_may_be_answered_with_json(brand, token, status, said):
    account = shop(brand, "first", config={"asks": "ours"})

    async def scene():
        async with Edge() as edge:
            query = {"token": token, "crc_token": "x1"}
            return await edge.client.get(f"/in/{account.public_id}", params=query)

    answer = asyncio.run(scene())
    assert answer.status_code == status
    if said:
        assert answer.json() == said
