"""An expected "no", as the inbox says it: see ``kit.refusal``."""

from cortafuegos.kit.refusal import Refusal

__all__ = ["Refusal"]
