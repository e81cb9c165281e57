"""Accounts of the demo stand on networks that are none, on this machine. None of what they do may reach
the real network, and no link in the desk may lead there: the invented handles may be somebody's."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from cortafuegos.channels import registry
from cortafuegos.channels.contract import AccountView, Connected, Connector, Delivery, Json, Post, Refused

MARK = "demo"  # in an account's config


def is_demo(config: Json) -> bool:
    return config.get(MARK) is True


def marked(found: Connected) -> Connected:
    """As an account of the demo. Raises Refused unless all its addresses are on this machine."""
    return replace(found, url="", config={**found.config, MARK: True})


def guard(network: str, config: Json) -> None:
    """Raises Refused for a demo account with an address that is not on this machine, or without one
    where its connector would take the real network's."""
    if not is_demo(config):
        return
    fields = [field for field in registry.connector(network).fields if field.kind == "url"]
    known = [str(config.get(field.name) or field.initial) for field in fields]
    told = [value for value in config.values() if isinstance(value, str) and "://" in value]
    if not all(here(address) for address in (*known, *told) if address) or not any((*known, *told)):
        raise Refused("A demo account may speak with this machine only.")


def here(address: str) -> bool:
    """Is it on this very machine?"""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def read(connector: Connector, account: AccountView, delivery: Delivery) -> list[Post]:
    """What ``read`` finds; of a demo account, without links into the real network."""
    posts = connector.read(account, delivery)
    return [unlinked(post) for post in posts] if is_demo(account.config) else posts


def unlinked(post: Post) -> Post:
    author = replace(post.author, url=kept(post.author.url), avatar=kept(post.author.avatar))
    files = tuple(replace(file, url=kept(file.url)) for file in post.attachments)
    return replace(post, author=author, url=kept(post.url), attachments=files)


def kept(address: str) -> str:
    return address if here(address) else ""


def shown(config: Json, address: str) -> str:
    """The address of what an account said, as it may stand in the desk."""
    return kept(address) if is_demo(config) else address
