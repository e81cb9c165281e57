"""Who and what there is in the fake, and the Graph API's way of saying no."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]

# As Meta words them; the number says all.
TITLES = {
    100: "Invalid parameter",
    190: "Invalid OAuth access token",
    130429: "Rate limit hit",
    131008: "Required parameter is missing",
    131009: "Parameter value is not valid",
    131026: "Message undeliverable",
    131030: "Recipient phone number not in allowed list",
    131031: "Account has been locked",
    131047: "Re-engagement message",
    131053: "Media upload error",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132018: "Template parameters are not valid",
}


class Refusal(Exception):
    def __init__(self, code: int, details: str = "", *, status: int = 400, subcode: int = 0) -> None:
        super().__init__(details)
        self.code, self.details, self.status, self.subcode = code, details, status, subcode

    def body(self) -> Json:
        title = TITLES.get(self.code, "Unknown")
        error: Json = {
            "message": f"(#{self.code}) {title}",
            "type": "OAuthException",
            "code": self.code,
            "error_data": {"messaging_product": "whatsapp", "details": self.details or title},
            "fbtrace_id": "AinventedTrace",
        }
        return {"error": {**error, **({"error_subcode": self.subcode} if self.subcode else {})}}

    def late(self) -> Json:
        """The same, in a status."""
        title = TITLES.get(self.code, "Unknown")
        data = {"details": self.details or title}
        return {"code": self.code, "title": title, "message": title, "error_data": data,
                "href": "https://developers.facebook.example/errors"}  # fmt: skip


@dataclass(slots=True, eq=False)
class Number:
    id: str
    display: str
    name: str
    quality: str = "GREEN"
    status: str = "CONNECTED"
    profile: Json = field(default_factory=dict)
    tokens: float = 0.0

    def shown(self) -> Json:
        return {"id": self.id, "display_phone_number": self.display, "verified_name": self.name,
                "quality_rating": self.quality, "status": self.status}  # fmt: skip

    def metadata(self) -> Json:
        return {"display_phone_number": self.display.replace(" ", "").lstrip("+"), "phone_number_id": self.id}


@dataclass(slots=True, eq=False)
class Person:
    user_id: str
    phone: str
    name: str
    username: str = ""
    hides_number: bool = False
    unreachable: bool = False  # has blocked us, or has no WhatsApp any more

    def contact(self) -> Json:
        profile = {"name": self.name, **({"username": self.username} if self.username else {})}
        return {
            "profile": profile,
            **({} if self.hides_number else {"wa_id": self.phone}),
            "user_id": self.user_id,
        }

    def speaking(self) -> Json:
        return {**({} if self.hides_number else {"from": self.phone}), "from_user_id": self.user_id}


@dataclass(frozen=True, slots=True)
class File:
    id: str
    media_type: str
    body: bytes = field(repr=False)
    name: str = ""


@dataclass(slots=True)
class Out:
    """What a business sent, as the person has it."""

    id: str
    number: Number
    person: Person
    type: str
    what: Json
    answers: str
    tag: str
    at: float
    status: str = "accepted"
