from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cortafuegos.channels.markup import Token, tokens


def said(html: str) -> str:
    return "".join(token.value for token in tokens(html) if token.kind == "text")


def test_what_begins_what_ends_what_is_said() -> None:
    assert list(tokens('<P>uno<br/> &amp; <A HREF="x?a=1&amp;b=2" class=y>dos</a></p>')) == [
        Token("start", "p"),
        Token("text", "uno"),
        Token("start", "br"),
        Token("text", " & "),
        Token("start", "a", {"href": "x?a=1&b=2", "class": "y"}),
        Token("text", "dos"),
        Token("end", "a"),
        Token("end", "p"),
    ]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("a<!-- <b> -->b", "ab"),
        ("a<!-- sin fin", "a sin fin"),
        ("<!DOCTYPE html><?xml x?>a</>b", "ab"),
        ("<style>p > a {}</style>a<SCRIPT>b</script>c", "ac"),
        ("<style>sin fin", "sin fin"),
        ('<img alt="a > b">c', "c"),
        ("<a title='it\"s'>c", "c"),
        ('<a title="sin cerrar>c</a>d', "cd"),
        ("2 < 3 y 3 > 2", "2 < 3 y 3 > 2"),
        ("corazón <3", "corazón <3"),
        ("<a href=x", "<a href=x"),
        ("&#" + "9" * 5000 + ";", "&#" + "9" * 5000 + ";"),
        ("&lt;script&gt;", "<script>"),
    ],
)
def test_no_words_are_lost_to_careless_html(html: str, text: str) -> None:
    assert said(html) == text


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<!",
        "<?",
        "</",
        "<a ",
        "<a '",
        '<a ">',
        "<style>",
        "<a href=",
        "<a '\">",
        "&",
        "<",
        "<a" + " b" * 50,
    ],
)
def test_a_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    html = piece * (400_000 // len(piece))
    begin = time.process_time()
    for _token in tokens(html):
        pass
    assert time.process_time() - begin < 15  # seconds; minutes where the work grows with the square


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/!-?a b='\"&;#x")) | st.text())
def test_any_text_ends(html: str) -> None:
    for token in tokens(html):
        assert token.kind in ("text", "start", "end")
