"""Answers: out. WhatsApp has no idempotency key, and cannot be asked what was sent."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, Media, Outgoing, SendError, Sent

from . import measure, templates
from .line import Line, first, line, number_of
from .values import message_id

_IMAGES = ("image/jpeg", "image/png")
_VIDEOS = ("video/mp4", "video/3gpp")


def send(account: AccountView, outgoing: Outgoing) -> Sent:
    if outgoing.public:
        raise SendError(_("On WhatsApp everything is private."), permanent=True)
    spoken = line(account)
    body: Json = {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **_to(outgoing.target.ref),
        **_what(account, spoken, outgoing),
        # Comes back with every status of this message.
        "biz_opaque_callback_data": outgoing.key,
    }
    if answered := outgoing.target.ref.get("message"):
        body["context"] = {"message_id": answered}
    said = spoken.post(f"{number_of(account)}/messages", body)
    wamid = first(said, "messages").get("id")
    if not isinstance(wamid, str) or not wamid:
        raise SendError(_("WhatsApp answers with something unreadable."), permanent=False, lost=True)
    return Sent(
        network_id=message_id(wamid),
        ref={"message": wamid},
        conversation=outgoing.target.conversation,
        rest=max(spoken.rest, measure.REST),
    )


def _to(ref: Json) -> Json:
    """By number where it is known: everything can be sent so. Who hides it is written to by their id."""
    if ref.get("phone"):
        return {"to": str(ref["phone"])}
    if ref.get("user_id"):
        return {"recipient": str(ref["user_id"])}
    raise SendError(_("This message did not come from WhatsApp."), permanent=True)


def _what(account: AccountView, spoken: Line, outgoing: Outgoing) -> Json:
    if outgoing.template:
        template = templates.wanted(spoken, str(account.config.get("waba_id", "")), outgoing.template)
        filled = templates.filled(template, outgoing.template.get("values", {}))
        return {"type": "template", "template": filled}
    # Half of an emoji, as some editors leave it, is no text that WhatsApp takes.
    text = outgoing.text.encode("utf-8", "replace").decode()
    if not outgoing.media:
        return {"type": "text", "text": {"body": text, "preview_url": "https://" in text}}
    return _file(account, spoken, outgoing.media, text)


def _file(account: AccountView, spoken: Line, media: tuple[Media, ...], text: str) -> Json:
    if len(media) > 1:
        raise SendError(_("WhatsApp takes one file in a message. Send them one by one."), permanent=True)
    (one,) = media
    if measure.measure(text) > measure.CAPTION:
        raise SendError(
            _("Beside a file WhatsApp takes %(number)s characters. Send the text and the file apart.")
            % {"number": measure.CAPTION},
            permanent=True,
        )
    kind = kind_of(one, with_words=bool(text))
    if len(one.body) > measure.LARGEST[kind]:
        raise SendError(_("The file is too large for WhatsApp."), permanent=True)
    uploaded = spoken.keep(number_of(account), one)
    what: Json = {"id": uploaded, **({"caption": text} if text else {})}
    return {"type": kind, kind: {**what, **({"filename": one.name} if kind == "document" else {})}}


def kind_of(media: Media, *, with_words: bool) -> str:
    """A sound takes no words beside it, and a picture that is too large goes as a document."""
    kind = "document"
    if media.media_type in _IMAGES:
        kind = "image"
    elif media.media_type in _VIDEOS:
        kind = "video"
    elif media.media_type.startswith("audio/") and not with_words:
        kind = "audio"
    return kind if len(media.body) <= measure.LARGEST[kind] else "document"
