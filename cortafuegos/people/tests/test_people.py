"""Finding somebody, and what outsiders and strange names can do to it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.kit import clock
from cortafuegos.people import search
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.models import Brand
from cortafuegos.team.tests.world import World


def a_person(brand: Brand, name: str, handle: str = "", network: str = "bluesky") -> Person:
    person = Person.objects.create(brand=brand, name=name)
    handle = handle or f"{name.split()[0].lower()}.example"
    Identity.objects.create(
        brand=brand,
        person=person,
        network=network,
        network_id=f"{network}:{handle}",
        handle=handle,
        name=name,
    )
    return person


def names(found: list[Person]) -> list[str]:
    return [person.name for person in found]


def test_found_by_any_piece_of_name_or_handle_the_nearest_first(world: World) -> None:
    for name, handle in [
        ("Ana Mar", "anamar.example"),
        ("Marta Quiroga", "mq.example"),
        ("Mar", "mar.example"),
    ]:
        a_person(world.brand, name, handle)
    assert names(search.find(world.brand, "mar")) == ["Mar", "Marta Quiroga", "Ana Mar"]
    assert names(search.find(world.brand, "@MQ.EXAM")) == ["Marta Quiroga"]
    assert search.find(world.elsewhere, "mar") == []


@pytest.mark.parametrize("words", ["100%", "a_b", "\\\\", "'; drop table", "%%%", "___"])
def test_signs_that_mean_something_to_a_database_mean_themselves(world: World, words: str) -> None:
    a_person(world.brand, f"x {words} x")
    a_person(world.brand, "abcdef 1000 axb")
    assert names(search.find(world.brand, words)) == [f"x {words} x"]


def test_one_person_on_three_networks_is_listed_once(world: World) -> None:
    person = a_person(world.brand, "Eusebio Lamas")
    for network in ("mastodon", "mail"):
        Identity.objects.create(
            brand=world.brand, person=person, network=network, network_id="e", handle="eusebio"
        )
    assert names(search.find(world.brand, "eusebio")) == ["Eusebio Lamas"]


def test_too_short_a_word_asks_for_more_and_searches_nothing(world: World) -> None:
    a_person(world.brand, "Mar")
    page = world.client(world.bruno).get(world.url("people?q=ma")).content.decode()
    assert "Escribe tres letras o más" in page


def test_a_person_of_another_brand_is_not_there(world: World) -> None:
    theirs = a_person(world.elsewhere, "Marta Quiroga")
    client = world.client(world.lucia)
    for ask in (client.get, client.post):
        assert ask(world.url(f"people/{theirs.pk}"), {"name": "x"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.name == "Marta Quiroga"


def test_what_we_know_is_kept_faithfully_and_shown_harmlessly(world: World) -> None:
    person = a_person(world.brand, "Marta Quiroga")
    note = "<script>alert(1)</script> \u202edel revés\u202c 👩‍👩‍👧"
    form = {"name": "Marta Q", "place": "Málaga", "time_zone": "Europe/Madrid", "note": note}
    client = world.client(world.delia)  # a drafter may write notes
    assert client.post(world.url(f"people/{person.pk}"), form).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.note) == ("Marta Q", note)
    page = client.get(world.url(f"people/{person.pk}")).content.decode()
    assert "<script>alert" not in page
    assert (
        client.post(world.url(f"people/{person.pk}"), {**form, "time_zone": "Mars/Base"}).status_code == 422
    )


def test_the_page_shows_every_identity_and_marks_what_was_private(world: World) -> None:
    from cortafuegos.channels.models import Account
    from cortafuegos.inbox.models import Conversation, Message

    person = a_person(world.brand, "Marta Quiroga")
    other = Identity.objects.create(
        brand=world.brand, person=person, network="mail", network_id="m", handle="marta@correo.example"
    )
    account = Account.objects.create(brand=world.brand, network="mail", network_id="a", handle="a", name="A")
    for number, (identity, public) in enumerate(
        [(person.identities.get(network="bluesky"), True), (other, False)]
    ):
        talk = Conversation.objects.create(
            brand=world.brand,
            account=account,
            network="mail",
            key=str(number),
            public=public,
            last_at=clock.now(),
        )
        Message.objects.create(
            brand=world.brand, conversation=talk, account=account, identity=identity, network="mail",
            network_id=str(number), direction="in", public=public, text=f"mensaje {number}",
            posted_at=clock.now() - timedelta(minutes=number),
        )  # fmt: skip
    page = world.client(world.bruno).get(world.url(f"people/{person.pk}")).content.decode()
    assert "marta@correo.example" in page
    assert "marta.example" in page
    public, private = page.index("mensaje 0"), page.index("mensaje 1")
    assert public < page.index("said__one--private") < private
