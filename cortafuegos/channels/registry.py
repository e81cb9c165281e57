"""Finds the connectors: every sub-package of ``cortafuegos.channels`` that has ``connector``."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from functools import cache

from cortafuegos import channels
from cortafuegos.channels.contract import Connector


class UnknownNetwork(LookupError):
    pass


@cache
def networks() -> tuple[str, ...]:
    """Names of the folders that hold a connector, in alphabetical order, without importing them."""
    return tuple(
        sorted(m.name for m in pkgutil.iter_modules(channels.__path__) if m.ispkg and _has_connector(m.name))
    )


def _has_connector(name: str) -> bool:
    return importlib.util.find_spec(f"cortafuegos.channels.{name}.connector") is not None


@cache
def connector(network: str) -> Connector:
    if network not in networks():
        raise UnknownNetwork(network)
    module = importlib.import_module(f"cortafuegos.channels.{network}.connector")
    found: Connector = module.connector
    return found


def connectors() -> tuple[Connector, ...]:
    return tuple(connector(name) for name in networks())
