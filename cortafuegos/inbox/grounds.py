"""What speaks for two accounts being one person's, in plain words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.inbox import harmless
from cortafuegos.inbox.likeness import Ground, Kind, Where


def told(ground: Ground) -> dict[str, Any]:
    """As the pages show it. The words speak of the one whose page it is, and of the other account."""
    words = {"value": harmless.name(ground.value)}
    said = _both(ground) if ground.who == "both" else _one(ground)
    return {"words": said % words, "strong": ground.strong, "fair": ground.fair}


def _one(ground: Ground) -> str:
    match ground.kind, ground.who, ground.where:
        case Kind.PROFILE, "there", Where.PROFILE:
            return _("The profile of the other account leads to this one: %(value)s")
        case Kind.MAIL, "there", Where.PROFILE:
            return _("The profile of the other account has the address they write from: %(value)s")
        case Kind.PHONE, "there", Where.PROFILE:
            return _("The profile of the other account has their number: %(value)s")
        case Kind.PROFILE, _who, Where.PROFILE:
            return _("Their profile leads to the other account: %(value)s")
        case Kind.PROFILE, _who, _where:
            return _("They named the other account, which does not say that it is theirs: %(value)s")
        case Kind.MAIL, "here", Where.PROFILE:
            return _("Their profile has the address the other account writes from: %(value)s")
        case Kind.MAIL, "here", Where.PRIVATE:
            return _("In private they gave the address the other account writes from: %(value)s")
        case Kind.MAIL, "there", Where.PRIVATE:
            return _("In private the other account gave the address they write from: %(value)s")
        case Kind.MAIL, _who, _where:
            return _("The address of one stands in public at the other, where anybody can put it: %(value)s")
        case _kind, "here", Where.PROFILE:
            return _("Their profile has the number of the other account: %(value)s")
        case _kind, "here", Where.PRIVATE:
            return _("In private they gave the number of the other account: %(value)s")
        case _kind, "there", Where.PRIVATE:
            return _("In private the other account gave their number: %(value)s")
    return _("The number of one stands in public at the other, where anybody can put it: %(value)s")


def _both(ground: Ground) -> str:
    match ground.kind, ground.fair:
        case Kind.NAME, _fair:
            return _("They have the same name, as many people do.")
        case Kind.HANDLE, _fair:
            return _("They have the same handle, which anybody can take.")
        case Kind.MAIL, True:
            return _("Both gave the same address in private: %(value)s")
        case Kind.PHONE, True:
            return _("Both gave the same number in private: %(value)s")
        case Kind.REFERENCE, True:
            return _("Both gave the same reference in private, as a family on one booking does: %(value)s")
    return _("Both gave the same, and one of them in public, where anybody can copy it: %(value)s")
