"""Who may do what. Pure: roles in, answers out."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    OWNER = "owner"
    SUPERVISOR = "supervisor"
    AGENT = "agent"
    DRAFTER = "drafter"  # directors and guests: may write, may not send

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(role.value, role.value) for role in cls]


class May(StrEnum):
    """What a role can be asked for. One word each, used by views, actions and the API alike."""

    READ = "read"  # open cases, search, see people
    WRITE = "write"  # drafts and internal notes
    SEND = "send"  # answer customers
    WORK = "work"  # claim, assign, tag, snooze, close, merge
    MANAGE_VIEWS = "manage_views"  # views that everybody sees
    APPROVE = "approve"  # what a second person must see before it leaves
    REVIEW = "review"  # what went wrong with what left, and what is learnt from it
    CONNECT = "connect"  # accounts of the brand on networks, quarantine
    GUARD = "guard"  # what the guard stops, warns of or lets pass
    MODERATE = "moderate"  # hide what somebody wrote under a post of ours
    END = "end"  # the relation with a person, and take it up again
    TRAIN = "train"  # courses, certificates, and where one is asked for
    POSTURE = "posture"  # calm, watch, crisis
    PLAYBOOKS = "playbooks"  # what is advised for each kind of case
    INVITE = "invite"  # people, roles, teams
    EXPORT = "export"
    OWN = "own"  # the brand itself, owners


_GRANTS: dict[Role, frozenset[May]] = {
    Role.DRAFTER: frozenset({May.READ, May.WRITE}),
    Role.AGENT: frozenset({May.READ, May.WRITE, May.SEND, May.WORK}),
    Role.SUPERVISOR: frozenset(May) - {May.OWN, May.EXPORT},
    Role.OWNER: frozenset(May),
}


def may(role: str, what: May) -> bool:
    """False also for a role nobody knows."""
    return role in set(Role) and what in _GRANTS[Role(role)]


def may_grant(granter: str, role: str) -> bool:
    """Nobody makes somebody more than they are; only owners make owners."""
    order = [Role.DRAFTER, Role.AGENT, Role.SUPERVISOR, Role.OWNER]
    if not may(granter, May.INVITE) or role not in set(Role):
        return False
    return order.index(Role(role)) <= order.index(Role(granter))


def initials(name: str) -> str:
    """Two letters to tell colleagues apart at a glance."""
    return "".join(word[0] for word in name.split()[:2]).upper()
