from __future__ import annotations

import base64
import dataclasses
import json
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.channels.contract import AccountView, Delivery, Post, Unreadable
from cortafuegos.channels.mail.message import part_of, to_text
from cortafuegos.channels.mail.reader import read

SAMPLES = Path(__file__).parents[1] / "samples"
ACCOUNT = AccountView(**json.loads((SAMPLES / "account.json").read_text()))
RAW = {path.stem: path.read_bytes() for path in sorted(SAMPLES.glob("*.eml"))}


def one(raw: bytes, arrived: str = "2026-11-05T10:00:00+01:00") -> Post:
    (post,) = read(ACCOUNT, Delivery("k", raw, {"internaldate": arrived}))
    return post


def letter(*headers: str, body: str = "hola") -> bytes:
    return "\r\n".join(["From: Ana <ana@correo.test>", *headers, "", body]).encode()


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("ñ€".encode(), "utf-8", "ñ€"),
        ("ñ€".encode(), "iso-8859-1", "ñ€"),
        ("ñ".encode("latin-1"), "utf-8", "ñ"),
        ("ñ".encode("latin-1"), "", "ñ"),
        ("ñ€".encode("cp1252"), "iso-8859-1", "ñ€"),
        ("日本".encode("iso2022_jp"), "iso-2022-jp", "日本"),
        ("日本".encode("shift_jis"), "shift_jis", "日本"),
        ("Привет".encode("koi8-r"), "koi8-r", "Привет"),
        (b"\x81\x8d", "us-ascii", "\ufffd\ufffd"),
        (b"hola", "x-unknown", "hola"),
        (b"hola", "rot13", "hola"),
        (b"hola", "a\0b", "hola"),
        (b"hola", "ñ", "hola"),
    ],
)
def test_the_bytes_are_believed_more_than_their_label(data: bytes, charset: str, text: str) -> None:
    assert to_text(data, charset) == text


@pytest.mark.parametrize(
    ("headers", "addressed"),
    [
        ([], True),
        (["Auto-Submitted: no"], True),
        (["Auto-Submitted: auto-generated; x=y"], False),
        (["Precedence: bulk"], False),
        (["Precedence: first-class"], True),
        (["Return-Path: <>"], False),
        (["Return-Path: <ana@correo.test>"], True),
        (["X-Autoreply: yes"], False),
        (["List-Id: Noticias <n.sector.test>"], False),
        (["List-Id: <ayuda.lumbre.test>", "Precedence: list"], True),
        (["List-Id: <ayuda.mala-lumbre.test>"], False),
        (["Auto-Submitted: auto-replied", "List-Id: <ayuda.lumbre.test>"], False),
    ],
)
def test_who_writes_by_itself_is_not_answered(headers: list[str], addressed: bool) -> None:
    assert one(letter(*headers)).addressed is addressed


def test_a_form_that_writes_for_the_customer_is_answered_to_the_customer() -> None:
    raw = b"From: web <noreply@lumbre.test>\r\nReply-To: =?utf-8?Q?Jos=C3=A9?= <jose@correo.test>\r\n\r\nhola"
    post = one(raw)
    assert post.addressed
    assert (post.ref["reply_to"], post.ref["reply_name"]) == ("jose@correo.test", "José")
    loop = one(letter("Reply-To: ayuda@lumbre.test"))
    assert loop.ref["reply_to"] == "ana@correo.test"


@pytest.mark.parametrize(
    ("headers", "when"),
    [
        (["Date: Tue, 03 Nov 2026 10:00:00 +0100"], datetime(2026, 11, 3, 9, tzinfo=UTC)),
        (["Date: Tue, 03 Nov 2026 10:00:00 -0000"], datetime(2026, 11, 3, 10, tzinfo=UTC)),
        (["Date: ayer"], datetime(2026, 11, 5, 9, tzinfo=UTC)),
        (["Date: Tue, 03 Nov 2096 10:00:00 +0000"], datetime(2026, 11, 5, 9, tzinfo=UTC)),
        (["Date: Tue, 03 Nov 1926 10:00:00 +0000"], datetime(2026, 11, 5, 9, tzinfo=UTC)),
        (["Date: Tue, 03 Nov 99999 10:00:00 +9999"], datetime(2026, 11, 5, 9, tzinfo=UTC)),
        (["Received: a; Wed, 4 Nov 2026 08:00:00 +0000"], datetime(2026, 11, 4, 8, tzinfo=UTC)),
        ([], datetime(2026, 11, 5, 9, tzinfo=UTC)),
    ],
)
def test_when_it_was_written(headers: list[str], when: datetime) -> None:
    assert one(letter(*headers)).posted_at == when


def test_without_any_clock_it_is_still_read() -> None:
    assert one(letter(), arrived="").posted_at == datetime(1970, 1, 1, tzinfo=UTC)


def test_an_attachment_can_be_fetched_by_its_part() -> None:
    (photo, bill, attached) = one(RAW["attachments"]).attachments
    assert photo.part is not None
    found = part_of(RAW["attachments"], photo.part)
    assert found == ("contador eléctrico.png", "image/png", b"\x89PNG\r\n\x1a\n")
    assert part_of(RAW["attachments"], bill.part or 0) == ("factura.pdf", "application/pdf", b"%PDF-1.4\n")
    whole = part_of(RAW["attachments"], attached.part or 0)
    assert whole is not None
    assert b"Texto de otro mensaje." in whole[2]
    assert part_of(RAW["attachments"], 99) is None


@pytest.mark.parametrize("raw", [b"", b"\0\xff\xfe", b"\r\n\r\n", b"hola", b"X-Nada: 1\r\n\r\nhola"])
def test_what_is_no_message_is_refused(raw: bytes) -> None:
    with pytest.raises(Unreadable, match="headers"):
        read(ACCOUNT, Delivery("k", raw))


def nested(depth: int) -> bytes:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(depth)
    )
    return HEAD + head + b"Content-Type: text/plain\r\n\r\nfondo\r\n"


HEAD = b"From: a@b.test\r\nSubject: hondo\r\n"
HOSTILE = {
    "nested a little": nested(15),
    "nested past the bound": nested(40),
    "nested without end": nested(20_000),
    "many parts": HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 200_000,
    "long header": HEAD + b"References: " + b"<a@b> " * 200_000 + b"\r\n\r\nhola",
    "long addresses": HEAD + b"Reply-To: " + b'<(,"' * 300_000 + b"\r\n\r\nhola",
    "one long line": HEAD + b"\r\n" + b"> " * 4_000_000,
    "a large file": HEAD + b"Content-Type: application/pdf\r\n"
    b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(bytes(10_000_000)),
    "html that never closes": HEAD
    + b"Content-Type: text/html\r\n\r\n"
    + b"<blockquote><a href=x><li>" * 30_000,
    "html of brackets": HEAD + b"Content-Type: text/html\r\n\r\n" + b"<!--" * 100_000,
    "attributions": HEAD + b"\r\n" + b"On a wrote\r\n" * 50_000 + b"> x",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_message_is_read_cheaply(name: str) -> None:
    begin = time.process_time()
    post = one(HOSTILE[name])
    assert post.subject == "hondo"
    assert len(post.text) <= 100_000
    assert len(json.dumps(post.ref)) < 60_000
    assert time.process_time() - begin < 10


def test_a_deep_message_within_the_bound_shows_its_words() -> None:
    assert one(nested(15)).text == "fondo"


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_bytes_are_read_or_refused_with_a_reason(data: st.DataObject) -> None:
    raw = bytearray(RAW[data.draw(st.sampled_from(sorted(RAW)))])
    for _n in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw)))
        size = data.draw(st.integers(0, 40))
        raw[at : at + size] = data.draw(st.binary(max_size=30) | st.sampled_from(WEIRD))
    delivery = Delivery("k", bytes(raw), {"internaldate": data.draw(st.text(max_size=30))})
    try:
        posts = read(ACCOUNT, delivery)
    except Unreadable as refused:
        assert str(refused)
        return
    assert posts == read(ACCOUNT, delivery)
    (post,) = posts
    stored = json.dumps(dataclasses.asdict(post), default=str, ensure_ascii=False)
    stored.encode()
    assert "\\u0000" not in stored
    assert not set("\r\n\0") & set(post.subject + post.author.name + post.author.network_id + post.network_id)
    assert post.posted_at.tzinfo is UTC
    assert post.network_id and post.conversation and post.author.network_id and post.author.handle


WEIRD = [
    b"\r\n\r\n",
    b"\r\nContent-Type: multipart/mixed; boundary=\r\n",
    b'\r\nContent-Type: text/html; charset="\0"\r\n',
    b"\r\nContent-Type: text/plain; charset*=no''%ff\r\n",
    b"\r\nContent-Transfer-Encoding: uuencode\r\n",
    b"\r\nContent-Disposition: attachment; filename*0*=utf-99''%ff; filename*1=x\r\n",
    b"\r\nFrom: =?utf-8?b?AAAA=?= <\x00@x>\r\n",
    b"=?utf-8?q?=00=ED=A0=80?=",
    b"\r\nDate: Mon, 99 Foo 0000 99:99:99 +9999\r\n",
    b"\r\nReferences: <<>> <a\0b@c> \xff\r\n",
    b"\xed\xa0\x80",
]
