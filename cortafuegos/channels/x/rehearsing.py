"""What may be written on X to prove the account: an answer under the last post of our own, for a moment."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortafuegos.channels.capabilities import target_of
from cortafuegos.channels.contract import AccountView, SendError, Target, Unreadable

from . import names, posts
from .values import child, children
from .vocabulary import ask


def rehearsal(account: AccountView) -> tuple[Target, bool]:
    said = ask(account, f"/2/users/{names.number(account.network_id)}/tweets", {"max_results": "5"}).body
    for one in children(said, "data"):
        try:
            post = posts.read(account, one, child(said, "includes"))
        except Unreadable:
            continue
        if post and post.author.network_id == account.network_id and not post.in_reply_to:
            return target_of(post), True
    raise SendError(_("Post something on X first: the test answers a post of your own."), permanent=True)
