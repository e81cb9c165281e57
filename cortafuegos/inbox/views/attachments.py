"""Files that came inside a message and lie in its stored receipt: given out as downloads only."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from cortafuegos.channels import registry
from cortafuegos.channels.models import Receipt
from cortafuegos.inbox import harmless
from cortafuegos.inbox.models import Message
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

# Strangers' files open in the browser only when they can do nothing there.
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}


@needs(May.READ)
@require_safe
def attachment(request: BrandRequest, slug: str, number: int, message_id: int, index: int) -> HttpResponse:
    message = Message.objects.filter(brand_id=request.brand.pk, case__number=number, pk=message_id).first()
    found = _content(message, index) if message else None
    if found is None:
        raise Http404
    name, media_type, content = found
    shown = media_type in SHOWN
    response = HttpResponse(content, content_type=media_type if shown else "application/octet-stream")
    response["Content-Disposition"] = _disposition(name, inline=shown)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _content(message: Message, index: int) -> tuple[str, str, bytes] | None:
    listed = message.attachments or []
    part = listed[index].get("part") if index < len(listed) else None
    receipt = Receipt.objects.filter(brand_id=message.brand_id, pk=message.receipt_id or 0).first()
    if part is None or receipt is None or message.network not in registry.networks():
        return None
    extract = getattr(registry.connector(message.network), "attachment", None)
    found: tuple[str, str, bytes] | None = extract(bytes(receipt.body), part) if extract else None
    return found


def _disposition(name: str, *, inline: bool) -> str:
    plain = harmless.name(name).replace("/", "_").replace("\\", "_") or "file"
    return content_disposition_header(not inline, plain) or "attachment"
