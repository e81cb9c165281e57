from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation

from cortafuegos.channels.meta.fake import MetaNetwork


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """The sentences that the tests quote are those of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def meta() -> Iterator[MetaNetwork]:
    with MetaNetwork().serving() as network:
        yield network
