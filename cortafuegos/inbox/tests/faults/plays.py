"""One customer and one account on each network's stand-in, played alike, so that every fault can be
tried on all of them. Each play opens its own server and ends it with the block."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Authorises
from cortafuegos.channels.contract import Connected, Delivery
from cortafuegos.channels.fakes.faults import Faults
from cortafuegos.channels.fakes.serving import serving

BACK = "https://desk.example/back"


class Play(ABC):
    """network: the folder's name. public: where the customer writes. can_look: a lost answer can be
    looked for. limited: a refusal for pace with the network's own word of how long."""

    network: str
    public = True
    can_look = True
    polled = True
    sends: str  # how the request that answers begins
    reads = "GET "
    limited: Mapping[str, Any]
    faults: Faults
    address = ""

    @contextmanager
    def on(self) -> Iterator[Play]:
        with serving(self.app()) as self.address:
            yield self

    @abstractmethod
    def app(self) -> Any: ...

    @abstractmethod
    def form(self) -> dict[str, str]: ...

    @abstractmethod
    def says(self, text: str) -> None: ...

    @abstractmethod
    def skew(self, by: timedelta) -> None:
        """From here on the network's clock is ahead of ours."""

    @abstractmethod
    def got(self) -> list[str]:
        """What the customer has from us."""

    @abstractmethod
    def revoke(self) -> None: ...

    @abstractmethod
    def mend(self) -> None:
        """A person has seen to it on the network's side: the form leads in again."""

    @abstractmethod
    def edit(self, text: str) -> None: ...

    @abstractmethod
    def block(self) -> None: ...

    @abstractmethod
    def delete(self) -> None: ...

    def pushes(self) -> list[Delivery]:
        return []

    def connected(self) -> Connected:
        connector = registry.connector(self.network)
        if not isinstance(connector, Authorises) or not getattr(connector, "only_authorises", False):
            return connector.connect(self.form())
        begun = connector.begin(self.form(), BACK, "st4te")
        back = httpx.get(begun.address).headers["location"]
        return connector.finish(begun.kept, dict(parse_qsl(urlsplit(back).query)), BACK)
