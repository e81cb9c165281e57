"""X's refusals, in its shapes and words (its documentation, and bodies that clients have recorded)."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
BASE = "https://api.x.com/2/problems/"


class Problem(Exception):
    def __init__(self, status: int, body: Json, headers: dict[str, str] | None = None) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers or {}


def plain(status: int, title: str, detail: str, kind: str = "about:blank") -> Problem:
    return Problem(status, {"title": title, "detail": detail, "type": kind, "status": status})


def unauthorized() -> Problem:
    return plain(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str) -> Problem:
    return plain(403, "Forbidden", detail)


def not_enrolled() -> Problem:
    body = {
        "client_id": "1", "reason": "client-not-enrolled",
        "required_enrollment": "Appropriate Level of API Access",
        "registration_url": "https://developer.x.com/en/docs/projects/overview", "title": "Client Forbidden",
        "detail": "You must use keys and tokens from an App that is attached to a Project.",
        "type": BASE + "client-forbidden",
    }  # fmt: skip
    return Problem(403, body)


def no_credit() -> Problem:
    detail = "Your enrolled account does not have any credits to fulfill this request."
    return plain(402, "CreditsDepleted", detail, BASE + "credits")


def invalid(name: str, value: str, message: str) -> Problem:
    body = {
        "errors": [{"parameters": {name: [value]}, "message": message}],
        "title": "Invalid Request",
        "detail": "One or more parameters to your request was invalid.",
        "type": BASE + "invalid-request",
    }
    return Problem(400, body)


def missing(kind: str, number: str, parameter: str) -> Json:
    """One that was asked for among others, and is not there."""
    return {
        "value": number,
        "detail": f"Could not find {kind} with {parameter}: [{number}].",
        "title": "Not Found Error",
        "resource_type": kind,
        "parameter": parameter,
        "resource_id": number,
        "type": BASE + "resource-not-found",
    }


def not_found(kind: str, number: str) -> Problem:
    return plain(
        404, "Not Found Error", f"Could not find {kind} with id: [{number}].", BASE + "resource-not-found"
    )


def too_many(headers: dict[str, str]) -> Problem:
    refused = plain(429, "Too Many Requests", "Too Many Requests")
    refused.headers = headers
    return refused


UNINVITED = (
    "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by "
    "the author of the post you are replying to."
)
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
INVISIBLE = "You attempted to reply to a Tweet that is deleted or not visible to you."
BLOCKED = "You have been blocked from replying to this person's Tweets."
RESTRICTED = "The original Tweet author restricted who can reply to this Tweet."
NO_MESSAGES = "You do not have permission to DM one or more participants."
SUSPENDED = "Your account is suspended and is not permitted to access this feature."
SCOPE = "Your client app is not configured with the appropriate oauth2 scope for this endpoint."
