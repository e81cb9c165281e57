"""Advice followed, left out, edited and switched off."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.actions import playbooks
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import CasePlaybook, Event
from cortafuegos.inbox.tests.people import a_brand, a_case, an_agent, kinds
from cortafuegos.knowledge import library, plain, shipped
from cortafuegos.knowledge.models import Playbook, PlaybookVersion


@pytest.fixture
def sonia(condor):
    return an_agent(condor, "Sonia Vidal", "supervisor")


def changed(slug="delay", **more):
    body = plain.body(library.library(0)[slug].value)
    return {**body, "title": {"es": "Otro título"}, **more}


def refusal(verb, *args, **more) -> Refusal:
    with pytest.raises(Refusal) as refused, transaction.atomic():
        verb(*args, **more)
    return refused.value


def test_a_brand_that_changed_nothing_has_the_starter_set(condor):
    assert list(library.library(condor.pk)) == list(shipped.starter())
    assert not Playbook.objects.exists()


def test_ticking_begins_and_writes_down_the_version(nuria, case):
    playbooks.tick(nuria, case, "delay", "regret")
    run = CasePlaybook.objects.get(case=case)
    assert run.marks == {"regret": {"done": True}}
    assert (run.version.number, run.version.shipped) == (1, True)
    assert kinds(case)[-2:] == ["playbook.begun", "playbook.step_done"]
    before = len(kinds(case))
    playbooks.tick(nuria, case, "delay", "regret")
    assert len(kinds(case)) == before, "twice is once"
    playbooks.tick(nuria, case, "delay", "regret", done=False)
    assert CasePlaybook.objects.get(case=case).marks == {}
    assert kinds(case)[-1] == "playbook.step_undone"


def test_a_step_is_left_out_with_a_reason(nuria, case):
    for nothing in ("", "  ", "...", "\u200b"):
        assert refusal(playbooks.leave_out, nuria, case, "delay", "facts", nothing).code == "needs_reason"
    assert not CasePlaybook.objects.exists()
    playbooks.leave_out(nuria, case, "delay", "facts", "  ya lo\nsabemos " + "a" * 900)
    reason = CasePlaybook.objects.get().marks["facts"]["left_out"]
    assert reason.startswith("ya lo sabemos") and len(reason) == 300
    event = Event.objects.get(kind="playbook.step_left_out")
    assert (event.data["playbook"], event.data["step"], event.data["reason"]) == ("delay", "facts", reason)


@pytest.mark.parametrize(("slug", "step"), [("delay", "nothing"), ("nothing", "regret"), ("", "")])
def test_what_is_not_there_is_refused(nuria, case, slug, step):
    assert refusal(playbooks.tick, nuria, case, slug, step).status in (404, 422)
    assert not CasePlaybook.objects.exists() and not Playbook.objects.exists()


def test_a_case_keeps_the_version_it_began_with(nuria, sonia, case, account):
    playbooks.tick(nuria, case, "delay", "regret")
    version = playbooks.edit(sonia, "delay", changed(steps=[{"id": "new", "advice": {"es": "Otra cosa"}}]))
    assert (version.number, version.author) == (2, sonia)
    assert refusal(playbooks.tick, nuria, case, "delay", "new").code == "no_such_step"
    playbooks.tick(nuria, case, "delay", "date")
    assert CasePlaybook.objects.get(case=case).version.number == 1
    later = a_case(account, by="ana")
    playbooks.tick(nuria, later, "delay", "new")
    assert CasePlaybook.objects.get(case=later).version == version


def test_a_better_starter_set_reaches_new_cases_only(nuria, condor, case, account):
    """The rows of a brand that used an earlier release, whose words were others."""
    old = plain.playbook("delay", {**plain.body(shipped.starter()["delay"]), "title": {"es": "Antes"}})
    first = library.write(condor.pk, old, None, shipped=True)
    CasePlaybook.objects.create(brand=condor, case=case, playbook=first.playbook, version=first)
    assert library.library(condor.pk)["delay"].value == shipped.starter()["delay"]
    playbooks.tick(nuria, case, "delay", "regret")
    later = a_case(account, by="ana")
    playbooks.tick(nuria, later, "delay", "regret")
    numbers = CasePlaybook.objects.order_by("case_id").values_list("version__number", flat=True)
    assert list(numbers) == [1, 2]


def test_a_brands_own_words_outlive_a_better_starter_set(sonia, condor):
    playbooks.edit(sonia, "delay", changed())
    assert library.library(condor.pk)["delay"].value.title == {"es": "Otro título"}
    assert library.today(condor.pk, "delay").number == 1


def test_the_same_again_is_no_version(sonia):
    same = plain.body(shipped.starter()["delay"])
    assert refusal(playbooks.edit, sonia, "delay", same).code == "unchanged"
    playbooks.edit(sonia, "delay", changed())
    assert refusal(playbooks.edit, sonia, "delay", changed()).code == "unchanged"
    playbooks.edit(sonia, "delay", same)  # back to the starter's words is a version too
    assert PlaybookVersion.objects.count() == 2
    assert [
        event.data["version"] for event in Event.objects.filter(kind="playbook.edited").order_by("pk")
    ] == [1, 2]


@pytest.mark.parametrize("role", ["agent", "drafter"])
def test_agents_follow_and_do_not_edit(condor, role):
    ana = an_agent(condor, "Ana Paz", role)
    assert refusal(playbooks.edit, ana, "delay", changed()).status == 403
    assert refusal(playbooks.switch, ana, "delay", on=False).status == 403


def test_switched_off_it_is_proposed_no_more_and_stays_where_it_began(nuria, sonia, case, account):
    playbooks.tick(nuria, case, "delay", "regret")
    playbooks.switch(sonia, "delay", on=False)
    playbooks.switch(sonia, "delay", on=False)
    assert Event.objects.filter(kind="playbook.switched").count() == 1
    assert not library.library(case.brand_id)["delay"].active
    playbooks.tick(nuria, case, "delay", "date")
    assert refusal(playbooks.choose, nuria, a_case(account, by="ana"), "delay").status == 404
    playbooks.switch(sonia, "delay", on=True)
    playbooks.choose(nuria, a_case(account, by="eva"), "delay")


def test_another_brand_shares_nothing(nuria, sonia, case):
    other = a_brand("nube")
    playbooks.edit(sonia, "delay", changed())
    assert library.library(other.pk)["delay"].value == shipped.starter()["delay"]
    assert (
        refusal(playbooks.tick, an_agent(other, "Olga Prieto", "owner"), case, "delay", "regret").status
        == 404
    )


def test_the_one_chosen_last_is_the_one_followed(nuria, case):
    playbooks.choose(nuria, case, "delay")
    playbooks.choose(nuria, case, "outage")
    playbooks.choose(nuria, case, "outage")
    assert kinds(case).count("playbook.chosen") == 0
    playbooks.choose(nuria, case, "delay")
    assert CasePlaybook.objects.filter(case=case).order_by("-chosen_at").first().playbook.slug == "delay"
    assert kinds(case).count("playbook.chosen") == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": {}},
        {"steps": []},
        {"steps": [{"id": "a", "advice": {}}]},
        {"trigger": {"mood": ["bad"]}},
        {"steps": [{"id": f"s{n}", "advice": {"es": "x"}} for n in range(31)]},
        {"steps": [{"id": "a", "advice": {"es": "x" * 70_000}}]},
    ],
)
def test_what_no_desk_could_follow_is_refused(sonia, change):
    assert refusal(playbooks.edit, sonia, "delay", changed(**change)).status == 422
    assert not PlaybookVersion.objects.exists()


def test_strange_letters_are_kept_storable(sonia):
    playbooks.edit(sonia, "delay", changed(title={"es": "A\0B\ud800"}))
    assert "\0" not in PlaybookVersion.objects.get().body["title"]["es"]


def test_reading_the_library_costs_the_same_for_many(sonia, condor):
    for slug in shipped.starter():
        playbooks.edit(sonia, slug, changed(slug))
    library.library(condor.pk)
    with CaptureQueriesContext(connection) as asked:
        assert len(library.library(condor.pk)) == len(shipped.starter())
    assert len(asked) == 1


def test_a_version_nobody_can_read_breaks_no_page(nuria, condor, case):
    row = Playbook.objects.create(brand=condor, slug="mine")
    bad = PlaybookVersion.objects.create(brand=condor, playbook=row, number=1, body={"steps": "none"})
    CasePlaybook.objects.create(brand=condor, case=case, playbook=row, version=bad)
    assert "mine" not in library.library(condor.pk)
    assert refusal(playbooks.tick, nuria, case, "mine", "a").code == "no_such_step"
