"""The connect page: what a person can get wrong, each with a sentence and its field."""

from __future__ import annotations

import time

import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.contract import ConnectError, HealthState
from cortafuegos.channels.meta.fake.events import APP_ID, APP_SECRET

from .helpers import account_on

NETWORKS = ("facebook", "instagram")


@pytest.fixture
def page(meta):
    return meta.page("Lumbre", instagram="lumbre.energia")


@pytest.mark.parametrize("network", NETWORKS)
def test_a_page_token_is_enough(meta, page, network):
    found = registry.connector(network).connect(meta.form(page))
    own, handle = (page.id, "lumbre") if network == "facebook" else (page.ig_id, "lumbre.energia")
    assert (found.network_id, found.handle, found.name) == (f"{network}:{own}", handle, "Lumbre")
    assert found.credentials == {
        "app_secret": APP_SECRET,
        "token": found.credentials["token"],
        "secret": found.credentials["secret"],
    }
    assert found.expires_at is None
    assert APP_SECRET not in repr(found)
    again = registry.connector(network).connect({**meta.form(page), "secret": found.credentials["secret"]})
    assert again.credentials["secret"] != found.credentials["secret"]
    assert "feed" in page.subscribed[APP_ID]


def test_a_system_users_token_becomes_the_pages(meta, page):
    token = meta.token(page, kind="SYSTEM_USER")
    with pytest.raises(ConnectError) as asked:
        registry.connector("facebook").connect(meta.form(page, token=token))
    assert asked.value.field == "page_id"
    found = registry.connector("facebook").connect(meta.form(page, token=token, page_id=page.id))
    assert meta.tokens[found.credentials["token"]].kind == "PAGE"


def test_the_second_network_keeps_what_the_page_told_the_first(meta, page):
    account_on("facebook", meta.form(page))
    before = set(page.subscribed[APP_ID])
    account_on("instagram", meta.form(page))
    assert set(page.subscribed[APP_ID]) == before


def test_a_token_that_ends_says_when(meta, page):
    ends = int(time.time()) + 3600
    found = registry.connector("facebook").connect(meta.form(page, token=meta.token(page, expires_at=ends)))
    assert found.expires_at is not None
    assert int(found.expires_at.timestamp()) == ends


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("app_id", "lumbre", "digits"),
        ("app_id", "٧٧٠", "digits"),
        ("app_id", "770000000000009", "app secret"),
        ("app_secret", "two words", "one word"),
        ("app_secret", "f" * 32, "app secret"),
        ("token", "", "one word"),
        ("token", "EAAnone", "does not accept this access token"),
        ("token", "EAA\ud800", "one word"),
        ("page_id", "../me", "digits"),
        ("page_id", "999", "does not reach a page"),
        ("graph", "http://graph.facebook.com", "https"),
        ("graph", "https://[", "https"),
        ("version", "latest", "version"),
    ],
)
def test_each_slip_is_named(meta, page, field, value, words):
    form = {**meta.form(page), field: value}
    with pytest.raises(ConnectError) as slip:
        registry.connector("facebook").connect(form)
    assert words in str(slip.value.sentence)
    # A wrong app shows as a secret that does not fit it.
    assert slip.value.field == ("app_secret" if value == "770000000000009" else field)


@pytest.mark.parametrize("network", NETWORKS)
def test_missing_permissions_are_named_in_plain_words(meta, page, network):
    lacking = "pages_manage_engagement" if network == "facebook" else "instagram_manage_messages"
    words = (
        "answer, hide and delete comments" if network == "facebook" else "read and answer Instagram messages"
    )
    with pytest.raises(ConnectError) as slip:
        registry.connector(network).connect(meta.form(page, token=meta.token(page, without=lacking)))
    assert str(slip.value.sentence) == f"The access token lacks permissions: {words} ({lacking})."
    assert slip.value.field == "token"


def test_another_apps_token(meta, page):
    form = meta.form(page)
    meta.tokens[form["token"]].app_id = "770000000000002"
    with pytest.raises(ConnectError, match="another app"):
        registry.connector("facebook").connect(form)


def test_a_page_without_instagram(meta):
    with pytest.raises(ConnectError, match="professional"):
        registry.connector("instagram").connect(meta.form(meta.page("Sola")))


@pytest.mark.parametrize(
    "fault", [{"status": 503}, {"half": True}, {"lost": True}, {"status": 200, "body": b"<html>"}]
)
@pytest.mark.parametrize("on", ["GET /v26.0/debug_token", "GET /v26.0/10", "POST "])
def test_a_network_in_trouble_is_a_sentence_too(meta, page, fault, on):
    meta.faults.arm(on=on, **fault)
    with pytest.raises(ConnectError) as trouble:
        registry.connector("facebook").connect(meta.form(page))
    assert "Meta" in str(trouble.value.sentence)


def test_nobody_at_the_address(meta, page):
    form = {**meta.form(page), "graph": "http://127.0.0.1:9"}
    with pytest.raises(ConnectError, match="cannot be reached"):
        registry.connector("facebook").connect(form)


@pytest.mark.parametrize("network", NETWORKS)
def test_health(meta, page, network):
    connector, account = registry.connector(network), account_on(network, meta.form(page))
    assert connector.health(account).state is HealthState.OK
    token = meta.tokens[account.credentials["token"]]

    token.expires_at = int(time.time()) + 86_400
    assert connector.health(account).state is HealthState.EXPIRING
    token.expires_at = 0
    meta.usage["call_count"] = 98
    assert connector.health(account).state is HealthState.DEGRADED
    meta.usage["call_count"] = 1
    fields, page.subscribed[APP_ID] = page.subscribed[APP_ID], ["leadgen"]
    assert "no longer tells" in connector.health(account).detail
    page.subscribed[APP_ID] = fields
    scopes, token.scopes = token.scopes, ["public_profile"]
    assert connector.health(account).state is HealthState.REFUSED
    token.scopes = scopes
    meta.faults.arm(status=502)
    assert connector.health(account).state is HealthState.DEGRADED
    token.valid = False
    told = connector.health(account)
    assert (told.state, told.detail) == (HealthState.REFUSED, "Meta no longer accepts the access token.")
