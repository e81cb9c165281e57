"""How Mastodon counts, and what it allows. Read 2026-11 from the server's own rules:
graphemes; a link counts 23 whatever its length; of a mention only ``@user`` counts.
"""

from __future__ import annotations

import regex

DEFAULT_LENGTH = 500  # a server may say otherwise: configuration.statuses.max_characters
URL_LENGTH = 23  # configuration.statuses.characters_reserved_per_url; no known server changes it
MENTION_ROOM = 32  # kept free for the leading "@user " that ``send`` adds: names are 30 at most
PROFILE_LENGTH = 500

_URL = regex.compile(r"(?<![\w@$#/])https?://[^\s<>\"]+", regex.IGNORECASE)
MENTION = regex.compile(r"(?<![=/\w])@([a-z0-9_]+(?:[a-z0-9_.-]*[a-z0-9_]+)?)(@[\w.-]+\w)?", regex.IGNORECASE)
_LEADING = regex.compile(r"^\s*" + MENTION.pattern + r"\s+", regex.IGNORECASE)
_GRAPHEME = regex.compile(r"\X")


def measure(text: str) -> int:
    """Graphemes of ``text`` as the server counts them, without one leading mention: its room is
    already taken off the limit, so that it is not counted twice when an agent types it."""
    text = _LEADING.sub("", text, count=1)
    text = _URL.sub(_placeholder, text)
    text = MENTION.sub(r"@\1", text)
    return len(_GRAPHEME.findall(text))


def _placeholder(found: regex.Match[str]) -> str:
    closing = found[0][len(found[0].rstrip(".,;:!?)»”'")) :]  # punctuation after a link is text
    return "x" * URL_LENGTH + closing


def allowed(max_characters: object) -> int:
    """The length left for the agent's own words."""
    usable = max_characters if isinstance(max_characters, int) and max_characters > 0 else DEFAULT_LENGTH
    return max(1, usable - MENTION_ROOM)
