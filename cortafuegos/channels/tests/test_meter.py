"""What an account costs: to the last decimal, in its own month, and with a cap that is felt."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import translation

from cortafuegos.channels import actions, health, meter, polling, registry
from cortafuegos.channels.meter import Budget, Level
from cortafuegos.channels.models import Account, Spending
from cortafuegos.channels.tests import networks
from cortafuegos.inbox.tests import twin
from cortafuegos.inbox.tests.laws.together import together
from cortafuegos.inbox.tests.people import a_brand, an_account
from cortafuegos.kit import clock
from cortafuegos.team.tests.world import World, world

__all__ = ["world"]
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hall():
    with networks.known():
        yield registry.connector("hall")


def a_shop(brand, handle="condor", **fields) -> Account:
    return an_account(brand, handle, "hall", **fields)


@pytest.fixture
def account(db) -> Account:
    return a_shop(a_brand())


@pytest.mark.parametrize(
    ("spent", "cap", "level"),
    [
        ("0", None, Level.FREE),
        ("1000", None, Level.FREE),
        ("0", "10", Level.FINE),
        ("7.999999", "10", Level.FINE),
        ("8", "10", Level.NEAR),
        ("9.999999", "10", Level.NEAR),
        ("10", "10", Level.SPENT),
        ("11", "10", Level.SPENT),
        ("0", "0", Level.SPENT),
    ],
)
def test_levels(spent, cap, level):
    budget = Budget(Decimal(spent), Decimal(cap) if cap else None)
    assert budget.level is level
    assert budget.left is None or budget.left >= 0
    assert 0 <= budget.percent <= 100


@pytest.mark.parametrize(
    ("price", "urgent", "allowed"),
    [("0.10", False, True), ("0.11", False, False), ("0.11", True, True), ("0", False, True)],
)
def test_the_last_cent_is_spent_and_not_one_more(price, urgent, allowed):
    assert Budget(Decimal("9.90"), Decimal(10)).allows(Decimal(price), urgent=urgent) is allowed


def test_thousandths_add_up_exactly(account):
    for _ in range(1000):
        meter.note(account, "read", Decimal("0.005"), NOON)
    meter.note(account, "write", Decimal("0.1"), NOON)
    assert meter.budget(account, NOON).spent == Decimal("5.1")
    line = meter.months(account, NOON)[0]
    assert (line.reads, line.writes, line.reading, line.writing) == (1000, 1, Decimal(5), Decimal("0.1"))


@pytest.mark.parametrize("nonsense", [None, Decimal("NaN"), Decimal("Infinity"), Decimal("-1")])
def test_nonsense_costs_nothing(account, nonsense):
    meter.note(account, "read", nonsense, NOON)
    assert not Spending.objects.exists()


def test_the_month_ends_where_the_brand_lives(account):
    Account.objects.filter(pk=account.pk).update(time_zone="America/Bogota")
    account.refresh_from_db()
    last_evening = datetime(2026, 12, 1, 3, tzinfo=UTC)  # still 30 November in Bogotá
    meter.note(account, "read", Decimal(1), last_evening)
    assert Spending.objects.get().day == date(2026, 11, 30)
    assert meter.budget(account, last_evening).spent == 1
    assert meter.budget(account, datetime(2026, 12, 1, 6, tzinfo=UTC)).spent == 0
    assert meter.next_month(account, last_evening) == date(2026, 12, 1)
    assert meter.next_month(account, datetime(2026, 12, 31, 12, tzinfo=UTC)) == date(2027, 1, 1)


def test_a_zone_that_nobody_knows_is_utc(account):
    account.time_zone = "Marte/Olimpo"
    assert meter.today(account, NOON) == date(2026, 11, 22)


def test_each_account_pays_for_itself(account):
    other = a_shop(account.brand, "soporte")
    elsewhere = a_shop(a_brand("tienda", "Tienda Ñ"))
    meter.note(other, "read", Decimal(3), NOON)
    meter.note(elsewhere, "read", Decimal(5), NOON)
    found = meter.budgets([account, other, elsewhere], NOON)
    assert [found[one.pk].spent for one in (account, other, elsewhere)] == [0, 3, 5]


def test_six_months_and_the_empty_present_one(account):
    for month in range(1, 11):
        meter.note(account, "read", Decimal(month), NOON.replace(month=month))
    assert [line.month.month for line in meter.months(account, NOON)] == [11, 10, 9, 8, 7, 6]


@pytest.mark.parametrize(
    ("amount", "said"),
    [
        ("0", "0.00 USD"),
        ("5", "5.00 USD"),
        ("0.015", "0.015 USD"),
        ("0.005000", "0.005 USD"),
        ("120", "120.00 USD"),
    ],
)
def test_money_in_words(amount, said):
    with translation.override("en"):
        assert meter.money(Decimal(amount), "USD") == said
    with translation.override("es"):
        assert meter.money(Decimal(amount), "USD") == said.replace(".", ",")


@pytest.mark.django_db(transaction=True)
def test_many_at_once_lose_no_cent():
    account = a_shop(a_brand())

    def spend():
        for _ in range(25):
            meter.note(account, "write", Decimal("0.01"), NOON)

    together(*[spend] * 6)
    assert meter.budget(account, NOON).spent == Decimal("1.50")
    assert Spending.objects.get().count == 150


# --- felt where it is asked ---------------------------------------------------------------------


@pytest.fixture
def asked(tmp_path, db):
    with twin.running(tmp_path) as sandbox:
        yield sandbox.account(a_brand(), "hall", monthly_cap_cents=100)


def again(account: Account) -> Account:
    return Account.objects.get(pk=account.pk)


def wait_of(account: Account) -> timedelta:
    return again(account).next_poll_at - clock.now()


def test_a_poll_is_paid_for_slows_down_and_stops(hall, asked):
    hall.spent = Decimal("0.30")
    usual = timedelta(seconds=hall.poll_seconds)
    polling.poll(again(asked))
    assert wait_of(asked) <= usual
    polling.poll(again(asked))
    polling.poll(again(asked))
    assert usual < wait_of(asked) <= 4 * usual
    polling.poll(again(asked))
    assert meter.budget(again(asked), clock.now()).spent == Decimal("1.20")
    polling.poll(again(asked))
    assert meter.budget(again(asked), clock.now()).spent == Decimal("1.20"), "nobody was asked"
    assert wait_of(asked) > timedelta(minutes=9)
    actions.set_cap(again(asked), Decimal("5"))
    assert wait_of(asked) <= timedelta(0), "a raised cap is felt at once"
    polling.poll(again(asked))
    assert meter.budget(again(asked), clock.now()).spent == Decimal("1.50")


def test_everybody_is_told(asked):
    def told():
        return [alarm.level for alarm in health.overview(asked.brand).alarms]

    assert told() == []
    meter.note(asked, "read", Decimal("0.80"), clock.now())
    assert told() == ["warn"]
    meter.note(asked, "read", Decimal("0.20"), clock.now())
    assert told() == ["warn"]
    actions.set_cap(asked, None)
    assert told() == []


@pytest.mark.parametrize(("typed", "cents"), [("25", 2500), ("25,50", 2550), ("0", 0), ("", None)])
def test_the_cap_by_the_page(world: World, typed, cents):
    account = a_shop(world.brand, monthly_cap_cents=7)
    client, url = world.client(world.lucia), world.url(f"settings/accounts/{account.pk}")
    world.lucia.user.language = "es"
    world.lucia.user.save()
    assert client.post(f"{url}/cap", {"cap": typed}).status_code == 302
    assert again(account).monthly_cap_cents == cents
    assert client.get(url).status_code == 200


@pytest.mark.parametrize("typed", ["-1", "mucho", "1e9", "0.001", "NaN", "9" * 400])
def test_a_cap_that_is_none(world: World, typed):
    account = a_shop(world.brand, monthly_cap_cents=7)
    url = world.url(f"settings/accounts/{account.pk}/cap")
    assert world.client(world.lucia).post(url, {"cap": typed}).status_code == 422
    assert world.client(world.bruno).post(url, {"cap": "1"}).status_code == 403
    assert again(account).monthly_cap_cents == 7


def test_who_costs_nothing_has_no_meter(world: World):
    account = an_account(world.brand, network="sandbox")
    page = world.client(world.lucia).get(world.url(f"settings/accounts/{account.pk}")).content.decode()
    assert 'id="money"' not in page
