"""Search: a page of its own with its address, and the palette's quick answer."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from cortafuegos.inbox import harmless, lines, words
from cortafuegos.inbox.actions.posture import posture_of
from cortafuegos.inbox.queries import queues
from cortafuegos.inbox.queries.search import fold, search
from cortafuegos.inbox.queries.search import words as words_of
from cortafuegos.inbox.views.common import page
from cortafuegos.kit import clock
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

AROUND = 90  # characters shown on each side of a found word
_TOKEN = re.compile(r"\w+")


@needs(May.READ)
@require_safe
def results(request: BrandRequest, slug: str) -> HttpResponse:
    q = _q(request)
    now, posture = clock.now(), posture_of(request.brand.pk)
    found = [
        {
            "row": lines.row(hit.case, now, [], agent_id=request.agent.pk, posture=posture),
            "said": [
                {
                    "id": m.pk,
                    "when": words.moment(m.posted_at, now),
                    "public": m.public,
                    "text": marked(m.text, q),
                }
                for m in hit.messages
            ],
        }
        for hit in (search(request.brand.pk, q) if q else [])
    ]
    return page(request, "inbox/search.html", {"q": q, "found": found})


@needs(May.READ)
@require_safe
def palette(request: BrandRequest, slug: str) -> HttpResponse:
    """Cases, people and queues for a few letters. The orders of the page itself are the page's."""
    q = _q(request)
    now, posture = clock.now(), posture_of(request.brand.pk)
    hits = search(request.brand.pk, q, limit=8) if q else []
    asked = fold(q)
    context = {
        "q": q,
        "only_cases": request.GET.get("only") == "cases",
        "rows": [lines.row(hit.case, now, [], agent_id=request.agent.pk, posture=posture) for hit in hits],
        "queues": [x for x in queues.QUEUES if not asked or asked in fold(str(x.title))],
    }
    return page(request, "inbox/_found.html", context)


def marked(text: str, q: str) -> SafeString:
    """The part of the text around the first found word, with every found word marked."""
    asked = [_stem(fold(word)) for word in words_of(q)]
    line = harmless.line(text[:20_000])
    hits = [m.span() for m in _TOKEN.finditer(line) if any(fold(m[0]).startswith(stem) for stem in asked)]
    start = max(0, hits[0][0] - AROUND) if hits else 0
    if start:
        start = line.find(" ", start, hits[0][0]) + 1 or start  # at a word
    end = min(len(line), start + 3 * AROUND)
    out: list[str] = ["…" if start else ""]
    at = start
    for a, b in hits:
        if a < at or b > end:
            continue
        out += [escape(line[at:a]), f"<mark>{escape(line[a:b])}</mark>"]
        at = b
    out += [escape(line[at:end]), "…" if end < len(line) else ""]
    return mark_safe("".join(out))  # noqa: S308  escaped piece by piece


def _stem(word: str) -> str:
    """Enough of a word to find its sisters: maletas, maleta; perdieron, perdido."""
    return word[: max(4, len(word) - 2)] if len(word) > 4 else word


def _q(request: BrandRequest) -> str:
    return request.GET.get("q", "").replace("\x00", "").strip()[:200]
