"""What can be proved of an account now, by the button and by the command, on a network that answers,
badly when asked to."""

from __future__ import annotations

from decimal import Decimal

import click
import pytest
from click.testing import CliRunner
from django.utils import translation

from cortafuegos import cli_channel
from cortafuegos.channels import registry, trial
from cortafuegos.channels.models import Account, Receipt, Spending
from cortafuegos.channels.tests import networks
from cortafuegos.inbox.tests import twin
from cortafuegos.kit import clock
from cortafuegos.team.tests.world import World, world

__all__ = ["world"]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def sandbox(tmp_path):
    with networks.known(), twin.running(tmp_path) as found:
        yield found


@pytest.fixture
def account(world: World, sandbox) -> Account:
    return sandbox.account(world.brand, "sandbox", "condor")


@pytest.fixture
def hall(world: World, sandbox) -> Account:
    """It has said something to the world, under which a check may write."""
    account = sandbox.account(world.brand, "hall", "soporte")
    account.config["pinned"] = sandbox.store.uri("posts", sandbox.speaks("Aquí estamos.", by="soporte"))
    account.save()
    return account


def look(account: Account) -> dict[str, tuple[str, str]]:
    found = Account.objects.get(pk=account.pk)
    return {one.what: (one.verdict.value, one.said) for one in trial.look(found, clock.now())}


def test_an_account_that_works_is_proved_without_keeping_anything(sandbox, account):
    sandbox.speaks("@condor ¿hay alguien?")
    found = look(account)
    assert found["Access"][0] == "proved"
    assert "300" in found["Public answers"][1]
    assert found["Asking for what is new"] == (
        "proved",
        "It answers with 1 new delivery, which can be read. It is in the inbox in a moment.",
    )
    assert found["Last message"][0] == "open"
    assert not Receipt.objects.exists()
    assert Account.objects.get(pk=account.pk).cursor == {}


@pytest.mark.parametrize(
    ("fault", "on", "what"),
    [
        ("server_error", "GET /api/notifications", "Asking for what is new"),
        ("half_body", "GET /api/notifications", "Asking for what is new"),
        ("rate_limit", "GET /api/notifications", "Asking for what is new"),
        ("server_error", "GET /api/me", "Access"),
    ],
)
def test_what_fails_is_said_and_the_rest_is_still_looked_at(sandbox, account, fault, on, what):
    sandbox.fault(fault, on=on)
    found = look(account)
    assert found[what][0] == "failed"
    assert found[what][1]
    assert [name for name, (verdict, _said) in found.items() if verdict == "failed"] == [what]


def test_a_refused_token_is_an_alarm_too(sandbox, account):
    sandbox.fault("revoke_token", handle="condor")
    assert look(account)["Access"][0] == "failed"
    assert Account.objects.get(pk=account.pk).state == "refused"


def test_what_a_person_has_still_to_do_is_open(hall):
    assert look(hall)["By hand"] == ("open", "2 things are still to be done by hand.")


def test_the_button(world: World, sandbox, account):
    url = world.url(f"settings/accounts/{account.pk}/trial")
    page = world.client(world.lucia).post(url)
    assert page.status_code == 200
    assert "task--proved" in page.content.decode()
    assert world.client(world.bruno).post(url).status_code == 403
    assert world.client(world.lucia).get(url).status_code == 405


# --- writing to oneself -------------------------------------------------------------------


def test_writing_finding_and_taking_back_leaves_nothing(sandbox, hall):
    found = trial.rehearse(hall, clock.now())
    assert [one.verdict.value for one in found] == ["proved"] * 3
    assert "/posts/2" in found[0].said
    assert sandbox.ours() == ["Aquí estamos.", ""]


def test_a_lost_answer_is_found_and_taken_back(sandbox, hall):
    sandbox.fault("lose_answer", on="POST /api/posts")
    found = trial.rehearse(hall, clock.now())
    assert [one.verdict.value for one in found] == ["failed", "proved", "proved"]
    assert sandbox.ours() == ["Aquí estamos.", ""]


def test_what_cannot_be_taken_back_is_named(sandbox, hall):
    sandbox.fault("server_error", on="DELETE /api/posts")
    found = trial.rehearse(hall, clock.now())
    assert [one.verdict.value for one in found] == ["proved", "proved", "failed"]
    assert "/posts/2" in found[-1].said


def test_nothing_is_written_where_a_customer_would_read_it(sandbox, account):
    connector = registry.connector("threads")
    assert not isinstance(connector, trial.Rehearses)
    account.network = "threads"
    (found,) = trial.rehearse(account, clock.now())
    assert found.verdict == "open"
    assert sandbox.ours() == []


def test_where_there_is_nothing_to_answer_it_says_what_would_help(sandbox, hall):
    hall.config.pop("pinned")
    (found,) = trial.rehearse(hall, clock.now())
    assert (found.verdict, found.said) == ("open", "Pin a post first.")


# --- the command ----------------------------------------------------------------------------


@pytest.fixture
def command():
    """As a person runs it, but in the tests' database."""
    inside = click.Command(
        "check", params=cli_channel.check.params, callback=cli_channel.check.callback.__wrapped__
    )
    return lambda *arguments, **more: CliRunner().invoke(inside, arguments, **more)


def test_the_command_says_what_is_proved_and_what_is_not(command, sandbox, account):
    ran = command(str(account.pk))
    assert ran.exit_code == 0, ran.output
    assert f"sandbox/condor, account {account.pk}" in ran.output
    assert " yes  Access" in ran.output
    assert "open  Last message" in ran.output
    assert "--write" in ran.output
    assert sandbox.ours() == []


def test_the_command_fails_when_something_does(command, sandbox, account):
    sandbox.fault("revoke_token", handle="condor")
    ran = command("sandbox/@condor", "--language", "es")
    assert ran.exit_code == 1
    assert "  NO  Acceso" in ran.output


def test_the_command_writes_only_when_told(command, sandbox, hall):
    ran = command("soporte", "--write", "--yes")
    assert ran.exit_code == 0, ran.output
    assert sandbox.ours() == ["Aquí estamos.", ""]


@pytest.mark.parametrize(("answer", "written"), [("y\n", 1), ("n\n", 0), ("", 0)])
def test_the_command_asks_before_it_writes(command, sandbox, hall, answer, written):
    ran = command("soporte", "--write", input=answer)
    assert ran.exit_code == 0, ran.output
    assert "in public under" in ran.output
    assert len(sandbox.ours()) == 1 + written
    assert ("nobody agreed" in ran.output) is not bool(written)


def test_the_command_prints_no_secret(command, sandbox, hall):
    out = command("soporte", "--write", "--yes").output
    for secret in map(str, hall.credentials.values()):
        assert secret not in out


@pytest.mark.parametrize("named", ["999999", "nadie", "x/condor", "", "sandbox/"])
def test_an_account_that_is_not_there(command, account, named):
    ran = command(named)
    assert ran.exit_code == 2
    assert f"{account.pk} (sandbox/condor)" in ran.output


def test_two_of_one_name_are_told_apart(command, world, sandbox, account):
    other = sandbox.account(world.elsewhere, "sandbox", "condor")
    ran = command("condor")
    assert ran.exit_code == 2
    assert str(other.pk) in ran.output
    assert command(str(other.pk)).exit_code == 0


def test_what_it_asks_for_is_paid_for(hall):
    registry.connector("hall").spent = Decimal("0.005")
    look(hall)
    assert Spending.objects.get().amount == Decimal("0.005")
