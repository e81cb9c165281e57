"""The fake as tests and the demo hold it: people who write, tap, edit, take back, change their number."""

from __future__ import annotations

import hashlib
import itertools
import re
import threading
import time
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp

from cortafuegos.channels.fakes.faults import Faults

from .things import File, Json, Number, Out, Person, Refusal

DAY = 86_400


class WhatsApp:
    """``clock`` gives Unix time, so that a test can let days pass. ``waiting`` holds what is to be
    pushed: (number, field, list's name, what, contact). ``late_refusals``: what is known to be
    wrong only in the person's direction is taken first, and fails in a status, as WhatsApp does."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock, self.lock, self.faults = clock, threading.RLock(), Faults()
        self.app_id, self.app_secret, self.waba = "710000000000001", "0123456789abcdef" * 2, "720000000000002"
        self.token, self.token_ends, self.revoked = "EAAinvented", 0, False
        self.scopes = ["whatsapp_business_management", "whatsapp_business_messaging"]
        self.subscribed = False
        self.late_refusals = True
        self.numbers: dict[str, Number] = {}
        self.people: list[Person] = []
        self.files: dict[str, File] = {}
        self.templates: list[Json] = []
        self.out: dict[str, Out] = {}
        self.heard: dict[tuple[str, str], float] = {}
        self.waiting: list[tuple[Number, str, str, Json, Json]] = []
        self._serial = itertools.count(1)

    def app(self) -> ASGIApp:
        from .app import application

        return application(self)

    # --- who there is ---

    def number(self, display: str, name: str) -> Number:
        number = Number(str(730000000000000 + next(self._serial)), display, name)
        self.numbers[number.id] = number
        return number

    def person(self, name: str, phone: str, username: str = "", *, hides_number: bool = False) -> Person:
        self.people.append(Person(self._new_id(), phone, name, username, hides_number))
        return self.people[-1]

    def template(self, name: str, body: str, language: str = "es", **more: Any) -> Json:
        places = list(dict.fromkeys(re.findall(r"\{\{(\w+)\}\}", body)))
        named = any(not place.isdecimal() for place in places)
        example: Json = {"body_text_named_params": [{"param_name": p, "example": "x"} for p in places]}
        example = example if named else {"body_text": [["x"] * len(places)]}
        component = {"type": "BODY", "text": body, **({"example": example} if places else {})}
        template = {
            "id": str(740000000000000 + next(self._serial)), "name": name, "language": language,
            "status": "APPROVED", "category": "UTILITY",
            "parameter_format": "NAMED" if named else "POSITIONAL",
            "components": [component], **more,
        }  # fmt: skip
        self.templates.append(template)
        return template

    def _new_id(self) -> str:
        return f"ES.{1_000_000_000_000 + next(self._serial)}"

    def wamid(self) -> str:
        return "wamid." + hashlib.sha256(str(next(self._serial)).encode()).hexdigest()[:32].upper()

    # --- what people do ---

    def says(self, person: Person, number: Number, text: str = "", **more: Any) -> str:
        """``more``: reply_to (a wamid), and what is sent instead of words, as the Cloud API says it:
        location, contacts, order, button, interactive ...; files as (type, bytes) or (type, bytes, name)."""
        context = {}
        if "reply_to" in more:
            us = number.metadata()["display_phone_number"]
            context["context"] = {"from": us, "id": more.pop("reply_to")}
        kind, what = next(iter(more.items()), ("text", {"body": text}))
        if isinstance(what, tuple):
            what = self._file(what, text)
        return self.event(person, number, kind, what, **context)

    def event(self, person: Person, number: Number, kind: str, what: Any, **more: Any) -> str:
        with self.lock:
            wamid = self.wamid()
            message = {**person.speaking(), "id": wamid, "timestamp": str(int(self.clock())), "type": kind,
                       **({kind: what} if what is not None else {}), **more}  # fmt: skip
            self.heard[number.id, person.user_id] = self.clock()
            self.waiting.append((number, "messages", "messages", message, person.contact()))
            return wamid

    def reacts(self, person: Person, number: Number, wamid: str, emoji: str) -> str:
        return self.event(
            person, number, "reaction", {"message_id": wamid, **({"emoji": emoji} if emoji else {})}
        )

    def edits(self, person: Person, number: Number, wamid: str, text: str) -> str:
        inner = {"type": "text", "text": {"body": text}, "context": {}}
        return self.event(person, number, "edit", {"original_message_id": wamid, "message": inner})

    def takes_back(self, person: Person, number: Number, wamid: str) -> str:
        return self.event(person, number, "revoke", {"original_message_id": wamid})

    def changes_number(self, person: Person, number: Number, phone: str) -> None:
        """A new number is a new id for every business."""
        with self.lock:
            old, old_phone, person.phone, person.user_id = person.user_id, person.phone, phone, self._new_id()
            at = str(int(self.clock()))
            body = f"User {person.name} changed from {old_phone} to {phone}"
            system = {"body": body, "wa_id": phone, "type": "user_changed_number", "user_id": person.user_id}
            message = {"from": old_phone, "from_user_id": old, "id": self.wamid(), "timestamp": at,
                       "type": "system", "system": system}  # fmt: skip
            contact = person.contact()
            self.waiting.append((number, "messages", "messages", message, {}))
            update = {"wa_id": phone, "detail": f"User id for {person.name} has been updated.",
                      "user_id": {"previous": old, "current": person.user_id}, "timestamp": at}  # fmt: skip
            self.waiting.append((number, "user_id_update", "user_id_update", update, contact))

    def _file(self, what: tuple[Any, ...], caption: str) -> Json:
        media_type, body, *name = what
        file = self.keep(media_type, body, *name)
        said = {"id": file.id, "mime_type": media_type, "sha256": hashlib.sha256(body).hexdigest()}
        more = {**({"caption": caption} if caption else {}), **({"filename": name[0]} if name else {})}
        return {**said, **more, **({"voice": True} if "opus" in media_type else {})}

    def keep(self, media_type: str, body: bytes, name: str = "") -> File:
        file = File(str(750000000000000 + next(self._serial)), media_type, body, name)
        self.files[file.id] = file
        return file

    # --- what becomes of what the business says ---

    def tells(self, out: Out, status: str, refusal: Refusal | None = None) -> None:
        """A status for the business: sent, delivered, read, failed."""
        with self.lock:
            out.status = status
            what: Json = {"id": out.id, "status": status, "timestamp": str(int(self.clock())),
                          "recipient_user_id": out.person.user_id}  # fmt: skip
            if not out.person.hides_number:
                what["recipient_id"] = out.person.phone
            if out.tag:
                what["biz_opaque_callback_data"] = out.tag
            if refusal is not None:
                what["errors"] = [refusal.late()]
            elif status != "read":
                what["pricing"] = {"billable": False, "pricing_model": "PMP", "category": "service",
                                   "type": "free_customer_service"}  # fmt: skip
            self.waiting.append((out.number, "messages", "statuses", what, out.person.contact()))

    def find(self, to: str, recipient: str) -> Person | None:
        return next(
            (p for p in self.people if p.user_id == recipient or (to and p.phone == to.lstrip("+"))), None
        )
