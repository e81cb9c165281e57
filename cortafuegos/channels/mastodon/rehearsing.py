"""What may be written on Mastodon to prove the account: a direct post to itself, which nobody else gets."""

from __future__ import annotations

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Json, SendError, Target

from .wire import Gone, speaking, status_json, wire


def rehearsal(account: AccountView) -> tuple[Target, bool]:
    """Under the last thing that the account itself said."""
    line = wire(account)
    with speaking(line):
        line.api.account_statuses(
            str(account.config["account_id"]), limit=1, exclude_reblogs=True, exclude_replies=True
        )
        page = [status_json(status) for status in line.raw()]
    if not page:
        raise SendError(
            _("Post something on Mastodon first: the test answers a post of your own."), permanent=True
        )
    status = page[0]
    uri = str(status.get("uri") or status.get("url"))
    ref: Json = {"server": account.config["server"], "id": str(status["id"]), "visibility": "direct"}
    return Target(uri, account.network_id, account.handle, uri, "", False, "", ref, ref), False


def withdraw(account: AccountView, network_id: str, ref: Json) -> None:
    number = str(ref.get("id") or "")
    if not number or ref.get("server") != account.config["server"]:
        raise SendError(_("Only the account that posted it can delete it."), permanent=True)
    line = wire(account)
    try:
        with speaking(line, writing=True):
            line.api.status_delete(number)
    except Gone:
        return
