"""Cases and all that hangs on them."""

from cortafuegos.inbox.models.cases import Case, Conversation, Message
from cortafuegos.inbox.models.log import Event, ImportRun, SavedView
from cortafuegos.inbox.models.posture import Posture
from cortafuegos.inbox.models.work import Deadline, Draft, Note, Presence, Reply

__all__ = [
    "Case",
    "Conversation",
    "Deadline",
    "Draft",
    "Event",
    "ImportRun",
    "Message",
    "Note",
    "Posture",
    "Presence",
    "Reply",
    "SavedView",
]
