"""Those who say the same are marked as one crowd, and stay cases like all others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import cases, crowds
from cortafuegos.inbox.labels.crowds import sentence, short
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.queries import filters, listing, queues
from cortafuegos.inbox.receive import receive
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    ago,
    an_account,
    arrivals,
    now_of,
)
from cortafuegos.kit import clock
from cortafuegos.triage.grouping import Group

CAMPAIGN = "Boicot a Cóndor, no compréis nunca más sus billetes, compartid esto con todo el mundo"
pytestmark = pytest.mark.django_db


def say(account, *posts) -> list[Case]:
    receive(arrivals(account, list(posts)), clock.now())
    found = Case.objects.filter(brand=account.brand).select_related("identity").order_by("pk")
    return list(found)


def campaign(account, size=6, **fields) -> list[Case]:
    return say(account, *(a_post(f"{CAMPAIGN} {'!' * n}", by=f"voz{n}", **fields) for n in range(size)))


def shown(account, agent, asked) -> set[int]:
    wanted = filters.parse({"crowd": str(asked)})
    page = listing.page(account.brand_id, agent.pk, queues.find("all"), wanted, clock.now())
    return {case.pk for case in page.cases}


def test_the_same_words_from_many_accounts_are_one_crowd_of_open_cases(account, nuria):
    alone = a_case(account, by="sola")
    many = [case for case in campaign(account) if case.pk != alone.pk]
    assert crowds.mark(account.brand_id, clock.now()) == 6
    now = [now_of(case) for case in many]
    assert {(c.crowd, c.crowd_of, c.crowd_size) for c in now} == {("bots", many[0].pk, 6)}
    assert all(c.state == "open" and c.due_at and c.awaits_us for c in now)
    assert now_of(alone).crowd == ""
    assert shown(account, nuria, many[0].pk) == shown(account, nuria, "bots") == {c.pk for c in many}
    assert shown(account, nuria, "none") == {alone.pk}
    assert (short(now[0]), sentence(now[0])) == ("6 iguales", "6 cuentas dicen lo mismo")


def test_marked_once_and_nothing_is_written_again(account):
    campaign(account)
    crowds.mark(account.brand_id, clock.now())
    before = list(Case.objects.values_list("pk", "version"))
    assert crowds.mark(account.brand_id, clock.now()) == 0
    assert list(Case.objects.values_list("pk", "version")) == before


def test_who_comes_later_joins_and_who_is_answered_leaves_no_hole(account, nuria):
    first = campaign(account)
    crowds.mark(account.brand_id, clock.now())
    cases.close(nuria, first[0])
    late = say(account, a_post(CAMPAIGN + " ya", by="tarde"))[-1]
    crowds.mark(account.brand_id, clock.now())
    assert now_of(late).crowd == "bots"
    assert {now_of(c).crowd_of for c in [*first[1:], late]} == {first[1].pk}


def test_a_pile_on_is_named_by_the_post_it_answers(account):
    root = a_post("Nuestra nueva tarifa", by="otra")
    angry = (
        "indignante que subáis así el billete",
        "esto es una tomadura de pelo",
        "nunca más vuelo con vosotros",
        "¿y las familias qué hacemos ahora?",
        "mi abuela no puede pagar esa maleta",
        "qué poca vergüenza tenéis",
        "pues en la competencia cuesta la mitad",
        "vaya manera de tratar al cliente",
        "me doy de baja del club",
    )
    answers = {"in_reply_to": root.network_id, "conversation": root.conversation}
    say(account, root, *(a_post(words, by=f"v{n}", **answers) for n, words in enumerate(angry)))
    crowds.mark(account.brand_id, clock.now())
    assert set(Case.objects.filter(crowd="pile_on").values_list("crowd_size", flat=True)) == {9}


def test_two_brands_never_make_one_crowd(account):
    other = an_account(a_brand("lumbre", "Energía Lumbre"), "lumbre")
    campaign(account, 4)
    say(other, *(a_post(CAMPAIGN, by=f"otro{n}") for n in range(4)))
    crowds.mark(account.brand_id, clock.now())
    crowds.mark(other.brand_id, clock.now())
    assert not Case.objects.exclude(crowd="").exists()


def test_yesterdays_words_are_not_compared(account):
    campaign(account, at=ago(hours=30))
    assert crowds.mark(account.brand_id, clock.now()) == 0


def test_an_empty_brand(account):
    assert crowds.mark(account.brand_id, clock.now() + timedelta(days=1)) == 0


@pytest.mark.parametrize("odd", ["-1", "٣", "bots'", "9" * 40, "NONE", "1.5"])
def test_an_odd_crowd_in_the_address_narrows_nothing(odd):
    assert filters.parse({"crowd": odd}).crowd == ""


def test_of_two_crowds_the_one_that_tells_more():
    found = crowds.crowds([Group("duplicate", ("3", "4")), Group("bots", ("1", "3", "4"))])
    assert {found[one].kind for one in "134"} == {"bots"}
    assert found["3"] == crowds.Crowd("bots", 1, 3)


def test_the_head_leads_to_the_others(client, account, nuria):
    many = campaign(account)
    crowds.mark(account.brand_id, clock.now())
    client.force_login(nuria.user)
    page = client.get(f"/b/condor/cases/{now_of(many[0]).number}").content.decode()
    assert f"?crowd={many[0].pk}" in page
    assert "6 cuentas dicen lo mismo" in page
