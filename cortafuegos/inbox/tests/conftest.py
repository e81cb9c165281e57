import pytest

from cortafuegos.channels.models import Account
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.tests import people
from cortafuegos.team.models import Agent, Brand


@pytest.fixture
def condor(db: None) -> Brand:
    return people.a_brand()


@pytest.fixture
def nuria(condor: Brand) -> Agent:
    return people.an_agent(condor)


@pytest.fixture
def account(condor: Brand) -> Account:
    return people.an_account(condor)


@pytest.fixture
def case(account: Account) -> Case:
    return people.a_case(account)
