"""The full circle on each network: a customer writes there, the desk shows a case, an agent answers
in the browser, and the customer reads the answer there."""

from __future__ import annotations

import email
import email.policy
import json
from email.message import EmailMessage
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from e2e import hands
from e2e.networks.bluesky import BlueskyNetwork
from e2e.networks.mail import mail_host
from e2e.networks.mastodon import mastodon_server
from e2e.system import OtherSystem

pytestmark = [pytest.mark.browser, pytest.mark.network_twin]


def test_bluesky(ines: Page, farosur: str) -> None:
    with BlueskyNetwork() as network:
        ours, ana = network.account("farosur"), network.account("anaperez")
        hands.connect(ines, farosur, "bluesky", network.connect_form(ours))
        customer = network.client(ana)
        said = customer.send_post(_mention("@farosur.test", ours.did, " la farola de mi calle parpadea"))
        hands.find_case(ines, farosur, "la farola de mi calle parpadea")
        hands.answer(ines, "Hola, Ana: sentimos la molestia. ¿En qué calle es?")

        def read() -> list[str]:
            replies = customer.get_post_thread(said.uri).thread.replies or []
            return [reply.post.record.text for reply in replies]

        assert network.eventually(read) == ["Hola, Ana: sentimos la molestia. ¿En qué calle es?"]


def _mention(handle: str, did: str, rest: str) -> Any:
    from atproto import client_utils

    return client_utils.TextBuilder().mention(handle, did).text(rest)


def test_mastodon_in_public_and_in_private(ines: Page, farosur: str) -> None:
    with mastodon_server() as server:
        form = {"server": server.url, "address": server.url, "token": server.token("marca")}
        hands.connect(ines, farosur, "mastodon", form)
        ana, luis = server.client("ana"), server.client("luis")
        said = ana.status_post("@marca la bombilla llegó rota", language="es")
        luis.status_post("@marca mi número de pedido es el de siempre", visibility="direct")

        hands.find_case(ines, farosur, "la bombilla llegó rota")
        hands.answer(ines, "Lo sentimos, Ana. Te mandamos otra hoy mismo.")
        thread = ana.status_context(said).descendants
        assert ["Te mandamos otra hoy mismo" in reply.content for reply in thread] == [True]
        assert thread[0].visibility == "public"

        hands.find_case(ines, farosur, "mi número de pedido es el de siempre")
        expect(ines.locator("section.private")).to_be_visible()
        hands.answer(ines, "Gracias, Luis, ya lo tenemos.", mode="private")
        mine = luis.conversations()[0].last_status
        assert "ya lo tenemos" in mine.content
        assert mine.visibility == "direct"


def test_mail(ines: Page, farosur: str) -> None:
    with mail_host() as host:
        address, customer = list(host.people)[:2]
        hands.connect(ines, farosur, "mail", host.form(address, name="Faro Sur"))
        message = EmailMessage()
        message["From"], message["To"] = f"Celia Urrutikoa <{customer}>", address
        message["Subject"], message["Message-ID"] = "Factura de marzo", "<marzo@cliente.test>"
        message.set_content("Buenos días:\n\nno encuentro la factura de marzo. ¿Me la mandáis?\n\nCelia")
        host.deliver(message, address, customer)
        hands.find_case(ines, farosur, "no encuentro la factura de marzo")
        hands.answer(ines, "Hola, Celia: te la mandamos ahora.", mode="private")
        raw = host.read(customer)
        assert len(raw) == 1
        got = email.message_from_bytes(raw[0], policy=email.policy.default)
        assert got["In-Reply-To"] == "<marzo@cliente.test>"
        assert got["Subject"] == "Re: Factura de marzo"
        assert "te la mandamos ahora" in got.get_content()


def test_webhook(ines: Page, farosur: str) -> None:
    question = {
        "id": "t-1",
        "conversation": "hilo-1",
        "author": {"id": "c-9", "name": "Rosalía Pombo", "handle": "rosalia"},
        "text": "¿Cuándo abrís en agosto?",
        "posted_at": "2026-08-03T09:00:00Z",
        "public": True,
    }
    with OtherSystem() as system:
        system.connect(ines, farosur, "Tienda")
        assert system.posts(question, forged=True) == 401
        assert system.posts(question) == 200
        hands.find_case(ines, farosur, "¿Cuándo abrís en agosto?")
        hands.answer(ines, "De diez a dos, Rosalía.")
        answers = [one for one in system.received if "De diez a dos" in json.dumps(one, ensure_ascii=False)]
        assert len(answers) == 1
