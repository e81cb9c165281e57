"""What a file is, by its bytes, and what it is called: nothing else is believed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.inbox.files.names import LONGEST, safe
from cortafuegos.inbox.files.sorts import EXTENSIONS, kind, media_type
from cortafuegos.inbox.tests.files import samples

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (samples.picture("JPEG"), "image/jpeg"),
        (samples.picture("PNG"), "image/png"),
        (samples.picture("WEBP"), "image/webp"),
        (samples.moving(), "image/gif"),
        (samples.PDF, "application/pdf"),
        (samples.film(), "video/mp4"),
        (b"\0\0\0\x14ftypM4A \0\0\0\0", "audio/mp4"),
        (b"OggS\0\x02" + b"\0" * 50, "audio/ogg"),
        (b"ID3\x04" + b"\0" * 50, "audio/mpeg"),
        (samples.document(), WORD),
        ("¿Qué tal? ñ\r\n".encode(), "text/plain"),
        ("\ufeffnombre;vuelo\n".encode(), "text/plain"),
    ],
)
def test_what_leaves(body, found):
    assert media_type(body, "x.exe") == found
    assert found in EXTENSIONS


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"  \n<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "\ufeff<?xml version='1.0'?>".encode(),
        b"MZ\x90\0" + b"\0" * 100,
        b"\x7fELF" + b"\0" * 100,
        b"#!/bin/sh\nrm -rf ~\n",
        b"PK\x03\x04 not a zip",
        samples.document("word/", "word/vbaProject.bin"),
        samples.document("malware/"),
        b"\0\0\0\x18ftypheic\0\0\0\0",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100,  # the office of before, with its macros
        b"just\0text",
        b"\xff\xfe<\0h\0t\0m\0l\0",
    ],
)
def test_what_stays(body):
    assert media_type(body, "foto.png") == ""


def test_a_page_called_picture_is_a_page():
    assert media_type(b"<!doctype html><p>hola", "foto.png") == ""


def test_a_table_of_text_is_known_by_its_name_only_when_it_is_text():
    assert media_type(b"a;b\n1;2\n", "vuelos.CSV") == "text/csv"
    assert media_type(samples.PDF, "vuelos.csv") == "application/pdf"


@given(st.binary(max_size=400))
def test_any_bytes_have_an_answer(body):
    found = media_type(body)
    assert found == "" or (found in EXTENSIONS and kind(found) in ("image", "video", "audio", "file"))


@pytest.mark.parametrize(
    ("name", "sort", "called"),
    [
        ("foto.JPG", "image/jpeg", "foto.JPG"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\Users\\ana\\maleta.png", "image/png", "maleta.png"),
        ("factura.pdf.exe", "application/pdf", "factura.pdf.exe.pdf"),
        ("recibo\u202egpj.exe", "image/png", "recibogpj.exe.png"),
        ("..", "image/png", "file.png"),
        ("foto.png", "image/jpeg", "foto.jpg"),
        ("", "image/png", "file.png"),
        (".htaccess", "text/plain", "htaccess.txt"),
        ("a\0b\n\tc.png", "image/png", "ab c.png"),
        ('di"jo<b>.png', "image/png", "dijob.png"),
        ("ma\u0301laga.png", "image/png", "málaga.png"),
    ],
)
def test_names(name, sort, called):
    assert safe(name, sort) == called


@given(st.text(max_size=300), st.sampled_from(sorted(EXTENSIONS)))
def test_any_name_can_be_written_to_a_disk(name, sort):
    called = safe(name, sort)
    assert 0 < len(called) <= LONGEST
    assert not set(called) & set('/\\:<>"|?*\0\n\r') and not called.startswith(".")
    assert called.rpartition(".")[2].lower() in EXTENSIONS[sort]
    assert safe(called, sort) == called
