from cortafuegos.web.edge.app import build

__all__ = ["build"]
