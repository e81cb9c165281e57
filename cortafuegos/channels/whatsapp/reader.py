"""One push, as posts. Pure."""

from __future__ import annotations

from dataclasses import replace

from cortafuegos.channels.contract import AccountView, Author, Delivery, Json, Kind, Post, Unreadable

from .events import Event, events
from .values import child, children, exchange, message_id, moment, needed, person_id, text
from .words import files, said


def read(account: AccountView, delivery: Delivery) -> list[Post]:
    posts: list[Post] = []
    for event in events(delivery.body):
        if account.network_id != f"whatsapp:{event.number}":
            continue  # another of the app's numbers, which has an account of its own
        if event.kind == "statuses":
            continue  # no words: see statuses.py
        if event.kind == "message_echoes":
            posts += _echo(account, event)
        elif event.kind == "user_id_update":
            posts += _new_id(account, event)
        else:
            posts += _message(account, event)
    return posts


def _message(account: AccountView, event: Event) -> list[Post]:
    message = event.what
    if "group_id" in message:
        raise Unreadable("a message in a WhatsApp group")
    kind = text(message, "type")
    if kind == "request_welcome":
        return []  # a chat was opened, and nothing said
    if kind == "system":
        return _system(account, event)
    contact = _contact(event)
    author = _author(message, contact)
    post = _post(account, event, author, message)
    match kind:
        case "reaction":
            # A sign under a message, not a message: it wakes nobody. Taken back, it says nothing.
            reaction = child(message, "reaction")
            answered = message_id(needed(reaction, "message_id"))
            return [replace(post, in_reply_to=answered, addressed=False)] if post.text else []
        case "edit":
            edit = child(message, "edit")
            inner = child(edit, "message")
            edited = _post(account, event, author, {**inner, "id": edit.get("original_message_id")})
            return [replace(edited, kind=Kind.EDIT)]
        case "revoke":
            gone = message_id(needed(child(message, "revoke"), "original_message_id"))
            return [replace(post, network_id=gone, kind=Kind.DELETE, text="")]
    return [post]


def _post(account: AccountView, event: Event, author: Author, message: Json) -> Post:
    kind = text(message, "type")
    wamid = needed(message, "id")
    attached = files(message)
    words = "" if kind in ("edit", "revoke") else said(message)
    answered = text(child(message, "context"), "id")
    return Post(
        network_id=message_id(wamid),
        author=author,
        text=words,
        posted_at=moment(event.what),
        public=False,
        conversation=exchange(account.network_id, author.network_id),
        in_reply_to=message_id(answered) if answered else "",
        attachments=tuple(attachment for attachment, _file in attached),
        ref=_ref(event, wamid, [file for _attachment, file in attached]),
    )


def _ref(event: Event, wamid: str, files: list[str]) -> Json:
    contact = _contact(event)
    ref: Json = {
        "user_id": text(event.what, "from_user_id") or text(contact, "user_id"),
        "phone": text(event.what, "from") or text(contact, "wa_id"),
        "message": wamid if text(event.what, "type") not in ("reaction", "system") else "",
        **({"files": files} if files else {}),
    }
    return {name: value for name, value in ref.items() if value}


def _contact(event: Event) -> Json:
    """Of the people the push tells of, the one who speaks."""
    contacts = children(event.value, "contacts")
    names = {text(event.what, "from_user_id"), text(event.what, "from")} - {""}
    for contact in contacts:
        if names & {text(contact, "user_id"), text(contact, "wa_id")}:
            return contact
    return contacts[0] if len(contacts) == 1 else {}


def _author(message: Json, contact: Json) -> Author:
    user_id = text(message, "from_user_id") or text(contact, "user_id")
    phone = text(message, "from") or text(contact, "wa_id")
    profile = child(contact, "profile")
    name, username = text(profile, "name"), text(profile, "username").lstrip("@")
    handle = username or (f"+{phone}" if phone else "") or name or user_id
    return Author(person_id(user_id, phone), handle, name)


def _system(account: AccountView, event: Event) -> list[Post]:
    """Who changed the number, and with it perhaps the id. ``user_id`` in it is the new one."""
    system, contact = child(event.what, "system"), _contact(event)
    now = {"user_id": text(system, "user_id"), "phone": text(system, "wa_id") or text(system, "new_wa_id")}
    known = text(event.what, "from_user_id") or text(system, "previous_user_id")
    before = {
        "user_id": known or (text(contact, "user_id") if text(contact, "user_id") != now["user_id"] else ""),
        "phone": text(event.what, "from") or text(system, "customer"),
    }
    name = text(child(contact, "profile"), "name")
    return _moved(account, event, needed(event.what, "id"), before, now, name, text(system, "body"))


def _new_id(account: AccountView, event: Event) -> list[Post]:
    """The number changed, or the person came out from behind another business: a new id for the same."""
    ids = child(event.what, "user_id")
    before, now = {"user_id": text(ids, "previous")}, {"user_id": text(ids, "current")}
    name = text(child(_contact(event), "profile"), "name")
    return _moved(account, event, event.key, before, now, name, text(event.what, "detail"))


def _moved(
    account: AccountView, event: Event, named: str, before: Json, now: Json, name: str, words: str
) -> list[Post]:
    """Shown where they were talking; an answer to it goes to where they are now."""
    now = {what: value for what, value in now.items() if value}
    if not words or not now or not any(before.values()):
        return []
    phone = str(before.get("phone", ""))
    author = Author(
        person_id(before["user_id"], phone), f"+{phone}" if phone else name or before["user_id"], name
    )
    return [
        Post(
            network_id=message_id(named),
            author=author,
            text=words,
            posted_at=moment(event.what),
            public=False,
            conversation=exchange(account.network_id, author.network_id),
            addressed=False,
            ref=now,
        )
    ]


def _ours(account: AccountView) -> Author:
    return Author(account.network_id, account.handle)


def _echo(account: AccountView, event: Event) -> list[Post]:
    """What somebody of the brand said from the WhatsApp Business app on the phone."""
    message = event.what
    person = person_id(text(message, "to_user_id"), text(message, "to"))
    if text(message, "type") in ("edit", "revoke", "reaction"):
        return []
    post = _post(account, event, _ours(account), message)
    conversation = exchange(account.network_id, person)
    ref = {"user_id": text(message, "to_user_id"), "phone": text(message, "to")}
    return [
        replace(post, conversation=conversation, addressed=False, ref={k: v for k, v in ref.items() if v})
    ]
