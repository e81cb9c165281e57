"""Stand-ins as the demo plays them: invented customers on a network that is none.

A network with a stand-in may bring ``fake/demo.py`` with ``stage()``. It is found by discovery, and knows
nothing of the desk: the demo (worker/demo) serves it on loopback and connects the desk to it as to the
real one.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from starlette.types import ASGIApp

from cortafuegos import channels


class Stage(Protocol):
    scenes: Mapping[str, Sequence[Callable[[], object]]]
    """By network: what people do, in order. Each act makes exactly one message to the brand."""

    def app(self) -> ASGIApp: ...

    def form(self, network: str, address: str) -> dict[str, str]:
        """What a person would fill in on the connect page, when the stand-in answers at ``address``."""
        ...

    def hear(self, network: str, address: str) -> None:
        """From now on what happens is pushed to the desk's ``address``, where the network pushes."""
        ...

    def bring(self) -> None:
        """Push what waits, and let people read what they were answered."""
        ...


def stages() -> list[Stage]:
    found: list[Stage] = []
    for package in sorted(m.name for m in pkgutil.iter_modules(channels.__path__) if m.ispkg):
        if importlib.util.find_spec(f"{channels.__name__}.{package}") is None:
            continue
        name = f"{channels.__name__}.{package}.fake"
        if importlib.util.find_spec(name) and importlib.util.find_spec(f"{name}.demo"):
            found.append(importlib.import_module(f"{name}.demo").stage())
    return found
