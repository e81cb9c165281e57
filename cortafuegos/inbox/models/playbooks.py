"""What became of a playbook's advice in a case."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class CasePlaybook(models.Model):
    """A playbook as it is followed in a case, in the version it began with."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False, db_constraint=False)
    case = models.ForeignKey("cortafuegos.Case", models.CASCADE, related_name="playbooks", db_index=False)
    playbook = models.ForeignKey("cortafuegos.Playbook", models.PROTECT, db_index=False)
    version = models.ForeignKey("cortafuegos.PlaybookVersion", models.PROTECT, db_index=False)
    marks = models.JSONField(default=dict)  # step: {"done": true} or {"left_out": why}
    chosen_at = models.DateTimeField(default=timezone.now)  # the latest of a case is the one shown

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "playbook"], name="case_playbook_once")
        ]
