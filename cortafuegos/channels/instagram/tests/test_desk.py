"""Through the desk: connected, pushed and polled, kept as cases, mended and taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.channels import actions, polling
from cortafuegos.channels.instagram.connector import connector
from cortafuegos.channels.receipts import postgres as receipts
from cortafuegos.inbox import intake, threads
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.tests.people import a_brand, an_agent
from cortafuegos.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(meta, page):
    brand = a_brand()
    return actions.connect(an_agent(brand).pk, brand, "instagram", meta.form(page))


def bring(meta, account):
    parts = [p for d in meta.pushes(together=False) for _owner, p in connector.split(account.view(), d)]
    now = clock.now()
    receipts.store_polled(account.pk, account.brand_id, parts, {}, now=now, next_poll_at=now)
    return intake.take()


def test_a_mention_gets_its_words_and_a_message_is_taken_back(meta, page, account):
    luis, eva = meta.person("Luis Mar", "luis.mar"), meta.person("Eva", "eva_r")
    meta.mention(luis, page, "@lumbre.energia menos fotos", instagram=True)
    meta.mention(eva, page, "@lumbre.energia y más luz", instagram=True)
    said = meta.message(eva, page, "¿me leéis?", instagram=True)
    assert bring(meta, account).quarantined == 0
    assert Case.objects.filter(brand=account.brand).count() == 3  # nobody knows yet who is who
    for message in Message.objects.filter(brand=account.brand, public=True):
        threads.read(account.brand_id, message.conversation_id)
    words = set(Message.objects.filter(brand=account.brand, public=True).values_list("text", flat=True))
    assert words == {"@luis.mar: @lumbre.energia menos fotos", "@eva_r: @lumbre.energia y más luz"}
    meta.unsend(said, page)
    bring(meta, account)
    assert Message.objects.get(brand=account.brand, public=False).deleted_at is not None


def test_what_was_pushed_is_not_doubled_by_the_round(meta, page, account):
    luis = meta.person("Luis Mar", "luis.mar")
    earlier = datetime.now(UTC) - timedelta(minutes=5)
    asked = meta.comment(luis, meta.medium(page, "Central"), "¿y mi luz?", at=earlier)
    meta.comment(page, asked, "Ya vamos, Luis.")
    meta.message(luis, page, "¿me leéis?", instagram=True)
    assert bring(meta, account).messages == 3
    account.refresh_from_db()
    assert polling.poll(account) > 0
    assert intake.take().messages == 0
    (case,) = Case.objects.filter(brand=account.brand)
    assert Message.objects.filter(brand=account.brand, case=case).count() == 3
