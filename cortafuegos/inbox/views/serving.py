"""Files given to a browser so that nothing in them can act in the desk's name."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from cortafuegos.inbox import harmless

# Files open in the browser only when they can do nothing there. An SVG or a page is a download.
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "text/plain"}


def given(name: str, media_type: str, content: bytes) -> HttpResponse:
    shown = media_type in SHOWN
    response = HttpResponse(content, content_type=media_type if shown else "application/octet-stream")
    response["Content-Disposition"] = _disposition(name, inline=shown)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, max-age=3600"
    return response


def _disposition(name: str, *, inline: bool) -> str:
    plain = harmless.name(name).replace("/", "_").replace("\\", "_") or "file"
    return content_disposition_header(not inline, plain) or "attachment"
