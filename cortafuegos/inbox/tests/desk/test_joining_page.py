"""The accounts of one person, as an agent sees them: suggested, laid side by side, joined, separated."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.actions import relations
from cortafuegos.inbox.models import Event, Joining, Unlike
from cortafuegos.inbox.tests.desk.page import Page
from cortafuegos.inbox.tests.people import a_case, ago, author, now_of, say
from cortafuegos.inbox.tests.world import World, a_world, hostile, who
from cortafuegos.people.models import Person

MAIL = "marta.quiroga@correo.example"


@pytest.fixture
def world(db) -> World:
    world = a_world()
    me = who("martaq", "Marta Quiroga", place="Málaga")
    said = say(world.help, f"Escribidme a {MAIL}", by=me, at=ago(minutes=50), public=False, language="es")
    letter = say(
        world.mail,
        "Adjunto la reclamación",
        by=author(MAIL, "mail", network_id=MAIL, name="Marta Q."),
        at=ago(minutes=40),
        public=False,
        language="es",
    )
    assert said.case is not None
    assert letter.case is not None
    world.cases |= {"marta": said.case, "letter": letter.case}
    return world


def at(world: World, rest: str = "accounts", name: str = "marta") -> str:
    return world.url(f"people/{world.cases[name].person_id}/{rest}")


def join(world: World, agent: str = "lucia", name: str = "letter"):
    return world.client(getattr(world, agent)).post(at(world), {"with": world.cases[name].person_id})


def test_it_is_suggested_beside_the_case_and_on_both_pages(world: World) -> None:
    client = world.client(world.lucia)
    beside = client.get(at(world, "likeness"))
    assert MAIL in beside.content.decode()
    assert f"with={world.cases['letter'].person_id}" in beside.content.decode()
    assert (
        f"with={world.cases['marta'].person_id}"
        in client.get(at(world, "likeness", "letter")).content.decode()
    )
    for address in (world.url(f"cases/{world.cases['marta'].number}"), at(world, "")[:-1]):
        assert "/likeness" in client.get(address).content.decode(), "the page asks for it when it is there"


def test_nobody_is_suggested_without_a_reason(world: World) -> None:
    stranger = a_case(world.help, "Hola", by=who("otra", "Marta Quiroga"))
    shown = world.client(world.lucia).get(world.url(f"people/{stranger.person_id}/likeness"))
    assert shown.content.decode().strip() == ""


def test_laid_side_by_side_joined_and_separated_again(world: World) -> None:
    client = world.client(world.lucia)
    other = world.cases["letter"].person_id
    both = Page(client.get(at(world), {"with": other}))
    assert "Adjunto la reclamación" in both.text
    assert "Escribidme a" in both.text
    assert join(world).status_code == 302
    tie = Joining.objects.get()
    assert tie.grounds == [{"kind": "mail", "who": "here", "where": "private"}], (
        "the sort of it, not the words"
    )
    joined = client.get(at(world))
    assert "Lucía Fontán" in Page(joined).text
    separation = f"/accounts/{tie.pk}"
    assert separation in joined.content.decode()
    assert client.get(world.url(f"people/{other}")).status_code == 302, "their page is the joined one now"
    case = Page(client.get(world.url(f"cases/{world.cases['marta'].number}")))
    assert MAIL in case.text
    assert client.post(at(world, f"accounts/{tie.pk}")).status_code == 302
    assert client.get(world.url(f"people/{other}")).status_code == 200
    assert now_of(world.cases["letter"]).person_id == other
    assert client.get(at(world, "likeness")).content.decode().strip() == "", "not suggested again"


def test_told_apart(world: World) -> None:
    client = world.client(world.lucia)
    said = client.post(at(world, "accounts/apart"), {"with": world.cases["letter"].person_id})
    assert said.status_code == 302
    assert Unlike.objects.count() == 1
    assert client.get(at(world, "likeness")).content.decode().strip() == ""
    told = Event.objects.get(kind="person.told_apart")
    assert told.agent == world.lucia


def test_whom_one_knows_is_found_by_name(world: World) -> None:
    found = Page(world.client(world.lucia).get(at(world), {"q": "Marta Q"}))
    assert found.having("href", f"?with={world.cases['letter'].person_id}")
    assert not found.having("href", f"?with={world.cases['marta'].person_id}"), "not themselves"


@pytest.mark.parametrize(("agent", "status"), [("delia", 403), ("lucia", 302), ("olga", 404)])
def test_who_may(world: World, agent: str, status: int) -> None:
    assert join(world, agent).status_code == status
    assert Joining.objects.count() == (status == 302)
    apart = world.client(getattr(world, agent)).post(
        at(world, "accounts/apart", "letter"), {"with": world.cases["marta"].person_id}
    )
    assert apart.status_code == status
    assert not Unlike.objects.exists(), "who is joined is not told apart"


@pytest.mark.parametrize("sent", ["", "0", "x", "9" * 30, "-1", "999999"])
def test_what_names_nobody_changes_nothing(world: World, sent: str) -> None:
    client = world.client(world.lucia)
    for rest in ("accounts", "accounts/apart"):
        assert client.post(at(world, rest), {"with": sent}).status_code == 302
        assert client.get(at(world), {"with": sent}).status_code == 200
    assert not Joining.objects.exists()


def test_an_ended_relation_is_said_before_and_needs_who_may_end(world: World) -> None:
    person = Person.objects.get(pk=world.cases["letter"].person_id)
    relations.end(world.sanz, person, reason="Amenazas", override="Graves")
    agent = Page(world.client(world.lucia).get(at(world), {"with": person.pk}))
    assert not agent.having("name", "with")
    assert join(world).status_code == 403
    assert join(world, "sanz").status_code == 302
    tie = Joining.objects.get()
    refused = world.client(world.lucia).post(at(world, f"accounts/{tie.pk}"))
    assert refused.status_code == 403
    assert world.client(world.sanz).post(at(world, f"accounts/{tie.pk}")).status_code == 302


def test_notes_are_all_in_sight_and_stay_whose_they_were(world: World) -> None:
    client = world.client(world.lucia)
    for name, note in (("marta", "Prefiere el correo"), ("letter", "Es <b>abogada</b>")):
        Person.objects.filter(pk=world.cases[name].person_id).update(note=note)
    join(world)
    for address in (at(world), at(world, "")[:-1], world.url(f"cases/{world.cases['marta'].number}")):
        shown = client.get(address).content.decode()
        assert "Es &lt;b&gt;abogada&lt;/b&gt;" in shown
    client.post(at(world, f"accounts/{Joining.objects.get().pk}"))
    assert now_of(world.cases["marta"]).person.note == "Prefiere el correo"
    assert now_of(world.cases["letter"]).person.note == "Es <b>abogada</b>"


def test_what_speaks_for_a_pair_is_shown_though_it_suggests_nothing(world: World) -> None:
    """Two of one name, found by name; a colleague told them apart."""
    client = world.client(world.lucia)
    other = a_case(world.help, "Hola", by=who("otra", "Marta Quiroga"))
    world.cases["otra"] = other
    client.post(at(world, "accounts/apart"), {"with": other.person_id})
    both = Page(client.get(at(world), {"with": other.person_id})).text
    assert "Se llaman igual" in both
    assert "Lucía Fontán" in both, "who told them apart"
    assert join(world, name="otra").status_code == 302
    assert {one["kind"] for one in Joining.objects.get().grounds} >= {"name"}


def test_a_tie_of_others_is_not_taken_apart_under_this_address(world: World) -> None:
    join(world)
    stranger = a_case(world.help, "Hola", by=who("otra", "Pep"))
    tie = Joining.objects.get()
    asked = world.url(f"people/{stranger.person_id}/accounts/{tie.pk}")
    assert world.client(world.lucia).post(asked).status_code == 404
    tie.refresh_from_db()
    assert tie.separated_at is None


def test_what_is_typed_on_the_old_page_of_somebody_joined_is_kept_for_them(world: World) -> None:
    """The page was open before a colleague joined them."""
    client = world.client(world.lucia)
    ana, eva = (Person.objects.get(pk=world.cases[name].person_id) for name in ("marta", "letter"))
    Person.objects.filter(pk=ana.pk).update(name="Ana", note="Prefiere el correo")
    join(world)
    client.post(at(world, "note", "letter"), {"note": "Llamar por la tarde"})
    ana.refresh_from_db(), eva.refresh_from_db()
    assert (ana.note, eva.note) == ("Prefiere el correo", "Llamar por la tarde")
    form = {"name": "Eva R.", "note": "Habla con calma", "place": "", "time_zone": ""}
    assert client.post(at(world, "", "letter")[:-1], form).status_code == 302
    ana.refresh_from_db(), eva.refresh_from_db()
    assert (ana.name, ana.note) == ("Ana", "Prefiere el correo")
    assert (eva.name, eva.note) == ("Eva R.", "Habla con calma")
    assert "Habla con calma" in client.get(at(world, "")[:-1]).content.decode()


def test_names_that_are_traps_break_nothing(world: World) -> None:
    zoe = hostile(world)
    shown = world.client(world.lucia).get(at(world), {"with": zoe.person_id})
    assert "<b>Pérez" not in shown.content.decode()
    assert join(world, name="zoe").status_code == 302
    assert "<script>alert" not in world.client(world.lucia).get(at(world)).content.decode()
