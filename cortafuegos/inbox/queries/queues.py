"""The queues a desk has: their names in addresses, words, icons and keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Queue:
    name: str  # in the address; a team's is "team-<id>"
    title: Any
    icon: str
    key: str = ""  # after "g"
    counted: bool = True  # its number means "needs a person"
    on_phone: bool = False  # one of the four at the thumb
    empty: Any = ""  # what to do when nothing is there, in one sentence
    order: str = "due"  # due, priority, until (snoozed), closed, newest, latest


QUEUES = (
    Queue("mine", _("Mine"), "inbox", "m", on_phone=True,
          empty=_("Nothing waits for you. Take one from Unassigned: press g, then u.")),
    Queue("unassigned", _("Unassigned"), "circle-dashed", "u", on_phone=True, order="priority",
          empty=_("Every open case has somebody who looks after it.")),
    Queue("approval", _("To approve"), "shield-check", "a", on_phone=True, order="newest",
          empty=_("No draft waits for approval. Drafts that colleagues propose appear here.")),
    Queue("promises", _("Promises"), "clock", "p", on_phone=True,
          empty=_("Nothing is due within the hour.")),
    Queue("failed", _("Not sent"), "mail-warning", "f", order="newest",
          empty=_("Every reply reached its network.")),
    Queue("snoozed", _("Snoozed"), "moon", "s", counted=False, order="until",
          empty=_("Nothing is put off. Press s on a case to see it again later.")),
    Queue("ended", _("Relation ended"), "door-closed", counted=False, order="latest",
          empty=_("Nobody's messages are kept apart. A supervisor ends a relation on the person's page.")),
    Queue("all", _("All open"), "list", "o", counted=False,
          empty=_("No case is open. New messages appear here by themselves.")),
    Queue("closed", pgettext_lazy("queue", "Closed"), "archive", "c", counted=False, order="closed",
          empty=_("No case has been closed yet.")),
)  # fmt: skip
BY_NAME = {queue.name: queue for queue in QUEUES}


def find(name: str) -> Queue | None:
    """A queue by its name in the address; a team's is made on the way."""
    if name.startswith("team-") and name[5:].isdecimal():
        return Queue(name, "", "users-round")
    return BY_NAME.get(name)
