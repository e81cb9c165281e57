from __future__ import annotations

import httpx
import pytest
from django.db import connection

from cortafuegos.team.models import Agent, Brand, User
from cortafuegos.web.edge.tests.serving import Web, an_account, url_of


@pytest.fixture(scope="package")
def web(django_db_setup):
    served = Web(url_of(connection.settings_dict)).start()
    yield served
    served.kill()


@pytest.fixture
def client(web, transactional_db):
    with httpx.Client(base_url=web.url, timeout=20) as client:
        yield client


@pytest.fixture
def brand(transactional_db):
    return Brand.objects.create(slug="condor", name="Aerolíneas Cóndor")


@pytest.fixture
def account(brand):
    return an_account(brand)


@pytest.fixture
def agent(brand):
    user = User.objects.create_user("lucia@condor.example", name="Lucía Ferrer")
    return Agent.objects.create(brand=brand, user=user, role="agent")
