"""Passwords, second factors, one-time links: what a thief would try."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from cortafuegos.team import actions
from cortafuegos.team.tests.world import PASSWORD, World

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):  # type: ignore[no-untyped-def]
    return client.post(LOGIN, {"login": email, "password": password, **more})


def with_second_factor(client: Client) -> str:
    """Turn it on by the pages, as a person does; returns the secret the phone holds."""
    activate = reverse("mfa_activate_totp")
    asked = client.get(activate)
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    client.post(asked["Location"], {"password": PASSWORD, "next": activate})
    page = client.get(activate)
    secret = re.search(r'class="key">([A-Z2-7]+)<', page.content.decode())
    assert secret, page
    code = totp.format_hotp_value(totp.hotp_value(secret[1], int(time.time()) // 30))
    answer = client.post(activate, {"code": code})
    assert answer["Location"] == reverse("mfa_view_recovery_codes")
    return secret[1]


def test_the_address_in_any_case_with_the_password_opens(world: World) -> None:
    client = Client()
    assert sign_in(client, "BRUNO@condor.example")["Location"] == "/"
    assert client.get("/")["Location"] == "/b/condor-azul/"


def test_wrong_passwords_and_unknown_addresses_read_the_same(world: World) -> None:
    pages = [sign_in(Client(), email, "nope").content for email in ("bruno@condor.example", "no@one.example")]
    strip = [re.sub(rb'value="[^"]*"|content="[^"]{64}"', b"", page) for page in pages]
    assert strip[0] == strip[1]
    assert b"nope" not in pages[0]


def test_after_five_wrong_passwords_not_even_the_right_one_opens(world: World) -> None:
    for _attempt in range(5):
        assert sign_in(Client(), "bruno@condor.example", "wrong").status_code == 200
    client = Client()
    answer = sign_in(client, "bruno@condor.example")
    assert answer.status_code == 200
    assert "Demasiados intentos" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    # and that one person is stopped stops nobody else
    assert sign_in(Client(), "pilar@condor.example").status_code == 302


def test_there_is_no_public_sign_up(world: World) -> None:
    for path in ("signup/", "email/", "confirm-email/", "login/code/", "2fa/webauthn/"):
        assert Client().get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "https:evil.example",
        "javascript:alert(1)",
    ],
)
def test_next_never_leads_to_another_site(world: World, target: str) -> None:
    assert sign_in(Client(), "bruno@condor.example", next=target)["Location"] == "/"
    language = Client().post("/language", {"language": "en", "next": target})
    assert "evil" not in language["Location"]
    signed_in = world.client(world.bruno)
    assert "evil" not in signed_in.post("/accounts/logout/", {"next": target})["Location"]


def test_a_session_planted_before_signing_in_is_worth_nothing_after(world: World) -> None:
    client = Client()
    client.get(LOGIN)
    client.session["planted"] = True
    session = client.session
    session["planted"] = True
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    sign_in(client, "bruno@condor.example")
    assert client.cookies["sessionid"].value != planted
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get(world.url("settings/preferences")).status_code == 302


def test_signing_out_takes_a_post_and_ends_the_session(world: World) -> None:
    client = world.client(world.bruno)
    stolen = client.cookies["sessionid"].value
    client.get("/accounts/logout/")
    assert client.get(world.url("settings/preferences")).status_code == 200
    client.post("/accounts/logout/")
    thief = Client()
    thief.cookies["sessionid"] = stolen
    assert thief.get(world.url("settings/preferences")).status_code == 302


def test_a_changed_password_ends_other_sessions(world: World) -> None:
    thief, client = world.client(world.bruno), world.client(world.bruno)
    new = "otra frase muy larga"
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer["Location"] == "/preferences?done=password"
    assert client.get(world.url("settings/preferences")).status_code == 200
    assert thief.get(world.url("settings/preferences")).status_code == 302


# --- second factor -----------------------------------------------------------------


def test_once_on_the_password_alone_opens_nothing(world: World) -> None:
    secret = with_second_factor(world.client(world.bruno))
    client = Client()
    assert sign_in(client, "bruno@condor.example")["Location"] == reverse("mfa_authenticate")
    assert client.get(world.url("settings/preferences")).status_code == 302
    assert "_auth_user_id" not in client.session
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + 1))
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000" if code != "000000" else "111111"})
    assert wrong.status_code == 200
    assert client.post(reverse("mfa_authenticate"), {"code": code})["Location"] == "/"
    assert client.get(world.url("settings/preferences")).status_code == 200


def test_a_one_time_link_does_not_go_round_the_second_factor(world: World) -> None:
    with_second_factor(world.client(world.bruno))
    client = Client()
    answer = client.post(f"/signin/{actions.sign_in_link(world.bruno.user)}")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert client.get(world.url("settings/preferences")).status_code == 302


def test_codes_cannot_be_tried_for_ever(world: World) -> None:
    secret = with_second_factor(world.client(world.bruno))
    client = Client()
    sign_in(client, "bruno@condor.example")
    good = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + 1))
    for number in range(10):
        client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"})
    assert client.post(reverse("mfa_authenticate"), {"code": good}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_turning_it_off_asks_for_the_password_again(world: World) -> None:
    with_second_factor(world.client(world.bruno))
    stolen_session = world.client(world.bruno)
    answer = stolen_session.post(reverse("mfa_deactivate_totp"))
    assert "reauthenticate" in answer["Location"]
    assert Authenticator.objects.filter(user=world.bruno.user, type="totp").exists()


def test_the_second_factors_secret_is_sealed_at_rest(world: World) -> None:
    secret = with_second_factor(world.client(world.bruno))
    assert secret not in str(list(Authenticator.objects.values()))


def test_recovery_codes_open_once_each(world: World) -> None:
    owner = world.client(world.bruno)
    with_second_factor(owner)
    codes = re.findall(
        r"<li><code>(\d+)</code>", owner.get(reverse("mfa_view_recovery_codes")).content.decode()
    )
    assert len(codes) == 10
    outcomes = []
    for _time in range(2):
        client = Client()
        sign_in(client, "bruno@condor.example")
        outcomes.append(client.post(reverse("mfa_authenticate"), {"code": codes[0]}).status_code)
    assert outcomes == [302, 200]


def test_recovery_codes_are_not_shown_to_a_stolen_session(world: World) -> None:
    with_second_factor(world.client(world.bruno))
    page = world.client(world.bruno).get(reverse("mfa_view_recovery_codes"))
    assert not re.search(r"<li><code>\d", page.content.decode())


# --- one-time links --------------------------------------------------------------------


def test_looking_at_a_link_from_afar_uses_nothing_up(world: World) -> None:
    link = f"/signin/{actions.sign_in_link(world.bruno.user)}"
    afar = {"REMOTE_ADDR": "203.0.113.9"}
    for _preview in range(3):
        assert Client().get(link, **afar).status_code == 200
    client = Client()
    assert client.post(link, **afar)["Location"] == "/"
    assert client.get(world.url("settings/preferences")).status_code == 200
    used = Client().post(link, **afar)
    assert used.status_code == 409
    assert "ya se usó" in used.content.decode()


def test_on_this_machine_one_click_does(world: World) -> None:
    link = f"/signin/{actions.sign_in_link(world.bruno.user)}"
    host = {"HTTP_HOST": "127.0.0.1:8000"}
    assert Client().get(link, HTTP_SEC_PURPOSE="prefetch", **host).status_code == 200
    assert Client().head(link, **host).status_code == 200
    assert Client().get(link, HTTP_X_FORWARDED_FOR="203.0.113.9", **host).status_code == 200
    client = Client()
    assert client.get(link, **host)["Location"] == "/"
    assert client.get(world.url("settings/preferences")).status_code == 200


# --- forgotten password ------------------------------------------------------------------


def test_a_forgotten_password_by_mail(world: World) -> None:
    stranger = Client().post(reverse("account_reset_password"), {"email": "no@one.example"})
    known = Client().post(reverse("account_reset_password"), {"email": "bruno@condor.example"})
    assert stranger["Location"] == known["Location"]
    assert [message.to for message in mail.outbox] == [["bruno@condor.example"]]
    path = re.search(r"https?://[^/]+(/\S+)", str(mail.outbox[0].body))
    assert path
    client = Client()
    form = client.get(path[1])["Location"]
    new = "otra frase muy larga"
    assert client.post(form, {"password1": new, "password2": new}).status_code == 302
    assert sign_in(Client(), "bruno@condor.example", new).status_code == 302
    assert Client().get(path[1]).status_code == 200  # used: no redirect to the form


def test_without_a_mail_server_the_page_says_so(world: World, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    for answer in (
        Client().get(reverse("account_reset_password")),
        Client().post(reverse("account_reset_password"), {"email": "bruno@condor.example"}),
    ):
        assert "cortafuegos signin" in answer.content.decode()


def test_every_form_of_the_front_door_refuses_what_it_did_not_send(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    link, (_made, token) = actions.sign_in_link(world.bruno.user), actions.invite(world.pilar, "agent")
    for path in (LOGIN, "/language", f"/signin/{link}", f"/join/{token}", reverse("account_reset_password")):
        assert client.post(path, {}).status_code == 403, path
    inside = world.client(world.lucia, enforce_csrf_checks=True)
    for path in ("settings/preferences", "settings/invitations", "settings/teams", "settings/brand",
                 f"settings/people/{world.bruno.pk}/deactivation", "settings/quarantine/replay",
                 "settings/accounts/new/webhook"):  # fmt: skip
        assert inside.post(world.url(path), {}).status_code == 403, path
    world.bruno.refresh_from_db()
    assert world.bruno.active
