"""Facebook Login: sent to Meta's page, said yes there, and come back with a page's token."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Authorises
from cortafuegos.channels.contract import ConnectError, HealthState
from cortafuegos.channels.meta.fake.events import APP_SECRET

from .helpers import account_on

RETURN = "https://desk.example/back"


def typed(meta, page, **changes):
    return {name: value for name, value in meta.form(page, **changes).items() if name != "token"}


def gone_there(begun):
    """The browser goes to the dialog and is sent back; what it comes back with."""
    answer = httpx.get(begun.address, timeout=5)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == RETURN
    return {name: values[0] for name, values in parse_qs(back.query).items()}


@pytest.mark.parametrize("network", ["facebook", "instagram"])
def test_who_manages_one_page_needs_to_say_nothing_more(meta, network):
    connector = registry.connector(network)
    assert isinstance(connector, Authorises)
    page = meta.page("Lumbre", instagram="lumbre.energia")
    begun = connector.begin(typed(meta, page), RETURN, "s-17")
    assert APP_SECRET not in begun.address
    query = gone_there(begun)
    assert query["state"] == "s-17"
    found = connector.finish(begun.kept, query, RETURN)
    own = page.id if network == "facebook" else page.ig_id
    assert (found.network_id, found.config["page_id"]) == (f"{network}:{own}", page.id)
    assert (meta.tokens[found.credentials["token"]].kind, found.expires_at) == ("PAGE", None)
    account = account_on(network, {**begun.kept, "token": found.credentials["token"]})
    assert connector.health(account).state is HealthState.OK
    with pytest.raises(ConnectError, match="did not finish"):
        connector.finish(begun.kept, query, RETURN)  # a code is good once


def test_one_of_several_pages_is_chosen_by_its_id(meta):
    connector = registry.connector("facebook")
    first, second = meta.page("Lumbre"), meta.page("Lumbre Gas")
    begun = connector.begin(typed(meta, first), RETURN, "s")
    with pytest.raises(ConnectError) as which:
        connector.finish(begun.kept, gone_there(begun), RETURN)
    assert which.value.field == "page_id"
    assert f"Lumbre Gas ({second.id})" in str(which.value.sentence)
    begun = connector.begin(typed(meta, first, page_id=second.id), RETURN, "s")
    assert connector.finish(begun.kept, gone_there(begun), RETURN).name == "Lumbre Gas"


def test_a_no_and_an_empty_return_are_told(meta):
    connector = registry.connector("facebook")
    begun = connector.begin(typed(meta, meta.page("Lumbre")), RETURN, "s")
    meta.says_yes = False
    for query in (gone_there(begun), {}, {"code": ""}):
        with pytest.raises(ConnectError, match="gave no access"):
            connector.finish(begun.kept, query, RETURN)


def test_a_code_that_was_not_given_for_this_address(meta):
    connector = registry.connector("facebook")
    begun = connector.begin(typed(meta, meta.page("Lumbre")), RETURN, "s")
    with pytest.raises(ConnectError, match="did not finish"):
        connector.finish(begun.kept, gone_there(begun), "https://elsewhere.example/back")


def test_a_person_without_pages(meta):
    connector = registry.connector("facebook")
    page = meta.page("Lumbre")
    begun = connector.begin(typed(meta, page), RETURN, "s")
    query = gone_there(begun)
    meta.pages.clear()
    with pytest.raises(ConnectError, match="no page"):
        connector.finish(begun.kept, query, RETURN)


@pytest.mark.parametrize(
    ("field", "value"), [("app_id", "x"), ("app_secret", ""), ("graph", "http://a.example")]
)
def test_nobody_is_sent_away_with_an_app_that_cannot_be(meta, field, value):
    form = {**typed(meta, meta.page("Lumbre")), field: value}
    with pytest.raises(ConnectError) as slip:
        registry.connector("facebook").begin(form, RETURN, "s")
    assert slip.value.field == field


def test_the_real_dialog_is_facebooks_own(meta):
    form = {**typed(meta, meta.page("Lumbre")), "graph": ""}
    begun = registry.connector("facebook").begin(form, RETURN, "s")
    assert begun.address.startswith("https://www.facebook.com/v26.0/dialog/oauth?")
    assert "pages_messaging" in begun.address
