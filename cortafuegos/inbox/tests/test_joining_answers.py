"""What we said, and were about to say, to one of two who were taken for one goes with whom it was for."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.actions import approvals, cases, drafts, merging, relations, separating
from cortafuegos.inbox.models import Draft, Message, RelationStep
from cortafuegos.inbox.tests.people import a_brand, a_case, ago, an_account, an_agent, author, now_of, say
from cortafuegos.inbox.tests.test_joining import by_mail, together

SECRET = "Su DNI es 123"


@pytest.fixture
def account(db):
    return an_account(a_brand())


@pytest.fixture
def nuria(account):
    return an_agent(account.brand)


@pytest.fixture
def mail(account):
    return an_account(account.brand, "ayuda", network="mail")


@pytest.fixture
def merged(account, mail, nuria):
    """Ana's case, Eva's that was merged into it because they were one, what Eva asked, and the joining."""
    ana = a_case(account, by="ana", at=ago(hours=2))
    eva = a_case(mail, by=by_mail(), public=False, conversation="mail:9", at=ago(hours=1))
    tie = together(nuria, ana, eva)
    merging.merge(nuria, now_of(ana), [now_of(eva)])
    return ana, eva, Message.objects.get(identity=eva.identity), tie


def from_the_mailbox(mail, asked):
    us = author("ayuda", "mail", network_id=mail.network_id)
    return say(mail, SECRET, by=us, in_reply_to=asked.network_id, public=False, conversation="mail:9")


def test_an_answer_from_the_mailbox_goes_back_with_what_it_answers(mail, nuria, merged):
    ana, eva, asked, tie = merged
    answer = from_the_mailbox(mail, asked)
    assert answer.case_id == ana.pk
    separating.separate(nuria, tie)
    answer.refresh_from_db()
    assert answer.case_id == eva.pk
    assert not now_of(eva).awaits_us
    assert now_of(ana).awaits_us, "the answer was not for her"


def test_a_draft_and_what_waits_for_approval_go_back_too(mail, nuria, merged):
    ana, eva, asked, tie = merged
    drafts.keep(nuria, now_of(ana), text=SECRET, mode="private", target=asked)
    waiting = approvals.ask(nuria, now_of(ana), text=SECRET, public=False, target=asked, account=mail)
    drafts.keep(nuria, now_of(ana), text=SECRET, mode="private", target=asked)
    separating.separate(nuria, tie)
    waiting.refresh_from_db()
    assert Draft.objects.get().case_id == waiting.case_id == eva.pk
    assert (now_of(ana).proposed, now_of(eva).proposed) == (False, True)


def test_a_warning_goes_back_with_the_answer_it_was(mail, nuria, merged):
    _ana, eva, asked, tie = merged
    relations.warn(nuria, from_the_mailbox(mail, asked))
    separating.separate(nuria, tie)
    assert RelationStep.objects.get().person_id == eva.person_id


def test_a_warning_goes_home_with_the_whole_case(account, nuria):
    ana, eva = cases.close(nuria, a_case(account, by="ana")), a_case(account, by="eva")
    tie = together(nuria, ana, eva)
    first = say(account, "Nueva", by="ana", conversation="post:new")
    later = say(account, "Y la mía", by="eva", conversation="post:new2")
    opened = merging.split(nuria, now_of(eva), [first.pk, later.pk])
    merging.split(nuria, opened, [first.pk])
    us = author("condor", network_id=account.network_id)
    answer = say(account, "Así no", by=us, in_reply_to=later.network_id, conversation="post:new2")
    relations.warn(nuria, answer)
    separating.separate(nuria, tie)
    answer.refresh_from_db()
    assert RelationStep.objects.get().person_id == answer.case.person_id == eva.person_id
