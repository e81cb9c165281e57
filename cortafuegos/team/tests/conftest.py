from cortafuegos.team.tests.world import world

__all__ = ["world"]
