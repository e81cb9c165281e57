"""Asking from the case's page, and the directory with its figures."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cortafuegos.inbox.actions import answering, asking
from cortafuegos.inbox.models import Case, Department, Message, Question
from cortafuegos.inbox.queries import asked as figures
from cortafuegos.inbox.tests.desk.page import HTMX_CASE, HTMX_LIST, Page, toast, undo
from cortafuegos.inbox.tests.inside.people import LINE, a_department, asked, token_of
from cortafuegos.inbox.tests.world import World, a_world, busy
from cortafuegos.kit import clock

HOUR = timedelta(hours=1)


@pytest.fixture
def desk(db) -> World:
    return busy(a_world())


def opened(desk: World, case: Case, agent: str = "lucia") -> Page:
    client = desk.client(getattr(desk, agent))
    return Page(client.get(desk.url(f"cases/{case.number}"), headers=HTMX_CASE))


def form(desk: World, case: Case, agent: str = "lucia"):
    return desk.client(getattr(desk, agent)).get(desk.url(f"cases/{case.number}/questions"))


def ask(desk: World, case: Case, agent: str = "lucia", **body: object):
    client = desk.client(getattr(desk, agent))
    return client, client.post(desk.url(f"cases/{case.number}/questions"), body)


def test_the_dialog_shows_what_they_will_see_before_it_is_shared(desk: World) -> None:
    case = desk.cases["marta"]
    a_department(desk.brand)
    Message.objects.filter(case=case, text__startswith="Sigo en la cinta").update(
        text="Sigo en la cinta 7. Soy Marta Quiroga, mi DNI es 12345678Z"
    )
    page = Page(form(desk, case))
    chosen = [one for one in page.having("name", "share") if "checked" in one]
    assert len(chosen) == 1
    assert "12345678Z" not in page.text
    assert "Soy ••• •••, mi DNI es •••" in page.text
    assert not [one for one in page.having("name", "with_data") if "checked" in one]


def test_asking_takes_one_press_and_so_does_taking_it_back(desk: World) -> None:
    case, department = desk.cases["marta"], a_department(desk.brand)
    client, response = ask(desk, case, department=department.pk, text="¿Dónde está?", when="tomorrow")
    assert "Preguntado a Facturación" in toast(response)
    assert "¿Dónde está?" in opened(desk, case).by_id("questions").text
    assert [r.status_code for r in undo(client, response)] == [200]
    assert Question.objects.get().state == "withdrawn"
    assert not [e for e in opened(desk, case).elements if e["id"] == "questions"]


def test_no_directory_no_question_and_who_can_mend_it_is_told(desk: World) -> None:
    words = Page(form(desk, desk.cases["marta"])).text
    assert "supervisión" in words
    assert desk.url("settings/departments") in form(desk, desk.cases["marta"], "sanz").content.decode()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"department": "x"},
        {"department": "99999999999999999999"},
        {"text": ""},
        {"when": "", "until": "x"},
    ],
)
def test_a_question_that_cannot_be_asked_says_why(desk: World, body: dict[str, str]) -> None:
    department = a_department(desk.brand)
    full = {"department": department.pk, "text": "¿Qué?", **body} if body else {}
    _, response = ask(desk, desk.cases["marta"], **full)
    assert response.status_code == 422
    assert toast(response)
    assert not Question.objects.exists()


def test_those_who_may_not_ask_do_not(desk: World) -> None:
    department, case = a_department(desk.brand), desk.cases["marta"]
    assert ask(desk, case, "delia", department=department.pk, text="¿Qué?")[1].status_code == 403
    assert ask(desk, case, "olga", department=department.pk, text="¿Qué?")[1].status_code == 404
    assert form(desk, case, "delia").status_code == 403
    theirs = a_department(desk.elsewhere)
    assert ask(desk, case, department=theirs.pk, text="¿Qué?")[1].status_code == 422


def test_an_answer_stands_in_the_thread_and_beside_and_on_the_row(desk: World) -> None:
    case = desk.cases["marta"]
    question = asked(desk.lucia, case)
    answering.answer(token_of(question), "Sí:\nse devuelve hoy", "Iker")
    page = opened(desk, case)
    assert "se devuelve hoy" in page.by_id(f"qa{question.pk}").text
    use = page.having("data-use-answer")[0]
    assert use["data-use-answer"] == "Sí:\nse devuelve hoy"
    row = desk.client(desk.lucia).get(desk.url("inbox/mine"), headers=HTMX_LIST).content.decode()
    assert "Hay respuesta" in row
    client = desk.client(desk.lucia)
    assert client.post(use["data-url"]).status_code == 200
    page = opened(desk, case)
    assert not page.having("data-use-answer")
    assert "se devuelve hoy" in page.by_id(f"qa{question.pk}").text, "the line stays"
    row = desk.client(desk.lucia).get(desk.url("inbox/mine"), headers=HTMX_LIST).content.decode()
    assert "Hay respuesta" not in row


def test_the_link_is_for_those_who_may_pass_it_on(desk: World) -> None:
    case = desk.cases["marta"]
    question = asked(desk.lucia, case)
    link = opened(desk, case).having("data-copy")
    assert any(one["data-copy"].endswith(token_of(question)) for one in link)
    assert (
        token_of(question)
        not in desk.client(desk.delia)
        .get(desk.url(f"cases/{case.number}"), headers=HTMX_CASE)
        .content.decode()
    )


def line(**changed: object) -> dict[str, object]:
    return {
        "name": "Almacén",
        "language": "es",
        "office_hours": "1",
        "person": ["Rosa Mena", "", "Berta Roig", "", ""],
        "email": ["rosa@condor.example", "", "", "", ""],
        "hours": ["4", "8", "24", "24", "24"],
        **changed,
    }


def test_a_department_is_written_down_and_changed(desk: World) -> None:
    client = desk.client(desk.sanz)
    new, index = desk.url("settings/departments/new"), desk.url("settings/departments")
    assert client.post(new, line()).headers["Location"] == index
    made = Department.objects.get(name="Almacén")
    assert [one["name"] for one in made.ladder] == ["Rosa Mena", "Berta Roig"]
    assert made.office_hours
    page = Page(client.get(index))
    assert "Rosa Mena → Berta Roig" in page.text
    one = desk.url(f"settings/departments/{made.pk}")
    assert client.post(one, line(name="Depósito", office_hours="")).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.office_hours) == ("Depósito", False)
    client.post(f"{one}/switch", {"on": "0"})
    made.refresh_from_db()
    assert not made.active
    assert "Depósito" not in form(desk, desk.cases["marta"]).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "nombre"),
        ({"name": "facturación"}, "Ya hay"),
        ({"person": [""] * 5, "email": [""] * 5}, "al menos una"),
        ({"hours": ["0", "8", "24", "24", "24"]}, "entre 1 y 120"),
        ({"email": ["no es correo", "", "", "", ""]}, "dirección de correo"),
        ({"email": ["a@b.example\nBcc: x@y.example", "", "", "", ""]}, "dirección de correo"),
        ({"person": ["x"] * 9, "email": [""] * 9, "hours": ["4"] * 9}, "cinco"),
    ],
)
def test_what_cannot_be_followed_is_refused_and_kept_in_the_form(desk: World, changed, said) -> None:
    a_department(desk.brand)
    response = desk.client(desk.sanz).post(desk.url("settings/departments/new"), line(**changed))
    assert response.status_code == 422
    page = Page(response)
    assert said in page.having("role", "alert")[0].text
    assert page.having("name", "name")[0]["value"] == str(changed.get("name", "Almacén"))
    assert Department.objects.count() == 1


def test_only_supervisors_of_the_brand_keep_the_directory(desk: World) -> None:
    theirs = a_department(desk.elsewhere)
    mine = a_department(desk.brand)
    for agent in (desk.lucia, desk.delia):
        client = desk.client(agent)
        assert client.get(desk.url("settings/departments")).status_code == 403
        assert client.post(desk.url("settings/departments/new"), line()).status_code == 403
        assert client.post(desk.url(f"settings/departments/{mine.pk}/switch"), {"on": "0"}).status_code == 403
    client = desk.client(desk.sanz)
    for path in ("", "/switch"):
        url = desk.url(f"settings/departments/{theirs.pk}{path}")
        assert client.post(url, line()).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.name, theirs.active) == ("Facturación", True)
    assert Department.objects.count() == 2


def test_the_figures_count_what_was_asked_for(desk: World) -> None:
    case, now = desk.cases["marta"], clock.now()
    department = a_department(desk.brand)
    elsewhere = a_department(desk.brand, "Almacén", LINE[:1])
    for hours, due in ((1, 4), (3, 4), (6, 4)):
        question = asked(desk.lucia, case, department=department)
        answering.answer(token_of(question), "Sí")
        at = now - 48 * HOUR
        Question.objects.filter(pk=question.pk).update(
            asked_at=at, due_at=at + due * HOUR, answered_at=at + hours * HOUR
        )
    late = asked(desk.lucia, case, department=department)
    Question.objects.filter(pk=late.pk).update(asked_at=now - 9 * HOUR, due_at=now - HOUR)
    answering.not_ours(token_of(asked(desk.lucia, case, department=elsewhere)), "Otro")
    asking.withdraw(desk.lucia, asked(desk.lucia, case, department=elsewhere))
    found = figures.figures(desk.brand.pk, clock.now())
    assert found[department.pk] == figures.Figures(1, 1, 3, 2, 0, 3 * HOUR)
    assert found[department.pk].share == 50
    assert found[elsewhere.pk] == figures.Figures(not_ours=1)
    assert found[elsewhere.pk].share is None
    assert figures.figures(desk.elsewhere.pk, clock.now()) == {}
    page = Page(desk.client(desk.sanz).get(desk.url("settings/departments")))
    (row,) = [e for e in page.elements if e["data-department"] == str(department.pk)]
    assert "50 %" in row.text
    assert "3 h" in row.text
    assert [e["data-question"] for e in page.having("data-question")] == [str(late.pk)]
