"""A Meta of our own on loopback: pages, Messenger, Instagram, their webhooks and their moods."""

from .network import MetaNetwork

__all__ = ["MetaNetwork"]
