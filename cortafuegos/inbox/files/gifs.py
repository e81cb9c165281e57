"""A moving GIF, with its frames as they came and nothing besides: no notes, no blocks of programs, nothing
behind its end. Written anew by Pillow it would lose colours and time."""

from __future__ import annotations

_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_CONTROL, _PROGRAM = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")


def bare(body: bytes) -> bytes:
    """The same pictures, delays and loop. ValueError when it is no whole GIF."""
    at = 13 + _table(_byte(body, 10))
    kept = [_cut(body, 0, at)]
    while at < len(body):
        start, kind = at, body[at]
        blocks: list[bytes] = []
        if kind == _END:
            break
        if kind == _EXTENSION:
            at = _blocks(body, at + 2, blocks)
            kept.append(_extension(_byte(body, start + 1), blocks))
        elif kind == _IMAGE:
            at = _blocks(body, at + 11 + _table(_byte(body, at + 9)), blocks)
            kept.append(_cut(body, start, at))
        else:
            raise ValueError("no block of a GIF")
    return b"".join((*kept, bytes([_END])))


def _extension(label: int, blocks: list[bytes]) -> bytes:
    """How long a frame stands, and how often all of it is shown; nothing of any other."""
    if label == _CONTROL and blocks and len(blocks[0]) == 4:
        return bytes([_EXTENSION, _CONTROL, 4]) + blocks[0] + b"\0"
    if label == _PROGRAM and len(blocks) > 1 and blocks[0] in _LOOPS and blocks[1][:1] == b"\1":
        return bytes([_EXTENSION, _PROGRAM, 11]) + _LOOPS[0] + b"\3" + blocks[1][:3].ljust(3, b"\0") + b"\0"
    return b""


def _table(flags: int) -> int:
    """Bytes of the colours that follow."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks(body: bytes, at: int, found: list[bytes]) -> int:
    """Gather the blocks from there on; where they end."""
    while size := _byte(body, at):
        found.append(_cut(body, at + 1, at + 1 + size))
        at += 1 + size
    return at + 1


def _byte(body: bytes, at: int) -> int:
    return _cut(body, at, at + 1)[0]


def _cut(body: bytes, start: int, end: int) -> bytes:
    if end > len(body):
        raise ValueError("cut short")
    return body[start:end]
