"""The letters to departments: what stands in them, what does not, and what becomes of them."""

from __future__ import annotations

import socket
import threading

import pytest
from aiosmtpd.controller import Controller
from django.core import mail
from django.db import connection
from django.test import override_settings

from cortafuegos.inbox import asking_letters
from cortafuegos.inbox.actions import asking
from cortafuegos.inbox.tests.inside.people import HOUR, a_department, asked, link_of, token_of
from cortafuegos.inbox.tests.people import say
from cortafuegos.worker.checkup import mail as checkup
from cortafuegos.worker.checkup.finding import Level


@pytest.fixture
def question(nuria, account):
    said = say(account, "Mi DNI es 12345678Z y vivo en Málaga", by="lucia")
    return asked(nuria, said.case, "¿Se cobró dos veces a Lucia, DNI 12345678Z?", share=[said.pk])


def sent(question, why="asked", rung=0):
    mail.outbox.clear()
    asking_letters.send(link_of(question, rung).pk, why)
    (letter,) = mail.outbox
    return letter


def test_a_letter_says_who_asks_until_when_and_where_to_answer(question):
    letter = sent(question)
    assert letter.to == ["iker@condor.example"]
    assert "Nuria Vidal" in letter.subject
    assert token_of(question) in letter.body
    assert str(letter.message()["From"]).startswith("=?utf-8?q?Aerol=C3=ADneas_C=C3=B3ndor?=")
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    for hidden in ("12345678Z", "Málaga", "Lucia", "lucia"):
        assert hidden not in letter.body + letter.subject, hidden


def test_it_is_written_in_the_departments_language(question):
    assert sent(question).body.startswith("Hola, Iker Lasa:")
    question.department.language = "en"
    question.department.save()
    link_of(question).question.refresh_from_db()
    asking_letters.QuestionLink.objects.update(mailed_at=None)
    assert sent(question).body.startswith("Hello, Iker Lasa:")


def test_who_comes_after_reads_the_story(question):
    asking.strike(question.asked_at + 2 * HOUR)
    asking.strike(question.due_at)
    letter = sent(question, "climbed", 1)
    assert letter.to == ["berta@condor.example"]
    assert "Iker Lasa" in letter.body
    assert token_of(question, 1) in letter.body
    assert token_of(question, 0) not in letter.body


def test_the_same_job_twice_is_one_letter_and_a_settled_question_none(question, nuria):
    sent(question)
    asking_letters.send(link_of(question).pk, "asked")
    assert len(mail.outbox) == 1
    asking.withdraw(nuria, question)
    for link in question.links.all():
        asking_letters.send(link.pk, "reminded")
    assert len(mail.outbox) == 1


def test_a_name_can_slip_nothing_into_a_heading(nuria, case):
    name = "Iker\r\nBcc: todos@condor.example"
    question = asked(
        nuria,
        case,
        department=a_department(nuria.brand, "X", [{"name": name, "email": "i@c.example", "hours": 4}]),
    )
    letter = sent(question)
    assert letter.bcc == []
    assert "Bcc" not in letter.message()
    assert "\nBcc:" not in letter.message().as_string().partition("\n\n")[0]


def test_nobody_without_an_address_gets_a_letter(nuria, case):
    department = a_department(nuria.brand, "Sin correo", [{"name": "Asun", "email": "", "hours": 4}])
    before = letters_waiting()  # what other tests left behind is nobody's here
    asked(nuria, case, department=department)
    assert letters_waiting() == before
    asked(nuria, case, department=a_department(nuria.brand, "Con correo"))
    assert letters_waiting() == before + 1


def letters_waiting() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE '%mail_question'")
        return int(cursor.fetchone()[0])


SMTP = "django.core.mail.backends.smtp.EmailBackend"


def test_a_server_that_is_away_is_written_down_and_tried_again(question):
    with (
        override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1),
        pytest.raises(OSError, match="refused"),
    ):
        asking_letters.send(link_of(question).pk, "asked")
    link = link_of(question)
    assert link.mail_failed
    assert link.mailed_at is None
    sent(question)
    assert not link_of(question).mail_failed


def test_without_a_server_the_link_is_for_the_agent(question):
    with override_settings(EMAIL_BACKEND="django.core.mail.backends.console.EmailBackend"):
        asking_letters.send(link_of(question).pk, "asked")
        assert [finding.level for finding in checkup.server()] == [Level.WATCH]
        assert list(checkup.letters()) == []
    assert link_of(question).mail_failed


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


class Box:
    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.here = threading.Event()

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope.content)
        self.here.set()
        return "250 OK"


def test_a_real_server_takes_the_letter_and_the_doctor_says_so(question):
    box, port = Box(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND=SMTP,
            EMAIL_HOST="127.0.0.1",
            EMAIL_PORT=port,
            PUBLIC_URL="https://desk.example",
        ):
            asking_letters.send(link_of(question).pk, "asked")
            assert [finding.level for finding in checkup.server()] == [Level.OK]
    finally:
        controller.stop()
    assert box.here.is_set()
    assert b"iker@condor.example" in box.got[0]
    assert link_of(question).mailed_at is not None


def test_the_doctor_counts_letters_that_did_not_leave(question):
    link = link_of(question)
    link.mail_failed = True
    link.save()
    assert [finding.level for finding in checkup.letters()] == [Level.MEND]
    with override_settings(EMAIL_BACKEND=SMTP, EMAIL_HOST="127.0.0.1", EMAIL_PORT=1):
        assert [finding.level for finding in checkup.server()] == [Level.MEND]
