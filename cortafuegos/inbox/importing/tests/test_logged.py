"""What undoes a merge, a split or a joining reads ids in the log: they come along into another brand."""

from __future__ import annotations

import pytest

from cortafuegos.inbox.actions import joining, merging, relations, separating
from cortafuegos.inbox.importing.logged import moved
from cortafuegos.inbox.importing.tests.test_round_trip import exported, restore
from cortafuegos.inbox.models import Case, Joining, Message
from cortafuegos.inbox.queries.relations import steps
from cortafuegos.inbox.tests.people import a_brand, a_case, ago, an_account, an_agent, now_of
from cortafuegos.people.models import Person
from cortafuegos.team.models import Agent, Brand

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def joined(db):
    """Ana and Eva, taken for one, and their cases for one matter. Ids of others lie between."""
    other = an_account(a_brand("otra"), "otra")
    for n in range(3):
        a_case(other, by=f"p{n}")
    brand = a_brand("condor")
    account, nuria = an_account(brand, "condor"), an_agent(brand, "Nuria Vidal")
    ana = a_case(account, "Soy Ana", by="ana", at=ago(hours=2))
    eva = a_case(account, "Soy Eva", by="eva", at=ago(hours=1))
    joining.join(nuria, ana.person, eva.person)
    merging.merge(nuria, now_of(ana), [now_of(eva)])
    return brand, ana


def whose(brand) -> dict[str, bool]:
    """By what was said, whether it stands in a case of whoever said it."""
    said = Message.objects.filter(brand=brand).select_related("case", "identity")
    return {one.text: one.case.person_id == one.identity.person_id for one in said}


def test_separated_in_the_copy_each_has_what_they_said(joined, tmp_path):
    brand, _ana = joined
    copy = Brand.objects.create(slug="copia", name="Copia")
    restore(exported(brand), copy, tmp_path)
    separating.separate(Agent.objects.get(brand=copy), Joining.objects.get(brand=copy))
    assert whose(copy) == {"Soy Ana": True, "Soy Eva": True}
    assert Case.objects.filter(brand=copy, merged_into=None).count() == 2
    assert Case.objects.filter(brand=brand, merged_into=None).count() == 1, "the original is untouched"


def test_unmerged_in_the_copy_the_messages_go_back(joined, tmp_path):
    brand, ana = joined
    copy = Brand.objects.create(slug="copia", name="Copia")
    restore(exported(brand), copy, tmp_path)
    merging.unmerge(Agent.objects.get(brand=copy), Case.objects.get(brand=copy, state="merged"))
    held = Message.objects.filter(brand=copy).values_list("text", "case__number")
    assert len({number for _text, number in held}) == 2
    assert Message.objects.filter(brand=brand, case=ana).count() == 2


def test_one_ending_stays_one(joined, tmp_path):
    brand, ana = joined
    sonia = an_agent(brand, "Sonia Vidal", "supervisor")
    relations.end(sonia, now_of(ana).person, reason="Amenaza a quien le atiende", override="Es grave")
    before = len(steps(now_of(ana).person))
    copy = Brand.objects.create(slug="copia", name="Copia")
    restore(exported(brand), copy, tmp_path)
    assert len(steps(Person.objects.get(brand=copy, joined_into=None))) == before


@pytest.mark.parametrize(
    "data", [{}, {"into": None}, {"into": "7"}, {"into": 99}, {"moved": 3}, {"moved": {"x": 1}}]
)
def test_what_names_nothing_known_does_no_harm(data):
    def move(_table: str, value: object) -> int:
        if not isinstance(value, int) or value > 50:
            raise ValueError
        return value + 1000

    assert set(moved("case.merged", data, move, int)) == set(data)
    assert moved("case.split", {"messages": [1, 99, "x"]}, move, int)["messages"] == [1001]
