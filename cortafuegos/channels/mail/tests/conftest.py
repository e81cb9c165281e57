from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any

import pytest
from django.utils import translation

from cortafuegos.channels.contract import AccountView, Outgoing, Post
from cortafuegos.channels.mail.connector import connector
from cortafuegos.channels.tests.replies import target_of
from e2e.networks.mail import MailHost, mail_host

MARCA, ANA, LUIS = "ayuda@marca.test", "ana@cliente.test", "luis@cliente.test"
FROM = f"Ana Vidal <{ANA}>"
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences that the tests quote are those of the source."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def running() -> Iterator[MailHost]:
    with mail_host() as host:
        yield host


@pytest.fixture
def host(running: MailHost) -> Iterator[MailHost]:
    """The host with empty mailboxes and nothing odd to say."""
    running.empty()
    yield running
    running.smtp_says.clear()


@pytest.fixture
def marca(host: MailHost) -> AccountView:
    return account_on(host, MARCA, name="Lumbre Energía")


def account_on(host: MailHost, address: str, **changes: str) -> AccountView:
    found = connector.connect(host.form(address, **changes))
    return AccountView(
        id=1,
        network="mail",
        network_id=found.network_id,
        handle=found.handle,
        language="es",
        config=found.config,
        credentials=found.credentials,
    )


def letter(
    text: str, subject: str = "Sin luz", sender: str = f"Ana Vidal <{ANA}>", **more: str
) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, MARCA, subject
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message


def answer(post: Post, text: str, **changes: Any) -> Outgoing:
    values: dict[str, Any] = {"key": "k-1", "public": False, "first_attempt_at": NOON}
    return Outgoing(text=text, target=target_of(post), **{**values, **changes})


def poll_posts(account: AccountView, cursor: dict[str, Any] | None = None) -> list[Post]:
    polled = connector.poll(account, cursor or {})
    return [post for delivery in polled.deliveries for post in connector.read(account, delivery)]


def but(account: AccountView, **config: Any) -> AccountView:
    return replace(account, config={**account.config, **config})
