"""Drafts: kept, proposed, declined, and never another person's to throw away."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.actions import approvals, drafts, merging, replies
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


def test_nobody_throws_away_what_another_writes(delia, nuria, target):
    keep(nuria, target.case, "De Nuria")
    drafts.discard(delia, target.case)
    assert Draft.objects.get().agent == nuria


def test_sending_uses_up_the_draft_and_leaves_the_note(nuria, delia, target):
    keep(nuria, target.case, "Ya la")
    keep(delia, target.case, "Una nota", mode="note")
    send(nuria, target)
    assert [d.mode for d in Draft.objects.all()] == ["note"]


@pytest.mark.parametrize("mode", [None, "note"])
def test_nothing_to_propose(delia, target, mode):
    if mode:
        keep(delia, target.case, "Nota", mode=mode)
    with pytest.raises(Refusal) as refused:
        approvals.propose(delia, target.case)
    assert refused.value.code == "empty"
