"""The encoder's layers as an ONNX model of eight-bit products, corrected by what was learned.

Embeddings are looked up outside (they stay in the wheel's file); what comes in is their sum with
the places', what goes out the last layer, and the middle one, which knows topics but no labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import onnx_file as onnx
from .wheel import Wheel

Array = NDArray[np.float32]
LAYERS = 9  # of twelve: the last ones serve search, and cost a quarter of the time
MIDDLE = 3  # layers below it are as they came in the wheel
_OURS = "com.microsoft"  # fused operators of ONNX Runtime


class _Graph:
    def __init__(self) -> None:
        self.nodes: list[bytes] = []
        self.constants: list[bytes] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self.constants.append(onnx.tensor(name, values))
        return name

    def add(self, kind: str, inputs: list[str], output: str, domain: str = _OURS, **more: Any) -> str:
        self.nodes.append(onnx.node(kind, inputs, [output], domain, **more))
        return output

    def eight_bits(self, name: str, matrix: Array) -> tuple[str, str]:
        """A matrix (inputs, outputs) as whole numbers from -127 to 127 and a scale per output."""
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-9) / 127
        self.constant(f"{name}.w8", np.round(matrix / scale).astype(np.int8))
        self.constant(f"{name}.s", scale.astype(np.float32))
        return f"{name}.w8", f"{name}.s"


def build(wheel: Wheel, learned: Mapping[str, NDArray[Any]]) -> bytes:
    """The model as bytes. Inputs: x (posts, pieces, width), lengths (posts,)."""
    s, g = wheel.sizes, _Graph()
    norm = [g.constant(f"n.{n}", wheel.plain(f"emb.ln.{n}")) for n in "wb"]
    x = g.add("LayerNormalization", ["x", *norm], "x0", "", epsilon=s.epsilon, axis=-1)
    middle = x

    def matrix(layer: str, name: str) -> Array:
        found = wheel.packed(f"{layer}.{name}.w", s.inner if name == "fo" else s.width)
        if f"{layer}.{name}.up" in learned:
            up, down = (learned[f"{layer}.{name}.{half}"].astype(np.float32) for half in ("up", "down"))
            found = found + up @ down
        return found.T

    for number in range(LAYERS):
        layer = f"l{number}"
        if number == MIDDLE:
            middle = x
        w, scale = g.eight_bits(f"{layer}.qkv", np.concatenate([matrix(layer, m) for m in "qkv"], axis=1))
        bias = g.constant(f"{layer}.b", np.concatenate([wheel.plain(f"{layer}.{m}.b") for m in "qkv"]))
        parts = [f"{layer}.x8", f"{layer}.xs", f"{layer}.xz"]
        g.nodes.append(onnx.node("DynamicQuantizeLinear", [x], parts))
        flat = g.constant(f"{layer}.z", np.zeros(3 * s.width, dtype=np.int8))
        seen = g.add(
            "QAttention",
            [parts[0], w, bias, parts[1], scale, "lengths", parts[2], flat],
            f"{layer}.seen",
            num_heads=s.heads,
        )

        def product(x: str, name: str, layer: str = layer) -> str:
            w, scale = g.eight_bits(f"{layer}.{name}", matrix(layer, name))
            return g.add("DynamicQuantizeMatMul", [x, w, scale], f"{layer}.{name}")

        def joined(x: str, y: str, name: str, norm: str, layer: str = layer) -> str:
            parts = [
                g.constant(f"{layer}.{n}", wheel.plain(f"{layer}.{n}"))
                for n in (f"{norm}.w", f"{norm}.b", f"{name}.b")
            ]
            return g.add("SkipLayerNormalization", [x, y, *parts], f"{layer}.{norm}", epsilon=s.epsilon)

        x = joined(x, product(seen, "ao"), "ao", "aln")
        inner = g.constant(f"{layer}.fi.b", wheel.plain(f"{layer}.fi.b"))
        wide = g.add("BiasGelu", [product(x, "fi"), inner], f"{layer}.wide")
        x = joined(x, product(wide, "fo"), "fo", "oln")
    shape: list[str | int] = ["posts", "pieces", s.width]
    inputs = [onnx.value("x", np.float32, shape), onnx.value("lengths", np.int32, ["posts"])]
    outputs = [onnx.value(x, np.float32, shape), onnx.value(middle, np.float32, shape)]
    return onnx.model(g.nodes, g.constants, inputs, outputs)
