"""What X's refusals mean, in plain words. Its problem documents carry a sentence for programmers;
the few that matter to an agent are known by their words."""

from __future__ import annotations

import re
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import Json, Refused, SendError

NO_CREDIT_WAIT = 1_800.0  # seconds
_CREDIT = (
    "creditsdepleted",
    "credits depleted",
    "any credits",
    "spend cap",
    "spending limit",
    "usage-capped",
)


class Gone(SendError):
    """The post does not exist (any more), or X does not show it to us."""


class Duplicate(SendError):
    """X holds these very words already: perhaps ours, from an attempt whose answer was lost."""


class NoCredit(SendError):
    """The prepaid money of the X account is used up."""


def problem(body: Any) -> Json:
    """One flat problem out of the shapes X uses: a problem document, or a list of errors."""
    if not isinstance(body, dict):
        return {}
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors and isinstance(errors[0], dict) else {}
    return {**first, **{name: value for name, value in body.items() if name != "errors"}}


def words(said: Json) -> str:
    """X's own sentence, short enough to be shown."""
    for name in ("detail", "message", "error_description", "title", "error"):
        value = said.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()[:300]
    return ""


def no_credit(status: int, said: Json) -> NoCredit | None:
    everything = " ".join(str(said.get(name, "")) for name in ("title", "detail", "type", "reason")).lower()
    if status != 402 and not any(sign in everything for sign in _CREDIT):
        return None
    return NoCredit(
        _("The credit of the X account is used up. Buy more in X's console; then what waits goes out."),
        permanent=False,
        retry_after=NO_CREDIT_WAIT,
    )


def forbidden(said: Json) -> Exception:
    """What a 403 means. X gives no codes: the words of its sentence decide."""
    heard = words(said).lower()
    kind = str(said.get("type", "")).rsplit("/", 1)[-1]
    # Ours, and not the account that is answered.
    if re.search(r"\byour account\b.*\b(suspended|locked)\b|\btemporarily locked\b", heard):
        return Refused(_("X has suspended or locked this account. Sign in at X to see what it asks for."))
    if re.search(r"\bscopes?\b", heard):  # of this action alone: the rest goes on
        return SendError(
            _("X did not give our app the permission for this. Connect the account again and agree."),
            permanent=True,
        )
    if kind in ("client-forbidden", "unsupported-authentication"):
        return Refused(
            _("X does not let our app do this. Check the app's plan and permissions, and connect again.")
        )
    if "duplicate" in heard:
        return Duplicate(
            _("X does not take the same words twice. Change something and send it again."), permanent=True
        )
    if "mentioned or otherwise engaged" in heard or "mentioned or are the author" in heard:
        return SendError(
            _("X lets us answer through its interface only who mentioned or quoted us. Post it by hand."),
            permanent=True,
        )
    if "deleted or not visible" in heard or kind == "resource-not-found":
        return gone()
    if "blocked" in heard:
        return SendError(_("This person has blocked our account on X."), permanent=True)
    if "restricted who can reply" in heard or "not allowed to reply" in heard:
        return SendError(_("The author has limited who may answer this post."), permanent=True)
    if "permission to dm" in heard or "direct message" in heard:
        return SendError(_("This person does not take direct messages from us."), permanent=True)
    return refused_with(said)


def gone() -> Gone:
    return Gone(_("The post is no longer there, or its author does not let us see it."), permanent=True)


def refused_with(said: Json) -> SendError:
    reason = words(said)
    if not reason:
        return SendError(_("X does not take this."), permanent=True)
    return SendError(_("X does not take this: %(reason)s") % {"reason": reason}, permanent=True)
