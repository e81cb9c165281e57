"""What X charges on its pay-per-use plan, in US dollars. Read on 2026-11-22 from its pricing page and
its announcement of 2026-04-16. Reads are charged by what comes back, once a day (UTC) each; what an
Enterprise contract costs stands in that contract, and is not counted here.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

READ_ON = date(2026, 11, 22)
CURRENCY = "USD"

POST_WITH_LINK = Decimal("0.200")
REPLY = Decimal("0.010")  # to somebody who mentioned or quoted us: "summoned"
POST = Decimal("0.015")
MESSAGE = Decimal("0.015")
DELETE = Decimal("0.010")

READ_OWN = Decimal("0.001")  # our mentions, our own timeline
READ_POST = Decimal("0.005")  # everybody's: search, look-up
READ_MESSAGE = Decimal("0.010")

NOTHING = Decimal("0.000")


def of_answer(*, public: bool, link: bool, summoned: bool, enterprise: bool) -> Decimal:
    """Of one answer. A link makes any post dear: whether summoned replies are spared that is not
    said, so the dearer price is announced."""
    if enterprise:
        return NOTHING
    if not public:
        return MESSAGE
    if link:
        return POST_WITH_LINK
    return REPLY if summoned else POST


def of_reading(count: int, price: Decimal, *, enterprise: bool) -> Decimal:
    return NOTHING if enterprise else count * price
