"""Edits and deletions: before, after, twice, by others, out of order."""

from __future__ import annotations

import dataclasses
import itertools

import pytest

from cortafuegos.inbox.models import Case, Event, Message
from cortafuegos.inbox.tests.people import a_post, ago, arrive, author, deletion, edit
from cortafuegos.people.models import Identity


@pytest.fixture
def post():
    return a_post("Mi maleta no llega", by="lucia", at=ago(minutes=30))


def the_message() -> Message:
    return Message.objects.get()


def test_an_edit_keeps_the_words_it_replaced(account, post):
    arrive(account, post)
    at = ago(minutes=20)
    arrive(account, edit(post, "Mi maleta no ha llegado", at))
    message = the_message()
    assert (message.text, message.edited_at) == ("Mi maleta no ha llegado", at)
    assert [v["text"] for v in message.versions] == ["Mi maleta no llega"]
    assert Event.objects.filter(kind="message.edited").count() == 1
    assert Case.objects.count() == 1


def test_an_edit_told_twice_is_one_edit(account, post):
    arrive(account, post)
    change = edit(post, "Dos", ago(minutes=20))
    arrive(account, change, change)
    arrive(account, change)
    assert len(the_message().versions) == 1
    assert Event.objects.filter(kind="message.edited").count() == 1


@pytest.mark.parametrize("tells_when_first_said", [True, False])
def test_every_order_of_a_post_and_its_edits_ends_with_the_last_words(account, tells_when_first_said):
    for order in itertools.permutations(range(3)):
        for together in (True, False):
            post = a_post("uno", by="lucia", at=ago(minutes=30))
            story = [post, edit(post, "dos", ago(minutes=20)), edit(post, "tres", ago(minutes=10))]
            if not tells_when_first_said:
                story = [dataclasses.replace(p, posted_at=p.edited_at or p.posted_at) for p in story]
                story = [dataclasses.replace(p, edited_at=None) for p in story]
            batches = [[story[i] for i in order]] if together else [[story[i]] for i in order]
            for batch in batches:
                arrive(account, *batch)
            message = Message.objects.get(network_id=post.network_id)
            assert (message.text, message.posted_at) == ("tres", post.posted_at), (order, together)
            assert message.case is not None
    assert Case.objects.count() == 1


def test_a_deletion_is_shown_and_loses_nothing(account, post):
    arrive(account, post)
    arrive(account, deletion(post), deletion(post))
    arrive(account, deletion(post))
    message = the_message()
    assert message.deleted_at is not None
    assert message.text == "Mi maleta no llega"
    assert Event.objects.filter(kind="message.deleted").count() == 1


def test_what_was_deleted_is_edited_no_more(account, post):
    arrive(account, post)
    arrive(account, deletion(post))
    arrive(account, edit(post, "otra cosa", ago(minutes=1)))
    assert the_message().text == "Mi maleta no llega"


@pytest.mark.parametrize("together", [True, False])
def test_a_deletion_that_comes_first_leaves_a_tombstone_and_no_case(account, post, together):
    gone = deletion(post, posted_at=ago(minutes=40))
    if together:
        arrive(account, gone, post)
    else:
        arrive(account, gone)
        arrive(account, post)
        arrive(account, dataclasses.replace(post, addressed=True))
    message = the_message()
    assert (message.text, message.case, message.deleted_at is None) == ("", None, False)
    assert not Case.objects.exists()


def test_nobody_edits_or_deletes_what_another_wrote(account, post):
    arrive(account, post)
    other = author("malicioso")
    arrive(account, edit(post, "Todo perfecto", ago(minutes=1), author=other), deletion(post, author=other))
    message = the_message()
    assert (message.text, message.deleted_at, message.versions) == ("Mi maleta no llega", None, [])


def test_an_edit_of_an_aside_opens_nothing(account):
    aside = a_post("Yo también", by="curioso", addressed=False)
    arrive(account, aside)
    arrive(account, edit(aside, "Yo tampoco", ago(seconds=1)))
    assert the_message().text == "Yo tampoco"
    assert not Case.objects.exists()
    assert not Event.objects.exists()


def test_a_push_that_carries_only_an_id_erases_nothing_that_is_known(account):
    def by(handle, name="", **profile):
        return author(handle, network_id="plaza:4711", name=name, **profile)

    arrive(account, a_post("hola", by=by("lucia_v", "Lucía Vega", avatar="https://plaza.example/l.png")))
    arrive(account, a_post("¿y bien?", by=by("4711")))
    known = Identity.objects.get(network_id="plaza:4711")
    assert (known.handle, known.name, known.avatar) == (
        "lucia_v",
        "Lucía Vega",
        "https://plaza.example/l.png",
    )
    arrive(account, a_post("ya", by=by("lucia_vega", "Lucía Vega Ruiz")))
    known.refresh_from_db()
    assert (known.handle, known.name) == ("lucia_vega", "Lucía Vega Ruiz")
