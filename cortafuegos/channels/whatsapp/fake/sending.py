"""POST /<number>/messages: windows, pace, templates, and who can be reached."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .things import Json, Number, Out, Person, Refusal

if TYPE_CHECKING:
    from .network import WhatsApp

WINDOW = 24 * 3600
PAIR = (45, 6.0)  # a burst of so many to one person, then one in so many seconds
SECOND = 80  # messages from one number
KINDS = ("text", "image", "video", "audio", "document", "sticker", "location", "contacts", "reaction",
         "interactive", "template")  # fmt: skip


def send(network: WhatsApp, number: Number, given: Json) -> Json:
    if given.get("messaging_product") != "whatsapp":
        raise Refusal(100, "The parameter messaging_product is required.")
    if given.get("status") == "read":
        return {"success": True}
    kind = str(given.get("type") or "text")
    what = given.get(kind)
    if kind not in KINDS or not isinstance(what, dict | list):
        raise Refusal(131008, f"Parameter of type {kind} is missing")
    if number.status != "CONNECTED":
        raise Refusal(131031, "Business Account locked", status=403)
    to, recipient = str(given.get("to") or ""), str(given.get("recipient") or "")
    person = network.find(to, recipient)
    if not to and not recipient:
        raise Refusal(100, "The parameter to is required.")
    _content(network, kind, what if isinstance(what, dict) else {})
    _pace(network, number, person)
    refusal = _refused(network, number, person, kind)
    if refusal is not None and (not network.late_refusals or person is None):
        raise refusal
    assert person is not None  # noqa: S101 - nobody is always refused
    wamid = network.wamid()
    answered = (given.get("context") or {}).get("message_id", "")
    tag = str(given.get("biz_opaque_callback_data") or "")
    out = Out(wamid, number, person, kind, what, answered, tag, network.clock())  # type: ignore[arg-type]
    network.out[wamid] = out
    network.tells(out, "failed" if refusal else "sent", refusal)
    contact = {"input": to or recipient, **({"wa_id": person.phone} if to else {"user_id": person.user_id})}
    accepted = {"id": wamid, **({"message_status": "accepted"} if kind == "template" else {})}
    return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [accepted]}


def _refused(network: WhatsApp, number: Number, person: Person | None, kind: str) -> Refusal | None:
    if person is None or person.unreachable:
        return Refusal(131026, "Message failed to send because the recipient cannot be reached.")
    heard = network.heard.get((number.id, person.user_id))
    if kind != "template" and (heard is None or network.clock() - heard >= WINDOW):
        return Refusal(131047, "Message failed to send because more than 24 hours have passed.")
    return None


def _content(network: WhatsApp, kind: str, what: Json) -> None:
    if kind == "text":
        body = str(what.get("body") or "")
        if not body.strip():
            raise Refusal(100, "The parameter text['body'] is required.")
        if len(body.encode("utf-16-le", "surrogatepass")) // 2 > 4096:
            raise Refusal(100, "Param text['body'] must be at most 4096 characters long.")
    if kind in ("image", "video", "audio", "document", "sticker"):
        if len(str(what.get("caption") or "")) > 1024:
            raise Refusal(100, "Param caption must be at most 1024 characters long.")
        if "link" not in what and str(what.get("id")) not in network.files:
            raise Refusal(131009, "Media id is not valid.")
    if kind == "template":
        _template(network, what)


def _template(network: WhatsApp, what: Json) -> None:
    language = (what.get("language") or {}).get("code")
    found = [t for t in network.templates if t["name"] == what.get("name") and t["language"] == language
             and t["status"] == "APPROVED"]  # fmt: skip
    if not found:
        raise Refusal(132001, f"template name ({what.get('name')}) does not exist in {language}", status=404)
    body = next(c["text"] for c in found[0]["components"] if c["type"] == "BODY")
    wanted = set(re.findall(r"\{\{(\w+)\}\}", body))
    given = [
        p
        for c in what.get("components", [])
        if str(c.get("type")).lower() == "body"
        for p in c.get("parameters", [])
    ]
    if len(given) != len(wanted):
        raise Refusal(132000, f"body: number of localizable_params ({len(given)}) does not match")
    named = {p.get("parameter_name") for p in given} - {None}
    if found[0]["parameter_format"] == "NAMED" and named != wanted:
        raise Refusal(132000, "body: parameter names do not match")
    if any(re.search(r"[\n\t]| {5,}", str(p.get("text"))) for p in given):
        raise Refusal(132018, "Param text cannot have new-line/tab characters or more than 4 spaces")


def _pace(network: WhatsApp, number: Number, person: Person | None) -> None:
    now = network.clock()
    if sum(1 for out in network.out.values() if out.number is number and now - out.at < 1) >= SECOND:
        raise Refusal(130429, "Cloud API message throughput has been reached.", status=429)
    burst, seconds = PAIR
    recent = [o for o in network.out.values() if o.person is person and now - o.at < burst * seconds]
    if len(recent) >= burst:
        raise Refusal(131056, "Too many messages sent to the same phone number.", status=429)
