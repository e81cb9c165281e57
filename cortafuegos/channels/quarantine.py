"""What arrived and could not be read: looked at harmlessly, and tried again after a fix."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models.functions import Length
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cortafuegos.channels import actions
from cortafuegos.channels.health import network_name
from cortafuegos.channels.models import Receipt
from cortafuegos.kit.access import DeskRequest, needs

A_PAGE = 50
SHOWN = 4096  # bytes of a payload in the page; the whole is a download away
_CONTROL = {code: 0x2400 + code for code in range(32) if chr(code) not in "\n\t"} | {127: 0x2421}
# Marks that turn or hide what follows are shown as what they are.
_HIDDEN = [0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070)]
_VISIBLE: dict[int, int | str] = {**_CONTROL, **{code: f"⟨{code:04X}⟩" for code in _HIDDEN}}


@needs("connect")
def receipts(request: DeskRequest, slug: str) -> HttpResponse:
    found = (
        Receipt.objects.filter(brand=request.brand, state=Receipt.State.QUARANTINED)
        .select_related("account")
        .defer("body", "account__sealed")
        .annotate(size=Length("body"))
        .order_by("-id")
    )
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "channels/quarantine.html", {"page": page})


@needs("connect")
def receipt(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    found = _quarantined(request, pk)
    body = bytes(found.body)
    context = {
        "receipt": found,
        "network": network_name(found.account.network),
        "words": readable(body[:SHOWN]),
        "dump": dump(body[:1024]),
        "size": len(body),
        "shown": min(len(body), SHOWN),
        "headers": sorted(found.headers.items()),
    }
    return render(request, "channels/receipt.html", context)


@never_cache
@needs("connect")
def raw(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    """The bytes as they came, only ever as a download: no browser is to read them as a page."""
    found = _quarantined(request, pk)
    headers = {
        "Content-Disposition": f'attachment; filename="receipt-{found.pk}.bin"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return HttpResponse(bytes(found.body), content_type="application/octet-stream", headers=headers)


@require_POST
@needs("connect")
def replay(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    if actions.replay(_quarantined(request, pk)):
        messages.success(request, _("It is back in the queue. If it still cannot be read, it returns here."))
    return redirect("channels:quarantine", slug)


@require_POST
@needs("connect")
def replay_all(request: DeskRequest, slug: str) -> HttpResponse:
    count = actions.replay_all(request.brand.pk)
    words = ngettext(
        "%(count)d receipt is back in the queue.", "%(count)d receipts are back in the queue.", count
    )
    messages.success(request, words % {"count": count})
    return redirect("channels:quarantine", slug)


def _quarantined(request: DeskRequest, pk: int) -> Receipt:
    found = Receipt.objects.select_related("account").defer("account__sealed")
    return get_object_or_404(found, pk=pk, brand=request.brand, state=Receipt.State.QUARANTINED)


def readable(body: bytes) -> str:
    """As text, with what cannot be seen made visible. The template escapes it besides."""
    return body.decode("utf-8", "backslashreplace").translate(_VISIBLE)


def dump(body: bytes, width: int = 16) -> str:
    """Offset, bytes in hexadecimal, and those that are plain ASCII as letters."""
    lines = []
    for start in range(0, len(body), width):
        part = body[start : start + width]
        letters = "".join(chr(byte) if 32 <= byte < 127 else "·" for byte in part)
        lines.append(f"{start:06x}  {part.hex(' '):<{width * 3 - 1}}  {letters}")
    return "\n".join(lines)
