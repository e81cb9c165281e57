"""The lines of a thread. What every line has is written straight to HTML: there are hundreds of them, and a
template spends twenty times as long. What only some have (files, labels, what became of an answer) is the
template's, which is asked where there is any."""

from __future__ import annotations

from collections.abc import Iterator

from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape as safe
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cortafuegos.inbox.blocks import Line

_ELSEWHERE = 'target="_blank" rel="noopener noreferrer nofollow"'


def thread_line(context: Context, line: Line) -> SafeString:
    """``<article>`` of one message, or of a reply on its way."""
    state = line.fate.state if line.fate else ""
    hidden = bool(line.handled and line.handled.hidden)
    kinds = {"context": line.context, "gone": line.gone, "hidden": hidden, "cancelled": state == "cancelled"}
    marks = "".join(f" msg--{kind}" for kind, holds in kinds.items() if holds)
    message = f' data-message="{line.id}"' if line.id else ""
    theirs = "" if line.ours or line.context else " data-theirs"
    us = " face--us" if line.ours else ""
    html = (
        f'<article class="msg{marks}" id="{line.key}"{message}{theirs}>'
        f'<span class="face{us}" aria-hidden="true">{safe(line.initials)}</span>'
        f'<div><header class="msg__who">{"".join(_who(context, line))}</header>'
        f"{''.join(_said(line))}{_more(context, line)}"
        f'<footer class="msg__foot">{"".join(_foot(context, line))}</footer></div></article>'
    )
    return mark_safe(html)  # noqa: S308  escaped piece by piece


def _address(name: str, context: Context, *rest: object) -> str:
    case = context["case"]
    return str(safe(reverse(name, args=[context["request"].brand.slug, case.number, *rest])))


def _who(context: Context, line: Line) -> Iterator[str]:
    yield f"<b><bdi>{safe(line.name)}</bdi></b>"
    if line.writer:
        words = _("%(name)s writes") % {"name": line.writer}
        yield f'<span class="meta">{safe(words)}</span>'
    yield f'<time datetime="{line.at.isoformat()}">{safe(line.when)}</time>'
    if line.language:
        title = _("Language")
        yield f'<span class="meta" title="{safe(title)}">{safe(line.language)}</span>'
    if line.elsewhere:
        address = reverse("inbox:case", args=[context["request"].brand.slug, line.elsewhere])
        words = _("case %(number)s") % {"number": line.elsewhere}
        yield f'<a class="meta link" data-case href="{safe(address)}">{safe(words)}</a>'


def _said(line: Line) -> Iterator[str]:
    if line.gone and not line.handled:
        words = _("Its author deleted it %(when)s. Do not quote it.") % {"when": line.gone}
        yield f'<p class="meta">{safe(words)}</p>'
    if line.subject:
        yield f'<p class="msg__subject">{safe(line.subject)}</p>'
    long = " msg__text--long" if line.long else ""
    language = f' lang="{safe(line.language)}"' if line.language else ""
    yield f'<div class="msg__text{long}" dir="auto"{language}>{safe(line.text)}</div>'


def _more(context: Context, line: Line) -> str:
    more = line.attached, line.versions, line.shown, line.handled, line.mistake, line.fate
    if not any(more):
        return ""
    template = context.template.engine.get_template("inbox/_line_more.html")  # type: ignore[union-attr]
    with context.push(line=line):
        return str(template.render(context))


def _foot(context: Context, line: Line) -> Iterator[str]:
    merged = context.get("merged")
    if line.long:
        words = _("Show all")
        yield f'<button type="button" data-unfold aria-expanded="false">{safe(words)}</button>'
    if line.cut:
        whole, words = _address("inbox:message", context, line.id), _("The whole message")
        yield f'<a href="{whole}" target="_blank">{safe(words)}</a>'
    yield '<span class="msg__tools">'
    if line.id and not (line.ours or line.context or line.gone or merged):
        words = _("Answer this one")
        yield f'<button type="button" data-answer="{line.id}">{safe(words)}</button>'
        if not line.shown:
            words = _("What is it?")
            yield f'<button type="button" data-labels="{line.id}">{safe(words)}</button>'
    for offer in line.offers:
        address = _address("inbox:intervention", context, line.id, offer.kind)
        yield (
            f'<button type="button" data-intervene="{offer.kind}" data-url="{address}"'
            f' data-title="{safe(offer.title)}" data-means="{safe(offer.means)}">{safe(offer.label)}</button>'
        )
    if line.report and not merged:
        address, words = _address("inbox:mistake", context, line.id), _("Published by mistake…")
        now = _("Take it off %(network)s now") % {"network": line.report.network}
        able = f' data-able="{safe(now)}"' if line.report.able else ""
        yield f'<button type="button" data-mistake="{address}"{able}>{safe(words)}</button>'
    if line.url and not (line.fate and line.fate.url):
        words = _("On its network")
        yield f'<a href="{safe(line.url)}" {_ELSEWHERE}>{safe(words)}</a>'
    yield "</span>"
