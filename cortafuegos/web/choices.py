"""The colleagues of a picker. Written straight to HTML: a brand may have two hundred of them, on every
page, and a template spends more on their rows than on the rest of the page."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cortafuegos.inbox.queries.shell import AgentLine


def colleagues(agents: Iterable[AgentLine], me: int) -> SafeString:
    you = format_html('<span class="meta push">{}</span>', _("you"))
    return format_html_join(
        "",
        '<button class="choice" type="button" data-pick="assignment" data-verb-name="assign" data-name="to"'
        ' data-value="agent-{}"><span class="face face--s" aria-hidden="true">{}</span>'
        "<bdi>{}</bdi>{}</button>",
        ((one.id, one.initials, one.name, you if one.id == me else "") for one in agents if one.may_work),
    )
