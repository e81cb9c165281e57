"""Beside the case it is said who they may be too; a press away they are joined, another apart."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cortafuegos.inbox.tests.desk import test_browser
from cortafuegos.inbox.tests.people import ago, author, now_of, say
from cortafuegos.inbox.tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

desk, nudges, open_desk = test_browser.desk, test_browser.nudges, test_browser.open_desk
MAIL = "marta.quiroga@correo.example"


def test_suggested_beside_the_case_joined_and_separated(
    open_desk: test_browser.Open, desk: World, nudges: test_browser.Nudges
) -> None:
    marta = desk.cases["marta"]
    last = marta.messages.filter(direction="in", public=False).latest("posted_at")
    me = author("martaq", network_id=last.identity.network_id, name="Marta Quiroga")
    say(desk.help, f"Mejor escribidme a {MAIL}", by=me, conversation="dm:marta", public=False)
    by = author(MAIL, "mail", network_id=MAIL, name="Marta Quiroga")
    letter = say(desk.mail, "Adjunto la reclamación", by=by, at=ago(minutes=3), public=False).case
    assert letter is not None
    page = open_desk(f"cases/{marta.number}")
    offered = page.locator(f"#likeness-{marta.person_id}")
    expect(offered).to_contain_text(MAIL)
    say(desk.help, "¿Seguís ahí?", by=me, conversation="dm:marta", public=False)
    nudges.said.append({"brand": desk.brand.pk, "cases": [marta.pk], "kind": "case"})
    expect(page.locator("[data-thread]")).to_contain_text("¿Seguís ahí?")
    expect(offered).to_contain_text(MAIL)
    offered.get_by_role("link").click()
    expect(page.locator(".pair .card")).to_have_count(2)
    page.locator("main form[action$='/accounts'] button").click()
    expect(page.locator("main form[action*='/accounts/'] button")).to_be_visible()
    assert now_of(letter).person_id == marta.person_id
    page.locator("main form[action*='/accounts/'] button").click()
    expect(page.locator("main form[action*='/accounts/'] button")).to_have_count(0)
    assert now_of(letter).person_id == letter.person_id
