"""How a network is named and marked, also when its folder is no longer there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Follows
from cortafuegos.channels.fetching import Fetches


@dataclass(frozen=True, slots=True)
class Look:
    network: str
    name: Any  # as people call it
    mark: str  # one or two letters


def follows(network: str) -> bool:
    """Does the network tell what became of our messages?"""
    return _can(network, Follows)


def fetches(network: str) -> bool:
    """Does the desk get at files that only the account's token opens?"""
    return _can(network, Fetches)


def _can(network: str, what: type) -> bool:
    try:
        return isinstance(registry.connector(network), what)
    except registry.UnknownNetwork:
        return False


def look(network: str) -> Look:
    try:
        connector = registry.connector(network)
    except registry.UnknownNetwork:
        return Look(network, network.capitalize(), network[:1].upper())
    return Look(network, connector.name, connector.mark)
