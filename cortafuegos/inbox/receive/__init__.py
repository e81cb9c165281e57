"""From posts to cases: the pipeline that every arrival goes through, a batch at a time (law 9)."""

from cortafuegos.inbox.receive.arrival import Arrival
from cortafuegos.inbox.receive.pipeline import Received, receive

__all__ = ["Arrival", "Received", "receive"]
