"""What the doctor looks at."""

from cortafuegos.worker.checkup.finding import Finding, Level

__all__ = ["Finding", "Level"]
