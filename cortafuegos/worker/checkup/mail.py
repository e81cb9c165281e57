"""Whether mail to our own people leaves: invitations, and questions to departments."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection

from cortafuegos.inbox.models import Question, QuestionLink
from cortafuegos.kit.address import is_loopback
from cortafuegos.team.accounts import mail_works
from cortafuegos.worker.checkup.finding import Finding, mend, ok, watch


def server() -> Iterator[Finding]:
    if not mail_works():
        yield watch(
            "mail",
            "no mail server is named (CORTAFUEGOS_SMTP_URL): links are passed on by hand",
        )
        return
    try:
        connection = get_connection()
        connection.open()
        connection.close()
    except OSError as error:  # as all of smtplib's
        yield mend("mail", f"the server of CORTAFUEGOS_SMTP_URL refuses our mail: {type(error).__name__}")
        return
    if is_loopback(settings.PUBLIC_URL):
        yield watch("mail", "mail leaves, and its links lead to this machine only: set CORTAFUEGOS_URL")
    else:
        yield ok("mail", "mail leaves")


def letters() -> Iterator[Finding]:
    waiting = QuestionLink.objects.filter(revoked_at=None, question__state=Question.State.OPEN)
    failed = waiting.filter(mail_failed=True).exclude(email="").count() if mail_works() else 0
    if failed:
        yield mend("letters", f"{failed} questions to departments did not leave by mail: see their cases")


CHECKS = (server, letters)
