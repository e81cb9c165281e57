from collections.abc import Iterator
from pathlib import Path

import pytest

from cortafuegos.channels.models import Account
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.tests import networks, people, twin
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


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[twin.Twin]:
    """A sandbox network that runs, and the two networks without its kindnesses."""
    with networks.known(), twin.running(tmp_path) as found:
        yield found
