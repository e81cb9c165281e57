"""Facebook Login: a person says yes on Meta's own page instead of pasting a token."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Begun
from cortafuegos.channels.contract import ConnectError, Json, Refused, SendError

from . import connecting
from .graph import ADDRESS, Graph

DIALOG = "https://www.facebook.com"
MOST_PAGES = 4  # of a hundred, of the pages that one person manages


def begin(form: Mapping[str, str], return_to: str, state: str, needed: Iterable[str]) -> Begun:
    address, version = connecting.address_of(form)
    app_id, secret = (form.get(name, "").strip() for name in ("app_id", "app_secret"))
    connecting.check_app(app_id, secret)
    asked = {
        "client_id": app_id,
        "redirect_uri": return_to,
        "state": state,
        "response_type": "code",
        "scope": ",".join(needed),
    }
    dialog = DIALOG if address == ADDRESS else address
    kept = {name: value for name, value in form.items() if name != "token"}
    return Begun(f"{dialog}/{version}/dialog/oauth?{urlencode(asked)}", kept)


def finish(kept: Json, query: Mapping[str, str], return_to: str) -> dict[str, str]:
    """The connect page filled in with the token of the page chosen. Raises ConnectError."""
    if query.get("error") or not query.get("code"):
        raise ConnectError(_("Meta gave no access: the permission was not given, or the page was left."))
    form = {name: str(value) for name, value in kept.items()}
    address, version = connecting.address_of(form)
    app_id, secret = form.get("app_id", ""), form.get("app_secret", "")
    app = {"client_id": app_id, "client_secret": secret}
    try:
        asking = Graph(address, version, f"{app_id}|{secret}")
        short = asking.get("oauth/access_token", **app, redirect_uri=return_to, code=query["code"])
        token = str(short.get("access_token") or "")
        # A page's token got with a long-lived one does not end.
        exchange = {"grant_type": "fb_exchange_token", "fb_exchange_token": token}
        long = asking.get("oauth/access_token", **app, **exchange)
        person = Graph(address, version, str(long.get("access_token") or token), secret=secret)
        pages = [
            page
            for found in person.pages("me/accounts", MOST_PAGES, fields="id,name,access_token", limit=100)
            for page in found
        ]
    except (Refused, SendError) as error:
        raise ConnectError(
            format_lazy(_("Meta did not finish the login: {reason}"), reason=str(error))
        ) from None
    page = _chosen(pages, form.get("page_id", "").strip())
    return {**form, "page_id": str(page.get("id")), "token": str(page.get("access_token") or "")}


def _chosen(pages: list[Json], page_id: str) -> Json:
    if not pages:
        raise ConnectError(_("This person manages no page, or gave access to none."), "page_id")
    if not page_id and len(pages) == 1:
        return pages[0]
    for page in pages:
        if str(page.get("id")) == page_id:
            return page
    names = ", ".join(f"{page.get('name')} ({page.get('id')})" for page in pages[:10])
    raise ConnectError(format_lazy(_("Write the ID of the page you mean: {pages}."), pages=names), "page_id")
