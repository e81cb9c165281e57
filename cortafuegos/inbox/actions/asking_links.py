"""The links that questions are answered by: signed, good for one question, and told apart from no link.

Only a key lies in the database. The link is that key and its signature with the installation's secret,
so it can be shown again to whoever asked, and a copy of the database opens nothing.
"""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.asking import GOOD_FOR
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Question, QuestionLink
from cortafuegos.kit import crypto, home
from cortafuegos.kit.nudge import nudge

_TOKEN = re.compile(r"([0-9a-f]{32})([0-9a-f]{40})")


def _signed(key: UUID, secret: str) -> str:
    return crypto.sign(secret.strip(), "a question inside", key.hex)[:40]


def token(link: QuestionLink) -> str:
    return link.key.hex + _signed(link.key, home.secret().split(",")[0])


def make(question: Question, rung: int, name: str, email: str, now: datetime) -> QuestionLink:
    return QuestionLink.objects.create(
        brand_id=question.brand_id,
        question=question,
        rung=rung,
        name=name,
        email=email,
        made_at=now,
        expires_at=now + GOOD_FOR,
    )


def find(given: str, now: datetime) -> QuestionLink:
    """The link behind a token, while it is good; or the sentence that says why it is not."""
    match = _TOKEN.fullmatch(given)
    good = match is not None and any(
        crypto.same(_signed(UUID(match[1]), secret), match[2]) for secret in home.secret().split(",")
    )
    known = QuestionLink.objects.select_related("question__department", "question__agent__user", "brand")
    link = known.filter(key=UUID(match[1])).first() if match and good else None
    if link is None:
        raise Refusal(
            _("This link is not valid. Open it again from the message."), code="unknown", status=404
        )
    if link.revoked_at or link.question.state == Question.State.WITHDRAWN:
        raise Refusal(
            _("The question was withdrawn: nothing is needed from you."), code="revoked", status=410
        )
    if link.expires_at <= now:
        raise Refusal(_("This link has expired. Ask for a new one."), code="expired", status=410)
    return link


def revoke(question: Question, now: datetime, rung: int | None = None) -> None:
    theirs = QuestionLink.objects.filter(brand_id=question.brand_id, question=question, revoked_at=None)
    if rung is not None:
        theirs = theirs.filter(rung=rung)
    theirs.update(revoked_at=now)


def note_mail(link: QuestionLink, now: datetime, *, failed: bool) -> None:
    """Whether its letter left, so that whoever asked can pass on the link by hand."""
    link.mail_failed, link.mailed_at = failed, link.mailed_at if failed else now
    link.save(update_fields=["mail_failed", "mailed_at"])
    nudge(link.brand_id, [link.question.case_id])
