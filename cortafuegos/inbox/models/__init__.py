"""Cases and all that hangs on them."""

from cortafuegos.inbox.models.answering import ReplyPolicy
from cortafuegos.inbox.models.approvals import Approval
from cortafuegos.inbox.models.asking import Department, Question, QuestionLink
from cortafuegos.inbox.models.cases import Case, Conversation, Message
from cortafuegos.inbox.models.files import File, FileBody
from cortafuegos.inbox.models.following import DeliveryStatus
from cortafuegos.inbox.models.interventions import Intervention
from cortafuegos.inbox.models.joining import Joining, Unlike
from cortafuegos.inbox.models.log import Event, ImportRun, SavedView
from cortafuegos.inbox.models.mistakes import Mistake
from cortafuegos.inbox.models.playbooks import CasePlaybook
from cortafuegos.inbox.models.posture import Posture
from cortafuegos.inbox.models.promises import Promise
from cortafuegos.inbox.models.reading import OwnLayer, ReadingPolicy
from cortafuegos.inbox.models.relations import RelationStep
from cortafuegos.inbox.models.work import Deadline, Draft, Note, Presence, Reply

__all__ = [
    "Approval",
    "Case",
    "CasePlaybook",
    "Conversation",
    "Deadline",
    "DeliveryStatus",
    "Department",
    "Draft",
    "Event",
    "File",
    "FileBody",
    "ImportRun",
    "Intervention",
    "Joining",
    "Message",
    "Mistake",
    "Note",
    "OwnLayer",
    "Posture",
    "Presence",
    "Promise",
    "Question",
    "QuestionLink",
    "ReadingPolicy",
    "RelationStep",
    "Reply",
    "ReplyPolicy",
    "SavedView",
    "Unlike",
]
