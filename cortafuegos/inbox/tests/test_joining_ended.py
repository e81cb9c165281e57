"""Joined with somebody with whom the relation is ended, and what is left of it when they are separated."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.actions import joining, relations, separating
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.tests.people import a_case, ago, an_agent, author, due, now_of, say
from cortafuegos.inbox.tests.test_actions_merging import picture
from cortafuegos.inbox.tests.test_joining import together
from cortafuegos.people.models import Person

WHY = {"reason": "Amenaza a quien le atiende", "override": "Es grave"}


def test_only_who_may_end_a_relation_joins_with_somebody_it_is_ended_with(account, nuria):
    sonia = an_agent(account.brand, "Sonia Vidal", "supervisor")
    ana, eva = a_case(account, by="ana"), a_case(account, by="eva", at=ago(minutes=20))
    before = picture(ana), picture(eva)
    relations.end(sonia, eva.person, **WHY)
    quieted = picture(eva)
    with pytest.raises(Refusal) as refused:
        joining.join(nuria, ana.person, eva.person)
    assert refused.value.code == "ended"
    tie = together(sonia, ana, eva)
    assert now_of(ana).quiet
    assert now_of(ana).person.ended_at
    assert due(ana) == []
    with pytest.raises(Refusal) as refused:
        separating.separate(nuria, tie)
    assert refused.value.code == "ended"
    separating.separate(sonia, tie)
    assert picture(ana) == before[0], "with the time it had"
    assert picture(eva) == quieted
    assert now_of(ana).person.ended_at is None
    assert now_of(eva).person.ended_at
    assert not now_of(ana).quiet
    assert now_of(eva).quiet


def test_what_is_decided_about_one_person_stands_for_both(account, nuria):
    sonia = an_agent(account.brand, "Sonia Vidal", "supervisor")
    ana, eva = a_case(account, by="ana"), a_case(account, by="eva")
    tie = together(nuria, ana, eva)
    step = relations.end(sonia, Person.objects.get(pk=eva.person_id), **WHY)
    assert relations.end(sonia, ana.person, **WHY) == step
    separating.separate(sonia, tie)
    assert now_of(ana).person.ended_at
    assert now_of(eva).person.ended_at
    relations.resume(sonia, now_of(eva).person, reason="No era ella")
    assert now_of(ana).quiet
    assert not now_of(eva).quiet
    again = together(sonia, ana, eva)
    relations.resume(sonia, now_of(eva).person, reason="Se ha disculpado")
    separating.separate(sonia, again)
    assert now_of(ana).person.ended_at is None
    assert now_of(eva).person.ended_at is None


def test_a_warning_stays_with_whom_it_was_given_to(account, nuria):
    sonia = an_agent(account.brand, "Sonia Vidal", "supervisor")
    ana, eva = a_case(account, by="ana"), a_case(account, by="eva")
    tie = together(nuria, ana, eva)
    said = say(account, "¡Inútiles!", by="eva")
    ours = author("condor", network_id=account.network_id)
    answer = say(account, "Así no podemos seguir", by=ours, in_reply_to=said.network_id)
    relations.warn(nuria, answer)
    separating.separate(nuria, tie)
    with pytest.raises(Refusal) as refused:
        relations.end(sonia, now_of(ana).person, reason=WHY["reason"])
    assert refused.value.code == "needs_warning"
    assert relations.end(sonia, now_of(eva).person, reason=WHY["reason"]).data["warnings"] == 1
