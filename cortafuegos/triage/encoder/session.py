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
        """(vectors that know our labels, vectors that know what it is about), (len(texts), width) each.

        One post a run: a run of sixteen no longer fits the processor's cache and took more than twice as
        long a post; and the scale of eight bits is then the post's own, so that its answer does not hang on
        which others it was read with.
        """
        labelled, about = np.zeros((2, len(texts), self.wheel.sizes.width), dtype=np.float32)
        for at, text in enumerate(texts):
            labelled[at], about[at] = self._run(self.pieces.split(text))
        return labelled, about

    def _run(self, ids: Sequence[int]) -> list[Array]:
        x = self.wheel.vectors(np.array(ids, dtype=np.int64)) + self.places[: len(ids)]
        lengths = np.array([len(ids)], dtype=np.int32)
        return [
            layer[0].mean(axis=0)
            for layer in self.session.run(None, {"x": x[None].astype(np.float32), "lengths": lengths})
        ]
