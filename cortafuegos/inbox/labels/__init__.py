"""What triage says of messages, what agents say instead, and what it makes of a case."""
