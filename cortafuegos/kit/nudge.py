"""Says "something changed": nothing more, to whoever listens.

A nudge leaves with the commit of the transaction it was said in, and vanishes with its rollback.
It names rows and carries no content; who hears it asks again for what they show.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from django.db import connection

CHANNEL = "nudge"
_MOST = 400  # ids; a NOTIFY payload must stay under 8,000 bytes


def nudge(brand_id: int, cases: Sequence[int] = (), kind: str = "case") -> None:
    """kind: case, presence, draft, account, posture, receipts, outbox."""
    said: dict[str, object] = {"brand": brand_id, "kind": kind}
    if len(cases) > _MOST:
        said["all"] = True
    else:
        said["cases"] = sorted(set(cases))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps(said)])
