"""Drafts: kept, proposed, declined, and never another person's to throw away."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.actions import drafts, merging, replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Draft
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    ago,
    an_account,
    an_agent,
    kinds,
    now_of,
    say,
)


@pytest.fixture
def target(account):
    return say(account, by="lucia", at=ago(minutes=10))


@pytest.fixture
def delia(condor):
    return an_agent(condor, "Delia Ruiz", "drafter")


def send(who, target, **wanted):
    wanted = {"text": "Ya la buscamos", "public": True, "target": target, "account": target.account} | wanted
    return replies.send(who, wanted.pop("case", None) or target.case, **wanted)


def keep(who, case, text, **wanted):
    return drafts.keep(who, case, **{"mode": "public", "text": text} | wanted)


def test_a_draft_is_kept_and_forgotten(nuria, target):
    keep(nuria, target.case, "Hola, Lu")
    keep(nuria, target.case, "Hola, Lucía\0", mode="private", target=target, account=target.account)
    draft = Draft.objects.get()
    assert (draft.text, draft.mode, draft.target, draft.account) == (
        "Hola, Lucía␀",
        "private",
        target,
        target.account,
    )
    assert keep(nuria, target.case, "  \n") is None
    assert not Draft.objects.exists()
    assert kinds(target.case) == ["case.opened", "message.received"], "what people erase is theirs"


def test_a_draft_takes_no_foreign_rows(nuria, target):
    nube = a_brand("nube")
    foreign = say(an_account(nube, "nube"))
    keep(nuria, target.case, "Hola", target=foreign, account=foreign.account)
    draft = Draft.objects.get()
    assert (draft.target, draft.account) == (None, None)
    with pytest.raises(Refusal):
        keep(an_agent(nube, "Olga Prieto"), target.case, "Hola")
    with pytest.raises(Refusal):
        keep(nuria, target.case, "Hola", mode="loud")


def test_words_typed_while_the_case_was_merged_go_along(nuria, account, target):
    other = a_case(account, by="ana")
    merging.merge(nuria, other, [target.case])
    keep(nuria, now_of(target.case), "No me perdáis")
    assert Draft.objects.get().case == other


def test_a_drafter_proposes_and_somebody_else_sends(nuria, delia, target):
    keep(delia, target.case, "Propuesta")
    keep(nuria, target.case, "Ya tenía algo", mode="note")
    drafts.propose(delia, target.case)
    assert now_of(target.case).proposed
    reply = send(nuria, target, text="Propuesta", drafted_by=delia)
    assert (reply.agent, reply.drafted_by) == (nuria, delia)
    assert [d.mode for d in Draft.objects.all()] == ["note"]
    assert not now_of(target.case).proposed


def test_a_proposal_is_taken_back_or_declined(nuria, delia, target):
    draft = keep(delia, target.case, "Propuesta")
    drafts.propose(delia, target.case)
    drafts.discard(nuria, target.case, draft)
    assert not now_of(target.case).proposed
    draft = keep(delia, target.case, "Otra")
    drafts.propose(delia, target.case)
    keep(delia, target.case, "")
    assert not now_of(target.case).proposed
    assert "draft.declined" in kinds(target.case)


def test_nobody_throws_away_what_another_writes(condor, delia, nuria, target):
    draft = keep(nuria, target.case, "De Nuria")
    with pytest.raises(Refusal):
        drafts.discard(delia, target.case, draft)
    assert Draft.objects.exists()


@pytest.mark.parametrize("mode", [None, "note"])
def test_nothing_to_propose(delia, target, mode):
    if mode:
        keep(delia, target.case, "Nota", mode=mode)
    with pytest.raises(Refusal) as refused:
        drafts.propose(delia, target.case)
    assert refused.value.code == "empty"
