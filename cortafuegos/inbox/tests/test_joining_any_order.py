"""Whatever is joined, said, merged and taken apart, in any order: in the end everybody has their own."""

from __future__ import annotations

import random

import pytest

from cortafuegos.inbox.actions import (
    approvals,
    cases,
    drafts,
    joining,
    merging,
    relations,
    replies,
    separating,
)
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Approval, Case, Draft, Joining, Message, RelationStep, Reply
from cortafuegos.inbox.tests.laws.together import receive_all, together
from cortafuegos.inbox.tests.people import a_brand, a_case, a_post, an_account, an_agent, author, now_of, say
from cortafuegos.people.models import Identity, Person

NAMES = ("ana", "eva", "leo", "mar")
STEPS = 30


def standing():
    return list(Joining.objects.filter(separated_at=None).order_by("pk"))


def everybody_has_their_own(whose: dict[int, int]) -> None:
    """Each account with the person it came with, and each message in a case of that person."""
    assert dict(Identity.objects.filter(pk__in=whose).values_list("pk", "person")) == whose
    for message in Message.objects.filter(direction="in").select_related("case", "identity"):
        assert message.case is not None
        assert message.case.person_id == message.identity.person_id
    for reply in Reply.objects.select_related("target"):
        assert reply.case_id == reply.target.case_id, "our answer is where what it answers is"
    for model in (Draft, Approval):
        for one in model.objects.select_related("case", "target__case"):
            assert one.case.person_id == one.target.case.person_id, "what is being written, too"
    asked = {m.network_id: m.case.person_id for m in Message.objects.filter(direction="in")}
    for said in Message.objects.filter(direction="out").select_related("case"):
        assert said.case.person_id == asked[said.in_reply_to], "and what was said elsewhere"
    for step in RelationStep.objects.select_related("message__case"):
        assert step.person_id == step.message.case.person_id, "and a warning is with whom it was given to"
    for case in Case.objects.exclude(state="merged"):
        last = case.messages.filter(direction="in").order_by("-posted_at", "-pk").first()
        if last is None:
            assert not case.awaits_us, "all of it was split off by hand; nobody waits in it"
        else:
            assert case.identity_id == last.identity_id
    for person in Person.objects.all():
        assert person.joined_into_id is None
        assert person.ended_at is None
    assert not Case.objects.filter(quiet=True).exists()


@pytest.mark.parametrize("seed", [*range(10), 36, 161])
@pytest.mark.django_db
def test_any_sequence_of_joining_speaking_and_separating(seed):
    chance = random.Random(seed)
    account = an_account(a_brand())
    nuria = an_agent(account.brand)
    for name in NAMES:
        a_case(account, by=name)
    whose = dict(Identity.objects.values_list("pk", "person"))
    persons = list(Person.objects.order_by("pk"))

    def speak():
        thread = chance.choice((None, "post:one", "post:two"))
        kept = {} if thread is None else {"conversation": thread}
        say(account, f"Sigo igual {chance.random()}", by=chance.choice(NAMES), **kept)

    def answer():
        asked = chance.choice(list(Message.objects.filter(direction="in").select_related("case")))
        if asked.case.state != "merged":
            words = {"text": "Lo miramos ahora", "public": True, "reason": "Prueba"}
            replies.send(nuria, asked.case, target=asked, account=account, **words)

    def answer_elsewhere():
        asked = chance.choice(list(Message.objects.filter(direction="in")))
        us = author("condor", network_id=account.network_id)
        say(account, f"Lo vemos {chance.random()}", by=us, in_reply_to=asked.network_id)

    def begin():
        asked = chance.choice(list(Message.objects.filter(direction="in").select_related("case")))
        if asked.case.state != "merged":
            drafts.keep(nuria, asked.case, text="Estamos en ello", mode="public", target=asked)

    def propose():
        asked = chance.choice(list(Message.objects.filter(direction="in").select_related("case")))
        if asked.case.state != "merged":
            approvals.ask(nuria, asked.case, text="Ya está", public=True, target=asked, account=account)

    def warn():
        if said := list(Message.objects.filter(direction="out")):
            relations.warn(nuria, chance.choice(said))

    def close():
        cases.close(nuria, chance.choice(list(Case.objects.exclude(state="merged"))))

    def merge():
        """As agents do: cases of one person."""
        person = chance.choice(list(Case.objects.values_list("person", flat=True)))
        theirs = list(Case.objects.filter(person=person).exclude(state="merged").order_by("pk"))
        if len(theirs) > 1:
            merging.merge(nuria, theirs[0], theirs[1:])

    def split():
        case = chance.choice(list(Case.objects.exclude(state="merged")))
        said = list(case.messages.filter(direction="in"))
        if len(said) > 1:
            merging.split(nuria, case, [chance.choice(said).pk])

    def join():
        joining.join(nuria, *chance.sample(persons, 2))

    def separate():
        if ties := standing():
            separating.separate(nuria, chance.choice(ties))

    ours = (answer, answer_elsewhere, begin, propose, warn)
    for _step in range(STEPS):
        chance.choice((speak, speak, speak, *ours, close, merge, merge, split, join, join, separate))()
    while ties := standing():
        separating.separate(nuria, chance.choice(ties))
    everybody_has_their_own(whose)


@pytest.fixture
def account(transactional_db):
    return an_account(a_brand())


@pytest.fixture
def agents(account):
    return [an_agent(account.brand, name) for name in ("Nuria Vidal", "Eva Ros", "Leo Mas")]


@pytest.mark.parametrize("seed", range(2))
def test_what_arrives_meanwhile_is_neither_lost_nor_left_with_somebody_else(account, agents, seed):
    chance = random.Random(seed)
    ana, eva = a_case(account, by="ana").person, a_case(account, by="eva").person
    whose = dict(Identity.objects.values_list("pk", "person"))
    posts = [a_post(f"Mensaje {n}", by=chance.choice(("ana", "eva"))) for n in range(30)]

    def arrive(batch):
        for at in range(0, len(batch), 3):
            receive_all(account, batch[at : at + 3])

    def back_and_forth(actor):
        for one, other in ((ana, eva), (eva, ana), (ana, eva)):
            joining.join(actor, one, other)
            for tie in standing():
                separating.separate(actor, tie)

    together(lambda: arrive(posts[:15]), lambda: arrive(posts[15:]), lambda: back_and_forth(agents[0]))
    assert Message.objects.count() == 32
    assert not standing()
    everybody_has_their_own(whose)


def test_agents_who_join_at_once_make_one_joining(account, agents):
    ana, eva, leo = (a_case(account, by=name).person for name in ("ana", "eva", "leo"))
    nuria, ros, mas = agents
    together(
        lambda: joining.join(nuria, ana, eva),
        lambda: joining.join(ros, eva, ana),
        lambda: joining.join(mas, ana, eva),
    )
    assert len(standing()) == 1
    together(
        lambda: joining.join(nuria, ana, leo),
        lambda: joining.join(ros, leo, eva),
        lambda: joining.join(mas, eva, leo),
    )
    assert len(standing()) == 2, "a tree, whoever came first"
    assert len(set(Case.objects.values_list("person", flat=True))) == 1


def test_agents_who_separate_at_once_separate_once(account, agents):
    ana, eva = a_case(account, by="ana"), a_case(account, by="eva")
    joining.join(agents[0], ana.person, eva.person)
    (tie,) = standing()

    def separate(actor):
        try:
            separating.separate(actor, tie)
        except Refusal as refusal:
            return refusal.code
        return "done"

    told = together(*[lambda actor=actor: separate(actor) for actor in agents])
    assert sorted(told) == ["done", "separated", "separated"]
    assert now_of(eva).person_id == eva.person_id


def test_a_relation_ended_while_it_is_joined_is_ended_with_whom_it_is_shown(account, agents):
    sonia = an_agent(account.brand, "Sonia Vidal", "supervisor")
    ana, eva = a_case(account, by="ana"), a_case(account, by="eva")
    why = {"reason": "Amenaza a quien le atiende", "override": "Es grave"}

    def end():
        relations.end(sonia, eva.person, **why)

    def join():
        try:
            joining.join(agents[0], ana.person, eva.person)
        except Refusal as refusal:
            assert refusal.code == "ended"

    together(end, join)
    assert now_of(eva).quiet
    assert now_of(ana).quiet == bool(standing())
    assert (now_of(ana).person.ended_at is not None) == bool(standing())
