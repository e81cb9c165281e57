"""The encoder at work: texts in, two vectors each out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .graph import build
from .pieces import Pieces
from .wheel import EncoderMissing, Wheel

Array = NDArray[np.float32]
_AT_ONCE = 16  # posts of like length a run


class Encoder:
    """About 100 MB of memory, most of it mapped from the wheel; a second or two to load."""

    def __init__(self, learned: Mapping[str, NDArray[Any]], threads: int = 1) -> None:
        try:
            import onnxruntime
        except ImportError as error:
            raise EncoderMissing("the package onnxruntime is not installed") from error
        self.wheel = Wheel()
        sizes = self.wheel.sizes
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = threads
        options.log_severity_level = 3
        self.session = onnxruntime.InferenceSession(
            build(self.wheel, learned), options, providers=["CPUExecutionProvider"]
        )
        self.places = (
            self.wheel.plain("emb.pos").reshape(-1, sizes.width) + self.wheel.plain("emb.type")[: sizes.width]
        )
        self.pieces = Pieces(self.wheel)
        self.wheel.release()

    def encode(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """(vectors that know our labels, vectors that know what it is about), (len(texts), width) each."""
        width = self.wheel.sizes.width
        ids = [self.pieces.split(text) for text in texts]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        labelled, about = np.zeros((2, len(ids), width), dtype=np.float32)
        for at in range(0, len(order), _AT_ONCE):
            part = order[at : at + _AT_ONCE]
            labelled[part], about[part] = self._run([ids[i] for i in part])
        return labelled, about

    def _run(self, ids: Sequence[Sequence[int]]) -> tuple[Array, Array]:
        lengths = np.array([len(own) for own in ids], dtype=np.int32)
        padded = np.full((len(ids), int(lengths.max())), self.wheel.sizes.pad, dtype=np.int64)
        for row, own in zip(padded, ids, strict=True):
            row[: len(own)] = own
        x = self.wheel.vectors(padded.ravel()).reshape(*padded.shape, -1) + self.places[: padded.shape[1]]
        there = (np.arange(padded.shape[1]) < lengths[:, None])[:, :, None].astype(np.float32)
        return tuple(
            (layer * there).sum(axis=1) / lengths[:, None]
            for layer in self.session.run(None, {"x": x.astype(np.float32), "lengths": lengths})
        )
