"""Invitations and sign-in links: once, in time, by whom they are for."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cortafuegos.kit import clock, crypto
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team import actions
from cortafuegos.team.models import Agent, Invitation, SignInLink, User
from cortafuegos.team.tests.test_actions import refused
from cortafuegos.team.tests.world import PASSWORD, World

NEW = {"name": "Nora Gil", "email": "nora@condor.example", "password": PASSWORD}


def test_an_invitation_makes_one_agent_with_its_role(world: World) -> None:
    _made, token = actions.invite(world.pilar, "drafter")
    agent = actions.accept(token, **NEW)
    assert (agent.brand, agent.role, agent.user.email) == (world.brand, "drafter", "nora@condor.example")
    assert agent.user.check_password(PASSWORD)
    assert refused(actions.accept, token, **{**NEW, "email": "otra@condor.example"}) == "invitation_used"


def test_only_hashes_of_tokens_are_kept(world: World) -> None:
    made, token = actions.invite(world.pilar, "agent")
    link = actions.sign_in_link(world.bruno.user)
    kept = str(Invitation.objects.values()[0]) + str(SignInLink.objects.values()[0])
    assert token not in kept
    assert link not in kept
    assert made.token_hash == crypto.token_hash(token)


@pytest.mark.parametrize("guess", ["", "x", "A" * 43, "../../etc", "\0", "'; drop table"])
def test_guesses_open_nothing(world: World, guess: str) -> None:
    made, _token = actions.invite(world.pilar, "agent")
    actions.sign_in_link(world.bruno.user)
    assert refused(actions.accept, guess, **NEW) == "invitation_unknown"
    assert refused(actions.accept, made.token_hash, **NEW) == "invitation_unknown"
    assert refused(actions.use_sign_in_link, guess) == "link_unknown"


def test_expired_and_withdrawn_invitations_open_nothing(world: World) -> None:
    made, token = actions.invite(world.pilar, "agent")
    Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert refused(actions.accept, token, **NEW) == "invitation_expired"
    Invitation.objects.update(expires_at=clock.now() + timedelta(days=1))
    actions.revoke(world.lucia, made)
    assert refused(actions.accept, token, **NEW) == "invitation_revoked"
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_an_outsider_withdraws_nothing(world: World) -> None:
    made, token = actions.invite(world.pilar, "agent")
    actions.revoke(world.olga, made)
    assert actions.check_invitation(token)


def test_an_invitation_ends_with_the_right_to_give_it(world: World) -> None:
    _made, token = actions.invite(world.pilar, "supervisor")
    actions.change_role(world.lucia, world.pilar, "agent")
    assert refused(actions.accept, token, **NEW) == "invitation_revoked"
    actions.change_role(world.lucia, world.pilar, "supervisor")
    actions.deactivate(world.lucia, world.pilar)
    assert refused(actions.accept, token, **NEW) == "invitation_revoked"


def test_an_invitation_for_one_address_is_for_that_address(world: World) -> None:
    _made, token = actions.invite(world.lucia, "owner", "Nora@Condor.example")
    assert refused(actions.accept, token, user=world.olga.user) == "invitation_for_another"
    agent = actions.accept(token, **{**NEW, "email": "intruder@evil.example"})
    assert agent.user.email == "nora@condor.example"


def test_an_invitation_cannot_take_over_somebody_elses_account(world: World) -> None:
    _made, token = actions.invite(world.pilar, "agent")
    taken = {**NEW, "email": "OLGA@faro.example", "password": "otra clave bien larga"}
    assert refused(actions.accept, token, **taken) == "email_taken"
    world.olga.user.refresh_from_db()
    assert world.olga.user.check_password(PASSWORD)
    assert actions.accept(token, user=world.olga.user).brand == world.brand


def test_a_weak_password_uses_nothing_up(world: World) -> None:
    _made, token = actions.invite(world.pilar, "agent")
    with pytest.raises(ValidationError):
        actions.accept(token, **{**NEW, "password": "password"})
    assert actions.accept(token, **NEW)


def test_an_invitation_does_not_change_the_role_of_who_is_here(world: World) -> None:
    _made, token = actions.invite(world.lucia, "owner")
    assert refused(actions.accept, token, user=world.bruno.user) == "already_here"
    world.bruno.refresh_from_db()
    assert world.bruno.role == "agent"


def test_who_was_shut_out_comes_back_with_the_new_role(world: World) -> None:
    actions.deactivate(world.lucia, world.pilar)
    _made, token = actions.invite(world.lucia, "drafter")
    agent = actions.accept(token, user=world.pilar.user)
    assert (agent.pk, agent.active, agent.role) == (world.pilar.pk, True, "drafter")


@pytest.mark.django_db(transaction=True)
def test_one_link_opened_ten_times_at_once_lets_one_in(world: World) -> None:
    _made, token = actions.invite(world.pilar, "agent")
    link = actions.sign_in_link(world.bruno.user)
    outcomes: list[str] = []
    start = threading.Barrier(10)

    def go(number: int) -> None:
        start.wait()
        try:
            if number % 2:
                actions.use_sign_in_link(link)
                outcomes.append("in")
            else:
                actions.accept(token, **{**NEW, "email": f"n{number}@condor.example"})
                outcomes.append("joined")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=(number,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == sorted(["in", "joined", *["link_used"] * 4, *["invitation_used"] * 4])
    assert Agent.objects.filter(brand=world.brand).count() == 5


def test_sign_in_links_end_with_a_day_and_with_the_person(world: World) -> None:
    link = actions.sign_in_link(world.bruno.user)
    SignInLink.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert refused(actions.use_sign_in_link, link) == "link_expired"
    other = actions.sign_in_link(world.bruno.user)
    User.objects.filter(pk=world.bruno.user_id).update(is_active=False)
    assert refused(actions.use_sign_in_link, other) == "link_unknown"
