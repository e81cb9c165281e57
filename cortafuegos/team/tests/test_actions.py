"""Nobody climbs, and an owner is always left."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import connection

from cortafuegos.kit.refusal import Refusal
from cortafuegos.team import actions
from cortafuegos.team.models import Agent, Brand, Team, User
from cortafuegos.team.rules import Role
from cortafuegos.team.tests.world import PASSWORD, World, a_user


def refused(verb: Callable[..., object], *args: object, **kwargs: object) -> str:
    with pytest.raises(Refusal) as caught:
        verb(*args, **kwargs)
    assert str(caught.value.sentence)
    return caught.value.code


@pytest.mark.parametrize("role", list(Role))
def test_agents_and_drafters_invite_nobody(world: World, role: Role) -> None:
    assert refused(actions.invite, world.bruno, role) == "not_allowed"
    assert refused(actions.invite, world.delia, role) == "not_allowed"


def test_a_supervisor_makes_no_owner_by_any_way(world: World) -> None:
    assert refused(actions.invite, world.pilar, "owner") == "above_you"
    assert refused(actions.change_role, world.pilar, world.bruno, "owner") == "above_you"
    assert refused(actions.change_role, world.pilar, world.pilar, "owner") == "above_you"
    assert refused(actions.change_role, world.pilar, world.bruno, "emperor") == "above_you"
    assert not Agent.objects.filter(brand=world.brand, role="owner").exclude(pk=world.lucia.pk).exists()


def test_a_supervisor_cannot_touch_an_owner(world: World) -> None:
    for verb in (actions.deactivate, actions.reactivate):
        assert refused(verb, world.pilar, world.lucia) == "above_you"
    assert refused(actions.change_role, world.pilar, world.lucia, "drafter") == "above_you"


def test_people_of_other_brands_are_out_of_reach(world: World) -> None:
    assert refused(actions.change_role, world.lucia, world.olga, "drafter") == "above_you"
    assert refused(actions.deactivate, world.lucia, world.olga) == "above_you"
    team = actions.create_team(world.olga, "Puerto")
    assert refused(actions.rename_team, world.lucia, team, "Mío") == "team_unknown"
    assert refused(actions.remove_team, world.lucia, team) == "team_unknown"
    assert refused(actions.set_members, world.lucia, team, [world.lucia.pk]) == "team_unknown"


def test_somebody_shut_out_commands_nothing(world: World) -> None:
    world.pilar.active = False
    assert refused(actions.invite, world.pilar, "agent") == "not_allowed"


def test_the_last_owner_stays(world: World) -> None:
    assert refused(actions.deactivate, world.lucia, world.lucia) == "last_owner"
    assert refused(actions.change_role, world.lucia, world.lucia, "agent") == "last_owner"
    actions.change_role(world.lucia, world.pilar, "owner")
    actions.change_role(world.lucia, world.lucia, "agent")
    assert refused(actions.deactivate, world.pilar, world.pilar) == "last_owner"


def test_an_owner_shut_out_does_not_count_as_left(world: World) -> None:
    actions.change_role(world.lucia, world.pilar, "owner")
    actions.deactivate(world.lucia, world.pilar)
    assert refused(actions.deactivate, world.lucia, world.lucia) == "last_owner"


@pytest.mark.django_db(transaction=True)
def test_two_owners_cannot_let_each_other_go_at_once(world: World) -> None:
    actions.change_role(world.lucia, world.pilar, "owner")
    pilar, lucia = (Agent.objects.get(pk=one.pk) for one in (world.pilar, world.lucia))
    outcomes: list[str] = []
    start = threading.Barrier(2)

    def go(actor: Agent, leaving: Agent) -> None:
        try:
            start.wait()
            actions.deactivate(actor, leaving)
            outcomes.append("done")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=pair) for pair in ((pilar, lucia), (lucia, pilar))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # The slower one is stopped as the last owner, or already as somebody who was let go.
    assert sorted(outcomes) in (["done", "last_owner"], ["done", "not_allowed"])
    assert Agent.objects.filter(brand=world.brand, role="owner", active=True).count() == 1


def test_brands_of_the_same_name_get_addresses_of_their_own(db: None) -> None:
    owner = a_user("Eva", "eva@faro.example")
    slugs = [
        actions.create_brand(name=name, owner=owner).slug for name in ("¡Año Ñ!", "Año Ñ", "Año Ñ 2", "日本")
    ]
    assert slugs == ["ano-n", "ano-n-2", "ano-n-2-2", "desk"]
    assert Brand.objects.count() == 4


def test_an_owner_needs_a_password_worth_the_name(db: None) -> None:
    with pytest.raises(ValidationError):
        actions.create_owner(
            name="Eva", email="e@f.example", password="12345678", language="es", time_zone="UTC"
        )
    assert not User.objects.exists()


def test_teams_have_one_name_each_and_members_of_the_brand_only(world: World) -> None:
    team = actions.create_team(world.pilar, " Noche ")
    assert refused(actions.create_team, world.pilar, "noche") == "name_taken"
    assert refused(actions.create_team, world.pilar, "  ") == "name_missing"
    actions.rename_team(world.pilar, team, "NOCHE")
    actions.set_members(world.pilar, team, [world.bruno.pk, world.olga.pk])
    assert list(team.members.all()) == [world.bruno]
    actions.remove_team(world.pilar, team)
    assert not Team.objects.exists()


def test_only_an_owner_gives_keys_and_only_where_nobody_else_relies_on_them(world: World) -> None:
    Authenticator.objects.create(user=world.bruno.user, type="totp", data={})
    for verb in (actions.remove_second_factor, actions.sign_in_link_for):
        assert refused(verb, world.pilar, world.bruno) == "not_allowed"
    Agent.objects.create(brand=world.elsewhere, user=world.bruno.user, role="agent")
    for verb in (actions.remove_second_factor, actions.sign_in_link_for):
        assert refused(verb, world.lucia, world.bruno) == "other_brands"
    assert Authenticator.objects.count() == 1
    Agent.objects.filter(brand=world.elsewhere, user=world.bruno.user).update(active=False)
    actions.remove_second_factor(world.lucia, world.bruno)
    assert not Authenticator.objects.exists()


def test_passwords_are_never_kept_in_the_clear(world: World) -> None:
    assert PASSWORD not in " ".join(User.objects.values_list("password", flat=True))
