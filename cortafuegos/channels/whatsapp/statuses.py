"""What became of our messages, as WhatsApp tells it in a push. Pure."""

from __future__ import annotations

from django.utils import translation

from cortafuegos.channels.capabilities import Status, Step
from cortafuegos.channels.contract import AccountView, Delivery, Json
from cortafuegos.channels.meta.errors import Problem

from .events import Event, events
from .refusals import sentence
from .values import children, message_id, moment, needed, text

_STEPS = {
    "sent": Step.SENT,
    "delivered": Step.DELIVERED,
    "read": Step.READ,
    "played": Step.READ,  # a voice message
    "failed": Step.FAILED,
}


def statuses(account: AccountView, delivery: Delivery) -> list[Status]:
    return [
        _status(account, event)
        for event in events(delivery.body)
        if event.kind == "statuses"
        and account.network_id == f"whatsapp:{event.number}"
        and text(event.what, "status") in _STEPS
    ]


def _status(account: AccountView, event: Event) -> Status:
    status = event.what
    step = _STEPS[text(status, "status")]
    return Status(
        step,
        moment(status),
        message_id(needed(status, "id")),
        reason=_reason(account, event.value, status) if step is Step.FAILED else "",
        key=text(status, "biz_opaque_callback_data"),
    )


def _reason(account: AccountView, value: Json, status: Json) -> str:
    error = (children(status, "errors") or children(value, "errors") or [{}])[0]
    code = error.get("code")
    with translation.override(account.language or "en"):
        return sentence(Problem(400, code if isinstance(code, int) else 0))
