"""How long a text may be. As read on 2026-11-20; Meta counts UTF-16 nowhere in its words, so
characters are code points here."""

COMMENT = 8_000  # characters
MESSAGE = 2_000  # characters, Messenger
