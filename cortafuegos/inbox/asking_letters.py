"""Sends a letter, and writes down whether it left, so that whoever asked can pass on the link by hand."""

from __future__ import annotations

from cortafuegos.inbox.actions import asking_links
from cortafuegos.inbox.asking_mail import letter
from cortafuegos.inbox.models import Question, QuestionLink
from cortafuegos.kit import clock, log
from cortafuegos.team.accounts import mail_works

logger = log.get(__name__)


def send(link_id: int, why: str) -> None:
    """Raises OSError (as every fault of a mail server is) when it could not: then the job tries again."""
    known = QuestionLink.objects.select_related("question__department", "question__agent__user")
    link = known.select_related("question__case__brand", "question__case__person").filter(pk=link_id).first()
    if link is None or link.revoked_at or link.question.state != Question.State.OPEN:
        return
    if why != "reminded" and link.mailed_at:
        return  # this job ran before
    if not mail_works():
        asking_links.note_mail(link, clock.now(), failed=True)
        return
    try:
        letter(link, why, clock.now()).send()
    except OSError as error:
        asking_links.note_mail(link, clock.now(), failed=True)
        logger.warning("question_mail_failed", link=link.pk, error=type(error).__name__)
        raise
    asking_links.note_mail(link, clock.now(), failed=False)
    logger.info("question_mailed", link=link.pk, why=why)
