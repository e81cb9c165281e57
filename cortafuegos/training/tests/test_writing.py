"""Courses as people type them, and the one that comes with the desk."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.training import writing
from cortafuegos.training.markdown import html
from cortafuegos.training.rules import Lesson, Question
from cortafuegos.training.shipped import shipped
from cortafuegos.training.writing import Unreadable, read_exam, read_lessons

GOOD = "## ¿Qué?\n+ esto\n- eso\n> Porque sí."


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("", "no question", 1),
        ("hola", "words before the first question", 1),
        ("\n\n- uno", "words before the first question", 3),
        ("## ¿Qué?\n+ esto\n> Ya.", "options", 1),
        ("## ¿Qué?\n+ esto\n- esto\n> Ya.", "options", 1),
        (GOOD + "\n\n## ¿Y?\n- a\n- b\n> Ya.", "not one right option", 6),
        ("## ¿Qué?\n+ a\n+ b\n> Ya.", "not one right option", 1),
        ("## ¿Qué?\n+ a\n- b", "no explanation", 1),
        ("## ¿Qué?\n+ a\n- b\n>", "a line that is no option", 4),
        ("## ¿Qué?\n+ a\nb\n> Ya.", "a line that is no option", 3),
        ("## ¿Qué?\n" + "\n".join(f"- {n}" for n in range(6)) + "\n+ a\n> Ya.", "options", 1),
        (GOOD + "\n" + "\n".join(GOOD for _ in range(100)), "too many questions", 401),
    ],
)
def test_an_exam_with_a_fault_says_where(text, what, line):
    with pytest.raises(Unreadable) as wrong:
        read_exam(text)
    assert (wrong.value.what, wrong.value.line) == (what, line)


@pytest.mark.parametrize(
    ("text", "what", "line"),
    [
        ("", "no lesson", 1),
        ("hola\n# Uno\nx", "words before the first title", 1),
        ("# Uno\nx\n# Dos\n\n", "empty lesson", 3),
        ("# \nx", "empty lesson", 1),
        ("# a\nb\n" * 41, "too many lessons", 81),
    ],
)
def test_lessons_with_a_fault_say_where(text, what, line):
    with pytest.raises(Unreadable) as wrong:
        read_lessons(text)
    assert (wrong.value.what, wrong.value.line) == (what, line)


line = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1, max_size=30)
options = st.lists(line, min_size=2, max_size=6, unique=True)
questions = st.builds(
    lambda text, words, n, why: Question(text, tuple(words), n % len(words), why),
    line,
    options,
    st.integers(0, 9),
    line,
)


@given(st.lists(questions, min_size=1, max_size=5))
def test_what_is_written_is_read_again(exam):
    assert read_exam(writing.write_exam(exam)) == tuple(exam)


@given(st.text(max_size=400))
def test_nothing_typed_is_an_exception_of_another_kind(text):
    for read in (read_exam, read_lessons):
        try:
            read(text)
        except Unreadable as wrong:
            assert wrong.line >= 1


def test_a_lesson_s_digest_is_of_its_words():
    assert Lesson("a", "b").digest == Lesson("a", "b").digest
    assert len({Lesson("a", "b").digest, Lesson("a", "c").digest, Lesson("b", "b").digest}) == 3


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "texto <b onclick=alert(1)>grueso</b>",
        "[aquí](javascript:alert(1))",
        "[aquí](JaVaScRiPt:alert(1))",
        "[aquí](data:text/html;base64,PHNjcmlwdD4=)",
        "![foto](https://espia.example/p.gif)",
        '<https://x.example/"onmouseover=alert(1)>',
        "[a](<javascript:alert(1)>)",
        "[a]: javascript:alert(1)\n\n[a]",
    ],
)
def test_a_lesson_brings_no_html_of_its_own_and_no_picture_from_elsewhere(typed):
    shown = html(typed)
    assert not re.search(r"<(script|img|b)\b|href=\"(javascript|data):|<[^>]*\son\w+=", shown, re.IGNORECASE)


def test_markdown_is_read():
    shown = html("## Título\n\n**Así sí**\n\n> Siento la espera.\n\n- uno\n- dos")
    for piece in ("<h2>Título</h2>", "<strong>Así sí</strong>", "<blockquote>", "<li>uno</li>"):
        assert piece in shown


# --- the course that comes with the desk ------------------------------------------


def editions():
    return [(one.slug, language, edition) for one in shipped() for language, edition in one.editions.items()]


def test_it_is_there_in_both_languages():
    assert [(slug, language) for slug, language, _ in editions()] == [
        ("escribir-en-publico", "en"),
        ("escribir-en-publico", "es"),
    ]


@pytest.mark.parametrize(("slug", "language", "edition"), editions())
def test_eight_lessons_of_a_readable_length_with_examples(slug, language, edition):
    assert len(edition.lessons) == 8
    good, bad = ("Así sí", "Así no") if language == "es" else ("Like this", "Not like this")
    for lesson in edition.lessons:
        assert 350 <= len(lesson.body.split()) <= 600, lesson.title
        assert lesson.body.count("\n> ") >= 2 and f"**{good}**" in lesson.body and f"**{bad}**" in lesson.body


@pytest.mark.parametrize(("slug", "language", "edition"), editions())
def test_twenty_questions_of_four_options_with_an_explanation(slug, language, edition):
    assert len(edition.questions) == 20
    assert len({one.text for one in edition.questions}) == 20
    for one in edition.questions:
        assert len(one.options) == 4 and len(one.why.split()) >= 12, one.text
    # Who always takes the longest option must fail.
    longest = sum(max(one.options, key=len) == one.options[one.answer] for one in edition.questions)
    assert longest <= 10


@pytest.mark.parametrize(("slug", "language", "edition"), editions())
def test_no_explanation_counts_on_an_order_that_is_shuffled(slug, language, edition):
    places = r"\b(la|el|the) (primera|segunda|tercera|cuarta|última|first|second|third|fourth|last)\b"
    for one in edition.questions:
        assert not re.search(rf"{places} (opción|option|one)|{places} (empieza|begins)", one.why), one.why
