"""Reads every post as a good agent would: language, intent, cause, sentiment, urgency, churn, need of
a reply, topics, and the words that decided. Needs no database and no Django.

    from cortafuegos import triage
    triage.read([triage.Post("¿A qué hora abren mañana?")])
"""

from .reading import read
from .values import Labels, Post, Reason

__all__ = ["Labels", "Post", "Reason", "read"]
