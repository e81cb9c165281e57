"""The same people as in the inbox's tests, and an installation of one's own."""

from cortafuegos.inbox.tests.conftest import account, condor, nuria, sandbox
from cortafuegos.inbox.tests.laws.conftest import desk

__all__ = ["account", "condor", "desk", "nuria", "sandbox"]
