"""Who asks for approval and who gives it, for the tests of both."""

from __future__ import annotations

import pytest
from django.db import transaction

from cortafuegos.inbox.actions import approvals, deciding
from cortafuegos.inbox.approving import Where
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.tests.people import ago, an_agent, now_of, say
from cortafuegos.team.certificates import Certificate

WORDS = "Ya la buscamos"
SHOUTED = "NO PUEDES HACER ESO con tu pedido"


@pytest.fixture
def sonia(condor):
    return an_agent(condor, "Sonia Vidal", "supervisor")


@pytest.fixture
def strict(sonia):
    """Every public answer is approved."""
    return deciding.set_rules(sonia, network=Where.PUBLIC)


@pytest.fixture
def delia(condor):
    return an_agent(condor, "Delia Ruiz", "drafter")


@pytest.fixture
def target(account):
    return say(account, by="lucia", at=ago(minutes=10))


def wanted(target, **more):
    return {"text": WORDS, "public": True, "target": target, "account": target.account} | more


def send(who, target, **more):
    return approvals.send(who, now_of(target.case), **wanted(target, **more))


def refused(verb, *args, **more) -> str:
    with pytest.raises(Refusal) as refusal, transaction.atomic():
        verb(*args, **more)
    return refusal.value.code


def certify(agent, kind="channel", value=""):
    return Certificate.objects.create(
        brand=agent.brand, agent=agent, kind=kind, value=value, course="c", expires_at=ago(days=-30)
    )
