"""An apology that nobody can read any more was none."""

from __future__ import annotations

import pytest

from cortafuegos.inbox import interventions
from cortafuegos.inbox.actions import mistakes, withdrawing
from cortafuegos.inbox.models import Message, Reply
from cortafuegos.inbox.tests.people import a_post, an_agent, arrive, author, deletion
from cortafuegos.inbox.tests.test_mistakes import SORRY, report, steps
from cortafuegos.inbox.tests.test_outbox import deliver, send


@pytest.fixture
def target(condor, sandbox):
    return sandbox.says(sandbox.account(condor))


@pytest.fixture
def said(nuria, target) -> Message:
    """An answer of ours that should not have left."""
    return deliver(send(nuria, target)).message


@pytest.fixture
def sonia(condor):
    return an_agent(condor, "Sonia Vidal", "supervisor")


def test_an_apology_that_is_taken_back_was_none(nuria, sonia, target, said):
    mistake = report(nuria, said)
    sorry = deliver(send(nuria, target, SORRY))
    assert steps(mistake) == ["take_off"]
    wanted = withdrawing.withdraw(nuria, sorry.message, "Tenía una errata")
    assert steps(mistake) == ["take_off"], "asked for is not done"
    interventions.carry_out(wanted.pk)
    assert steps(mistake) == ["take_off", "apologise"]
    deliver(send(nuria, target, "Lucía, perdona: nos equivocamos. Te escribimos ahora mismo por privado."))
    assert steps(mistake) == ["take_off"]
    mistakes.leave_out(nuria, mistake, "take_off", "Ya lo borraron")
    mistakes.close(sonia, mistake, cause="person", learnt="Leer el nombre")
    again = withdrawing.withdraw(nuria, Reply.objects.latest("pk").message, "Otra errata")
    interventions.carry_out(again.pk)
    mistake.refresh_from_db()
    assert mistake.apologised_at is not None, "what a supervisor closed stays as they read it"


def test_an_apology_deleted_on_the_network_was_none(nuria, target, said):
    mistake = report(nuria, said)
    sorry = deliver(send(nuria, target, SORRY)).message
    assert steps(mistake) == ["take_off"]
    ours = author(sorry.identity.handle, network_id=sorry.identity.network_id)
    arrive(target.account, deletion(a_post(network_id=sorry.network_id, by=ours)))
    sorry.refresh_from_db()
    assert sorry.deleted_at is not None
    assert steps(mistake) == ["take_off", "apologise"]
