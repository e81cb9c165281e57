"""Letters to departments: who asks, until when, and the link. What a customer wrote is never in them;
it stands behind the link, which can be taken back. The question goes along with personal data masked."""

from __future__ import annotations

from datetime import datetime
from email.utils import formataddr, parseaddr
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cortafuegos.guard.masking import masked
from cortafuegos.inbox import words
from cortafuegos.inbox.actions import asking_links
from cortafuegos.inbox.actions.asking import names_of
from cortafuegos.inbox.asking_story import told
from cortafuegos.inbox.harmless import line
from cortafuegos.inbox.models import QuestionLink


def letter(link: QuestionLink, why: str, now: datetime) -> EmailMessage:
    """``why``: asked, reminded, or climbed (it was somebody else's to answer, and they did not)."""
    question = link.question
    brand = question.case.brand
    zone = ZoneInfo(brand.time_zone)
    with translation.override(question.department.language), timezone.override(zone):
        facts = {
            "name": line(link.name),
            "who": line(str(question.agent)),
            "brand": line(brand.name),
            "before": words.before(question.rung_due_at, now),
        }
        subject = {
            "asked": _("%(brand)s: %(who)s needs an answer from you %(before)s"),
            "reminded": _("%(brand)s: %(who)s is waiting for your answer, %(before)s"),
            "climbed": _("%(brand)s: nobody has answered this, and it is yours now"),
        }[why] % facts
        opening = {
            "asked": _(
                "%(who)s looks after the customers of %(brand)s and needs an answer from you %(before)s."
            ),
            "reminded": _("%(who)s still waits for your answer, %(before)s."),
            "climbed": _(
                "Nobody has answered this question in time, so it comes to you. %(who)s needs it %(before)s."
            ),
        }[why] % facts
        story = [f"- {one}" for one in told(question, now)] if why == "climbed" else []
        body = [
            _("Hello, %(name)s:") % facts,
            opening,
            "\n".join(f"> {one}" for one in masked(question.text, names_of(question.case)).splitlines()),
            *(["\n".join([_("So far:"), *story])] if story else []),
            _("Answer here, without an account:"),
            settings.PUBLIC_URL + reverse("inbox:inside", args=[asking_links.token(link)]),
            _(
                "There you see what it is about, and can also say that it is somebody else's or that you "
                "need more time. Whoever has this link can answer in your name: pass it on only to who "
                "should. Answers to this e-mail are not read."
            ),
        ]
        headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
        sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
        return EmailMessage(
            subject=" ".join(subject.split()),
            body="\n\n".join(body) + "\n",
            from_email=formataddr((line(brand.name), sender)),
            to=[link.email],
            headers=headers,
        )
