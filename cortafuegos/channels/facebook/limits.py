"""How long a text may be. As read on 2026-11-20; Meta counts UTF-16 nowhere in its words, so
characters are code points here. Pictures as its page on photos of pages recommends (2026-11-22)."""

from datetime import date

from cortafuegos.channels.files import Files

COMMENT = 8_000  # characters
MESSAGE = 2_000  # characters, Messenger
PICTURE = Files(date(2026, 11, 22), dict.fromkeys(("image/jpeg", "image/png"), 4_000_000))
