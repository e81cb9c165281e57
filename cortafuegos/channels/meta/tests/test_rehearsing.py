"""`channel check --write` on a page and on Instagram: a comment on our own post, found and gone again."""

from __future__ import annotations

import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.contract import SendError
from cortafuegos.channels.tests.replies import rehearsed

from .helpers import account_on


@pytest.fixture
def page(meta):
    return meta.page("Lumbre", instagram="lumbre.energia")


@pytest.mark.parametrize("network", ["facebook", "instagram"])
def test_a_full_circle_leaves_nothing(meta, page, network):
    account = account_on(network, meta.form(page))
    own = meta.medium(page, "Central") if network == "instagram" else meta.post(page, "Abrimos")
    if network == "facebook":
        meta.post(page, "¿y la luz?", by=meta.person("Ana"))  # newer, and a visitor's: it is not taken
    target, public = registry.connector(network).rehearsal(account)
    assert (target.ref["id"], target.author_id, public) == (own.id, account.network_id, True)
    assert target.url
    before = set(meta.things)
    sent = rehearsed(registry.connector(network), account)
    assert set(meta.things) == before
    registry.connector(network).withdraw(account, sent.network_id, sent.ref, public=True)  # gone: no error


@pytest.mark.parametrize("network", ["facebook", "instagram"])
def test_who_never_posted_hears_what_would_help(meta, page, network):
    meta.post(page, "¿y la luz?", by=meta.person("Ana"))
    with pytest.raises(SendError, match="Post something there first"):
        registry.connector(network).rehearsal(account_on(network, meta.form(page)))
    assert [thing.text for thing in meta.things.values()] == ["¿y la luz?"]


@pytest.mark.parametrize("network", ["telegram", "whatsapp"])
def test_where_nobody_may_be_written_to_first_it_says_what_proves_the_rest(network):
    with pytest.raises(SendError, match="from your own telephone") as told:
        registry.connector(network).rehearsal(None)
    assert told.value.permanent
