"""What belongs together, whatever order the file has it in."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.inbox.importing.grouping import group
from cortafuegos.inbox.importing.rows import Row
from cortafuegos.inbox.importing.source import LONGEST_RECORD, Source
from cortafuegos.inbox.importing.threads import Threads

START = datetime(2017, 10, 31, 10, tzinfo=UTC)


def row(id, author="ana", minutes=0, text="", **more):
    ours = more.pop("ours", author == "condor")
    at = START + timedelta(minutes=minutes)
    return Row(id=id, author=author, handle=author, at=at, text=text, ours=ours, **more)


def threaded(rows):
    threads = Threads()
    for n, one in enumerate(rows):
        threads.add(one, n, n, 1)
    return [[rows[place.offset].id for place in places] for places in threads.conversations()]


def cases(rows):
    return [(g.customer, [r.id for r in g.rows]) for g in group(sorted(rows, key=lambda r: r.at))]


def test_answers_are_one_conversation_with_what_they_answer():
    rows = [row("3", "condor", 2, parent="2"), row("1"), row("9", minutes=5), row("2", minutes=1, parent="1")]
    assert threaded(rows) == [["1", "2", "3"], ["9"]]


def test_named_conversations_and_answers_named_by_the_asker():
    rows = [row("1", conversation="c"), row("2", "eva", 1), row("3", minutes=2, conversation="c")]
    rows.append(row("4", "condor", 3, parent="unknown"))
    rows[1].answers = ("4",)
    assert threaded(rows) == [["1", "3"], ["2", "4"]]


def test_two_answers_to_a_message_that_is_missing_belong_together():
    assert threaded([row("2", parent="gone"), row("3", "eva", 1, parent="gone")]) == [["2", "3"]]


def test_the_name_of_a_conversation_is_not_the_id_of_a_message():
    assert threaded([row("1", conversation="7"), row("7", minutes=1)]) == [["1"], ["7"]]


@given(st.integers(0, 2**32), st.integers(1, 40))
def test_the_order_of_the_file_does_not_matter(seed, size):
    chance = random.Random(seed)
    rows = [
        row(str(n), minutes=n, parent=str(chance.randrange(n)) if n and chance.random() < 0.7 else "")
        for n in range(size)
    ]
    expected = threaded(rows)
    chance.shuffle(rows)
    assert threaded(rows) == expected
    assert sorted(id for thread in expected for id in thread) == sorted(str(n) for n in range(size))


def test_a_chain_of_fifty_thousand_is_followed():
    rows = [row(str(n), minutes=n % 1000, parent=str(n - 1) if n else "") for n in range(50_000)]
    random.Random(1).shuffle(rows)
    assert len(threaded(rows)) == 1


def test_each_customer_of_a_thread_has_a_case_and_ours_goes_to_whom_it_answers():
    rows = [
        row("1", "ana"),
        row("2", "eva", 1, parent="1"),
        row("3", "condor", 2, parent="1"),
        row("4", "condor", 3, parent="2"),
        row("5", "condor", 4, parent="3"),  # a second part of an answer
    ]
    assert cases(rows) == [("ana", ["1", "3", "5"]), ("eva", ["2", "4"])]


def test_two_weeks_of_silence_end_a_case():
    rows = [row("1"), row("2", minutes=14 * 1440), row("3", minutes=29 * 1440)]
    assert cases(rows) == [("ana", ["1", "2"]), ("ana", ["3"])]


def test_ours_without_a_parent_goes_to_whom_it_addresses_else_to_who_spoke_last():
    rows = [
        row("1", "ana"),
        row("2", "eva", 1),
        row("3", "condor", 2, text="@ana Hola"),
        row("4", "condor", 3, text="Un saludo"),
        row("5", "condor", 4, text="Gracias", customer="ana"),
    ]
    assert cases(rows) == [("ana", ["1", "3", "5"]), ("eva", ["2", "4"])]


def test_an_answer_whose_question_is_missing_is_a_case_of_whom_it_addresses():
    assert cases([row("1", "condor", text="@u_77 Hola, escríbenos")]) == [("u_77", ["1"])]
    assert cases([row("1", "condor", text="Buenos días a todos")]) == []


def test_answers_that_answer_each_other_in_a_ring_end():
    assert cases([row("1", "condor", parent="2"), row("2", "condor", 1, parent="1")]) == []


def test_first_answer_is_the_first_after_the_question():
    rows = [
        row("0", "condor", text="@ana ¡Feliz año!"),
        row("1", minutes=1),
        row("2", "condor", 9, parent="1"),
    ]
    (one,) = group(rows)
    assert one.first_answered_at == rows[2].at
    assert one.shown.id == "1"


def test_the_subject_leaves_out_whom_it_addresses():
    (one,) = group([row("1", text="@condor @otra  Mi maleta no llegó"), row("2", "condor", 1, parent="1")])
    assert one.subject == "Mi maleta no llegó"
    (one,) = group([row("1", text="@condor")])
    assert one.subject == "@condor"


def records(tmp_path, content):
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with Source(path) as source:
        found = list(source.quoted())
        assert all(source.at(r.offset, r.length) == r.raw for r in found)
        return [(r.line, r.raw) for r in found]


def test_quoted_fields_run_over_lines(tmp_path):
    assert records(tmp_path, b'a\n"b\n\n""c"\r\nd') == [(1, b"a\n"), (2, b'"b\n\n""c"\r\n'), (5, b"d")]


def test_a_quotation_mark_that_never_closes_costs_its_own_line_only(tmp_path):
    lines = [b'bad,"never closed\n'] + [b"row %d\n" % n for n in range(20_000)]
    found = records(tmp_path, b"".join(lines))
    assert found[0] == (1, lines[0])
    assert found[1:] == [(n + 2, b"row %d\n" % n) for n in range(20_000)]


def test_a_line_without_end_is_one_record(tmp_path):
    found = records(tmp_path, b'"' + b"x" * (3 * LONGEST_RECORD) + b"\nnext\n")
    assert [line for line, _ in found] == [1, 2]


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    assert records(tmp_path, b"\xef\xbb\xbftweet_id\n1\n") == [(1, b"tweet_id\n"), (2, b"1\n")]
