"""What a network sets rules for is approved like any other: its templates, and what a person posts by hand.
And what waits only because the guard warns is known before it is sent."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from cortafuegos.inbox.actions import approvals, by_hand, deciding, replies
from cortafuegos.inbox.actions.posture import set_posture
from cortafuegos.inbox.approving import Where
from cortafuegos.inbox.models import Approval, Draft, Message, Reply
from cortafuegos.inbox.templating import Filled
from cortafuegos.inbox.tests import asking
from cortafuegos.inbox.tests.people import ago, now_of, say

sonia, delia, target = asking.sonia, asking.delia, asking.target
refused, send = asking.refused, asking.send

FILLED = Filled("back", "es", {"1": "Ada", "2": "roja"}, "Hola, Ada: tu maleta roja ya está aquí.")
ASIDE = {"public": True, "by_hand": True}


@pytest.fixture
def everywhere(sonia):
    return deciding.set_rules(sonia, network=Where.ALL)


@pytest.fixture
def desk(condor, sandbox):
    cache.clear()
    return sandbox.account(condor, "strict")


@pytest.fixture
def late(desk) -> Message:
    """Too long ago for anything but a template."""
    return say(desk, public=False, conversation="dm:1", at=ago(hours=30))


@pytest.fixture
def aside(desk) -> Message:
    """Said about us and not to us: no program may answer."""
    return say(desk, "Vaya tarde con Cóndor", ref={"uninvited": True}, at=ago(minutes=9))


def test_a_template_waits_and_leaves_as_what_it_is(nuria, sonia, everywhere, late):
    waiting = send(nuria, late, public=False, template=FILLED, text="")
    assert isinstance(waiting, Approval)
    assert (waiting.text, waiting.template) == (FILLED.text, FILLED.stored())
    assert not Reply.objects.exists()
    reply = approvals.approve(sonia, waiting)
    assert (reply.text, reply.template, reply.agent) == (FILLED.text, FILLED.stored(), nuria)
    assert reply.state == "queued"


def test_nobody_edits_what_the_network_approved(nuria, sonia, everywhere, late):
    waiting = send(nuria, late, public=False, template=FILLED)
    assert refused(approvals.approve, sonia, waiting, text="Hola, Ada") == "template"
    waiting.refresh_from_db()
    assert (waiting.state, Reply.objects.count()) == ("waiting", 0)
    assert approvals.approve(sonia, waiting, text=f" {FILLED.text}\n").template == FILLED.stored()


def test_a_returned_template_is_words_again(nuria, sonia, everywhere, late):
    waiting = send(nuria, late, public=False, template=FILLED)
    approvals.give_back(sonia, waiting, "Mejor en inglés")
    assert Draft.objects.get(agent=nuria).text == FILLED.text


def test_by_choice_a_template_waits_too(nuria, late):
    waiting = approvals.ask(
        nuria,
        late.case,
        text="",
        public=False,
        target=late,
        account=late.account,
        template=FILLED,
    )
    assert (waiting.reasons, waiting.template["name"]) == (["asked"], "back")


def test_what_the_network_would_refuse_does_not_wait_for_anybody(nuria, everywhere, late):
    assert refused(send, nuria, late, public=False) == "window"
    assert not Approval.objects.exists()


def test_by_hand_it_waits_and_then_for_its_link(nuria, sonia, everywhere, aside):
    assert refused(replies.send, nuria, aside.case, **asking.wanted(aside, by_hand=True)) == "needs_approval"
    waiting = send(nuria, aside, **ASIDE)
    assert isinstance(waiting, Approval) and waiting.by_hand
    reply = approvals.approve(sonia, waiting)
    assert (reply.state, reply.by_hand, reply.agent) == ("by_hand", True, nuria)
    assert by_hand.address(reply)


def test_the_pages_say_so(nuria, sonia, everywhere, late, aside):
    base = f"/b/{late.brand.slug}/cases"
    client = Client()
    client.force_login(nuria.user)
    words = {"mode": "private", "target_private": late.pk, "account_private": late.account_id, "text": "x"}
    form = {**words, "template": "back|es", "value_1": "Ada", "value_2": "roja"}
    assert client.post(f"{base}/{late.case.number}/replies", form).status_code == 200
    waiting = Approval.objects.get()
    assert waiting.template["values"] == {"1": "Ada", "2": "roja"}
    approvals.take_back(nuria, waiting)
    assert client.post(f"{base}/{late.case.number}/proposals", form).status_code == 200
    client.force_login(sonia.user)
    page = client.get(f"{base}/{late.case.number}").content.decode()
    assert "Plantilla «back»" in page and "data-approve" in page and "data-use-proposal" not in page
    client.force_login(nuria.user)
    out = {"mode": "public", "target_public": aside.pk, "account_public": aside.account_id, "text": "Hola"}
    answer = client.post(f"{base}/{aside.case.number}/replies/by-hand", out)
    assert answer.status_code == 200 and "window" not in answer["HX-Trigger"]
    assert "a mano" in client.get(f"{base}/{aside.case.number}").content.decode()


# --- a warning alone ---


@pytest.fixture
def crisis(sonia):
    set_posture(sonia, "crisis")


def checked(who, target, text, **more) -> str:
    client = Client()
    client.force_login(who.user)
    form = {"mode": "public", "target_public": target.pk, "account_public": target.account_id, "text": text}
    answer = client.post(f"/b/{target.brand.slug}/cases/{target.case.number}/check", {**form, **more})
    return answer.content.decode()


SAID = "data-asks"


def test_the_composer_says_beforehand_what_a_warning_brings(nuria, sonia, delia, crisis, target):
    assert SAID in checked(nuria, target, asking.SHOUTED)
    assert isinstance(send(nuria, target, text=asking.SHOUTED, reason="es urgente"), Approval)
    mended = "Sentimos el trastorno, Lucía. ¿En qué te podemos ayudar? ^NV"
    assert SAID not in checked(nuria, target, mended)
    assert isinstance(send(nuria, target, text=mended), Reply)
    assert SAID not in checked(sonia, target, asking.SHOUTED), "who decides asks nobody"
    assert SAID not in checked(delia, target, asking.SHOUTED), "who only proposes knows it already"
    assert SAID not in checked(nuria, target, asking.SHOUTED, proposal="7"), "who mends it is the second one"


def test_on_a_calm_day_a_warning_asks_for_nobody(nuria, target):
    assert SAID not in checked(nuria, target, asking.SHOUTED)
    assert isinstance(send(nuria, target, text=asking.SHOUTED, reason="es urgente"), Reply)


def test_what_waits_anyway_is_said_once(nuria, everywhere, crisis, target):
    assert SAID not in checked(nuria, target, asking.SHOUTED)
    client = Client()
    client.force_login(nuria.user)
    page = client.get(f"/b/{target.brand.slug}/cases/{now_of(target.case).number}").content.decode()
    assert "Antes de salir la ve otra persona" in page
