"""The Graph API as this account speaks to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from cortafuegos.channels.contract import AccountView, Json, Media, SendError
from cortafuegos.channels.meta import graph, signature

from .refusals import VERDICTS


class Line(graph.Graph):
    def upload(self, number: str, media: Media, media_type: str) -> str:
        """The id WhatsApp gives the file; it keeps it for 30 days."""
        import httpx

        params = {"appsecret_proof": signature.proof(self._token, self._secret)} if self._secret else {}
        try:
            answer = graph.client().post(
                f"{self._base}{number}/media",
                params=params,
                data={"messaging_product": "whatsapp", "type": media_type},
                files={"file": (media.name, media.body, media_type)},
                headers={"authorization": f"Bearer {self._token}"},
            )
        except httpx.HTTPError:
            # Nothing was said to anybody yet: a file that was uploaded twice does no harm.
            raise SendError(gettext("Meta cannot be reached."), permanent=False) from None
        said = self._read(answer.status_code, answer.content, answer.headers, writing=False)
        return str(said.get("id") or "")


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
