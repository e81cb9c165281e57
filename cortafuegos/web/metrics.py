"""What the installation tells of itself, in the text format of Prometheus.

Counters live in the process that counts; what is true of the installation as a whole is asked of
the database when somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.process_collector import ProcessCollector

registry = CollectorRegistry()
ProcessCollector(registry=registry)

webhooks = Counter(
    "cortafuegos_webhooks_total",
    "Webhook requests by network and outcome: kept, forged, too_large, slow, unknown, unavailable, ...",
    ["network", "outcome"],
    registry=registry,
)
receipts = Counter(
    "cortafuegos_receipts_total",
    "Deliveries written by the edge: new, or a repetition of one we have.",
    ["kind"],
    registry=registry,
)
webhook_seconds = Histogram(
    "cortafuegos_webhook_seconds",
    "From the first byte of a kept webhook to its answer.",
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5),
    registry=registry,
)
batch_size = Histogram(
    "cortafuegos_receipt_batch_size",
    "Deliveries written by one statement.",
    buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500),
    registry=registry,
)
streams = Gauge("cortafuegos_streams", "Browsers that listen for nudges.", registry=registry)
nudges = Counter("cortafuegos_nudges_total", "Nudges heard from the database.", registry=registry)

CONTENT_TYPE = CONTENT_TYPE_LATEST

# One row a figure: name, label, value. Every count here runs on a partial index.
FIGURES = """
SELECT 'receipts_waiting', '', count(*)::float8 FROM cortafuegos_receipt WHERE state = 'new'
UNION ALL
SELECT 'oldest_receipt_seconds', '', coalesce(extract(epoch FROM now() - min(received_at)), 0)::float8
FROM (SELECT received_at FROM cortafuegos_receipt WHERE state = 'new' ORDER BY id LIMIT 1) AS oldest
UNION ALL
SELECT 'receipts_quarantined', '', count(*)::float8 FROM cortafuegos_receipt WHERE state = 'quarantined'
UNION ALL
SELECT 'replies_waiting', state, count(*)::float8 FROM cortafuegos_reply
WHERE state IN ('queued', 'sending') GROUP BY state
UNION ALL
SELECT 'oldest_reply_seconds', '', coalesce(extract(epoch FROM now() - min(created_at)), 0)::float8
FROM cortafuegos_reply WHERE state IN ('queued', 'sending')
UNION ALL
SELECT 'accounts', state, count(*)::float8 FROM cortafuegos_account WHERE removed_at IS NULL GROUP BY state
UNION ALL
SELECT 'deadlines_overdue', '', count(*)::float8 FROM cortafuegos_deadline
WHERE state = 'open' AND due_at < now()
UNION ALL
SELECT 'spent_this_month', account_id || ' ' || currency, sum(amount)::float8 FROM cortafuegos_spending
WHERE day >= date_trunc('month', now()) GROUP BY account_id, currency
UNION ALL
SELECT 'accounts_resting', '', count(*)::float8 FROM cortafuegos_account
WHERE removed_at IS NULL AND rests_until > now()
UNION ALL
SELECT 'heartbeat_age_seconds', name, extract(epoch FROM now() - at)::float8 FROM cortafuegos_heartbeat
"""
_LABELS = {
    "replies_waiting": "state",
    "accounts": "state",
    "spent_this_month": "account",
    "heartbeat_age_seconds": "name",
}
_HELP = {
    "receipts_waiting": "Deliveries kept and not yet read.",
    "oldest_receipt_seconds": "Age of the oldest of them.",
    "receipts_quarantined": "Deliveries that could not be read and wait for a person.",
    "replies_waiting": "Replies on their way out.",
    "oldest_reply_seconds": "Age of the oldest of them.",
    "accounts": "Connected accounts by state.",
    "accounts_resting": "Accounts whose network asked us to send nothing for a while.",
    "spent_this_month": "What an account (its number and currency) cost since the first of the month, UTC.",
    "deadlines_overdue": "Promises whose time has passed unmet.",
    "heartbeat_age_seconds": "Since a worker was last seen.",
    "database_up": "1 when the database answered just now.",
}


def kept(new: int, together: int) -> None:
    receipts.labels("new").inc(new)
    receipts.labels("repeated").inc(together - new)
    batch_size.observe(together)


def exposition(figures: Iterable[tuple[Any, ...]] | None) -> bytes:
    """The whole text; ``figures`` are the rows of FIGURES, None when the database is away."""
    asked = CollectorRegistry()
    gauges = {
        name: Gauge(f"cortafuegos_{name}", said, [_LABELS[name]] if name in _LABELS else [], registry=asked)
        for name, said in _HELP.items()
    }
    gauges["database_up"].set(0 if figures is None else 1)
    for name, label, value in figures or ():
        gauge = gauges[name].labels(label) if name in _LABELS else gauges[name]
        gauge.set(value)
    return generate_latest(registry) + generate_latest(asked)
