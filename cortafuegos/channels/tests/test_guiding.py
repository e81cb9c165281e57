"""What a person does on the network's side: told in order, ticked off, looked at again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from cortafuegos.channels import guiding
from cortafuegos.channels.models import Account
from cortafuegos.channels.tests import networks
from cortafuegos.inbox.tests.people import an_account
from cortafuegos.team.tests.world import World, world

__all__ = ["world"]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
STEPS = ("Pin the notice.", "Switch on the bell.")
PIN, BELL = map(guiding.key_of, STEPS)


@pytest.fixture(autouse=True)
def hall():
    with networks.known():
        yield


@pytest.fixture
def account(world: World) -> Account:
    return an_account(world.brand, network="hall")


def test_a_step_is_the_same_step_in_every_language():
    saved = gettext_lazy("Saved.")
    with translation.override("es"):
        spanish = guiding.key_of(saved)
    assert spanish == guiding.key_of("Saved.") != PIN


@pytest.mark.parametrize(
    ("marks", "done", "checked"),
    [
        ([], False, False),
        (["done"], True, False),
        (["done", "checked"], True, True),
        (["checked"], False, False),
        (["done", "checked", "again"], False, False),
        (["done", "checked", "again", "checked"], False, False),
        (["again"], False, False),
    ],
)
def test_ticks(marks, done, checked):
    ticks = {}
    for mark in marks:
        ticks = guiding.ticked(ticks, PIN, mark, "Lucía", NOON)
    first, second = guiding.tasks(STEPS, ticks)
    assert (first.done_at is not None, first.checked_at is not None) == (done, checked)
    assert (second.done_at, second.done_by) == (None, "")


def test_who_and_when_are_kept_and_a_later_look_counts():
    ticks = guiding.ticked({}, PIN, "done", "Lucía", NOON)
    ticks = guiding.ticked(ticks, PIN, "checked", "Bruno", NOON)
    later = NOON.replace(day=25)
    ticks = guiding.ticked(ticks, PIN, "checked", "Pilar", later)
    task = guiding.tasks(STEPS, ticks)[0]
    assert (task.done_by, task.done_at, task.checked_by, task.checked_at) == ("Lucía", NOON, "Pilar", later)


def test_what_is_no_longer_asked_for_is_passed_over():
    ticks = guiding.ticked({}, "gone", "done", "Lucía", NOON)
    assert [task.done_at for task in guiding.tasks(STEPS, ticks)] == [None, None]


def test_the_connect_page_tells_the_steps_in_order_and_where_people_come_back_to(world: World):
    page = world.client(world.lucia).get(world.url("settings/accounts/new/hall")).content.decode()
    assert page.index("Make an app.") < page.index("Copy its key.") < page.index("Pin the notice.")
    assert "/connect/hall/return" in page
    other = world.client(world.lucia).get(world.url("settings/accounts/new/sandbox")).content.decode()
    assert "/return" not in other


def test_ticking_off_by_the_page(world: World, account: Account):
    client, url = world.client(world.lucia), world.url(f"settings/accounts/{account.pk}")
    assert client.post(f"{url}/steps", {"step": PIN, "mark": "done"})["Location"] == f"{url}#by-hand"
    client.post(f"{url}/steps", {"step": PIN, "mark": "checked"})
    client.post(f"{url}/steps", {"step": BELL, "mark": "done"})
    account.refresh_from_db()
    assert account.by_hand[PIN]["done"][0] == account.by_hand[PIN]["checked"][0] == world.lucia.user.name
    assert set(account.by_hand[BELL]) == {"done"}
    page = client.get(url).content.decode()
    assert page.count(world.lucia.user.name) >= 3


@pytest.mark.parametrize(
    "said", [{}, {"step": PIN}, {"step": PIN, "mark": "forged"}, {"step": "nothing", "mark": "done"}]
)
def test_nonsense_ticks_nothing(world: World, account: Account, said):
    world.client(world.lucia).post(world.url(f"settings/accounts/{account.pk}/steps"), said)
    account.refresh_from_db()
    assert account.by_hand == {}


def test_whose_step_it_is(world: World, account: Account):
    url = world.url(f"settings/accounts/{account.pk}/steps")
    said = {"step": PIN, "mark": "done"}
    assert world.client(world.bruno).post(url, said).status_code == 403
    theirs = an_account(world.elsewhere, network="hall")
    url = world.url(f"settings/accounts/{theirs.pk}/steps")
    assert world.client(world.lucia).post(url, said).status_code == 404
    assert world.client(world.lucia).get(url).status_code in (404, 405)
    theirs.refresh_from_db()
    assert theirs.by_hand == {}
