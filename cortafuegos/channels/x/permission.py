"""May this answer go out through X's interface? Told before anybody writes. Pure.

Rule of 2026-02-23, see ``rules.REPLY_RULE_SINCE``; that the post summons us was written down by ``read``.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Closed, Permission
from cortafuegos.channels.contract import AccountView, Target

from . import names

UNINVITED = _(
    "X lets us answer through its interface only who mentioned us or quoted us. Write it here, post it in "
    "X's own window, and paste the link."
)
NOT_IN_PUBLIC = _("This was said in private. On X it cannot be answered in public.")
NO_MESSAGES = _("This person does not take direct messages from us. Answer in public, and ask them to write.")
NO_ACCESS = _("Our app at X may not read or write direct messages.")
MAY_FAIL = _("It arrives only if this person takes messages from everybody, or follows us.")


def permission(account: AccountView, target: Target, *, public: bool) -> Permission:
    if not public:
        if not account.config.get("messages", True):
            return Permission(Closed.NEVER, NO_ACCESS)
        if target.public and target.ref.get("messages") is False:
            return Permission(Closed.NEVER, NO_MESSAGES)
        return Permission(sentence=MAY_FAIL if target.public else "")
    if not target.public:
        return Permission(Closed.NEVER, NOT_IN_PUBLIC)
    mine = target.author_id == names.person(names.number(account.network_id))
    if account.config.get("enterprise") or target.ref.get("summoned") is True or mine:
        return Permission()
    return Permission(Closed.UNINVITED, UNINVITED, by_hand=True)
