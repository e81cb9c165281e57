"""Just enough of ONNX's format (protocol buffers) to write a model down, without the onnx package.

Field numbers are those of onnx.proto3, which never change.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_KINDS = {np.dtype(np.float32): 1, np.dtype(np.uint8): 2, np.dtype(np.int8): 3, np.dtype(np.int32): 6}
OPERATORS, CONTRIBUTED = 17, 1  # versions of the operator sets
_FORMAT = 8


def _number(value: int) -> bytes:
    """A varint."""
    value &= (1 << 64) - 1
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


def _integer(field: int, value: int) -> bytes:
    return _number(field << 3) + _number(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    raw = value.encode() if isinstance(value, str) else value
    return _number(field << 3 | 2) + _number(len(raw)) + raw


def _attribute(name: str, value: Any) -> bytes:
    if isinstance(value, float):
        return _bytes(1, name) + _number(2 << 3 | 5) + struct.pack("<f", value) + _integer(20, 1)
    return _bytes(1, name) + _integer(3, value) + _integer(20, 2)


def node(kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str = "", **more: Any) -> bytes:
    """An operator: the names it reads and those it writes. ``more``: its numbers."""
    return b"".join(
        [
            *(_bytes(1, name) for name in inputs),
            *(_bytes(2, name) for name in outputs),
            _bytes(4, kind),
            *(_bytes(5, _attribute(name, value)) for name, value in more.items()),
            _bytes(7, domain),
        ]
    )


def tensor(name: str, values: NDArray[Any]) -> bytes:
    """A constant."""
    values = np.ascontiguousarray(values)
    dims = b"".join(_integer(1, size) for size in values.shape)
    return dims + _integer(2, _KINDS[values.dtype]) + _bytes(8, name) + _bytes(9, values.tobytes())


def value(name: str, kind: type, shape: Sequence[str | int]) -> bytes:
    """An input or output; a size that varies is given by a name."""
    dims = b"".join(_bytes(1, _bytes(2, s) if isinstance(s, str) else _integer(1, s)) for s in shape)
    of = _integer(1, _KINDS[np.dtype(kind)]) + _bytes(2, dims)
    return _bytes(1, name) + _bytes(2, _bytes(1, of))


def model(
    nodes: Sequence[bytes], constants: Sequence[bytes], inputs: Sequence[bytes], outputs: Sequence[bytes]
) -> bytes:
    graph = b"".join(
        [
            *(_bytes(1, n) for n in nodes),
            _bytes(2, "encoder"),
            *(_bytes(5, c) for c in constants),
            *(_bytes(11, i) for i in inputs),
            *(_bytes(12, o) for o in outputs),
        ]
    )
    sets = _bytes(8, _bytes(1, "") + _integer(2, OPERATORS)) + _bytes(
        8, _bytes(1, "com.microsoft") + _integer(2, CONTRIBUTED)
    )
    return _integer(1, _FORMAT) + _bytes(7, graph) + sets
