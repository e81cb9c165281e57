"""For every test: no connection beyond this machine, and a database that is cleaned whoever still looks."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.test import TransactionTestCase

from cortafuegos.kit.database import deadlocked


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


@pytest.fixture(autouse=True, scope="session")
def cleaned_again() -> Iterator[None]:
    """A closed browser leaves requests behind that still read. When PostgreSQL lets them pass and stops
    the cleaning, it is begun again."""
    clean = TransactionTestCase._fixture_teardown

    def cleaned(case: TransactionTestCase, tries: int = 5) -> None:
        try:
            clean(case)
        except CommandError as error:
            if tries == 1 or not (error.__cause__ and deadlocked(error.__cause__)):
                raise
            cleaned(case, tries - 1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", cleaned)
        yield
