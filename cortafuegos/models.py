"""Gathers the packages' models, so that Django finds them in its one app."""

from cortafuegos.channels.models import Account, Receipt
from cortafuegos.guard.models import GuardPolicy
from cortafuegos.inbox.models import (
    Approval,
    Case,
    CasePlaybook,
    Conversation,
    Deadline,
    Department,
    Draft,
    Event,
    ImportRun,
    Intervention,
    Message,
    Note,
    OwnLayer,
    Posture,
    Presence,
    Promise,
    Question,
    QuestionLink,
    ReadingPolicy,
    Reply,
    ReplyPolicy,
    SavedView,
)
from cortafuegos.knowledge.models import Playbook, PlaybookVersion
from cortafuegos.people.models import Identity, Person
from cortafuegos.team.certificates import Certificate, CertificateNeed
from cortafuegos.team.models import Agent, Brand, Invitation, SignInLink, Team, User
from cortafuegos.training.models import Attempt, Course, CourseVersion, Reading
from cortafuegos.worker.models import Heartbeat

__all__ = [
    "Account",
    "Agent",
    "Approval",
    "Attempt",
    "Brand",
    "Case",
    "CasePlaybook",
    "Certificate",
    "CertificateNeed",
    "Conversation",
    "Course",
    "CourseVersion",
    "Deadline",
    "Department",
    "Draft",
    "Event",
    "GuardPolicy",
    "Heartbeat",
    "Identity",
    "ImportRun",
    "Intervention",
    "Invitation",
    "Message",
    "Note",
    "OwnLayer",
    "Person",
    "Playbook",
    "PlaybookVersion",
    "Posture",
    "Presence",
    "Promise",
    "Question",
    "QuestionLink",
    "Reading",
    "ReadingPolicy",
    "Receipt",
    "Reply",
    "ReplyPolicy",
    "SavedView",
    "SignInLink",
    "Team",
    "User",
]
