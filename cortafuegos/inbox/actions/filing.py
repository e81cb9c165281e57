"""Files that our people attach: taken in, chosen for a reply, handed to its network, and cleared away."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _gettext
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.contract import Media, SendError
from cortafuegos.channels.files import SHRINKABLE
from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.files import pictures, taking
from cortafuegos.inbox.files.carrying import Json, entry, wanted
from cortafuegos.inbox.files.names import safe
from cortafuegos.inbox.files.sorts import media_type
from cortafuegos.inbox.models import File, FileBody, Reply
from cortafuegos.kit import clock
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

MOST_BYTES = 25_000_000  # what most mail servers carry; every network's own limit is asked besides
MOST_UNUSED = 60  # files of one person that nothing has been sent with
KEPT = timedelta(days=1)  # a file that no draft holds any more
STILL_OPEN = timedelta(hours=1)  # its draft may not have been kept yet


def keep(actor: Agent, uid: uuid.UUID, name: str, body: bytes) -> File:
    """Take a file in. The same ``uid`` again is the same file: an upload whose answer was lost may be
    sent once more. Pictures are made anew. Refuses with ``empty``, ``too_large``, ``no_such_sort``,
    ``broken``, ``too_many``, ``not_yours``."""
    allow(actor, May.WRITE)
    if known := _known(actor, uid):
        return known
    if not body:
        raise Refusal(_("This file is empty."), code="empty", status=422)
    if len(body) > MOST_BYTES:
        raise too_large()
    unused = File.objects.filter(brand_id=actor.brand_id, agent=actor, used=False)
    if unused.count() >= MOST_UNUSED:  # what was taken out of every draft goes at once
        clear(actor.brand_id, clock.now() + KEPT - STILL_OPEN)
    if unused.count() >= MOST_UNUSED:
        raise Refusal(
            _("You have %(number)d files waiting that nothing was sent with. Take some out of your drafts.")
            % {"number": MOST_UNUSED},
            code="too_many",
            status=422,
        )
    read = _read(name, body)
    try:
        with transaction.atomic():
            file = File.objects.create(
                brand_id=actor.brand_id, agent=actor, uid=uid, name=safe(name, read.media_type),
                media_type=read.media_type, size=len(read.body), width=read.width, height=read.height,
                created_at=clock.now(),
            )  # fmt: skip
            FileBody.objects.create(brand_id=actor.brand_id, file=file, body=read.body)
    except IntegrityError:  # the first attempt was still on its way
        if known := _known(actor, uid):
            return known
        raise
    return file


def too_large() -> Refusal:
    most = {"most": MOST_BYTES // 1_000_000}
    return Refusal(_("A file may have %(most)d MB.") % most, code="too_large", status=413)


def _known(actor: Agent, uid: uuid.UUID) -> File | None:
    known = File.objects.filter(brand_id=actor.brand_id, uid=uid).first()
    if known is not None and known.agent_id != actor.pk:
        raise Refusal(_("This file is somebody else's."), code="not_yours", status=403)
    return known


@dataclass(frozen=True, slots=True)
class _Read:
    body: bytes
    media_type: str
    width: int | None = None
    height: int | None = None


def _read(name: str, body: bytes) -> _Read:
    found = media_type(body, name)
    if not found:
        raise Refusal(
            _("Pictures, MP4 films, sounds, PDF, office documents and plain text can be sent. This is none."),
            code="no_such_sort",
            status=422,
        )
    if not found.startswith("image/"):
        return _Read(body, found)
    try:
        picture = pictures.cleaned(body)
    except pictures.Moving:
        raise Refusal(
            _("A moving picture goes as GIF or as an MP4 film."), code="no_such_sort", status=422
        ) from None
    except pictures.TooManyPoints:
        raise Refusal(_("This picture has too many points."), code="too_large", status=413) from None
    except pictures.Unusable:
        raise Refusal(
            _("This picture cannot be opened. Perhaps it was cut short on its way."),
            code="broken",
            status=422,
        ) from None
    return _Read(picture.body, picture.media_type, picture.width, picture.height)


def chosen(actor: Agent, raw: str, *, strict: bool = True) -> list[Json]:
    """What a form says a reply carries, as it is stored. ``strict``: a file that is not here any more
    is refused (``no_such_file``); without it, left out."""
    try:
        asked = wanted(raw)
    except ValueError:
        raise Refusal(_("The list of files cannot be read."), code="no_such_file", status=422) from None
    if not asked:
        return []
    rows = File.objects.filter(brand_id=actor.brand_id, uid__in=[one.uid for one in asked])
    here = {file.uid: file for file in rows}
    if strict and len(here) < len(asked):
        raise Refusal(
            _("A file is no longer here. Take it out and attach it again."), code="no_such_file", status=422
        )
    kept = ((here[one.uid], one.alt) for one in asked if one.uid in here)
    return [entry(file.uid, file.name, file.media_type, file.size, alt) for file, alt in kept]


def hand_over(brand_id: int, carried: Sequence[Json]) -> None:
    """From now on they belong to what was written, and are not cleared away."""
    if carried:
        uids = [one["file"] for one in carried]
        File.objects.filter(brand_id=brand_id, uid__in=uids).update(used=True)


def media(reply: Reply) -> tuple[Media, ...]:
    """The files of a reply with their contents, pictures as small as its network wants them. Raises
    SendError when one is not here any more."""
    found = []
    for one in reply.files:
        rows = FileBody.objects.filter(brand_id=reply.brand_id, file__uid=one["file"])
        held = rows.select_related("file").first()
        if held is None:
            gone = _gettext("%(name)s is no longer here, so nothing was sent.") % {"name": one["name"]}
            raise SendError(gone, permanent=True)
        found.append(_fitting(reply, held, one["name"], one.get("alt", "")))
    return tuple(found)


def _fitting(reply: Reply, held: FileBody, name: str, alt: str) -> Media:
    file, body = held.file, bytes(held.body)
    most = taking.takes(reply.account, reply.target, public=reply.public).most_bytes(file.media_type)
    if file.media_type not in SHRINKABLE or not most:
        return Media(name, file.media_type, body, alt, file.width, file.height)
    try:
        small = pictures.fitted(
            pictures.Picture(body, file.media_type, file.width or 0, file.height or 0), most
        )
    except pictures.Unusable:
        large = _gettext("%(name)s cannot be made small enough for this network.") % {"name": name}
        raise SendError(large, permanent=True) from None
    return Media(safe(name, small.media_type), small.media_type, small.body, alt, small.width, small.height)


_CLEAR = """
WITH stale AS (
  SELECT f.id FROM cortafuegos_file f
   WHERE f.brand_id = %(brand)s AND NOT f.used AND f.created_at < %(before)s
     AND NOT EXISTS (
       SELECT 1 FROM cortafuegos_draft d, jsonb_array_elements(d.files) one
        WHERE d.brand_id = f.brand_id AND one->>'file' = f.uid::text)
     FOR UPDATE SKIP LOCKED
), bodies AS (
  DELETE FROM cortafuegos_filebody b USING stale WHERE b.brand_id = %(brand)s AND b.file_id = stale.id
)
DELETE FROM cortafuegos_file f USING stale WHERE f.brand_id = %(brand)s AND f.id = stale.id
"""


def clear(brand_id: int, now: datetime) -> int:
    """Delete what was attached, never sent, and is in no draft. Returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLEAR, {"brand": brand_id, "before": now - KEPT})
        return int(cursor.rowcount)
