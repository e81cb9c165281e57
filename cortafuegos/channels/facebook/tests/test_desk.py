"""Through the desk: connected, pushed and polled, kept as cases, answered, edited, taken back."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.test import Client

from cortafuegos.channels import actions, polling
from cortafuegos.channels.facebook.connector import connector
from cortafuegos.channels.receipts import postgres as receipts
from cortafuegos.inbox import delivery, intake
from cortafuegos.inbox.actions import filing, outbox, replies
from cortafuegos.inbox.models import Case, Message, Reply
from cortafuegos.inbox.tests.files import samples
from cortafuegos.inbox.tests.people import a_brand, an_agent
from cortafuegos.kit import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(meta, page):
    brand = a_brand()
    return actions.connect(an_agent(brand).pk, brand, "facebook", meta.form(page))


def bring(meta, account, *, backwards=False):
    """What waits at the fake, each event by itself, kept and turned into cases."""
    view = account.view()
    parts = []
    for push in meta.pushes(together=False):
        connector.verify(view, push, datetime.now(UTC))
        parts += [part for owner, part in connector.split(view, push) if owner == account.network_id]
    keep(account, parts[::-1] if backwards else parts)


def keep(account, parts):
    now = clock.now()
    receipts.store_polled(account.pk, account.brand_id, parts, {}, now=now, next_poll_at=now)
    taken = intake.take()
    assert taken.quarantined == 0
    return taken


def test_what_was_pushed_is_not_doubled_by_the_round(meta, page, account):
    ana = meta.person("Ana Vidal")
    meta.comment(ana, meta.post(page, "Abrimos"), "¿y la luz?")
    meta.message(ana, page, "mi contrato es el 44")
    meta.review(ana, page, "mal")
    bring(meta, account)
    (case,) = Case.objects.filter(brand=account.brand)  # one person, one case
    said = {(m.text, m.public) for m in Message.objects.filter(brand=account.brand, case=case)}
    review = "No recomienda la página.\nmal"
    assert said == {("¿y la luz?", True), ("mi contrato es el 44", False), (review, True)}
    before = Message.objects.filter(brand=account.brand).count()
    account.refresh_from_db()
    assert polling.poll(account) > 0
    assert intake.take().messages == 0
    assert Message.objects.filter(brand=account.brand).count() == before
    assert Case.objects.filter(brand=account.brand).count() == 1


def test_edits_and_deletions_in_any_order(meta, page, account):
    post = meta.post(page, "Abrimos")
    edited, gone = (
        meta.comment(meta.person("Ana"), post, "fatl"),
        meta.comment(meta.person("Luis"), post, "uf"),
    )
    meta.edit(edited, "fatal")
    meta.delete(gone)
    bring(meta, account, backwards=True)
    held = {m.network_id: m for m in Message.objects.filter(brand=account.brand)}
    assert held[f"facebook:{edited.id}"].text == "fatal"
    assert held[f"facebook:{gone.id}"].deleted_at is not None


def test_what_was_said_on_the_page_itself_answers_the_case(meta, page, account):
    second = datetime.now(UTC).replace(microsecond=0)  # Facebook tells times in whole seconds
    asked = meta.comment(meta.person("Ana"), meta.post(page, "Abrimos"), "¿y la luz?", at=second)
    meta.comment(page, asked, "Te llamamos, Ana.", at=second)
    bring(meta, account)
    (case,) = Case.objects.filter(brand=account.brand)
    assert case.awaits_us is False
    ours = Message.objects.get(brand=account.brand, case=case, direction=Message.Direction.OUT)
    assert ours.text == "Te llamamos, Ana."


def test_a_mention_gets_its_words_in_the_case(meta, page, account):
    from cortafuegos.inbox import threads

    meta.mention(meta.person("Ana"), page, "Vaya servicio el de Lumbre")
    bring(meta, account)
    message = Message.objects.get(brand=account.brand)
    assert "Vaya" not in message.text
    threads.read(account.brand_id, message.conversation_id)
    message.refresh_from_db()
    assert message.text == "Vaya servicio el de Lumbre"


@pytest.mark.parametrize("told", ["before", "after", "by the round"])
def test_files_of_a_reply_stand_at_its_words_alone(meta, page, account, told):
    """Messenger tells of each as of a message of its own, before its answer to us or after."""
    ana = meta.person("Ana Vidal")
    meta.message(ana, page, "¿cómo se monta?")
    bring(meta, account)
    agent = an_agent(account.brand, "Lucía Sanz")
    target = Message.objects.get(brand=account.brand)
    file = filing.keep(agent, uuid.uuid4(), "plano.png", samples.picture())
    files = filing.chosen(agent, json.dumps([{"file": str(file.uid), "alt": "El plano"}]))
    reply = replies.send(
        agent, target.case, text="Así, Ana.", public=False, target=target, account=account, files=files
    )
    Reply.objects.filter(pk=reply.pk).update(next_attempt_at=clock.now())
    claimed = outbox.claim(reply.pk, clock.now())
    outgoing = replace(delivery._outgoing(claimed), media=filing.media(claimed))
    sent = connector.send(account.view(), outgoing)
    if told == "before":
        bring(meta, account)
    outbox.settle_sent(claimed, sent, clock.now())
    if told == "after":
        bring(meta, account)
    elif told == "by the round":
        account.refresh_from_db()
        assert polling.poll(account) > 0
        intake.take()
    ours = Message.objects.filter(brand=account.brand, case=target.case, direction="out")
    assert [(one.text, one.attachments) for one in ours] == [("Así, Ana.", files)]
    assert Reply.objects.get(pk=reply.pk).message_id == ours[0].pk
    assert Message.objects.filter(brand=account.brand, network_id__in=sent.parts).count() == 1


def test_a_picture_somebody_sent_stands_in_the_thread(meta, page, account):
    picture = meta.shelf.keep("caja.jpg", "image/jpeg", samples.picture())
    meta.message(meta.person("Ana Vidal"), page, "mira", files=(picture,))
    bring(meta, account)
    message = Message.objects.get(brand=account.brand)
    agent = an_agent(account.brand, "Lucía Sanz")
    client = Client()
    client.force_login(agent.user)
    there = f"/b/{account.brand.slug}/cases/{message.case.number}"
    place = f"/messages/{message.pk}/attachments/0"
    assert place in client.get(there).content.decode()
    meta.shelf.turn += 1  # some days later
    shown = client.get(there + place)
    assert (shown.status_code, shown["Content-Type"], shown.content) == (200, "image/jpeg", picture.body)
