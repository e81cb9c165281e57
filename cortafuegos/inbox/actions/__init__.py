"""The verbs. Each writes the new state and the event that records it, once, together (law 6)."""
