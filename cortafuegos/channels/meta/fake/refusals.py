"""Meta's own refusals: codes, subcodes and words as an app gets them."""

from __future__ import annotations

import secrets
from typing import Any


class Refusal(Exception):
    def __init__(
        self, code: int, message: str, *, subcode: int = 0, status: int = 400, transient: bool = False
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.subcode = code, message, subcode
        self.status, self.transient = status, transient

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {
            "message": f"(#{self.code}) {self.message}",
            "type": "OAuthException" if self.code != 100 else "GraphMethodException",
            "code": self.code,
            "fbtrace_id": "A" + secrets.token_urlsafe(16),
        }
        if self.subcode:
            error["error_subcode"] = self.subcode
        if self.transient:
            error["is_transient"] = True
        return {"error": error}


def gone(own: str) -> Refusal:
    return Refusal(
        100, f"Unsupported request. Object with ID '{own}' does not exist or is not shown", subcode=33
    )


def no_permission(name: str) -> Refusal:
    return Refusal(200, f"Requires the {name} permission", status=403)


def outside_window() -> Refusal:
    return Refusal(10, "This message is sent outside of allowed window.", subcode=2018278, status=403)


def unreachable() -> Refusal:
    return Refusal(551, "This person isn't available right now.", subcode=1545041)


def invalid(what: str) -> Refusal:
    return Refusal(100, f"Param {what} is not valid")
