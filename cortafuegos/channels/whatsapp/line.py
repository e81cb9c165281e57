"""The Graph API as this account speaks to it."""

from __future__ import annotations

from typing import Any

from cortafuegos.channels.contract import AccountView, Json, Media
from cortafuegos.channels.meta import graph

from .refusals import VERDICTS


class Line(graph.Graph):
    def keep(self, number: str, media: Media) -> str:
        """The id WhatsApp gives the file; it keeps it for 30 days."""
        form = {"messaging_product": "whatsapp", "type": media.media_type}
        # Nothing is said to anybody yet: a file that was uploaded twice does no harm.
        return str(self.upload(f"{number}/media", form, "file", media, writing=False).get("id") or "")


def line(account: AccountView) -> Line:
    return dial(account.config, account.credentials)


def dial(config: Json, credentials: Json) -> Line:
    return Line(
        str(config.get("address") or graph.ADDRESS),
        str(config.get("version") or graph.VERSION),
        str(credentials.get("token", "")),
        secret=str(credentials.get("app_secret", "")),
        verdicts=VERDICTS,
    )


def number_of(account: AccountView) -> str:
    return str(account.config.get("phone_number_id", ""))


def first(said: Json, name: str) -> Any:
    """The first object of a list in an answer; {} when there is none."""
    found = said.get(name)
    return found[0] if isinstance(found, list) and found and isinstance(found[0], dict) else {}
