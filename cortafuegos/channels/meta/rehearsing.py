"""What may be written to prove a page or an Instagram account: a comment under what it posted last itself,
for a moment. Posts that nobody sees would ask for a permission to publish, which the desk does not need."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, SendError, Target

from .account import graph_of, own_id
from .graph import listed

LOOKED_THROUGH = 20


def under_own(account: AccountView, edge: str, kind: str, place: str) -> tuple[Target, bool]:
    """``edge``: what lists the posts; ``kind`` and ``place``: what they are called in the ``ref`` of one."""
    fields = "id,from" if kind == "post" else "id,permalink"
    said = graph_of(account).get(f"{own_id(account)}/{edge}", fields=fields, limit=LOOKED_THROUGH)
    for one in listed(said):
        author = one.get("from")
        if kind == "post" and not (isinstance(author, dict) and str(author.get("id")) == own_id(account)):
            continue  # of a visitor
        own = str(one.get("id"))
        name = f"{account.network}:{own}"
        url = str(one.get("permalink") or f"https://www.facebook.com/{own}")
        ref: Json = {"kind": kind, "id": own, place: own, "top": own}
        return Target(name, account.network_id, account.handle, name, url, True, "", ref, ref), True
    raise SendError(
        _("Post something there first: the test comments on a post of your own, for a moment."),
        permanent=True,
    )
