"""What strangers write is shown, and does nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.inbox import harmless
from cortafuegos.inbox.tests.desk.page import Page
from cortafuegos.inbox.tests.world import HOSTILE, RLO, World, hostile
from cortafuegos.inbox.views.finding import marked

OURS = {"script", "a", "span", "mark"}


def elements(safe: str) -> set[str]:
    return set(re.findall(r"<([a-z]+)", safe))


@given(st.text(st.characters(), max_size=400) | st.sampled_from(list(HOSTILE.values())))
def test_no_text_makes_an_element_of_its_own(text: str) -> None:
    safe = str(harmless.text(text))
    assert elements(safe) <= {"a", "span"}
    for tag in re.findall(r"<(?:a|span)[^>]*>", safe):
        assert re.fullmatch(
            r'<span class="ctrl" translate="no">|<a href="https?://[^"<>]+" target="_blank" rel="[a-z ]+">',
            tag,
        ), tag
    assert not re.search("[\u202d\u202e\x00-\x08\x0b-\x1f]", safe)
    assert elements(str(marked(text, text[:20]))) <= {"mark"}


@given(st.text(max_size=200))
def test_a_name_is_one_plain_line(text: str) -> None:
    name = harmless.name(text)
    assert "\n" not in name and RLO not in name and name == name.strip()
    assert harmless.name(name) == name


@pytest.mark.parametrize(
    ("url", "web"),
    [
        ("https://ejemplo.test/x", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt://x/%0aalert(1)", False),
        ("data:text/html,<b>", False),
        ("//ejemplo.test", False),
        ("https://", False),
        ("http://[mal", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(url: str, web: bool) -> None:
    assert harmless.web(url) == (url if web else "")
    assert ("<a " in harmless.text(f"mira {url} ya")) is web


def test_a_link_ends_where_the_sentence_does() -> None:
    safe = harmless.text("(https://ejemplo.test/a?b=1&c=2), y «https://otro.test».")
    assert 'href="https://ejemplo.test/a?b=1&amp;c=2"' in safe
    assert 'href="https://otro.test"' in safe
    assert safe.endswith("».")


def test_orders_that_turn_text_round_are_shown_as_marks() -> None:
    assert (
        harmless.text(f"recibo {RLO}gpj.exe") == 'recibo <span class="ctrl" translate="no">RLO</span>gpj.exe'
    )
    assert "U+0007" in harmless.text("pi\x07p")
    assert harmless.text("مرحبا") == "مرحبا"


def test_towers_of_marks_lose_their_height_and_honest_ones_do_not() -> None:
    assert len(harmless.text("Z" + "\u0301" * 500)) <= 1 + harmless.MARKS
    assert harmless.text("Tiếng Việt ñ́") == "Tiếng Việt ñ́"


def test_family_emoji_keep_their_joiners() -> None:
    assert harmless.text("👨‍👩‍👧 ok") == "👨‍👩‍👧 ok"


def test_the_page_shows_every_hostile_text_and_obeys_none(world: World) -> None:
    case = hostile(world)
    page = Page(world.client(world.lucia).get(world.url(f"cases/{case.number}")))
    said = [e.text for e in page.of_class("msg__text")]
    assert len(said) == len(HOSTILE)
    assert said[0] == HOSTILE["html"]
    assert said[7] == HOSTILE["braces"]
    assert said[4].count("😀") == 4000
    assert "corta␀do" in said[5]
    assert not [e for e in page.elements if any(name.startswith("on") for name in e.attributes)]
    assert not [e for e in page.elements if e.tag == "img"]
    assert all(
        e["src"].startswith("/static/")
        for e in page.elements
        if e.tag == "script" and e["type"] != "application/json"
    )
    assert not [e for e in page.elements if "style" in e or e.tag == "style"]
    folded = page.of_class("msg__text--long")
    assert {e.text[:2] for e in folded} == {"😀😀", "aa"}
    name = page.by_id("person-title").text
    assert name.startswith("Zoe nimdA <b>Pérez</b>")


def test_a_message_of_a_whole_book_stays_off_the_page_but_not_out_of_reach(world: World) -> None:
    from cortafuegos.inbox.tests.people import say

    book = "Capítulo. " * 9_000
    message = say(world.mail, book, public=False)
    assert message.case is not None
    client = world.client(world.lucia)
    response = client.get(world.url(f"cases/{message.case.number}"))
    assert len(response.content) < 120_000
    whole = Page(response).having("href", world.url(f"cases/{message.case.number}/messages/{message.pk}"))
    assert len(Page(client.get(whole[0]["href"])).of_class("msg__text")[0].text) == len(message.text)


def test_lists_and_search_are_as_careful(world: World) -> None:
    hostile(world)
    client = world.client(world.lucia)
    for url in (
        "inbox/all",
        "search?q=script",
        "search?q=<script>alert(1)</script>",
        "palette?q=<b>",
        "inbox/all?q=%22><b>",
    ):
        page = Page(client.get(world.url(url)))
        assert not [e for e in page.elements if e.tag == "b" and e.text == "Pérez"]
        assert not [e for e in page.elements if e.tag == "script" and "alert" in e.text]
        assert not [e for e in page.elements if e.tag == "img"]
