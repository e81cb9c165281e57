"""The sandbox network from the outside: customers who write, tokens that end."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import dataclass
from typing import Any

import httpx
from playwright.sync_api import Page

from cortafuegos.channels.sandbox.store import Store
from e2e.desk import Desk

SUPPORT = "marnalba_ayuda"
BECOMES_A_CASE_IN = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Customer:
    handle: str
    name: str


class Plaza:
    def __init__(self, desk: Desk) -> None:
        self.url = f"{desk.url}/sandbox"
        token = Store(desk.home / "sandbox.sqlite").admin_token
        self._api = httpx.Client(
            base_url=f"{self.url}/api/admin", headers={"Authorization": f"Bearer {token}"}, timeout=30
        )

    def customer(self, name: str, **values: Any) -> Customer:
        """Somebody new, so that no test meets another's past."""
        handle = re.sub(r"[^a-z]", "", name.lower()) + "_" + secrets.token_hex(3)
        self._call("POST", "/accounts", handle=handle, name=name, language="es", **values)
        return Customer(handle, name)

    def says(self, who: Customer, text: str, *, parent: str = "", private: bool = False) -> str:
        """In public, naming the brand unless it answers something; returns the post's address."""
        if private:
            return str(self._call("POST", "/speak", **{"as": who.handle, "to": SUPPORT, "text": text})["uri"])
        said = {"as": who.handle, "text": text if parent else f"@{SUPPORT} {text}"}
        return str(self._call("POST", "/speak", **said, **({"parent": parent} if parent else {}))["uri"])

    def pause(self) -> None:
        self._call("PUT", "/story", running=False)

    def revoke_token(self, handle: str = SUPPORT) -> None:
        self._call("POST", "/faults", kind="revoke_token", handle=handle)

    def fault(self, kind: str, **values: Any) -> None:
        self._call("POST", "/faults", kind=kind, **values)

    def token(self, handle: str = SUPPORT) -> str:
        return str(self._call("POST", "/accounts", handle=handle)["token"])

    def _call(self, method: str, path: str, **body: Any) -> Any:
        answer = self._api.request(method, path, json=body)
        answer.raise_for_status()
        return answer.json()

    def case(self, page: Page, brand: str, words: str) -> str:
        """The address of the case these words became part of, looked for as the palette does."""
        deadline = time.monotonic() + BECOMES_A_CASE_IN
        while True:
            found = page.request.get(f"{brand}/palette", params={"q": words, "only": "cases"}).text()
            if numbers := re.findall(r'data-number="(\d+)"', found):
                return f"{brand}/cases/{numbers[0]}"
            assert time.monotonic() < deadline, "no case was made of it"
            time.sleep(0.25)
