"""The guard at the desk: what it is told, what it stops, and what a reason does."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client

from cortafuegos.guard.models import GuardPolicy
from cortafuegos.guard.values import Formality
from cortafuegos.inbox.actions import policy, replies
from cortafuegos.inbox.actions.posture import set_posture
from cortafuegos.inbox.actions.surroundings import context
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Reply
from cortafuegos.inbox.tests.people import a_brand, ago, an_account, an_agent, say
from cortafuegos.people.models import Identity

SHOUTED = "NO PUEDES HACER ESO con tu pedido"
LEAKED = "Ana, tu DNI 12345678Z ya consta"


@pytest.fixture
def target(account):
    return say(account, by="lucia", at=ago(minutes=10))


@pytest.fixture
def sonia(condor):
    return an_agent(condor, "Sonia Vidal", "supervisor")


def send(who, target, text, **more):
    wanted = {"public": True, "target": target, "account": target.account, "text": text} | more
    return replies.send(who, target.case, **wanted)


def refusal(*args, **more) -> Refusal:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        send(*args, **more)
    assert not Reply.objects.exists()
    return refused.value


def test_a_warning_needs_a_reason_and_keeps_it(nuria, target):
    assert refusal(nuria, target, SHOUTED).code == "needs_reason"
    for empty in ("  ", "\n", "...", "\u200b"):
        assert refusal(nuria, target, SHOUTED, reason=empty).code == "needs_reason"
    reply = send(nuria, target, SHOUTED, reason="  es el nombre\n del producto ")
    assert reply.guard["override"] == {"reason": "es el nombre del producto", "rules": ["shouting"]}
    event = Event.objects.get(kind="reply.overridden")
    assert (event.data["reply"], event.data["rules"]) == (reply.pk, ["shouting"])
    assert "PUEDES" not in str(event.data)


def test_no_reason_opens_what_is_blocked(nuria, target):
    refused = refusal(nuria, target, LEAKED, reason="el cliente lo pidió")
    assert (refused.code, refused.status) == ("sensitive-data", 422)
    assert "12345678Z" not in str(refused.sentence)


def test_a_reply_that_needs_no_reason_keeps_none(nuria, target):
    assert "override" not in send(nuria, target, "Ya la buscamos", reason="porque sí").guard


def test_a_reason_has_an_end(nuria, target):
    assert len(send(nuria, target, SHOUTED, reason="a" * 9000).guard["override"]["reason"]) == 300


@pytest.mark.parametrize(("setting", "code"), [("off", None), ("note", None), ("block", "shouting")])
def test_the_brand_sets_a_rule(nuria, sonia, target, setting, code):
    policy.save_policy(sonia, rules={"shouting": setting})
    if code:
        assert refusal(nuria, target, SHOUTED, reason="porque sí").code == code
    else:
        assert send(nuria, target, SHOUTED).guard["verdict"] == "pass"


@pytest.mark.parametrize("rule", ["empty", "too-long", "no-such-rule"])
def test_some_rules_are_nobodys_to_set(sonia, rule):
    with pytest.raises(Refusal):
        policy.save_policy(sonia, rules={rule: "off"})
    assert not GuardPolicy.objects.exists()


@pytest.mark.parametrize("role", ["agent", "drafter"])
def test_agents_do_not_set_the_guard(condor, role):
    with pytest.raises(Refusal) as refused:
        policy.save_policy(an_agent(condor, "Ana Paz", role), rules={"shouting": "off"})
    assert refused.value.status == 403


def test_one_brands_policy_is_not_anothers(nuria, target):
    other = an_agent(a_brand("nube"), "Olga Prieto", "owner")
    policy.save_policy(other, rules={"shouting": "off"})
    assert refusal(nuria, target, SHOUTED).code == "needs_reason"


def test_the_guard_knows_the_case(condor, nuria, sonia, target, account):
    policy.save_policy(sonia, rules={}, formality="usted", domains=["Condor.example"])
    Identity.objects.filter(pk=target.identity_id).update(name="Lucía Gil", followers=12_000)
    target.identity.refresh_from_db()
    target.labels = {"intent": "complaint", "cause": {"label": "service", "sure": 0.9}, "urgency": 2}
    around = context(target=target, account=account, agent=nuria, length=3, limit=300)
    assert (around.customer, around.reach, around.network) == ("Lucía Gil", 12_000, account.network)
    assert (around.intent, around.cause, around.urgency) == ("complaint", "service", 2)
    assert (around.formality, around.own_domains) == (Formality.USTED, ("condor.example",))
    assert (around.message, around.first_answer, around.asked_in_private) == (target.text, True, False)
    send(nuria, target, "Ya la buscamos", reason="es urgente")
    after = context(target=target, account=account, agent=nuria, length=3, limit=300)
    assert [(one.author, one.text) for one in after.history] == [("agent", "Ya la buscamos")]
    assert after.first_answer is False, "an answer that waits in the outbox is one"


@pytest.mark.parametrize("labels", [[], {"intent": 3, "urgency": "x"}, {"intent": None}, {"urgency": True}])
def test_strange_labels_are_unknown(nuria, target, account, labels):
    target.labels = labels
    around = context(target=target, account=account, agent=nuria, length=3, limit=300)
    assert (around.intent, around.urgency) == ("", None)


def test_the_same_words_to_one_after_another(nuria, account):
    words = "Lamentamos mucho lo ocurrido con tu vuelo de hoy, {}: ¿nos escribes por mensaje privado?"
    for name in ("ana", "berta", "carla"):
        target = say(account, by=name)
        send(nuria, target, words.format(name.title()), reason="es lo que toca")
    fourth = say(account, by="diana")
    found = replies.check(
        nuria, fourth.case, text=words.format("Diana"), public=True, target=fourth, account=account
    )
    (copied,) = [one for one in found["findings"] if one["rule"] == "copy-paste"]
    assert copied["variants"][0] == copied["proposal"] != words.format("Diana")


def test_what_another_brand_said_is_no_copy(nuria, account):
    nube = a_brand("nube")
    olga, theirs = an_agent(nube, "Olga Prieto", "owner"), an_account(nube, "nube")
    words = "Lamentamos mucho lo ocurrido con tu vuelo de hoy: ¿nos escribes por mensaje privado?"
    for name in ("ana", "berta", "carla", "elsa"):
        send(olga, say(theirs, by=name), words, reason="pruebas")
    target = say(account, by="diana")
    found = replies.check(nuria, target.case, text=words, public=True, target=target, account=account)
    assert "copy-paste" not in [one["rule"] for one in found["findings"]]


def test_the_page_sets_the_rules_and_reports_the_reasons(condor, nuria, sonia, target):
    send(nuria, target, SHOUTED, reason="así se llama <b>")
    client = Client()
    client.force_login(sonia.user)
    page = client.get(f"/b/{condor.slug}/settings/guard")
    html = page.content.decode()
    assert page.status_code == 200
    assert "así se llama &lt;b&gt;" in html
    row = html.split('data-rule="shouting"')[1].split("</tr>")[0]
    assert re.search(r"data-fired[^>]*>1</td>.*data-overridden[^>]*>1</td>", row)
    assert 'data-rule="empty"' not in html
    form = {
        "rule-shouting": "off",
        "formality": "vos",
        "forbidden": "problema = incidencia\n tema ",
        "domains": "condor.example",
    }
    assert client.post(f"/b/{condor.slug}/settings/guard", form).status_code == 302
    kept = GuardPolicy.objects.get(brand=condor)
    assert (kept.rules, kept.formality) == ({"shouting": "off"}, "vos")
    assert kept.forbidden == {"problema": "incidencia", "tema": ""}
    client.force_login(nuria.user)
    assert client.get(f"/b/{condor.slug}/settings/guard").status_code in (403, 404)


def test_it_knows_how_alarmed_the_desk_is(sonia, nuria, target):
    asked = {"target": target, "account": target.account, "agent": nuria, "length": 1, "limit": 300}
    assert context(**asked).posture == "calm"
    set_posture(sonia, "crisis")
    assert context(**asked).posture == "crisis"
