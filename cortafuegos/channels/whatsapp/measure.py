"""What WhatsApp allows. As read on 2026-11-22; the unit of its "characters" is not said, so code units
of UTF-16 are counted, of which there are never fewer."""

from __future__ import annotations

from datetime import date, timedelta

from cortafuegos.channels.files import Files

TEXT = 4096
CAPTION = 1024
WINDOW = timedelta(hours=24)  # after the person's last message
PLACE = 1024  # a value in a template
ABOUT = 139
DESCRIPTION = 512
REST = 1 / 80  # seconds: 80 messages a second from one number
# Bytes, by what WhatsApp calls them.
LARGEST = {"image": 5_000_000, "audio": 16_000_000, "video": 16_000_000, "document": 100_000_000}

FILES = Files(
    date(2026, 11, 22),
    {
        **dict.fromkeys(("image/jpeg", "image/png"), LARGEST["image"]),
        **dict.fromkeys(("video/mp4", "video/3gpp"), LARGEST["video"]),
        "*/*": LARGEST["document"],
    },
    beside=CAPTION,
)


def measure(text: str) -> int:
    """UTF-16 code units of ``text``."""
    return sum(2 if ord(character) > 0xFFFF else 1 for character in text)
