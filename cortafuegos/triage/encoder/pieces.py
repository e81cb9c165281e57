"""A text as the encoder's pieces: the likeliest split of each word (a unigram model, by Viterbi)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from .wheel import Wheel

LONGEST = 160  # pieces of a post; the middle of longer ones is left out
_REMEMBERED = 30_000  # words whose split is kept
_HANDLE = re.compile(r"https?:/*\S*|www\.\S+")
_PENALTY = 10.0


class Pieces:
    def __init__(self, wheel: Wheel) -> None:
        self.ids = {piece: number for number, piece in enumerate(wheel.pieces)}
        self.scores = wheel.scores.tolist()
        self.longest = max(map(len, wheel.pieces))
        self.sizes = wheel.sizes
        self.least = min(self.scores) - _PENALTY
        self.remembered: dict[str, tuple[int, ...]] = {}

    def split(self, text: str) -> list[int]:
        """The numbers of the pieces, with the marks of beginning and end."""
        text = _HANDLE.sub("http", text.encode("utf-8", "replace").decode("utf-8"))
        ids: list[int] = []
        for word in unicodedata.normalize("NFKC", text).split():
            ids += self.word("▁" + word[:80])
        room = LONGEST - 2
        if len(ids) > room:
            ids = ids[: room * 2 // 3] + ids[len(ids) - (room - room * 2 // 3) :]
        return [self.sizes.begin, *ids, self.sizes.end]

    def word(self, word: str) -> tuple[int, ...]:
        known = self.remembered.get(word)
        if known is None:
            known = tuple(self._best(word))
            if len(self.remembered) < _REMEMBERED:
                self.remembered[word] = known
        return known

    def _best(self, word: str) -> Sequence[int]:
        """Viterbi: ``best[i]`` is the score of the best split of the first i characters."""
        size = len(word)
        best = [0.0] + [-1e30] * size
        came: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        for start in range(size):
            base = best[start]
            for end in range(start + 1, min(size, start + self.longest) + 1):
                number = self.ids.get(word[start:end])
                if number is None:
                    if end > start + 1:
                        continue
                    number, score = self.sizes.unknown, base + self.least
                else:
                    score = base + self.scores[number]
                if score > best[end]:
                    best[end], came[end] = score, (start, number)
        found, at = [], size
        while at:
            at, number = came[at]
            found.append(number)
        return found[::-1]
