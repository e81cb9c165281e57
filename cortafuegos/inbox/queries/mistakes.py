"""What was published by mistake in a time: counted, and listed for the review."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Case as Choice
from django.db.models import Count, IntegerField, Q, Value, When

from cortafuegos.inbox.models import Mistake
from cortafuegos.inbox.righting import NONE

SHOWN = 100


@dataclass(slots=True)
class Review:
    """``causes``: how many of each, the most first. What was no mistake after all is counted apart."""

    all: int = 0
    none: int = 0
    to_review: int = 0
    there: int = 0  # still on the network
    silent: int = 0  # without an apology
    causes: list[tuple[str, int]] = field(default_factory=list)
    listed: list[Mistake] = field(default_factory=list)  # those to review first, the latest first


def review(brand_id: int, since: datetime) -> Review:
    """Two statements, however many there are. Those still to review are listed whenever they were
    reported: nobody forgets one by choosing a shorter time."""
    rows = Mistake.objects.filter(brand_id=brand_id)
    lately = rows.filter(reported_at__gte=since)
    counted = lately.values("cause").annotate(
        many=Count("pk"),
        waiting=Count("pk", filter=Q(closed_at=None)),
        there=Count("pk", filter=Q(message__deleted_at=None)),
        silent=Count("pk", filter=Q(apologised_at=None)),
    )
    found = Review()
    causes: Counter[str] = Counter()
    for one in counted.order_by("cause"):
        if one["cause"] == NONE:
            found.none = one["many"]
            continue
        causes[one["cause"]] = one["many"]
        found.all += one["many"]
        found.to_review += one["waiting"]
        found.there += one["there"]
        found.silent += one["silent"]
    found.causes = causes.most_common()
    waits = Choice(When(closed_at=None, then=Value(0)), default=Value(1), output_field=IntegerField())
    listed = rows.filter(Q(reported_at__gte=since) | Q(closed_at=None)).annotate(order=waits)
    listed = listed.select_related("case", "message")
    found.listed = list(listed.order_by("order", "-reported_at", "-pk")[:SHOWN])
    return found
