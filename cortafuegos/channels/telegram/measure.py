"""How Telegram counts, and what it allows. Bot API as of 2026-11.

Telegram speaks of "characters" and measures the places of links and mentions in UTF-16 code units.
Which of the two its limit means is not said; we count code units, of which there are never fewer,
so what fits for us fits for Telegram.
"""

from __future__ import annotations

from datetime import date

from cortafuegos.channels.files import Files

TEXT = 4096
CAPTION = 1024  # the words beside a file
ALBUM = 10  # files in one message
PHOTO_BYTES = 10_000_000
FILE_BYTES = 50_000_000
FILES = Files(
    date(2026, 11, 1),
    {"image/jpeg": PHOTO_BYTES, "image/png": PHOTO_BYTES, "*/*": FILE_BYTES},
    ALBUM,
    beside=CAPTION,
)
SHORT_DESCRIPTION = 120  # on the bot's page
DESCRIPTION = 512  # in a chat in which nothing has been said yet
GROUP_REST = 3.0  # seconds: 20 messages a minute in one group
REST = 0.04  # seconds: 30 messages a second in all


def measure(text: str) -> int:
    """UTF-16 code units of ``text``."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)
