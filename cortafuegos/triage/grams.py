"""Hashed n-grams of a whole batch at once, with array arithmetic instead of loops.

Characters: every run of 2 to 5 within a word, the blank on either side included, so that " no "
and "ado " differ from the same letters inside a word. Words: one and two in a row. The
hash is polynomial modulo 2**64, so that a longer run costs one multiplication more, and a word's
hash is a difference of two prefix sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BITS = 18
SHORTEST, LONGEST = 2, 5
_P = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_FOLD = np.uint64(29)
_SHIFT = np.uint64(64 - BITS)
_INVERSE = np.uint64(pow(int(_P), -1, 2**64))


@dataclass(frozen=True, slots=True)
class Grams:
    """All n-grams of a batch, in the order of their posts. Arrays of one length."""

    bucket: NDArray[np.int64]  # 0 to 2**BITS - 1
    post: NDArray[np.int64]  # which post
    word: NDArray[np.int64]  # which word of the batch it is in or begins with
    words: list[str]
    word_post: NDArray[np.int64]

    def only(self, these: NDArray[np.bool_]) -> Grams:
        """The same without the other n-grams."""
        return Grams(self.bucket[these], self.post[these], self.word[these], self.words, self.word_post)


def _bucket(hashes: NDArray[np.uint64], kind: int) -> NDArray[np.int64]:
    mixed = (hashes + np.uint64(kind * 0x51ED270B)) * _MIX
    mixed ^= mixed >> _FOLD
    mixed *= _P
    return (mixed >> _SHIFT).astype(np.int64)


def grams(posts: Sequence[Sequence[str]]) -> Grams:
    """The n-grams of posts given as lists of tokens (``folding.tokens``)."""
    lines = [" " + " ".join(tokens) + " " for tokens in posts]
    words = [token for tokens in posts for token in tokens]
    counts = np.array([len(tokens) for tokens in posts], dtype=np.int64)
    word_post = np.repeat(np.arange(len(posts)), counts)
    chars = np.frombuffer("".join(lines).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    post = np.repeat(np.arange(len(posts)), [len(line) for line in lines])
    blank = chars == 32
    before = np.concatenate(([0], np.cumsum(blank)))  # blanks before each character
    starts = np.flatnonzero(~blank[1:] & blank[:-1]) + 1
    ends = np.flatnonzero(blank[1:] & ~blank[:-1]) + 1
    # A blank belongs to the word after it, but for a post's last one.
    word_of = np.cumsum(np.bincount(starts, minlength=len(chars))) - 1
    word_of[:-1] = np.where(blank[:-1] & ~blank[1:], word_of[:-1] + 1, word_of[:-1])

    buckets, owners, origins = [], [], []
    rolling = chars
    for n in range(2, LONGEST + 1):
        rolling = rolling[:-1] * _P + chars[n - 1 :]
        if n < SHORTEST or not len(rolling):
            continue
        size = len(rolling)
        inner = before[n - 1 : n - 1 + size] - before[1 : 1 + size]
        fits = np.flatnonzero((inner == 0) & ~(blank[:size] & blank[n - 1 :]) if n == 2 else (inner == 0))
        buckets.append(_bucket(rolling[fits], n))
        owners.append(post[fits])
        origins.append(word_of[fits])

    whole = _word_hashes(chars, starts, ends)
    buckets.append(_bucket(whole, 11))
    owners.append(word_post)
    origins.append(np.arange(len(words)))
    if len(words) > 1:
        together = np.flatnonzero(word_post[1:] == word_post[:-1])
        buckets.append(_bucket(whole[together] * _MIX + whole[together + 1], 12))
        owners.append(word_post[together])
        origins.append(together)

    owner = np.concatenate(owners)
    order = np.argsort(owner.astype(np.int16), kind="stable")  # 16 bits: sorted by radix
    return Grams(
        np.concatenate(buckets)[order], owner[order], np.concatenate(origins)[order], words, word_post
    )


def _word_hashes(
    chars: NDArray[np.uint64], starts: NDArray[np.int64], ends: NDArray[np.int64]
) -> NDArray[np.uint64]:
    powers = np.full(len(chars), _P, dtype=np.uint64)
    inverses = np.full(len(chars), _INVERSE, dtype=np.uint64)
    powers[0] = inverses[0] = 1
    np.multiply.accumulate(powers, out=powers)
    np.multiply.accumulate(inverses, out=inverses)
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(chars * powers, dtype=np.uint64)))
    return np.asarray((sums[ends] - sums[starts]) * inverses[starts], dtype=np.uint64)
