"""For every test: no connection beyond this machine."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest


class OutsideConnection(RuntimeError):
    """A test tried to reach another machine; it should use a twin on this one."""


def _is_here(address: Any) -> bool:
    host = address[0]
    if host in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True, scope="session")
def only_this_machine() -> Iterator[None]:
    originals = socket.socket.connect, socket.socket.connect_ex

    def guard(method: Any) -> Any:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address):
                raise OutsideConnection(f"no test may connect to {address[0]}")
            return method(self, address)

        return connect

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guard(originals[0]))
        patch.setattr(socket.socket, "connect_ex", guard(originals[1]))
        yield
