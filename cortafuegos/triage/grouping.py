"""What belongs together in the noise: the same words again, bots, spam, everybody at one post.

Groups only fold a list together; nothing is ever deleted, and every post stays an answerable one.
Near-duplicates are found by MinHash over character shingles (Broder 1997) with banding, then checked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from . import cues, folding

SHINGLE, PERMUTATIONS, BANDS = 4, 48, 16
ALIKE = 0.6  # Jaccard
SHORTEST = 20  # characters: shorter posts are alike by chance ("gracias", "y mi vuelo?")
BOT_AUTHORS, BOT_WINDOW = 5, timedelta(hours=1)
PILE_AUTHORS, PILE_WINDOW = 8, timedelta(minutes=30)
_SEED = 20210


@dataclass(frozen=True, slots=True)
class Heard:
    """A post, for grouping. ``in_reply_to`` is the network's name of what it answers, or empty."""

    id: str
    author: str
    text: str
    at: datetime
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """``kind``: duplicate (one person again), bots (many accounts, the same words), spam, pile_on.
    ``members``: ids, earliest first; the first stands for all. One post may be in several groups."""

    kind: str
    members: tuple[str, ...]
    about: str = ""  # the post they pile on


def groups(posts: Sequence[Heard]) -> list[Group]:
    """All groups, in the order of their first posts."""
    posts = sorted(posts, key=lambda post: (post.at, post.id))
    found = [*_alike(posts), *_pile_ons(posts), *_spam(posts)]
    order = {post.id: place for place, post in enumerate(posts)}
    return sorted(found, key=lambda group: (order[group.members[0]], group.kind))


def _alike(posts: Sequence[Heard]) -> Iterable[Group]:
    for members in near_duplicates([post.text for post in posts]):
        own = [posts[i] for i in members]
        authors = {post.author for post in own}
        if len(authors) >= BOT_AUTHORS and _burst(own, BOT_WINDOW, BOT_AUTHORS):
            yield Group("bots", tuple(post.id for post in own))
            continue
        by_author: dict[str, list[Heard]] = defaultdict(list)
        for post in own:
            by_author[post.author].append(post)
        for same in by_author.values():
            if len(same) > 1:
                yield Group("duplicate", tuple(post.id for post in same))


def _pile_ons(posts: Sequence[Heard]) -> Iterable[Group]:
    about: dict[str, list[Heard]] = defaultdict(list)
    for post in posts:
        if post.in_reply_to:
            about[post.in_reply_to].append(post)
    for target, own in about.items():
        if _burst(own, PILE_WINDOW, PILE_AUTHORS):
            yield Group("pile_on", tuple(post.id for post in own), target)


def _spam(posts: Sequence[Heard]) -> Iterable[Group]:
    """Advertising to whoever reads: two signs of it, and nothing asked of us."""
    by_author: dict[str, list[str]] = defaultdict(list)
    for post in posts:
        if looks_like_spam(post.text):
            by_author[post.author].append(post.id)
    for ids in by_author.values():
        yield Group("spam", tuple(ids))


def looks_like_spam(text: str) -> bool:
    words = folding.tokens(text)
    hits = cues.find(words)
    lures = "spam" in hits and (folding.LINK in words or words.count("#") >= 3)
    own = any(cue in hits for cue in ("silence", "insult", "outage", "fraud", "money", "people", "product"))
    return lures and not own


def _burst(posts: Sequence[Heard], window: timedelta, authors: int) -> bool:
    """Whether so many different authors wrote within one window. ``posts`` by time."""
    start = 0
    for end, post in enumerate(posts):
        while post.at - posts[start].at > window:
            start += 1
        if end - start + 1 >= authors and len({p.author for p in posts[start : end + 1]}) >= authors:
            return True
    return False


def near_duplicates(texts: Sequence[str]) -> list[list[int]]:
    """Groups of two or more places in ``texts`` whose words are nearly the same, in order."""
    known = [_seen(text) for text in texts]
    sets = [own for own, _ in known]
    usual = [i for i, own in enumerate(sets) if len(own)]
    leader = list(range(len(texts)))

    def lead(i: int) -> int:
        while leader[i] != i:
            leader[i] = leader[leader[i]]
            i = leader[i]
        return i

    seen: dict[tuple[int, bytes], int] = {}
    rows = PERMUTATIONS // BANDS
    for i in usual:
        sketch = known[i][1]
        for band in range(BANDS):
            other = seen.setdefault((band, sketch[band * rows : (band + 1) * rows].tobytes()), i)
            if lead(other) != lead(i) and _jaccard(sets[other], sets[i]) >= ALIKE:
                leader[max(lead(other), lead(i))] = min(lead(other), lead(i))
    together: dict[int, list[int]] = defaultdict(list)
    for i in usual:
        together[lead(i)].append(i)
    return [members for members in together.values() if len(members) > 1]


@lru_cache(maxsize=8_192)
def _seen(text: str) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Shingles and sketch, kept: whoever groups what waits asks for the same texts every minute."""
    runs = _shingles(text)
    return runs, _sketch(runs) if len(runs) else runs


def _shingles(text: str) -> NDArray[np.uint64]:
    """Hashes of the runs of four characters; none of a post too short to tell."""
    plain = " ".join(t for t in folding.tokens(text) if t not in {folding.HANDLE, folding.LINK})
    if len(plain) < SHORTEST:
        return np.zeros(0, dtype=np.uint64)
    codes = np.frombuffer(plain.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    size = len(codes) - SHINGLE + 1
    runs = np.zeros(size, dtype=np.uint64)
    for place in range(SHINGLE):
        runs = runs * np.uint64(1_000_003) + codes[place : place + size]
    return np.unique(runs)


_dice = np.random.default_rng(_SEED)
_ODD = _dice.integers(1, 2**63, PERMUTATIONS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_SHIFT = _dice.integers(0, 2**63, PERMUTATIONS, dtype=np.uint64)


def _sketch(runs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    mixed = runs[:, None] * _ODD + _SHIFT
    mixed ^= mixed >> np.uint64(31)
    mixed *= np.uint64(0x9E3779B97F4A7C15)
    return np.asarray(mixed.min(axis=0))


def _jaccard(a: NDArray[np.uint64], b: NDArray[np.uint64]) -> float:
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / max(1, len(a) + len(b) - shared)
