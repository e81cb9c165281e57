"""The words of the rules of tone, written down as phrases (see ``tone.phrases``), a family a file.

Everything is folded: lower case, no accents. Spanish of Spain, Mexico, Argentina, Colombia, Chile
and Peru, and English; Portuguese where a word or two does it.
"""

from __future__ import annotations


def words(listed: str) -> frozenset[str]:
    """A set of words, written as one text."""
    return frozenset(listed.split())


def any_of(listed: str) -> str:
    """The same as alternatives of a phrase."""
    return "|".join(listed.split())
