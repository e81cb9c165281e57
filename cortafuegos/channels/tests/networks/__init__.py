"""Networks for tests only, found by discovery like all others while :func:`known` says so."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cortafuegos import channels
from cortafuegos.channels import registry

HERE = Path(__file__).parent


@contextmanager
def known() -> Iterator[None]:
    channels.__path__.append(str(HERE))
    registry.networks.cache_clear()
    try:
        yield
    finally:
        channels.__path__.remove(str(HERE))
        ours = tuple(f"cortafuegos.channels.{one.name}" for one in HERE.iterdir() if one.is_dir())
        for name in [name for name in sys.modules if name.startswith(ours)]:
            del sys.modules[name]
        registry.networks.cache_clear()
        registry.connector.cache_clear()
