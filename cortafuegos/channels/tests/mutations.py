"""Ways in which a payload arrives broken, drawn by hypothesis from a good one."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

_ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(allow_nan=False),
    st.text(max_size=8),
    st.just("\x00"),
    st.just([]),
    st.just({}),
    st.just([[{}]]),
    st.just({"id": {"id": []}}),
    st.just("9999-99-99T99:99:99Z"),
    st.just("0001-01-01T00:00:00+23:59"),
    st.just("2026-11-24T10:00:00"),
    st.just("javascript:alert(1)"),
    st.just("http://["),
)


@st.composite
def broken(draw: st.DrawFn, good: bytes) -> bytes:
    kind = draw(st.sampled_from(["truncated", "bytes", "noise", "swapped", "dropped", "deep", "coded"]))
    if kind == "truncated":
        return good[: draw(st.integers(0, max(len(good) - 1, 0)))]
    if kind == "noise":
        return draw(st.binary(max_size=200))
    if kind == "coded":
        return good.decode("utf-8", "replace").encode(draw(st.sampled_from(["utf-16", "utf-32"])))
    if kind == "deep":
        depth = draw(st.sampled_from([600, 5_000, 100_000]))
        inner = draw(st.sampled_from([("[", "]"), ('{"a":', "}"), ('{"post":', "}")]))
        return (inner[0] * depth + "1" + inner[1] * depth).encode()
    if kind == "bytes":
        changed = bytearray(good or b"x")
        for _ in range(draw(st.integers(1, 6))):
            changed[draw(st.integers(0, len(changed) - 1))] = draw(st.integers(0, 255))
        return bytes(changed)
    try:
        value = json.loads(good)
    except ValueError:
        return good[:10] + draw(st.binary(max_size=40)) + good[10:]
    places = list(_places(value))
    if not places:
        return draw(st.binary(max_size=50))
    holder, name = draw(st.sampled_from(places))
    if kind == "dropped":
        del holder[name]
    else:
        holder[name] = draw(_ODD)
    return json.dumps(value).encode()


def _places(value: Any) -> Any:
    """Every spot in a JSON value where something stands: its container and its name there."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in list(items):
        yield value, name
        yield from _places(inner)
