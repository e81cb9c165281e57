"""Answering somebody with whom the relation is ended: in private as always, in public only if it is meant."""

from __future__ import annotations

import pytest

from cortafuegos.guard.models import GuardPolicy
from cortafuegos.inbox.actions import approvals, deciding, relations, replies
from cortafuegos.inbox.approving import Rules, Why
from cortafuegos.inbox.ending import LAST_WORDS, last_words
from cortafuegos.inbox.models import Approval, Reply
from cortafuegos.inbox.tests import asking
from cortafuegos.inbox.tests.people import ago, an_agent, now_of, say
from cortafuegos.people.models import Person
from cortafuegos.team.certificates import Certificate

sonia, target = asking.sonia, asking.target
refused, send, wanted = asking.refused, asking.send, asking.wanted


@pytest.fixture
def ended(sonia, target) -> Person:
    relations.end(sonia, target.case.person, reason="Amenazas", override="Son graves")
    return target.case.person


def test_an_agents_public_answer_waits_for_a_supervisor(nuria, sonia, target, ended):
    waiting = send(nuria, target)
    assert isinstance(waiting, Approval)
    assert waiting.reasons == [Why.ENDED]
    assert refused(replies.send, nuria, now_of(target.case), **wanted(target)) == "needs_approval"
    assert refused(replies.send, nuria, now_of(target.case), **wanted(target), meant=True) == "needs_approval"
    assert approvals.approve(sonia, waiting).state == Reply.State.QUEUED


def test_who_approves_by_certificate_is_no_supervisor(condor, nuria, sonia, target, ended):
    deciding.save_policy(
        sonia,
        hold_seconds=0,
        approval_minutes=10,
        rules=Rules(),
        approver_certificate="crisis",
    )
    bruno = an_agent(condor, "Bruno Silva")
    Certificate.objects.create(
        brand=condor, agent=bruno, kind="crisis", value="", course="c", expires_at=ago(days=-30)
    )
    waiting = send(nuria, target)
    assert deciding.decides(bruno, target.network)
    assert refused(approvals.approve, bruno, waiting) == "not_approver"


def test_what_waited_before_the_end_is_decided_by_a_supervisor(condor, nuria, sonia, target):
    bruno = an_agent(condor, "Bruno Silva")
    waiting = approvals.ask(nuria, now_of(target.case), **wanted(target))
    assert waiting.reasons == [Why.ASKED]
    relations.end(sonia, target.case.person, reason="Amenazas", override="Son graves")
    assert refused(approvals.approve, bruno, waiting) == "not_approver"
    assert approvals.approve(sonia, waiting).state == Reply.State.QUEUED


def test_a_supervisor_says_that_it_is_meant(sonia, target, ended):
    assert refused(send, sonia, target) == "ended"
    assert not Reply.objects.exists()
    assert send(sonia, target, meant=True).state == Reply.State.QUEUED


def test_in_private_as_always(nuria, account, target, ended):
    private = say(account, "Te escribo por aquí", by="lucia", public=False)
    assert send(nuria, private, public=False).state == Reply.State.QUEUED


def test_resumed_nobody_is_asked(nuria, sonia, target, ended):
    relations.resume(sonia, ended, reason="Se ha disculpado")
    assert send(nuria, target).state == Reply.State.QUEUED


def test_others_are_answered_as_ever(nuria, account, ended):
    assert send(nuria, say(account, by="ana")).state == Reply.State.QUEUED


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("formality", ["", "tu", "usted"])
@pytest.mark.parametrize("language", sorted(LAST_WORDS))
def test_the_last_words_pass_the_guard(condor, sonia, account, language, formality, public):
    GuardPolicy.objects.create(brand=condor, formality=formality)
    text = {"es": "Sois unos inútiles, no valéis para nada", "en": "You are useless, the lot of you"}
    said = say(account, text[language], language=language, public=public)
    judged = replies.check(
        sonia, said.case, text=last_words(language, formality), public=public, target=said, account=account
    )
    found = [(one["rule"], one["severity"]) for one in judged["findings"] if one["severity"] != "note"]
    assert not found


@pytest.mark.parametrize(
    ("language", "code"),
    [("es", "es"), ("ES-mx", "es"), ("ca", "es"), ("en", "en"), ("de", "en"), ("", "en")],
)
def test_the_last_words_are_in_a_language_they_read(language, code):
    assert last_words(language) == LAST_WORDS[code]
    assert ("su disposición" in last_words(language, "usted")) == (code == "es")
