"""Files that came with a message: inside its stored receipt, or still with the network, which gives them
to nobody but the account they were sent to. Those are fetched when somebody looks, and not stored."""

from __future__ import annotations

import threading

from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cortafuegos.channels import actions as accounts
from cortafuegos.channels import registry, renewing
from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.channels.fetching import Expired, Fetches
from cortafuegos.channels.models import Receipt
from cortafuegos.inbox.files.names import ending
from cortafuegos.inbox.files.sorts import media_type
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.views.serving import given
from cortafuegos.kit import clock, log
from cortafuegos.team.access import BrandRequest, needs
from cortafuegos.team.rules import May

logger = log.get(__name__)
# A page has one of a few threads; a slow network must not keep all of them.
_slots = threading.BoundedSemaphore(3)


@transaction.non_atomic_requests  # no transaction stands open while a network takes its time
@needs(May.READ)
@require_safe
def attachment(request: BrandRequest, slug: str, number: int, message_id: int, index: int) -> HttpResponse:
    rows = Message.objects.filter(brand_id=request.brand.pk, case__number=number, pk=message_id)
    message = rows.select_related("account").first()
    listed = (message.attachments or []) if message else []
    if message is None or index >= len(listed) or message.network not in registry.networks():
        raise Http404
    if listed[index].get("part") is not None:
        return _inside(message, listed[index]["part"])
    if listed[index].get("url") or listed[index].get("file"):
        raise Http404
    if not _slots.acquire(blocking=False):
        return _told(_("Other files are on their way. Try again in a moment."), 503)
    try:
        return _from_there(message, index, str(listed[index].get("name") or ""))
    finally:
        _slots.release()


def _inside(message: Message, part: int) -> HttpResponse:
    receipt = Receipt.objects.filter(brand_id=message.brand_id, pk=message.receipt_id or 0).first()
    extract = getattr(registry.connector(message.network), "attachment", None)
    found: tuple[str, str, bytes] | None = extract(bytes(receipt.body), part) if extract and receipt else None
    if found is None:
        raise Http404
    return given(*found)


def _from_there(message: Message, index: int, name: str) -> HttpResponse:
    connector, account = registry.connector(message.network), message.account
    if not isinstance(connector, Fetches) or account.removed_at is not None:
        raise Http404
    try:
        view = renewing.fresh(account, clock.now()).view()
        found = connector.fetch(view, message.ref or {}, index)
    except Refused as refused:
        accounts.mark_refused(account, str(refused))
        return _told(str(refused), 502)
    except Expired as expired:
        return _told(expired.reason, 410)
    except SendError as error:
        return _told(error.reason, 422 if error.permanent else 503)
    except Exception as error:  # a fault of ours must not show what was asked, with what token
        logger.warning("file.unfetched", account=account.pk, error=type(error).__name__)
        return _told(_("The file cannot be shown."), 502)
    kind = media_type(found.body, name)
    return given(ending(name, kind), kind, found.body)


def _told(words: str, status: int) -> HttpResponse:
    response = HttpResponse(words, content_type="text/plain; charset=utf-8", status=status)
    response["Cache-Control"] = "no-store"
    return response
