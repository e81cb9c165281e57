"""Files that our people attach: taken in one by one, and shown to whoever works in the brand."""

from __future__ import annotations

import threading
import time
from urllib.parse import unquote
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cortafuegos.inbox.actions import filing
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.files.carrying import entry
from cortafuegos.inbox.models import File, FileBody
from cortafuegos.inbox.views.common import tells
from cortafuegos.inbox.views.serving import given
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

PIECE = 64 * 1024
LONGEST = 120.0  # seconds that one file may take to arrive
# A page has one of a few threads; a slow telephone must not keep all of them.
AT_ONCE = 3
_slots = threading.BoundedSemaphore(AT_ONCE)


@needs(May.READ)
@require_safe
def shown(request: BrandRequest, slug: str, uid: UUID) -> HttpResponse:
    found = File.objects.filter(brand_id=request.brand.pk, uid=uid).first()
    held = FileBody.objects.filter(brand_id=request.brand.pk, file=found).first() if found else None
    if found is None or held is None:
        raise Http404
    return given(found.name, found.media_type, bytes(held.body))


@needs(May.WRITE)
@tells
def taken_in(request: BrandRequest, slug: str, uid: UUID) -> HttpResponse:
    name = unquote(request.headers.get("X-File-Name", ""), errors="replace")[:300]
    kept = filing.keep(request.agent, uid, name, _body(request))
    return JsonResponse(entry(kept.uid, kept.name, kept.media_type, kept.size))


@transaction.non_atomic_requests  # no transaction stands open while a telephone sends its picture
def file(request: BrandRequest, slug: str, uid: UUID) -> HttpResponse:
    return (taken_in if request.method == "PUT" else shown)(request, slug, uid)


def _body(request: BrandRequest) -> bytes:
    """The body as it comes, as far as it may go. One that was cut short is refused, never kept."""
    told = request.headers.get("Content-Length", "")
    length = int(told) if told.isascii() and told.isdecimal() and len(told) < 12 else 0
    if length > filing.MOST_BYTES:
        raise filing.too_large()
    if not _slots.acquire(blocking=False):
        raise Refusal(_("Other files are on their way. Try again in a moment."), code="busy", status=503)
    try:
        return _read(request, length)
    finally:
        _slots.release()


def _read(request: BrandRequest, length: int) -> bytes:
    body, until = bytearray(), time.monotonic() + LONGEST
    try:
        while len(body) < length and (piece := request.read(min(PIECE, length - len(body)))):
            body += piece
            if time.monotonic() > until:
                raise Refusal(_("The file took too long to arrive. Try again."), code="too_slow", status=408)
    except OSError:  # Django's word for a browser that went away
        body.clear()
    if len(body) < length:
        raise Refusal(_("The file was cut short on its way. Try again."), code="cut_short", status=422)
    return bytes(body)
