"""The page where a person plays the customer."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from cortafuegos.channels.contract import AccountView
from cortafuegos.channels.sandbox import accounts, demo, server
from cortafuegos.channels.sandbox.connector import connector
from cortafuegos.channels.sandbox.store import Store, set_meta

from .conftest import Network
from .test_circle import news, reply


@pytest.fixture
def visitor(network: Network) -> Iterator[httpx.Client]:
    headers = {"Accept-Language": "es"}
    with httpx.Client(
        base_url=network.address, headers=headers, follow_redirects=True, trust_env=False
    ) as client:
        yield client


def be(visitor: httpx.Client, handle: str) -> None:
    visitor.post("/visitor", data={"as": handle}).raise_for_status()


def test_a_visitor_writes_and_reads_the_answer(
    network: Network, desk: AccountView, visitor: httpx.Client
) -> None:
    be(visitor, "marta")
    page = visitor.post("/words", data={"text": "@tienda_ayuda ¿hay alguien?"})
    assert page.status_code == 200
    (post,) = news(desk)
    assert (post.author.handle, post.text) == ("marta", "@tienda_ayuda ¿hay alguien?")

    connector.send(desk, reply(post, "Sí, Marta, dinos"))
    assert "Sí, Marta, dinos" in visitor.get("/live?what=timeline").text
    assert "Sí, Marta, dinos" in visitor.get(post.url).text

    visitor.post("/words", data={"text": "¡Gracias!", "parent": post.network_id.rpartition("/")[2]})
    assert news(desk)[-1].in_reply_to == post.network_id


def test_private_messages_are_seen_by_the_two_only(
    network: Network, desk: AccountView, visitor: httpx.Client
) -> None:
    be(visitor, "marta")
    visitor.post("/words", data={"text": "mi pedido es el 1", "to": "tienda_ayuda"})
    (post,) = news(desk)
    connector.send(desk, reply(post, "Gracias, lo veo"))
    for path in ("/", "/live?what=messages"):
        assert "mi pedido es el 1" in visitor.get(path).text
        assert "Gracias, lo veo" in visitor.get(path).text
    be(visitor, "luis")
    number = post.network_id.rpartition("/")[2]
    for path in ("/", "/live?what=messages", f"/live?what={number}", f"/posts/{number}"):
        assert "mi pedido es el 1" not in visitor.get(path).text


def test_nobody_speaks_as_the_brand(network: Network, visitor: httpx.Client) -> None:
    visitor.cookies.set("sandbox_as", "tienda")
    assert visitor.post("/words", data={"text": "somos nosotros"}).status_code == 422
    assert network.count() == 0


def test_words_that_do_not_fit_are_kept(network: Network, visitor: httpx.Client) -> None:
    be(visitor, "marta")
    text = "palabra " * 60 + "fin"
    page = visitor.post("/words", data={"text": text})
    assert page.status_code == 422
    assert text in html.unescape(page.text)
    assert network.count() == 0


def test_hostile_text_is_shown_harmlessly(network: Network, visitor: httpx.Client) -> None:
    be(visitor, "marta")
    text = "<script>alert(1)</script> \u202e\u0000 {{ 7 }} {% now %} " + "😀" * 200
    visitor.post("/words", data={"text": text}).raise_for_status()
    page = visitor.get("/")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("origin", ["https://evil.example", "null"])
def test_forms_of_other_sites_are_refused(network: Network, visitor: httpx.Client, origin: str) -> None:
    be(visitor, "marta")
    answer = visitor.post("/words", data={"text": "hola"}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert network.count() == 0


def test_the_story_can_be_paused(network: Network, visitor: httpx.Client) -> None:
    with network.store.write() as db:
        set_meta(db, "story_running", "1")
    assert "Pausar" in visitor.get("/").text
    assert "Que hablen" in visitor.post("/story", data={"running": "0"}).text


def test_every_word_of_the_page_is_in_both_languages(network: Network, visitor: httpx.Client) -> None:
    be(visitor, "marta")
    network.says("marta", "@tienda_ayuda hola")
    network.says("marta", "hola", to="tienda")
    pages = {}
    for language in ("en", "es"):
        visitor.post("/visitor", data={"language": language})
        pages[language] = [_words(visitor.get(path).text) for path in ("/", "/posts/1", "/people/marta")]
    said = set().union(*pages["en"]) & set().union(*pages["es"])
    names = {
        "Marta",
        "Luis",
        "Tienda",
        "Tienda_Ayuda",
        "Sandbox",
        "Español",
        "English",
        "S",
        "hola",
        "·",
        "←",
    }
    assert {w for w in said if w not in names and "@" not in w} == set()


def _words(page: str) -> set[str]:
    text = re.sub(r"<(script|style|title).*?</\1>", " ", page, flags=re.S)
    chunks = re.sub(r"<[^>]+>", "\n", text).split("\n")
    return {html.unescape(c).strip() for c in chunks if re.search(r"[^\W\d_]", c)}


@pytest.mark.parametrize(
    "path", ["/posts/99999999999999999999", "/posts/7", "/people/nadie", "/avatar/nadie.svg",
             "/live?what=%00", "/live?what=%D9%A3", "/live?what=999999999999999999999999", "/posts/x"]
)  # fmt: skip
def test_odd_addresses_are_no_server_error(visitor: httpx.Client, path: str) -> None:
    assert visitor.get(path).status_code in (200, 404)


def test_it_works_below_a_path(tmp_path: Path, serve: Callable[[Starlette], str]) -> None:
    """As the desk's web process mounts it."""
    path = tmp_path / "s.sqlite3"
    app = Starlette(routes=[Mount("/sandbox", server.build(path, background=False))])
    address = f"{serve(app)}/sandbox"
    support = demo.prepare(path, address, running=False)[0]
    get = partial(httpx.get, trust_env=False)
    page = get(f"{address}/").text
    for link in set(re.findall(r'(?:href|src|action|data-live)="(/[^"#]*)', page)):
        assert link.startswith("/sandbox/")
    assert get(f"{address}/static/sandbox/plaza.css").status_code == 200
    headers = {"Authorization": f"Bearer {support['credentials']['token']}"}
    me = get(f"{address}/api/me", headers=headers).json()
    assert me["uri"] == support["network_id"]
    assert get(me["url"]).status_code == 200


def test_the_store_survives_two_processes_opening_it(tmp_path: Path) -> None:
    first, second = Store(tmp_path / "s"), Store(tmp_path / "s")
    assert (first.realm, first.admin_token) == (second.realm, second.admin_token)
    with first.write() as db:
        accounts.ensure(db, "marta")
    with second.read() as db:
        assert accounts.by_handle(db, "@Marta")["handle"] == "marta"
