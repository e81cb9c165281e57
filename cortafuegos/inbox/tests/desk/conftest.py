from __future__ import annotations

import pytest
from django.core.cache import cache

from cortafuegos.inbox.tests.world import World, a_world, busy


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    cache.clear()  # figures and tags are half a minute old at most; tests are quicker


@pytest.fixture
def world(db: None) -> World:
    return a_world()


@pytest.fixture
def desk(world: World) -> World:
    """The world on a bad afternoon: a dozen cases in every state."""
    return busy(world)
