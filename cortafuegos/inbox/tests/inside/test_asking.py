"""A question inside: asked, passed up the line, answered, and never forgotten."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from cortafuegos.inbox.actions import answering, asking, cases, joining, merging
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Message, Question, QuestionLink
from cortafuegos.inbox.tests.inside.people import HOUR, a_department, asked, link_of, token_of
from cortafuegos.inbox.tests.people import a_brand, a_case, an_account, an_agent, kinds, now_of, say
from cortafuegos.kit import clock
from cortafuegos.people.models import Person


def test_what_is_shared_says_nothing_of_whose_it_is(nuria, account):
    said = say(account, "Soy Lucia, DNI 12345678Z: me cobrasteis dos veces", by="lucia")
    Person.objects.filter(pk=said.case.person_id).update(name="Lucia Vega")
    question = asked(nuria, said.case, share=[said.pk])
    assert [one["text"] for one in question.shared] == ["Soy •••, DNI •••: me cobrasteis dos veces"]
    assert question.about == ""


def test_the_names_of_all_who_are_joined_are_hidden(nuria, account):
    ana, eva = (say(account, f"Hola, de {by}", by=by).case for by in ("ana", "eva"))
    Person.objects.filter(pk=eva.person_id).update(name="Rosa Vega")
    joining.join(nuria, ana.person, eva.person)
    said = say(account, "Soy Rosa, escribid a Rosa Vega", by="eva")
    question = asked(nuria, said.case, share=[said.pk])
    assert [one["text"] for one in question.shared] == ["Soy •••, escribid a ••• •••"]


def test_the_agent_may_share_more_and_only_of_this_case(nuria, account):
    said = say(account, "Soy Lucia, DNI 12345678Z", by="lucia")
    other = say(account, "Esto lo dijo otra persona", by="marcos")
    question = asked(nuria, said.case, share=[said.pk, other.pk], with_name=True, with_data=True)
    assert [one["text"] for one in question.shared] == ["Soy Lucia, DNI 12345678Z"]
    assert question.about == "Lucia"
    assert asked(nuria, said.case, department=question.department).shared == []


def test_a_name_shared_still_hides_the_numbers(nuria, account):
    said = say(account, "Soy Lucia, DNI 12345678Z", by="lucia")
    assert asked(nuria, said.case, share=[said.pk], with_name=True).shared[0]["text"] == "Soy Lucia, DNI •••"


def test_without_a_time_of_its_own_it_has_what_was_agreed(nuria, case):
    question = asking.ask(nuria, case, a_department(nuria.brand), "¿Qué pasó?")
    assert timedelta() <= question.due_at - question.asked_at - 4 * HOUR < timedelta(minutes=1)
    assert now_of(case).inside == 1


@pytest.mark.parametrize("text", ["", "   ", "¿?", "x" * 4001])
def test_a_question_has_words(nuria, case, text):
    with pytest.raises(Refusal):
        asked(nuria, case, text)
    assert not Question.objects.exists()


@pytest.mark.parametrize("hours", [-1, 0, 24 * 61])
def test_a_question_has_a_time_to_come(nuria, case, hours):
    with pytest.raises(Refusal):
        asked(nuria, case, hours=hours)


def test_only_those_who_work_ask_and_only_their_own_departments(condor, nuria, case):
    with pytest.raises(Refusal):
        asked(an_agent(condor, "Delia Ruiz", "drafter"), case)
    elsewhere = a_brand("faro", "Faro Norte")
    with pytest.raises(Refusal):
        asked(nuria, case, department=a_department(elsewhere))
    with pytest.raises(Refusal):
        asked(an_agent(elsewhere, "Olga Prieto"), case)
    with pytest.raises(Refusal):
        asked(nuria, case, department=a_department(condor, "Almacén", active=False))


def test_a_case_asks_no_more_than_people_can_answer(nuria, case):
    department = a_department(nuria.brand)
    for _ in range(asking.MOST_OPEN):
        asked(nuria, case, department=department)
    with pytest.raises(Refusal) as refused:
        asked(nuria, case, department=department)
    assert refused.value.code == "too_many"


def test_the_story_of_a_question_nobody_answers(nuria, case):
    question = asked(nuria, case)
    asked_at = question.asked_at
    asking.strike(asked_at + HOUR)
    assert kinds(case)[-1] == "question.asked", "nothing falls due yet"
    asking.strike(asked_at + 2 * HOUR)
    asking.strike(asked_at + 2 * HOUR)
    assert kinds(case)[-2:] == ["question.asked", "question.reminded"]
    asking.strike(question.due_at)
    question.refresh_from_db()
    assert (question.rung, link_of(question, 1).name) == (1, "Berta Roig")
    assert now_of(case).inside == 2
    for _ in range(8):
        question.refresh_from_db()
        if question.next_at:
            asking.strike(question.next_at)
    assert kinds(case)[2:].count("question.climbed") == 2
    assert kinds(case)[-1] == "question.unanswered"
    assert [step["kind"] for step in question.steps] == [
        *("asked", "reminded", "climbed", "reminded", "climbed", "reminded", "given_up")
    ]
    assert question.state == "open"
    assert question.next_at is None
    assert not asking.strike(asked_at + timedelta(days=90)), "and then it leaves people alone"


def test_the_owner_may_still_answer_when_others_were_asked(nuria, case):
    question = asked(nuria, case)
    asking.strike(question.due_at)
    answering.answer(token_of(question), "Sí, se devuelve hoy.")
    question.refresh_from_db()
    assert (question.state, question.answered_by) == ("answered", "Iker Lasa")
    assert not asking.strike(question.due_at + 100 * HOUR)


def test_an_answer_comes_back_to_the_case_and_to_nobody_else(nuria, case):
    cases.snooze(nuria, case, clock.now() + 20 * HOUR)
    question = asked(nuria, case)
    before = Message.objects.count()
    answering.answer(token_of(question), "  Sí:\nse devuelve hoy. ", "Iker (turno de tarde)")
    question.refresh_from_db()
    assert (question.answer, question.answered_by) == (
        "Sí:\nse devuelve hoy.",
        "Iker (turno de tarde)",
    )
    case = now_of(case)
    assert (case.state, case.inside) == ("open", 3)
    assert Message.objects.count() == before
    told = Event.objects.get(kind="question.answered")
    assert told.data["late"] is False
    assert told.data["named"] == "Iker Lasa"
    assert "devuelve" not in str(told.data)
    asking.see(nuria, question)
    assert now_of(case).inside == 0


def test_late_is_late_by_what_was_asked_for(nuria, case):
    question = asked(nuria, case)
    answering.put_off(token_of(question), clock.now() + 30 * HOUR)
    asking.strike(clock.now() + 5 * HOUR)
    question.refresh_from_db()
    assert question.rung == 0, "who asked for time is left in peace until then"
    Question.objects.filter(pk=question.pk).update(due_at=clock.now() - HOUR)
    answering.answer(token_of(question), "Sí")
    assert Event.objects.get(kind="question.answered").data["late"] is True


def test_not_ours_says_whom_to_ask(nuria, case):
    question = asked(nuria, case)
    answering.not_ours(token_of(question), "Almacén, Rosa Mena")
    question.refresh_from_db()
    assert (question.state, question.answer) == ("not_ours", "Almacén, Rosa Mena")
    assert now_of(case).inside == 3


def test_a_withdrawn_question_wants_nothing(nuria, case):
    question = asked(nuria, case)
    token = token_of(question)
    asking.withdraw(nuria, question)
    with pytest.raises(Refusal):
        answering.answer(token, "Sí")
    with pytest.raises(Refusal):
        asking.withdraw(nuria, question)
    assert now_of(case).inside == 0
    assert not asking.strike(clock.now() + 100 * HOUR)


def test_a_question_goes_along_when_cases_are_joined_and_back(nuria, account, case):
    other = a_case(account, by="marcos")
    question = asked(nuria, case)
    merging.merge(nuria, other, [case])
    question.refresh_from_db()
    assert question.case_id == other.pk
    answering.answer(token_of(question), "Sí")
    assert (now_of(other).inside, now_of(case).inside) == (3, 0)
    merging.unmerge(nuria, now_of(case))
    question.refresh_from_db()
    assert question.case_id == case.pk
    assert (now_of(other).inside, now_of(case).inside) == (0, 3)


def test_nobody_of_another_brand_touches_it(case, nuria):
    question = asked(nuria, case)
    olga = an_agent(a_brand("faro", "Faro Norte"), "Olga Prieto", "owner")
    for verb in (asking.withdraw, asking.see, asking.renew_link):
        with pytest.raises(Refusal):
            verb(olga, question)
    question.refresh_from_db()
    assert question.state == "open"


def test_a_line_changed_meanwhile_is_followed_as_it_is_now(nuria, case):
    question = asked(nuria, case)
    department = question.department
    department.ladder = department.ladder[:1]
    department.save()
    asking.strike(question.due_at)
    question.refresh_from_db()
    assert (question.rung, question.next_at) == (0, None)


def test_a_rollback_leaves_no_question_and_no_letter(condor, nuria):
    case = a_case(an_account(condor))

    def half() -> None:
        with transaction.atomic():
            asked(nuria, case)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError):
        half()
    assert not QuestionLink.objects.exists()
