"""What a row says, and what is wrong with it."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.inbox.importing import json_lines
from cortafuegos.inbox.importing.csv_layouts import Layout
from cortafuegos.inbox.importing.rows import BadRow, identifier, moment
from cortafuegos.inbox.importing.source import Unusable

HEAD = "tweet_id,author_id,inbound,created_at,text,response_tweet_id,in_response_to_tweet_id"
BANK = "tweet_id,created_at,author,is_brand,verified,conversation,text,location"


@pytest.mark.parametrize(
    "given",
    [
        "Tue Oct 31 22:10:47 +0000 2017",
        "Wed Nov 01 00:10:47 +0200 2017",
        "2017-10-31T22:10:47Z",
        "2017-10-31T22:10:47",
        "2017-10-31 16:10:47-06:00",
        " 2017-10-31T22:10:47+00:00 ",
    ],
)
def test_one_moment_written_in_many_ways(given):
    assert moment(given) == datetime(2017, 10, 31, 22, 10, 47, tzinfo=UTC)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "yesterday",
        "31/10/2017",
        "Tue Okt 31 22:10:47 +0000 2017",
        "Tue Oct 32 22:10:47 +0000 2017",
        "0001-01-01T00:00+05:00",
    ],
)
def test_what_is_no_moment(given):
    with pytest.raises(BadRow, match="time"):
        moment(given)


@given(st.text())
def test_any_text_is_a_moment_or_a_bad_row(text):
    with contextlib.suppress(BadRow):
        assert moment(text).tzinfo is not None


def test_what_spreadsheets_do_to_identifiers():
    assert identifier("5.0", "tweet_id") == "5"
    assert identifier(" 1473421571389739008 ", "tweet_id") == "1473421571389739008"
    assert identifier("at://did/1.0e", "tweet_id") == "at://did/1.0e"
    with pytest.raises(BadRow, match="rounded by a spreadsheet"):
        identifier("1.47342E+18", "tweet_id")


def test_the_plain_layout():
    row = Layout(HEAD).read('3,condor,False,2017-10-31T10:00:00Z,"Hola, Ana\nTe escribimos","5,6",1\r\n')
    assert (row.id, row.author, row.ours, row.parent, row.answers) == ("3", "condor", True, "1", ("5", "6"))
    assert row.text == "Hola, Ana\nTe escribimos"


def test_the_layout_with_conversations_and_columns_nobody_knows():
    layout = Layout("extra," + BANK)
    row = layout.read("?,9,2021-12-21T22:34:12Z,u_1,False,TRUE,u_1,Me cobraron dos veces,Xalapa")
    assert (row.id, row.author, row.ours, row.conversation) == ("9", "u_1", False, "u_1")
    assert (row.place, row.verified) == ("Xalapa", True)


def test_who_is_ours_may_be_told():
    layout = Layout(HEAD, ours=["@Condor"])
    assert layout.read("1,CONDOR,True,2017-10-31,Hola,,").ours
    assert not layout.read("1,other_brand,False,2017-10-31,Hola,,").ours


@pytest.mark.parametrize("lost", ["tweet_id", "author_id", "inbound", "created_at", "text"])
def test_a_header_without_what_is_needed_names_it(lost):
    with pytest.raises(Unusable, match=lost):
        Layout(",".join(name for name in HEAD.split(",") if name != lost))


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        (",ana,True,2017-10-31,Hola,,", "tweet_id is empty"),
        ("1, ,True,2017-10-31,Hola,,", "author is empty"),
        ("1,ana,maybe,2017-10-31,Hola,,", "inbound"),
        ("1,ana,True,soon,Hola,,", "time"),
        ("1,ana,True,2017-10-31,Hola,", "6 fields where the header has 7"),
        ('1,ana,True,2017-10-31,"Hola,,', "not CSV"),
        ("1,ana,True,2017-10-31,Hola,,1.4E+18", "rounded"),
    ],
)
def test_bad_rows_say_why_and_do_not_repeat_the_text(record, reason):
    with pytest.raises(BadRow, match=reason) as bad:
        Layout(HEAD).read(record)
    assert "Hola" not in str(bad.value)


def test_a_message_as_json():
    row = json_lines.read(
        b'{"id": "7", "author": {"id": "u9", "handle": "@ana", "name": "Ana Gil"}, "text": "Hola", '
        b'"at": "2026-03-03T10:00:00Z", "in_reply_to": "6", "public": false, "subject": "Maleta", "x": 1}'
    )
    assert (row.id, row.author, row.handle, row.name) == ("7", "u9", "ana", "Ana Gil")
    assert (row.parent, row.public, row.subject, row.ours) == ("6", False, "Maleta", False)


@pytest.mark.parametrize(
    "record",
    [
        b"{",
        b"[]",
        b'{"id": "1"}',
        b'{"id": 1, "author": "a", "at": "2026-03-03", "text": ""}',
        b"\xff",
        b"[" * 9000,
        b'{"id": "", "author": "a", "at": "2026-03-03", "text": ""}',
    ],
)
def test_json_that_is_no_message(record):
    with pytest.raises(BadRow):
        json_lines.read(record)
