"""How often something may be tried. Counted in this process's memory: with several web processes each
counts for itself, which is enough against a flood and nothing to rely on against guessing."""

from __future__ import annotations

from django.core.cache import cache

from cortafuegos.kit import crypto


def too_fast(what: str, who: str, most: int, seconds: int) -> bool:
    """Count one more; True when ``who`` has done it more than ``most`` times within ``seconds``."""
    key = f"pace:{what}:{crypto.token_hash(who)[:32]}"
    cache.add(key, 0, seconds)
    try:
        return bool(cache.incr(key) > most)
    except ValueError:  # forgotten between the two lines
        return False
