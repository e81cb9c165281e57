import pytest

from cortafuegos.inbox.tests.world import World, a_world


@pytest.fixture
def desk(db: None) -> World:
    """An airline's desk; Lucía is an agent, Marta Sanz a supervisor, Pilar the owner."""
    return a_world()
