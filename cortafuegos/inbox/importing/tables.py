"""What of a brand goes into an export, table by table, and how its columns travel.

The columns come from the models, so a new one travels by itself. A new table must be named here,
among those that travel or those that stay: a test says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

# In an order in which each comes after what it refers to.
TRAVEL = (
    "Account",
    "Person",
    "Identity",
    "Conversation",
    "Case",
    "Message",
    "RelationStep",
    "Joining",
    "Unlike",
    "Note",
    "File",
    "Draft",
    "Reply",
    "DeliveryStatus",
    "Intervention",
    "Approval",
    "Mistake",
    "Deadline",
    "Playbook",
    "PlaybookVersion",
    "CasePlaybook",
    "Promise",
    "Department",
    "Question",
    "Event",
    "SavedView",
    "GuardPolicy",
    "ReplyPolicy",
    "CertificateNeed",
    "Course",
    "CourseVersion",
    "Certificate",
)
# They travel in a shape of their own: exporting.py and restoring.py.
SPECIAL = ("Brand", "User", "Agent", "Team")
# Of this installation only, of this minute only, or what lets people in.
STAY = frozenset(
    {
        *("OwnLayer", "ReadingPolicy", "Receipt", "Presence", "Posture", "Heartbeat", "ImportRun"),
        *("Invitation", "SignInLink", "QuestionLink"),
        "Spending",  # what this installation paid for; the cap travels with the account
        "FileBody",  # an export is read by people and programs; the backup has the contents
        *("Reading", "Attempt"),  # how somebody learned is nobody's history; the certificate is
    }
)

# Credentials, addresses that must be new, and what points to what stays.
_COLUMNS_THAT_STAY = {
    "Account": {"sealed", "public_id"},
    "Message": {"receipt_id"},
}

_TYPES = {
    "BigAutoField": "bigint",
    "BigIntegerField": "bigint",
    "ForeignKey": "bigint",
    "OneToOneField": "bigint",
    "IntegerField": "int",
    "PositiveIntegerField": "int",
    "PositiveSmallIntegerField": "int",
    "SmallIntegerField": "int",
    "FloatField": "double precision",
    "CharField": "text",
    "SlugField": "text",
    "TextField": "text",
    "BooleanField": "bool",
    "DateTimeField": "timestamptz",
    "UUIDField": "uuid",
    "JSONField": "jsonb",
    "ArrayField": "jsonb",  # and back, on the way in
}


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    kind: str  # PostgreSQL's type on the wire
    array: bool
    refers_to: str  # the table it points to, or nothing
    limit: int | None
    null: bool
    default: Any  # for a file that is older than the column


@dataclass(frozen=True, slots=True)
class Table:
    name: str  # of the model; in a file, in lower case, the type of a line
    db: str
    columns: tuple[Column, ...]  # without the brand

    @property
    def type(self) -> str:
        return self.name.lower()


def table(name: str) -> Table:
    model: type[Model] = apps.get_model("cortafuegos", name)
    stay = _COLUMNS_THAT_STAY.get(name, set()) | {"brand_id"}
    fields = [f for f in model._meta.concrete_fields if not f.generated and f.column not in stay]
    return Table(name, model._meta.db_table, tuple(_column(field) for field in fields))


def tables() -> tuple[Table, ...]:
    return tuple(table(name) for name in TRAVEL)


def _column(field: Field[Any, Any]) -> Column:
    kind = field.get_internal_type()
    refers_to = ""
    if isinstance(field, ForeignKey):
        refers_to = str(field.related_model._meta.object_name)
    default = field.get_default() if field.has_default() else ("" if field.empty_strings_allowed else None)
    return Column(
        name=str(field.column),
        kind=_TYPES[kind],
        array=kind == "ArrayField",
        refers_to=refers_to,
        limit=field.max_length,
        null=field.null,
        default=None if field.null else default,
    )
