"""Search finds what a person remembers, however they type it, and nothing of another brand."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.queries.search import search
from cortafuegos.inbox.tests.desk.page import Page
from cortafuegos.inbox.tests.people import say
from cortafuegos.inbox.tests.world import World, an_account, who


def found(world: World, q: str) -> set[str]:
    by_number = {case.number: name for name, case in world.cases.items()}
    return {by_number[hit.case.number] for hit in search(world.brand.pk, q)}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("violín", {"teo"}),
        ("violin", {"teo"}),
        ("VIOLÍN", {"teo"}),
        ("violines", {"teo"}),  # the stem
        ("viol", {"teo"}),  # an unfinished word
        ("cancelan chat", {"ramon"}),
        ("cinta", {"marta", "noa"}),
        ("maleta", {"marta", "rosalia"}),
        ("maletas", {"marta", "rosalia", "saul"}),
        ("cinta parada que nadie dijo", set()),
        ("Eusebio", {"eusebio"}),
        ("usebi", {"eusebio"}),  # the middle of a name
        ("@martaq", {"marta"}),
        ("íñigo", {"inigo2"}),
        ("", set()),
        ("   ", set()),
        ("!!! & | :*", set()),
        ("' OR 1=1 --", set()),
        ("%", set()),
        ("\x00", set()),
        ("a" * 5000, set()),
    ],
)
def test_it_finds(desk: World, q: str, expected: set[str]) -> None:
    got = found(desk, q)
    assert expected <= got if q.startswith("maleta") else got == expected


def test_a_number_comes_first(desk: World) -> None:
    teo = desk.cases["teo"]
    say(desk.news, f"Mi caso es el {teo.number}", by=who("otro", "Otra Persona"))
    hits = search(desk.brand.pk, str(teo.number))
    assert hits[0].case == teo and hits[0].why == "number"
    assert search(desk.brand.pk, f"#{teo.number}")[0].case == teo


def test_several_messages_of_one_case_are_one_result(desk: World) -> None:
    by = who("repite", "Repite Mucho")
    for i in range(8):
        say(desk.news, f"paraguas perdido {i}", by=by, conversation="hilo:paraguas")
    hits = search(desk.brand.pk, "paraguas")
    assert len(hits) == 1
    assert [m.text for m in hits[0].messages] == [f"paraguas perdido {i}" for i in (7, 6, 5)]


def test_it_looks_no_further_back_than_for_as_many_cases_as_are_shown(desk: World) -> None:
    for i in range(6):
        say(desk.news, f"paraguas perdido {i}", by=who(f"p{i}", f"Persona {i}"), conversation=f"hilo:{i}")
        say(desk.news, "y el paraguas era azul", by=who(f"p{i}", f"Persona {i}"), conversation=f"hilo:{i}")

    def asked(q: str, limit: int) -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as statements:
            hits = search(desk.brand.pk, q, limit)
        further = sum("MATERIALIZED" in statement["sql"] for statement in statements.captured_queries)
        return [hit.messages[-1].text[-1] for hit in hits], further

    assert asked("paraguas", 3) == (["5", "4", "3"], 0)
    everything, further = asked("paraguas", 30)
    assert everything == ["5", "4", "3", "2", "1", "0"]
    assert further == 3  # weeks, months, all of it


def test_words_of_another_brand_are_not_found(desk: World) -> None:
    account = an_account(desk.elsewhere, "sandbox", "faro", "Faro Norte")
    say(account, "Mi violín sigue en Faro", by=who("ajena", "Ajena Rival"), conversation="faro:1")
    assert found(desk, "violín") == {"teo"}
    assert found(desk, "Ajena") == set()
    assert len(search(desk.elsewhere.pk, "violín")) == 1


def test_the_page_marks_the_words_and_links_to_the_message(desk: World) -> None:
    page = Page(desk.client(desk.lucia).get(desk.url("search?q=medicacion")))
    marks = [e.text for e in page.elements if e.tag == "mark"]
    assert marks == ["medicación"]
    hit = page.of_class("hit")[0]
    assert hit["href"].startswith(desk.url(f"cases/{desk.cases['marta'].number}#m"))
    assert "Privado" in hit.text
    nothing = Page(desk.client(desk.lucia).get(desk.url("search?q=zzzz")))
    assert "Nada encontrado" in nothing.text


def test_the_palette_offers_cases_people_and_queues(desk: World) -> None:
    client = desk.client(desk.lucia)
    page = Page(client.get(desk.url("palette?q=rosal")))
    assert [e["data-number"] for e in page.having("data-number")] == [str(desk.cases["rosalia"].number)]
    queues = Page(client.get(desk.url("palette?q=prom")))
    assert desk.url("inbox/promises") in {e["href"] for e in queues.elements}
    empty = Page(client.get(desk.url("palette")))
    assert len(list(empty.having("role", "option"))) == 9
