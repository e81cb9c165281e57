"""Each verb from its button, what it says, and its way back."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cortafuegos.inbox.actions import cases
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.snoozing import until
from cortafuegos.inbox.tests.desk.page import toast, undo
from cortafuegos.inbox.tests.world import World

MADRID = ZoneInfo("Europe/Madrid")


def state(case: Case) -> tuple[Any, ...]:
    now = Case.objects.get(pk=case.pk)
    return now.state, now.assignee_id, now.team_id, sorted(now.tags), now.snoozed_until is None


@pytest.mark.parametrize(
    ("who", "noun", "body"),
    [
        ("inigo2", "claim", {}),
        ("noa", "assignment", {"to": "nobody"}),
        ("saul", "assignment", {"to": "me"}),
        ("jo", "assignment", {"to": "me"}),
        ("marta", "tags", {"add": ["urgente", "equipaje"], "remove": ["málaga"]}),
        ("noa", "snooze", {"when": "tomorrow"}),
        ("noa", "closure", {}),
        ("marta", "closure", {}),
    ],
)
def test_each_verb_does_it_says_so_and_can_be_undone(
    desk: World, who: str, noun: str, body: dict[str, Any]
) -> None:
    client, case = desk.client(desk.lucia), desk.cases[who]
    before = state(case)
    response = client.post(desk.url(f"cases/{case.number}/{noun}"), body)
    assert response.status_code == 200 and toast(response)
    assert state(case) != before
    assert case.pk in json.loads(response["HX-Trigger"])["desk:changed"]["cases"]
    assert {r.status_code for r in undo(client, response)} == {200}
    assert state(case) == before


def test_letting_go_and_taking_again(desk: World) -> None:
    client, noa = desk.client(desk.lucia), desk.cases["noa"]
    response = client.delete(desk.url(f"cases/{noa.number}/claim"))
    assert Case.objects.get(pk=noa.pk).assignee is None
    undo(client, response)
    assert Case.objects.get(pk=noa.pk).assignee == desk.lucia


def test_two_who_claim_one_wins_and_the_other_is_told_who(desk: World) -> None:
    inigo = desk.cases["inigo2"]
    url = desk.url(f"cases/{inigo.number}/claim")
    assert desk.client(desk.bruno).post(url).status_code == 200
    late = desk.client(desk.lucia).post(url)
    assert late.status_code == 409 and "Bruno Silva" in toast(late)
    assert late["X-Code"] == "taken" and b"hx-partial" in late.content


def test_closing_says_what_to_leave(desk: World) -> None:
    noa = desk.cases["noa"]
    response = desk.client(desk.lucia).post(desk.url(f"cases/{noa.number}/closure"))
    assert json.loads(response["HX-Trigger"])["desk:changed"]["left"] == noa.pk


def test_join_and_separate(desk: World) -> None:
    client, marta, noa = desk.client(desk.lucia), desk.cases["marta"], desk.cases["noa"]
    url = desk.url(f"cases/{marta.number}/merge")
    assert client.post(url, {"number": "99999"}).status_code == 422
    assert client.post(url, {"number": str(marta.number)}).status_code == 422
    response = client.post(url, {"number": f"#{noa.number}"})
    assert Case.objects.get(pk=noa.pk).merged_into == marta
    undo(client, response)
    assert Case.objects.get(pk=noa.pk).merged_into is None
    assert Message.objects.filter(case=noa).exists()


def test_split_opens_the_new_case(desk: World) -> None:
    client, marta = desk.client(desk.lucia), desk.cases["marta"]
    url = desk.url(f"cases/{marta.number}/split")
    assert client.post(url, {"message": ["x"]}).status_code == 422
    message = Message.objects.filter(case=marta, direction="in").latest("posted_at")
    response = client.post(url, {"message": message.pk})
    made = json.loads(response["HX-Trigger"])["desk:changed"]["made"]
    new = Case.objects.get(messages=message)
    assert new.pk != marta.pk and made == desk.url(f"cases/{new.number}")


@pytest.mark.parametrize("verb", ["close", "snooze", "tag", "assign", "claim"])
def test_several_at_once_and_all_the_way_back(desk: World, verb: str) -> None:
    client = desk.client(desk.lucia)
    chosen = [desk.cases[n] for n in ("marta", "noa", "jo")]
    before = [state(c) for c in chosen]
    body = {
        "verb": verb,
        "id": [c.pk for c in chosen],
        "when": "hour",
        "add": "lote",
        "to": f"agent-{desk.bruno.pk}",
    }
    response = client.post(desk.url("cases/batch"), body)
    assert response.status_code == 200
    assert [state(c) for c in chosen] != before
    undo(client, response)
    assert [state(c) for c in chosen] == before


def test_a_batch_tells_what_it_left(desk: World) -> None:
    client = desk.client(desk.bruno)
    ids = [desk.cases["noa"].pk, desk.cases["inigo2"].pk]
    response = client.post(desk.url("cases/batch"), {"verb": "claim", "id": ids})
    assert toast(response) == "1 caso es tuyo. 1 se quedó como estaba: Lucía Fontán ya lleva este caso."
    alone = client.post(desk.url("cases/batch"), {"verb": "claim", "id": ids[:1]})
    assert alone.status_code == 409
    assert client.post(desk.url("cases/batch"), {"verb": "close"}).status_code == 422
    assert client.post(desk.url("cases/batch"), {"verb": "explode", "id": ids}).status_code == 422


def test_a_time_written_by_hand_is_the_persons_own(desk: World) -> None:
    noa, client = desk.cases["noa"], desk.client(desk.lucia)
    day = (datetime.now(MADRID) + timedelta(days=3)).replace(hour=8, minute=30, second=0, microsecond=0)
    url = desk.url(f"cases/{noa.number}/snooze")
    assert client.post(url, {"until": day.strftime("%Y-%m-%dT%H:%M")}).status_code == 200
    assert Case.objects.get(pk=noa.pk).snoozed_until == day
    for wrong in ("", "ayer", "2020-01-01T10:00"):
        refused = client.post(url, {"until": wrong})
        assert refused.status_code == 422 and toast(refused)


@pytest.mark.parametrize(
    ("choice", "now", "expected"),
    [
        ("hour", "2026-03-04T23:30", "2026-03-05T00:30"),
        ("later", "2026-03-04T10:00", "2026-03-04T13:00"),
        ("afternoon", "2026-03-04T10:00", "2026-03-04T16:00"),
        ("afternoon", "2026-03-04T16:00", "2026-03-05T16:00"),
        ("tomorrow", "2026-03-04T00:10", "2026-03-05T09:00"),
        ("tomorrow", "2026-03-28T20:00", "2026-03-29T09:00"),  # the night the clocks go forward
        ("monday", "2026-03-02T08:00", "2026-03-09T09:00"),  # a Monday: the next one
        ("monday", "2026-03-08T23:59", "2026-03-09T09:00"),
    ],
)
def test_until_when(choice: str, now: str, expected: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=MADRID)
    assert until(choice, at) == datetime.fromisoformat(expected).replace(tzinfo=MADRID)
    assert until("never", at) is None


def test_the_persons_note_is_everybodys(desk: World) -> None:
    marta = desk.cases["marta"]
    client = desk.client(desk.delia)
    assert (
        client.post(desk.url(f"people/{marta.person_id}/note"), {"note": "Avisar por directo"}).status_code
        == 200
    )
    marta.person.refresh_from_db()
    assert marta.person.note == "Avisar por directo" and marta.person.place == "Málaga"


def test_a_closed_case_cannot_be_put_off_and_says_why(desk: World) -> None:
    aitana = desk.cases["aitana"]
    response = desk.client(desk.lucia).post(desk.url(f"cases/{aitana.number}/snooze"), {"when": "hour"})
    assert response.status_code == 409 and "Reábrelo" in toast(response)
    assert cases.reopen(desk.lucia, aitana).state == "open"
