import pytest

from cortafuegos.channels.meta.tests.conftest import english, meta
from cortafuegos.channels.meta.tests.helpers import account_on

__all__ = ["english", "meta"]


@pytest.fixture
def page(meta):
    return meta.page("Lumbre", instagram="lumbre.energia")


@pytest.fixture
def lumbre(meta, page):
    return account_on("instagram", meta.form(page))
