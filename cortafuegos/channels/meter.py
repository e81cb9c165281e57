"""What an account costs on networks that charge for reading and writing, and how much it may.

Money is Decimal in the connector's currency, kept per account, day and kind. A day is the account's own:
months end where the brand lives. With a cap, 80 % of it is told to everybody; at the cap polling stops,
and only replies to urgent cases leave (inbox/pricing.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Sum
from django.utils import formats

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Priced
from cortafuegos.channels.models import Account, Spending

WARN = Decimal("0.8")
SLOWER = 4  # times the usual pause between polls, when most of the cap is used
ASK_AGAIN = timedelta(minutes=10)  # whether a month or a cap has changed
MONTHS = 6  # shown

_ADD = """
INSERT INTO cortafuegos_spending (brand_id, account_id, day, kind, currency, count, amount)
VALUES (%(brand)s, %(account)s, %(day)s, %(kind)s, %(currency)s, 1, %(amount)s)
ON CONFLICT (account_id, day, kind, currency)
DO UPDATE SET count = cortafuegos_spending.count + 1, amount = cortafuegos_spending.amount + EXCLUDED.amount
"""


class Level(StrEnum):
    FREE = "free"  # no cap is set
    FINE = "fine"
    NEAR = "near"
    SPENT = "spent"


@dataclass(frozen=True, slots=True)
class Budget:
    """A month's money so far. ``cap`` is None while a person set none."""

    spent: Decimal
    cap: Decimal | None
    currency: str = ""

    @property
    def level(self) -> Level:
        if self.cap is None:
            return Level.FREE
        if self.spent >= self.cap:
            return Level.SPENT
        return Level.NEAR if self.spent >= self.cap * WARN else Level.FINE

    @property
    def left(self) -> Decimal | None:
        return None if self.cap is None else max(self.cap - self.spent, Decimal(0))

    @property
    def percent(self) -> int:
        if not self.cap:
            return 0 if self.cap is None else 100
        return min(int(self.spent * 100 / self.cap), 100)

    def allows(self, price: Decimal, *, urgent: bool) -> bool:
        return urgent or self.cap is None or self.spent + price <= self.cap


def note(account: Account, kind: str, amount: Decimal | None, now: datetime) -> None:
    """One more read or write, and what it cost. Nothing where the connector names no price."""
    if amount is None or not amount.is_finite() or amount < 0:
        return
    values: dict[str, Any] = {
        "brand": account.brand_id,
        "account": account.pk,
        "day": today(account, now),
        "kind": kind,
        "currency": currency_of(account),
        "amount": amount,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADD, values)


def today(account: Account, now: datetime) -> date:
    return now.astimezone(_zone(account)).date()


def next_month(account: Account, now: datetime) -> date:
    """When the month's money begins again."""
    return _months_before(today(account, now).replace(day=1), -1)


def currency_of(account: Account) -> str:
    known = account.network in registry.networks()
    connector = registry.connector(account.network) if known else None
    return connector.currency if isinstance(connector, Priced) else ""


def budget(account: Account, now: datetime) -> Budget:
    return budgets([account], now)[account.pk]


def budgets(accounts: Iterable[Account], now: datetime) -> dict[int, Budget]:
    """Per account; one statement for all that cost something."""
    accounts = list(accounts)
    priced = {account.pk: account for account in accounts if currency_of(account)}
    spent: dict[int, Decimal] = {}
    if priced:
        begun = min(today(account, now).replace(day=1) for account in priced.values())
        rows = (
            Spending.objects.filter(
                brand__in={account.brand_id for account in priced.values()},
                account__in=priced,
                day__gte=begun,
            )
            .values_list("account_id", "day", "currency")
            .annotate(sum=Sum("amount"))
        )
        for pk, day, currency, amount in rows:
            account = priced[pk]
            if day >= today(account, now).replace(day=1) and currency == currency_of(account):
                spent[pk] = spent.get(pk, Decimal(0)) + amount
    return {
        account.pk: Budget(spent.get(account.pk, Decimal(0)), account.monthly_cap, currency_of(account))
        for account in accounts
    }


def next_poll(budget: Budget, usual: timedelta) -> timedelta:
    """How long to wait before the next poll, given what is left of the month's money."""
    match budget.level:
        case Level.SPENT:
            return max(usual, ASK_AGAIN)
        case Level.NEAR:
            return usual * SLOWER
        case _:
            return usual


@dataclass(frozen=True, slots=True)
class Line:
    """One month, or one kind in it."""

    month: date
    reads: int
    writes: int
    reading: Decimal
    writing: Decimal

    @property
    def amount(self) -> Decimal:
        return self.reading + self.writing


def months(account: Account, now: datetime) -> list[Line]:
    """The months with something in them, the present one first and always there."""
    this = today(account, now).replace(day=1)
    found: dict[date, list[Any]] = {this: [0, 0, Decimal(0), Decimal(0)]}
    since = _months_before(this, MONTHS - 1)
    rows = Spending.objects.filter(
        brand=account.brand_id, account=account, day__gte=since, currency=currency_of(account)
    )
    for row in rows:
        sums = found.setdefault(row.day.replace(day=1), [0, 0, Decimal(0), Decimal(0)])
        place = 0 if row.kind == Spending.Kind.READ else 1
        sums[place] += row.count
        sums[2 + place] += row.amount
    return [Line(month, *sums) for month, sums in sorted(found.items(), reverse=True)]


def money(amount: Decimal, currency: str) -> str:
    """As people read it here, with as many places as it needs and two at least: 0,015 USD."""
    places = max(2, -int(amount.normalize().as_tuple().exponent)) if amount else 2
    return f"{formats.number_format(amount, decimal_pos=min(places, 4))} {currency}".strip()


def _months_before(month: date, count: int) -> date:
    total = month.year * 12 + month.month - 1 - count
    return date(total // 12, total % 12 + 1, 1)


def _zone(account: Account) -> ZoneInfo:
    try:
        return ZoneInfo(account.time_zone)
    except (KeyError, ValueError, OSError):  # a zone that this machine's table does not know
        return ZoneInfo("UTC")
