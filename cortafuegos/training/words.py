"""Certificates and what is wrong with a text, as people say it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortafuegos.inbox.networks import look
from cortafuegos.kit.language_names import language_name
from cortafuegos.team.licence import Kind, Need
from cortafuegos.training.writing import Unreadable


def certificate(kind: str, value: str) -> str:
    match kind:
        case Kind.CHANNEL if value:
            return _("Answering on %(network)s") % {"network": look(value).name}
        case Kind.CHANNEL:
            return _("Answering on every network")
        case Kind.LANGUAGE:
            return _("Answering in %(language)s") % {"language": language_name(value)}
        case _kind:
            return _("Answering in a crisis")


def need(asked: Need) -> str:
    match asked.kind:
        case Kind.CRISIS if asked.value == "watch":
            return _("To answer as soon as the desk is on alert")
        case Kind.CRISIS:
            return _("To answer in a crisis")
        case Kind.LANGUAGE:
            return _("To answer in %(language)s") % {"language": language_name(asked.value)}
        case Kind.CHANNEL if asked.value:
            return _("To answer on %(network)s") % {"network": look(asked.value).name}
        case _kind:
            return _("To answer on any network")


def unreadable(wrong: Unreadable) -> str:
    sentences = {
        "words before the first title": _("Line %(line)d stands before the first lesson's title."),
        "empty lesson": _("The lesson at line %(line)d lacks its title or its words."),
        "no lesson": _("There is no lesson yet: each begins with a line like “# Title”."),
        "too many lessons": _("From line %(line)d on there are too many lessons for one course."),
        "words before the first question": _("Line %(line)d stands before the first question."),
        "no question": _("There is no question yet: each begins with a line like “## Question”."),
        "too many questions": _("From line %(line)d on there are too many questions for one exam."),
        "a line that is no option": _("Line %(line)d begins with none of + - > or says nothing."),
        "options": _("The question at line %(line)d needs 2 to 6 different options."),
        "not one right option": _("The question at line %(line)d needs one right option, marked with +."),
        "no explanation": _("The question at line %(line)d lacks its words or its explanation, marked >."),
    }
    return sentences[wrong.what] % {"line": wrong.line}
