"""Who is in a case, and how people look at the list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import presence, views
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Presence, SavedView
from cortafuegos.inbox.tests.people import (
    a_brand,
    an_agent,
)

SOON = timedelta(hours=2)


@pytest.fixture
def bruno(condor):
    return an_agent(condor, "Bruno Silva")


def test_who_is_in_a_case(condor, nuria, case):
    presence.seen(nuria, case)
    presence.seen(nuria, case, typing=True)
    assert Presence.objects.get().typing
    stranger = an_agent(a_brand("nube"), "Olga Prieto")
    with pytest.raises(Refusal):
        presence.seen(stranger, case)
    presence.left(nuria, case)
    assert not Presence.objects.exists()


def test_views_are_ones_own_or_everybodys(condor, nuria, bruno):
    chief = an_agent(condor, "Marta Sanz", "supervisor")
    own = views.save(nuria, " Mis\0 huelgas ", "tag=huelga")
    assert (own.name, own.owner) == ("Mis␀ huelgas", nuria)
    shared = views.save(chief, "Prensa", "tag=prensa", shared=True)
    for who, view, status in ((bruno, own, 404), (bruno, shared, 403)):
        with pytest.raises(Refusal) as refused:
            views.remove(who, view)
        assert refused.value.status == status
    with pytest.raises(Refusal):
        views.save(nuria, "Todos", "a=b", shared=True)
    for name, query in (("  ", ""), ("x", "q" * 1001)):
        with pytest.raises(Refusal):
            views.save(nuria, name, query)
    views.remove(nuria, own)
    views.remove(chief, shared)
    assert not SavedView.objects.exists()
