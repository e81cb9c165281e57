from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.channels.contract import AccountView, Delivery, Unreadable
from cortafuegos.channels.mastodon.htmltext import to_text
from cortafuegos.channels.mastodon.reader import read

SAMPLES = Path(__file__).parents[1] / "samples"
ACCOUNT = AccountView(**json.loads((SAMPLES / "account.json").read_text()))
BODIES = [
    json.loads(path.read_text())["body"]
    for path in sorted(SAMPLES.glob("*.json"))
    if path.name != "account.json" and not path.name.endswith(".posts.json")
]


def delivery(body: Any) -> Delivery:
    return Delivery("k", body if isinstance(body, bytes) else json.dumps(body).encode())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>uno<br>dos<br/>tres</p><p>cuatro</p>", "uno\ndos\ntres\n\ncuatro"),
        ("<p>&lt;b&gt;no es negrita&lt;/b&gt; &amp; ya</p>", "<b>no es negrita</b> & ya"),
        (
            '<a href="https://a.example/largo/camino"><span class="invisible">https://</span>'
            '<span class="ellipsis">a.example/largo</span><span class="invisible">/camino</span></a>',
            "https://a.example/largo/camino",
        ),
        ('<a href="https://a.example/largo/camino">a.example/largo…</a>', "https://a.example/largo/camino"),
        ('<a href="https://a.example">pincha</a>', "pincha (https://a.example)"),
        ('<a href="https://far.example/@ana">@<span>ana</span></a> hola', "@ana@far.example hola"),
        ('<a href="https://unknown.example/@eva">@<span>eva</span></a>', "@eva"),
        ('<a href="https://a.example/tags/luz">#<span>luz</span></a>', "#luz"),
        ('<a href="https://a.example"></a>', "https://a.example"),
        ("<a>sin destino</a>", "sin destino"),
        ('<a href="https://a.example/x">sin cerrar', "sin cerrar"),
        ("<ol><li>uno</li><li>dos</li></ol>", "1. uno\n2. dos"),
        ("<ul><li>uno<ul><li>dentro</li></ul></li></ul>", "• uno\n• dentro"),
        ("<script>alert(1)</script><style>p{}</style>hola", "hola"),
        ("<p>:corazon: 😡</p>", ":corazon: 😡"),
        ("a\u00a0b", "a b"),
        ("</p></ul></a>", ""),
        ("", ""),
    ],
)
def test_html_becomes_what_a_reader_sees(html: str, text: str) -> None:
    assert to_text(html, {"https://far.example/@ana": "ana@far.example"}) == text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"event": "boost"}, "event"),
        ({"status": None}, "status"),
        ({"status": {**BODIES[0]["status"], "uri": None, "url": ""}}, "uri"),
        ({"status": {**BODIES[0]["status"], "account": {"acct": "x"}}}, "author"),
        ({"status": {**BODIES[0]["status"], "created_at": "ayer"}}, "ValueError"),
        ({"status": {**BODIES[0]["status"], "created_at": "2026-11-03T09:15:27"}}, "zone"),
        ({"status": {**BODIES[0]["status"], "created_at": "0001-01-01T00:00:00+23:00"}}, "impossible"),
    ],
)
def test_what_cannot_be_read_says_why(change: dict, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(ACCOUNT, delivery({**BODIES[0], **change}))


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"{", b"[]", b"null", b"[" * 200_000, b'{"event": ' + b"9" * 5000 + b"}"]
)
def test_what_is_not_json(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(ACCOUNT, delivery(body))


@pytest.mark.parametrize("odd", ["https: /a.example/1", "https:/a.example", "https:", "https:\\t//a.example"])
def test_what_only_looks_like_a_link_is_none(odd: str) -> None:
    status = {**BODIES[0]["status"], "url": odd, "uri": "https://mastodon.test/users/ana_v/statuses/1"}
    (post,) = read(ACCOUNT, delivery({**BODIES[0], "status": status}))
    assert post.url == "https://mastodon.test/users/ana_v/statuses/1"


def test_no_link_that_runs_code_reaches_a_browser() -> None:
    status = {**BODIES[0]["status"], "url": "javascript:alert(1)"}
    status["account"] = {
        **status["account"],
        "url": "javascript:alert(1)",
        "avatar_static": "data:text/html,x",
    }
    (post,) = read(ACCOUNT, delivery({**BODIES[0], "status": status}))
    assert "javascript" not in post.url + post.author.url
    assert not post.author.avatar.startswith("data:")


def test_a_quote_is_said_to_us_without_naming_us() -> None:
    status = {**BODIES[0]["status"], "mentions": []}
    assert not read(ACCOUNT, delivery({**BODIES[0], "status": status}))[0].addressed
    assert read(ACCOUNT, delivery({**BODIES[0], "status": status, "quotes_us": True}))[0].addressed


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800\0"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def mutate(data: st.DataObject, value: Any) -> Any:
    """Replace something, somewhere, by something else."""
    if isinstance(value, dict) and value and data.draw(st.integers(0, 5)):
        name = data.draw(st.sampled_from(sorted(value)))
        return {**value, name: mutate(data, value[name])}
    if isinstance(value, list) and value and data.draw(st.integers(0, 2)):
        return [mutate(data, value[0]), *value[1:]]
    return data.draw(JSON)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_status_is_read_or_refused_with_a_reason(data: st.DataObject) -> None:
    body = mutate(data, data.draw(st.sampled_from(BODIES)))
    try:
        posts = read(ACCOUNT, delivery(body))
    except Unreadable as refused:
        assert str(refused)
        return
    assert posts == read(ACCOUNT, delivery(body))
    stored = json.dumps([dataclasses.asdict(p) for p in posts], default=str, ensure_ascii=False)
    assert "\\u0000" not in stored
    stored.encode()
    assert all(p.network_id and p.author.network_id and p.conversation for p in posts)
    assert all(p.posted_at.utcoffset().total_seconds() == 0 for p in posts)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/apbrulio@#= \"'&;x\n")) | st.text())
def test_any_html_becomes_text(html: str) -> None:
    to_text(html)
