"""Taking back what we said, and hiding what others said under our posts."""

from __future__ import annotations

from contextlib import suppress

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, SendError, Target

from .account import graph_of
from .errors import Gone, this_alone


def withdraw(account: AccountView, ref: Json, *, public: bool) -> None:
    if not public:
        raise SendError(_("Meta does not let a private message be taken back."), permanent=True)
    with suppress(Gone), this_alone():
        graph_of(account).delete(str(ref["id"]))


def hide(account: AccountView, target: Target, *, name: str, hidden: bool) -> None:
    """``name``: what the network calls it, is_hidden or hide."""
    if target.ref.get("kind") not in ("comment", "live"):
        raise SendError(_("Only a comment under a post of ours can be hidden."), permanent=True)
    with this_alone():
        graph_of(account).post(str(target.ref["id"]), {name: hidden})
