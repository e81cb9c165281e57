"""How it has gone with a person: figures that can be trusted, and a page that shows the words."""

from __future__ import annotations

import pytest

from cortafuegos.guard.regret import regrets
from cortafuegos.inbox.actions import merging
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.tests.desk.page import Page
from cortafuegos.inbox.tests.people import ago, say
from cortafuegos.inbox.tests.world import World, a_world, hostile, our_answer, who
from cortafuegos.inbox.tone import Account, Turn, account


def turns(told: str) -> list[Turn]:
    """- + 0: theirs by tone; ?: theirs, unread; o: ours; s: ours, sorry."""
    kinds = {"-": "negative", "+": "positive", "0": "neutral", "?": ""}
    return [Turn(False, kinds[c]) if c in kinds else Turn(True, sorry=c == "s") for c in told]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("", Account()),
        ("?", Account(theirs=1)),
        ("o", Account(ours=1)),
        ("-o-o-", Account(theirs=3, read=3, negative=3, ours=2, in_a_row=3)),
        ("-s-", Account(theirs=2, read=2, negative=2, ours=1, sorry=1, in_a_row=2, since_sorry=1)),
        ("--s", Account(theirs=2, read=2, negative=2, ours=1, sorry=1, in_a_row=2, since_sorry=0)),
        ("-s-s0", Account(theirs=3, read=3, negative=2, ours=2, sorry=2, since_sorry=0)),
        ("+-?-", Account(theirs=4, read=3, negative=2, positive=1, in_a_row=2)),
        ("-+", Account(theirs=2, read=2, negative=1, positive=1)),
    ],
)
def test_what_was_said_in_figures(told: str, found: Account) -> None:
    assert account(turns(told)) == found


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Marta, sentimos mucho esta espera.", "es", True),
        ("Te pedimos disculpas por el doble cargo.", "es", True),
        ("We're sorry about the delay, Jo.", "en", True),
        ("Lamentamos si te sentiste mal atendida.", "es", False),
        ("¿Nos das el localizador por privado?", "es", False),
        ("", "", False),
    ],
)
def test_saying_sorry_and_meaning_it(text: str, language: str, found: bool) -> None:
    assert regrets(text, language) is found


@pytest.fixture
def world(db) -> World:
    return a_world()


def opened(world: World, person_id: int, agent: str = "lucia"):
    return world.client(getattr(world, agent)).get(world.url(f"people/{person_id}/tone"))


def test_the_page_tells_it_in_order_with_who_said_sorry(world: World) -> None:
    me = who("noe", "Noé Lantarón")
    first = say(
        world.news, "Dos horas y nadie responde, qué vergüenza", by=me, at=ago(minutes=50), language="es"
    )
    our_answer(world, first.case, first, "Noé, sentimos mucho la espera. ¿Dónde estás?", 40)
    other = who("noe", "Noé", world.mastodon.network)
    second = say(world.mastodon, "Sigo igual, sois lo peor", by=other, at=ago(minutes=5), language="es")
    Message.objects.filter(pk__in=[first.pk, second.pk]).update(labels={"sentiment": "negative"})
    say(world.news, "Esto es de otra persona", by=who("eva", "Eva"), at=ago(minutes=3))
    page = Page(opened(world, first.case.person_id))
    rows = [e.text for e in page.having("data-said")]
    assert len(rows) == 2
    assert "pide disculpas" in rows[0]
    assert "vergüenza" in rows[1]
    assert "Negativo" in rows[1]
    merging.merge(world.lucia, second.case, [first.case])
    assert "qué vergüenza" in Page(opened(world, first.case.person_id)).text, "also when cases were joined"


def test_it_is_nobody_elses_business_and_obeys_no_stranger(world: World) -> None:
    case = hostile(world)
    response = opened(world, case.person_id)
    assert response.status_code == 200
    assert "<script>alert(1)</script>" not in response.content.decode()
    assert opened(world, case.person_id, "olga").status_code == 404
    assert opened(world, 999_999_999).status_code == 404
    client = world.client(world.olga)
    assert client.get(f"/b/{world.elsewhere.slug}/people/{case.person_id}/tone").status_code == 404
