"""How the accounts are, in words: for the bar that everybody sees, and for the list of accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cortafuegos.channels import meter, pace, registry
from cortafuegos.channels.capabilities import Renews
from cortafuegos.channels.models import Account
from cortafuegos.kit import clock
from cortafuegos.kit.compiled import compiled

State = Account.State
STUCK = timedelta(minutes=10)  # a network that stutters for less is nobody's business
ORDER = {State.REFUSED: 0, State.EXPIRING: 1, State.DEGRADED: 2, State.PAUSED: 3, State.OK: 4}
ICONS = {"danger": "triangle-alert", "warn": "clock-alert", "muted": "circle-pause", "ok": "circle-check"}


@dataclass(frozen=True, slots=True)
class Alarm:
    """One account that needs a person. ``level`` is danger (sending is blocked) or warn."""

    account: Account
    level: str
    sentence: str

    @property
    def icon(self) -> str:
        return ICONS[self.level]


@dataclass(frozen=True, slots=True)
class Overview:
    """How many accounts there are, and what is wrong with some of them, the worst first."""

    total: int
    alarms: tuple[Alarm, ...]

    @property
    def refused(self) -> list[Alarm]:
        return [alarm for alarm in self.alarms if alarm.level == "danger"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One account for the list: state in a word, with its colour, and what to do about it."""

    account: Account
    network: str
    mark: str
    level: str  # danger, warn, muted, ok
    word: str
    advice: str
    days_left: int | None  # until the credentials end
    lag: timedelta | None  # since the network last answered; nothing when it calls us
    renews: bool  # its credentials end and are renewed without anybody
    rests_until: datetime | None  # the network wants nothing sent until then

    @property
    def icon(self) -> str:
        return ICONS[self.level]


def overview(brand: Any, now: datetime | None = None) -> Overview:
    """What everybody in the brand must see. One query, or two."""
    now = now or clock.now()
    accounts = sorted(_accounts(brand.pk), key=lambda one: ORDER[State(one.state)])
    alarms = [_alarm(account, now) for account in accounts]
    return Overview(len(accounts), tuple(filter(None, [*alarms, *_money(accounts, now)])))


@compiled
def _accounts(brand_id: Any) -> QuerySet[Account]:
    """Without what is sealed, which takes unsealing, and what only its connector reads."""
    rows = Account.objects.filter(brand_id=brand_id, removed_at=None)
    return rows.defer("sealed", "cursor", "config", "profile_text").order_by("name", "pk")


def _money(accounts: list[Account], now: datetime) -> Iterable[Alarm]:
    """One query more, only where somebody has set a cap."""
    capped = [one for one in accounts if one.monthly_cap_cents is not None]
    found = meter.budgets(capped, now) if capped else {}
    for account in capped:
        who = {"name": account.name, "network": network_name(account.network)}
        match found[account.pk].level:
            case meter.Level.SPENT:
                said = _(
                    "The month's money for %(name)s on %(network)s is used up. Nothing is fetched from there,"
                    " and only urgent cases are answered."
                )
                yield Alarm(account, "warn", said % who)
            case meter.Level.NEAR:
                said = _("Four fifths of the month's money for %(name)s on %(network)s are used.")
                yield Alarm(account, "warn", said % who)


def _alarm(account: Account, now: datetime) -> Alarm | None:
    who = {"name": account.name, "network": network_name(account.network)}
    if account.state == State.REFUSED:
        sentence = _(
            "%(network)s no longer lets us in as %(name)s. Nothing goes out until it is reconnected."
        )
        return Alarm(account, "danger", sentence % who)
    if account.state == State.EXPIRING:
        return Alarm(account, "warn", _expiry(account, now))
    if account.state == State.DEGRADED and now - account.state_since > STUCK:
        sentence = _("%(network)s answers badly for %(name)s. We keep trying; nothing is lost.")
        return Alarm(account, "warn", sentence % who)
    return None


def _expiry(account: Account, now: datetime) -> str:
    who = {"name": account.name, "network": network_name(account.network)}
    days = days_left(account, now)
    if days is None:
        return _("The access of %(name)s on %(network)s ends soon. Reconnect it.") % who
    if days <= 0:
        return _("The access of %(name)s on %(network)s ends today. Reconnect it.") % who
    return ngettext(
        "The access of %(name)s on %(network)s ends in %(days)d day. Reconnect it.",
        "The access of %(name)s on %(network)s ends in %(days)d days. Reconnect it.",
        days,
    ) % {**who, "days": days}


def conditions(brand: Any, now: datetime | None = None) -> list[Condition]:
    """Every account of the brand, those that need a person first."""
    now = now or clock.now()
    accounts = Account.objects.filter(brand=brand, removed_at=None).order_by("name", "pk")
    return [condition(account, now) for account in sorted(accounts, key=lambda one: ORDER[State(one.state)])]


def condition(account: Account, now: datetime | None = None) -> Condition:
    now = now or clock.now()
    known = account.network in registry.networks()
    connector = registry.connector(account.network) if known else None
    level, word, advice = _words(account, now)
    polled = connector is not None and connector.poll_seconds > 0
    return Condition(
        account=account,
        network=network_name(account.network),
        mark=connector.mark if connector else "?",
        level=level,
        word=word,
        advice=advice,
        days_left=days_left(account, now),
        lag=now - account.last_ok_at if polled and account.last_ok_at else None,
        renews=isinstance(connector, Renews),
        rests_until=account.rests_until if pace.resting(account, now) else None,
    )


def _words(account: Account, now: datetime) -> tuple[str, str, str]:
    match account.state:
        case State.REFUSED:
            return (
                "danger",
                _("Refused"),
                _("The network no longer accepts our credentials. Nothing arrives and nothing goes out. "
                  "Reconnect the account; waiting replies then leave by themselves."),
            )  # fmt: skip
        case State.EXPIRING:
            return "warn", _("Ends soon"), _expiry(account, now)
        case State.DEGRADED:
            return (
                "warn",
                _("Answers badly"),
                _(
                    "The network is slow or gives errors. There is nothing to do: "
                    "we keep trying and lose nothing."
                ),
            )
        case State.PAUSED:
            return "muted", _("Paused"), _("Somebody paused it: nothing arrives and nothing goes out.")
        case _:
            return "ok", _("Works"), _("It receives and sends.")


def days_left(account: Account, now: datetime) -> int | None:
    return (account.expires_at - now).days if account.expires_at else None


def network_name(network: str) -> str:
    """As people call it; the bare name for a network whose folder was deleted."""
    return str(registry.connector(network).name) if network in registry.networks() else network
