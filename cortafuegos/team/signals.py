"""What others may want to know of the team, without the team knowing them."""

from __future__ import annotations

from django.dispatch import Signal

# Arguments: actor and agent. Sent inside the transaction in which somebody stops working for a brand.
agent_left = Signal()
