"""Connecting an account, keeping its secrets, setting its hours."""

from __future__ import annotations

import re

import pytest
from django.db import connection

from cortafuegos.channels import actions
from cortafuegos.channels.contract import ConnectError
from cortafuegos.channels.models import Account, Receipt
from cortafuegos.team.tests.world import World, world

__all__ = ["world"]
SECRET = "whsec_" + "m" * 40
FORM = {"name": "Formulario de la web", "url": "", "secret": SECRET}


@pytest.fixture
def account(world: World) -> Account:
    return actions.connect(world.lucia.pk, world.brand, "webhook", FORM)


def page_of(world: World, path: str) -> str:
    return world.client(world.lucia).get(world.url(path)).content.decode()


# --- connecting ------------------------------------------------------------------------


def test_connecting_by_the_page_shows_the_secret_once(world: World) -> None:
    client = world.client(world.pilar)
    there = client.post(world.url("settings/accounts/new/webhook"), FORM)["Location"]
    first, second = (client.get(there).content.decode() for _time in range(2))
    made = Account.objects.get()
    assert f"/in/{made.public_id}" in first
    assert SECRET in first
    assert SECRET not in second
    assert f"/in/{made.public_id}" in second


def test_no_later_page_and_no_row_holds_the_secret(world: World, account: Account) -> None:
    pages = [
        "settings/accounts",
        f"settings/accounts/{account.pk}",
        f"settings/accounts/{account.pk}/credentials",
    ]
    assert SECRET not in "".join(page_of(world, page) for page in pages)
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(a)::text FROM cortafuegos_account a")
        row = cursor.fetchone()[0]
    assert SECRET not in row
    assert SECRET.encode().hex() not in row


def test_an_error_keeps_what_was_typed_but_no_password(world: World) -> None:
    client = world.client(world.lucia)
    typed = {"server": "http://redes.example", "token": "tok-muy-secreto"}
    answer = client.post(world.url("settings/accounts/new/mastodon"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="http://redes.example"' in page
    assert "tok-muy-secreto" not in page
    field = page[page.index('name="server"') : page.index('name="token"')]
    assert "field__error" in field  # at the input it is about
    assert 'aria-invalid="true"' in page
    assert not Account.objects.exists()


def test_markup_typed_into_the_form_stays_words(world: World) -> None:
    bad = {"name": '"><script>alert(1)</script>', "secret": "short"}
    answer = world.client(world.lucia).post(world.url("settings/accounts/new/webhook"), bad)
    assert answer.status_code == 422
    assert b"<script>alert(1)" not in answer.content


def test_the_same_account_twice_is_refused_and_the_first_stays(world: World, account: Account) -> None:
    with pytest.raises(ConnectError) as caught:
        actions.connect(world.lucia.pk, world.brand, "webhook", FORM)
    assert "formulario-de-la-web" in str(caught.value.sentence)
    assert Account.objects.get() == account
    other = actions.connect(world.olga.pk, world.elsewhere, "webhook", FORM)
    assert other.pk != account.pk


def test_a_removed_account_forgets_its_secret_and_comes_back_as_itself(
    world: World, account: Account
) -> None:
    Account.objects.filter(pk=account.pk).update(cursor={"since": 7})
    actions.remove(account)
    account.refresh_from_db()
    assert (bytes(account.sealed), account.credentials, account.may_send) == (b"", {}, False)
    again = actions.connect(world.lucia.pk, world.brand, "webhook", FORM)
    assert (again.pk, again.removed_at, again.cursor) == (account.pk, None, {})
    assert again.credentials["secret"] == SECRET


def test_removing_asks_for_the_handle(world: World, account: Account) -> None:
    client, url = world.client(world.lucia), world.url(f"settings/accounts/{account.pk}/removal")
    for wrong in ("", "formulario", "Formulario de la web"):
        assert client.post(url, {"handle": wrong}).status_code == 422
    account.refresh_from_db()
    assert account.removed_at is None
    assert client.post(url, {"handle": "Formulario-de-la-web "}).status_code == 302
    account.refresh_from_db()
    assert account.removed_at is not None


def test_reconnecting_with_another_account_is_refused(account: Account) -> None:
    with pytest.raises(ConnectError):
        actions.reconnect(account, {**FORM, "secret": "whsec_" + "z" * 40})
    account.refresh_from_db()
    assert account.credentials["secret"] == SECRET


def test_reconnecting_by_the_page_needs_no_secret_again(world: World, account: Account) -> None:
    actions.rotate_secret(account)
    account.refresh_from_db()
    actions.mark_refused(account, "401")
    assert Account.objects.get().state == "refused"
    fresh = Account.objects.get(pk=account.pk).credentials["secret"]
    url = world.url(f"settings/accounts/{account.pk}/credentials")
    answer = world.client(world.lucia).post(url, {"name": "Formulario", "url": "", "secret": ""})
    assert answer.status_code == 302
    account.refresh_from_db()
    assert (account.state, account.name, account.credentials["secret"]) == ("ok", "Formulario", fresh)


def test_a_rotated_secret_leaves_the_old_one_good_until_the_next_time(account: Account) -> None:
    first = actions.rotate_secret(account)
    account.refresh_from_db()
    assert account.credentials == {"secret": first, "previous_secret": SECRET}
    second = actions.rotate_secret(account)
    account.refresh_from_db()
    assert account.credentials == {"secret": second, "previous_secret": first}


@pytest.mark.parametrize("network", ["nowhere", "contract", "tests", "..%2fmail"])
def test_networks_that_are_none_are_not_there(world: World, network: str) -> None:
    assert world.client(world.lucia).get(world.url(f"settings/accounts/new/{network}")).status_code == 404


# --- whose they are ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "rest", ["", "/welcome", "/credentials", "/removal", "/pause", "/secret", "/profile"]
)
def test_accounts_of_another_brand_are_not_there(world: World, rest: str) -> None:
    theirs = actions.connect(world.olga.pk, world.elsewhere, "webhook", FORM)
    client = world.client(world.lucia)
    for answer in (client.get, client.post):
        assert answer(world.url(f"settings/accounts/{theirs.pk}{rest}")).status_code in (404, 405)
    theirs.refresh_from_db()
    assert (theirs.state, theirs.removed_at, theirs.credentials["secret"]) == ("ok", None, SECRET)


def test_an_agent_sees_how_accounts_are_and_changes_nothing(world: World, account: Account) -> None:
    client = world.client(world.bruno)
    assert "Formulario de la web" in client.get(world.url("settings/accounts")).content.decode()
    for rest in ("pause", "removal", "secret", "profile", "credentials"):
        assert client.post(world.url(f"settings/accounts/{account.pk}/{rest}")).status_code == 403


# --- settings ----------------------------------------------------------------------------


def settings(**more: str) -> dict[str, str]:
    return {
        "name": "Formulario", "language": "es", "time_zone": "Europe/Madrid",
        "first_answer_minutes": "60", "stretch_minutes": "12", **more,
    }  # fmt: skip


def test_hours_are_kept_as_typed_and_offered_as_a_sentence(world: World, account: Account) -> None:
    typed = {f"{day}-0-{end}": hour for day in ("mon", "tue", "wed", "thu", "fri")
             for end, hour in (("from", "09:00"), ("to", "20:00"))}  # fmt: skip
    url = world.url(f"settings/accounts/{account.pk}")
    assert world.client(world.lucia).post(url, settings(**typed)).status_code == 302
    account.refresh_from_db()
    assert account.opening_hours == {day: [["09:00", "20:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    assert "Respondemos de lunes a viernes de 9 a 20 h." in page_of(world, f"settings/accounts/{account.pk}")


@pytest.mark.parametrize(
    "hours",
    [
        {"mon-0-from": "20:00", "mon-0-to": "09:00"},
        {"mon-0-from": "09:00"},
        {"mon-0-to": "09:00"},
        {"mon-0-from": "09:00", "mon-0-to": "14:00", "mon-1-from": "13:00", "mon-1-to": "20:00"},
        {"mon-0-from": "99:99", "mon-0-to": "99:99"},
        {"mon-0-from": "<b>", "mon-0-to": "x"},
    ],
)
def test_hours_that_make_no_sense_are_said_at_their_day_and_kept(
    world: World, account: Account, hours: dict[str, str]
) -> None:
    url = world.url(f"settings/accounts/{account.pk}")
    answer = world.client(world.lucia).post(url, settings(name="Otro nombre", **hours))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Otro nombre"' in page
    day = re.search(r'<div class="week__day([^"]*)" data-day role="group" aria-label="Lunes"', page)
    assert day
    assert "field--wrong" in day[1]
    account.refresh_from_db()
    assert (account.opening_hours, account.name) == ({}, "Formulario de la web")


@pytest.mark.parametrize(
    "wrong",
    [
        {"time_zone": "Europe/Atlantis"},
        {"language": "xx"},
        {"stretch_minutes": "90"},
        {"first_answer_minutes": "0"},
    ],
)
def test_settings_that_make_no_sense_change_nothing(
    world: World, account: Account, wrong: dict[str, str]
) -> None:
    before = Account.objects.filter(pk=account.pk).values().get()
    url = world.url(f"settings/accounts/{account.pk}")
    assert world.client(world.lucia).post(url, settings(**wrong)).status_code == 422
    assert Account.objects.filter(pk=account.pk).values().get() == before


def test_only_settings_can_be_configured(account: Account) -> None:
    with pytest.raises(TypeError):
        actions.configure(account, sealed=b"")


def test_a_profile_the_network_does_not_take_is_kept_here(world: World, account: Account) -> None:
    url = world.url(f"settings/accounts/{account.pk}/profile")
    page = world.client(world.lucia).post(url, {"profile_text": "Respondemos de 9 a 20 h"}, follow=True)
    assert "cópialo a mano en el perfil" in page.content.decode()
    account.refresh_from_db()
    assert account.profile_text == "Respondemos de 9 a 20 h"


def test_receipts_stay_when_their_account_goes(account: Account) -> None:
    Receipt.objects.create(brand=account.brand, account=account, key="k", body=b"x")
    actions.remove(account)
    assert Receipt.objects.count() == 1
