"""The full circle on each network: a customer writes there, the desk shows a case, an agent answers
in the browser, and the customer reads the answer there."""

from __future__ import annotations

import email
import email.policy
import json
import threading
import time
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from cortafuegos.channels.webhook import signing
from e2e import hands
from e2e.conftest import Person
from e2e.desk import Desk
from e2e.networks.bluesky import BlueskyNetwork
from e2e.networks.mail import mail_host
from e2e.networks.mastodon import mastodon_server

pytestmark = [pytest.mark.browser, pytest.mark.network_twin]


@pytest.fixture(scope="module")
def brand(empty_desk: Desk, browser: Any) -> Iterator[str]:
    context = browser.new_context(locale="es-ES")
    yield hands.first_run(context.new_page(), empty_desk)
    context.close()


@pytest.fixture
def agent(person: Person, empty_desk: Desk, brand: str) -> Page:
    page = person()
    hands.sign_in(page, empty_desk)
    return page


def test_bluesky(agent: Page, brand: str) -> None:
    with BlueskyNetwork() as network:
        ours, ana = network.account("farosur"), network.account("anaperez")
        hands.connect(agent, brand, "bluesky", network.connect_form(ours))
        customer = network.client(ana)
        said = customer.send_post(_mention("@farosur.test", ours.did, " la farola de mi calle parpadea"))
        hands.find_case(agent, brand, "la farola de mi calle parpadea")
        hands.answer(agent, "Hola, Ana: sentimos la molestia. ¿En qué calle es?")

        def read() -> list[str]:
            replies = customer.get_post_thread(said.uri).thread.replies or []
            return [reply.post.record.text for reply in replies]

        assert network.eventually(read) == ["Hola, Ana: sentimos la molestia. ¿En qué calle es?"]


def _mention(handle: str, did: str, rest: str) -> Any:
    from atproto import client_utils

    return client_utils.TextBuilder().mention(handle, did).text(rest)


def test_mastodon_in_public_and_in_private(agent: Page, brand: str) -> None:
    with mastodon_server() as server:
        form = {"server": server.url, "address": server.url, "token": server.token("marca")}
        hands.connect(agent, brand, "mastodon", form)
        ana, luis = server.client("ana"), server.client("luis")
        said = ana.status_post("@marca la bombilla llegó rota", language="es")
        luis.status_post("@marca mi número de pedido es el de siempre", visibility="direct")

        hands.find_case(agent, brand, "la bombilla llegó rota")
        hands.answer(agent, "Lo sentimos, Ana. Te mandamos otra hoy mismo.")
        thread = ana.status_context(said).descendants
        assert ["Te mandamos otra hoy mismo" in reply.content for reply in thread] == [True]
        assert thread[0].visibility == "public"

        hands.find_case(agent, brand, "mi número de pedido es el de siempre")
        expect(agent.locator("section.private")).to_be_visible()
        hands.answer(agent, "Gracias, Luis, ya lo tenemos.", mode="private")
        mine = luis.conversations()[0].last_status
        assert "ya lo tenemos" in mine.content
        assert mine.visibility == "direct"


def test_mail(agent: Page, brand: str) -> None:
    with mail_host() as host:
        address, customer = list(host.people)[:2]
        hands.connect(agent, brand, "mail", host.form(address, name="Faro Sur"))
        message = EmailMessage()
        message["From"], message["To"] = f"Celia Urrutikoa <{customer}>", address
        message["Subject"], message["Message-ID"] = "Factura de marzo", "<marzo@cliente.test>"
        message.set_content("Buenos días:\n\nno encuentro la factura de marzo. ¿Me la mandáis?\n\nCelia")
        host.deliver(message, address, customer)
        hands.find_case(agent, brand, "no encuentro la factura de marzo")
        hands.answer(agent, "Hola, Celia: te la mandamos ahora.", mode="private")
        raw = host.read(customer)
        assert len(raw) == 1
        got = email.message_from_bytes(raw[0], policy=email.policy.default)
        assert got["In-Reply-To"] == "<marzo@cliente.test>"
        assert got["Subject"] == "Re: Factura de marzo"
        assert "te la mandamos ahora" in got.get_content()


def test_webhook(agent: Page, brand: str, empty_desk: Desk) -> None:
    with _OtherSystem() as system:
        hands.connect(agent, brand, "webhook", {"name": "Tienda", "url": system.url})
        shown = agent.locator(".copy input")
        address, secret = shown.nth(0).input_value(), shown.nth(1).input_value()
        body = json.dumps(
            {
                "id": "t-1",
                "conversation": "hilo-1",
                "author": {"id": "c-9", "name": "Rosalía Pombo", "handle": "rosalia"},
                "text": "¿Cuándo abrís en agosto?",
                "posted_at": "2026-08-03T09:00:00Z",
                "public": True,
            }
        ).encode()
        refused = httpx.post(address, content=body, headers={"Cortafuegos-Signature": "t=1,v1=00"})
        assert refused.status_code == 401
        accepted = httpx.post(address, content=body, headers=_signed(secret, body))
        assert accepted.status_code == 200
        hands.find_case(agent, brand, "¿Cuándo abrís en agosto?")
        hands.answer(agent, "De diez a dos, Rosalía.")
        answers = [b for b in system.received if "De diez a dos" in json.dumps(b, ensure_ascii=False)]
        assert len(answers) == 1


def _signed(secret: str, body: bytes) -> dict[str, str]:
    return {signing.HEADER: signing.header([secret], int(time.time()), body)}


class _OtherSystem:
    """Somebody's own system: takes what the desk sends, and says so."""

    def __enter__(self) -> _OtherSystem:
        self.received: list[Any] = []
        received = self.received

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                received.append(json.loads(body))
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._server.server_close()
