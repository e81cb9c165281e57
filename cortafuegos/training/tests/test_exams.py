"""From the first lesson to the certificate, and the ways round it that must not exist."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from cortafuegos.inbox.models import Event
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.certificates import Certificate
from cortafuegos.training import queries
from cortafuegos.training.actions import courses, exams
from cortafuegos.training.models import Attempt, Course, CourseVersion, Reading
from cortafuegos.training.rules import Lesson, expiry
from cortafuegos.training.tests.school import EDITION, a_course, answers, read_all, sit


def refused(verb, *args, **named):
    with pytest.raises(Refusal) as refusal:
        verb(*args, **named)
    return refusal.value.code


def test_who_passes_gets_the_certificate_for_as_long_as_the_course_says(desk):
    course = a_course(desk.sanz, kind="language", value="es")
    done = sit(desk.lucia, course, wrong=1)
    held = Certificate.objects.get(brand=desk.brand)
    assert (done.right, done.total, done.passed) == (4, 5, True)
    assert (held.agent, held.kind, held.value, held.course_version) == (desk.lucia, "language", "es", 1)
    assert held.expires_at == expiry(done.finished_at, 12)
    kinds = Event.objects.filter(brand=desk.brand, agent=desk.lucia).values_list("kind", flat=True)
    assert list(kinds.order_by("pk")) == ["exam.finished", "certificate.earned"]


def test_who_fails_gets_none_and_two_tries_a_day(desk):
    course = a_course(desk.sanz)
    assert not sit(desk.lucia, course, wrong=2).passed
    assert not sit(desk.lucia, course, wrong=5).passed
    assert not Certificate.objects.filter(brand=desk.brand).exists()
    assert refused(exams.begin, desk.lucia, course, "es") == "too_many_tries"
    sit(desk.bruno, course)  # one person's tries are nobody else's
    Attempt.objects.filter(agent=desk.lucia).update(finished_at=_ago(hours=24, seconds=1))
    assert sit(desk.lucia, course).passed


def _ago(**past):
    from cortafuegos.kit import clock

    return clock.now() - timedelta(**past)


def test_the_exam_opens_when_every_lesson_is_read(desk):
    course = a_course(desk.sanz)
    assert refused(exams.begin, desk.lucia, course, "es") == "unread"
    exams.read(desk.lucia, course, EDITION.lessons[0])
    exams.read(desk.lucia, course, EDITION.lessons[0])
    assert refused(exams.begin, desk.lucia, course, "es") == "unread"
    assert Reading.objects.filter(brand=desk.brand).count() == 1
    read_all(desk.lucia, course)
    assert exams.begin(desk.lucia, course, "es").total == 5


def test_one_paper_at_a_time_and_it_waits(desk):
    course = a_course(desk.sanz)
    read_all(desk.lucia, course)
    first = exams.begin(desk.lucia, course, "es")
    assert exams.begin(desk.lucia, course, "en") == first
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            brand=desk.brand, agent=desk.lucia, course=course, version=first.version, language="es", seed="x"
        )


def test_a_paper_is_handed_in_once_whole_and_by_its_owner(desk):
    course = a_course(desk.sanz)
    read_all(desk.lucia, course)
    begun = exams.begin(desk.lucia, course, "es")
    right = answers(EDITION)
    assert refused(exams.hand_in, desk.lucia, begun, [*right[:4], None]) == "unanswered"
    assert refused(exams.hand_in, desk.lucia, begun, right[:4]) == "unanswered"
    assert refused(exams.hand_in, desk.bruno, begun, right) == "no_such_exam"
    assert not exams.hand_in(desk.lucia, begun, answers(EDITION, wrong=5)).passed
    assert refused(exams.hand_in, desk.lucia, begun, right) == "handed_in"
    assert not Certificate.objects.filter(brand=desk.brand).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_hand_in_the_same_paper_at_once_get_one_certificate(desk):
    course = a_course(desk.sanz)
    read_all(desk.lucia, course)
    begun = exams.begin(desk.lucia, course, "es")
    outcomes = []

    def hand_in():
        try:
            outcomes.append(exams.hand_in(desk.lucia, begun, answers(EDITION)).passed)
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_in) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(map(str, outcomes)) == ["True", "handed_in", "handed_in", "handed_in"]
    assert Certificate.objects.filter(brand=desk.brand).count() == 1


# --- versions ------------------------------------------------------------------------


def test_an_edit_is_a_new_version_and_who_passed_the_older_keeps_the_certificate(desk):
    course = a_course(desk.sanz)
    sit(desk.lucia, course)
    revised = replace(EDITION, lessons=(EDITION.lessons[0], Lesson("Dos", "Otro texto")))
    assert courses.revise(desk.sanz, course, "es", revised).number == 2
    assert courses.revise(desk.sanz, course, "es", revised).number == 2  # the same words make none
    assert Certificate.objects.get(brand=desk.brand).withdrawn_at is None
    version = courses.newest(course)
    assert queries.unread(desk.lucia, course, queries.edition_for(version, "es")[1]) == ["Dos"]
    assert CourseVersion.objects.get(brand=desk.brand, course=course, number=1).content["es"]["lessons"][1][
        "body"
    ] == "Texto dos"  # fmt: skip


def test_a_paper_begun_is_marked_by_the_words_it_was_begun_with(desk):
    course = a_course(desk.sanz)
    read_all(desk.lucia, course)
    begun = exams.begin(desk.lucia, course, "es")
    turned = tuple(replace(one, answer=(one.answer + 1) % 4) for one in EDITION.questions)
    courses.revise(desk.sanz, course, "es", replace(EDITION, questions=turned))
    done = exams.hand_in(desk.lucia, begun, answers(EDITION))
    assert (done.passed, Certificate.objects.get(brand=desk.brand).course_version) == (True, 1)


def test_who_reads_another_language_gets_the_one_there_is(desk):
    course = a_course(desk.sanz, language="en")
    read_all(desk.lucia, course)
    assert exams.begin(desk.lucia, course, "es").language == "en"


def test_terms_hold_for_whoever_passes_from_then_on(desk):
    course = a_course(desk.sanz)
    sit(desk.lucia, course)
    terms = {"kind": "crisis", "value": "x", "months": 3, "pass_percent": 100, "tries_per_day": 1}
    course = courses.set_terms(desk.sanz, course, **terms, offered=True)
    sit(desk.bruno, course)
    assert [(c.kind, c.value) for c in Certificate.objects.filter(brand=desk.brand).order_by("pk")] == [
        ("channel", ""),
        ("crisis", ""),
    ]
    courses.set_terms(desk.sanz, course, **terms, offered=False)
    course.refresh_from_db()
    read_all(desk.sanz, course)
    assert refused(exams.begin, desk.sanz, course, "es") == "not_offered"


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("months", 0, "out_of_bounds"),
        ("months", 61, "out_of_bounds"),
        ("pass_percent", 101, "out_of_bounds"),
        ("pass_percent", 0, "out_of_bounds"),
        ("tries_per_day", 21, "out_of_bounds"),
        ("kind", "everything", "no_such_certificate"),
        ("kind", "language", "no_such_certificate"),
    ],
)
def test_terms_out_of_bounds_change_nothing(desk, name, value, code):
    course = a_course(desk.sanz)
    terms = {"kind": "channel", "value": "", "months": 6, "pass_percent": 80, "tries_per_day": 2, name: value}
    assert refused(courses.set_terms, desk.sanz, course, **terms, offered=True) == code
    assert Course.objects.get(brand=desk.brand).months == 12


# --- the courses that come with the desk, and whose they are ----------------------------


def test_adopting_the_shipped_course_twice_is_once_and_the_brand_s_own_words_stay(desk):
    courses.adopt(desk.brand)
    courses.adopt(desk.brand)
    course = Course.objects.get(brand=desk.brand)
    assert CourseVersion.objects.filter(brand=desk.brand).count() == 1
    CourseVersion.objects.filter(brand=desk.brand).update(content={"es": {"title": "de ayer"}})
    courses.adopt(desk.brand)  # newer words came with an upgrade
    assert courses.newest(course).number == 2
    courses.revise(desk.sanz, course, "es", EDITION)
    courses.adopt(desk.brand)
    assert courses.newest(course).number == 3
    assert courses.newest(course).content["es"]["title"] == "Los lunes"
    assert courses.newest(course).content["en"]["title"] == "Writing in public"


def test_nothing_of_training_crosses_brands(desk):
    course = a_course(desk.sanz)
    assert refused(exams.begin, desk.olga, course, "es") == "no_such_course"
    assert refused(exams.read, desk.olga, course, EDITION.lessons[0]) == "no_such_course"
    assert refused(courses.revise, desk.olga, course, "es", EDITION) == "no_such_course"
    assert not Reading.objects.filter(brand=desk.elsewhere).exists()


@pytest.mark.parametrize("who", ["lucia", "delia"])
def test_who_does_not_lead_writes_no_course(desk, who):
    agent = getattr(desk, who)
    course = a_course(desk.sanz)
    assert refused(courses.create, agent, "es", EDITION, "channel", "") == "not_allowed"
    assert refused(courses.revise, agent, course, "es", EDITION) == "not_allowed"
