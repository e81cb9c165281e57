"""Letters with enclosures: as any mail program reads them, and the same at every attempt."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from email.message import EmailMessage

import pytest

from cortafuegos.channels.contract import AccountView, Delivery, Media, Post
from cortafuegos.channels.mail import reader, sender
from cortafuegos.channels.mail.connector import connector
from e2e.networks.mail import MailHost

from .conftest import ANA, MARCA, answer, letter, poll_posts

pytestmark = pytest.mark.network_twin
PHOTO = Media("maleta en Málaga.jpg", "image/jpeg", bytes(range(256)) * 400, "La maleta,\nsin asa")
PDF = Media("condiciones.pdf", "application/pdf", b"%PDF-1.7\n--=boundary\n.\n..\nFrom ana\n")
WORDS = "Aquí va, Ana.\n.\nFrom Lucía\n--=1234\nUn saludo 🙂"


@pytest.fixture
def post(host: MailHost, marca: AccountView) -> Post:
    host.deliver(letter("¿Y mi maleta?", Message_ID="<uno@cliente.test>"), MARCA)
    return poll_posts(marca)[-1]


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_words_and_files_arrive_whole(host: MailHost, marca: AccountView, post: Post) -> None:
    sent = connector.send(marca, answer(post, WORDS, media=(PHOTO, PDF)))
    got = parsed(host.read(ANA)[-1])
    assert got["Message-ID"] == sent.network_id and got["In-Reply-To"] == "<uno@cliente.test>"
    body = got.get_body(("plain",))
    assert body is not None and str(body.get_content()).replace("\r\n", "\n").rstrip("\n") == WORDS
    files = list(got.iter_attachments())
    assert [(one.get_filename(), one.get_content_type()) for one in files] == [
        (PHOTO.name, "image/jpeg"),
        (PDF.name, "application/pdf"),
    ]
    assert [one.get_payload(decode=True) for one in files] == [PHOTO.body, PDF.body]
    assert not got.defects and all(not part.defects for part in got.walk())


def test_every_attempt_is_the_same_letter(marca: AccountView, post: Post) -> None:
    wanted = answer(post, WORDS, media=(PHOTO, PDF))
    assert sender.compose(marca, wanted) == sender.compose(marca, wanted)
    other = sender.compose(marca, replace(wanted, key="another"))[1]
    assert parsed(other).get_boundary() != parsed(sender.compose(marca, wanted)[1]).get_boundary()


def test_our_own_reader_reads_it(marca: AccountView, post: Post) -> None:
    _to, raw = sender.compose(marca, answer(post, WORDS, media=(PHOTO,)))
    (read,) = reader.read(marca, Delivery("", raw))
    assert read.text.startswith("Aquí va, Ana.")
    assert [(one.name, one.size) for one in read.attachments] == [(PHOTO.name, len(PHOTO.body))]


def test_a_name_begins_no_header(marca: AccountView, post: Post) -> None:
    nasty = Media('a"; x="\r\nBcc: todos@evil.example\r\n\r\n<script>.pdf', "application/pdf", b"%PDF-1.7")
    _to, raw = sender.compose(marca, answer(post, "Hola", media=(nasty,)))
    got = parsed(raw)
    assert got["Bcc"] is None and len(list(got.iter_attachments())) == 1
    assert all(part["Bcc"] is None for part in got.walk())
