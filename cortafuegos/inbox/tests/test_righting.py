"""Words to apologise with: the guard lets each through, and each says sorry."""

from __future__ import annotations

import itertools

import pytest

from cortafuegos.guard.regret import regrets
from cortafuegos.guard.rules import check
from cortafuegos.guard.values import Context, Draft, Formality
from cortafuegos.inbox.righting import NONE, Cause, Step, apology, open_steps

FORMS = {"es": ("tu", "usted", "vos", ""), "en": ("",)}
MANNERS = [(language, form) for language, forms in FORMS.items() for form in forms]


@pytest.mark.parametrize("cause", [*Cause, NONE, "lo que sea"])
@pytest.mark.parametrize(("language", "form"), MANNERS)
@pytest.mark.parametrize(("name", "signature"), [("Lucía", "^NV"), ("", "^NV"), ("Lucía", "")])
def test_the_guard_lets_our_own_words_through(cause, language, form, name, signature):
    words = apology(cause, language, form, name, signature)
    for public, posture, intent in itertools.product((True, False), ("calm", "crisis"), ("complaint", "")):
        around = Context(
            network="x",
            language=language,
            message="¿Qué es esto?" if language == "es" else "What is this?",
            first_answer=True,
            intent=intent,
            cause="human",
            customer=name,
            initials="NV" if signature else "",
            formality=Formality(form) if form else None,
            posture=posture,
            length=len(words),
            limit=280,
        )
        found = {one.rule for one in check(Draft(words, public), around).findings}
        assert found <= ({"billboard"} if posture == "crisis" else set()), words  # always said then
    assert regrets(words, language)
    assert "{" not in words and words[0].isupper()


def test_in_another_language_we_have_no_words():
    assert apology(Cause.TONE, "pt", "tu", "Lucía", "^NV") == ""


@pytest.mark.parametrize(
    ("gone", "stays", "apologised", "unsaid", "left"),
    [
        (False, "", False, "", (Step.TAKE_OFF, Step.APOLOGISE)),
        (True, "", False, "", (Step.APOLOGISE,)),
        (False, "ya está citada", False, "", (Step.APOLOGISE,)),
        (False, "", True, "", (Step.TAKE_OFF,)),
        (True, "", False, "ya hablamos", ()),
        (False, "x", True, "", ()),
    ],
)
def test_what_is_open(gone, stays, apologised, unsaid, left):
    assert open_steps(gone=gone, stays=stays, apologised=apologised, unsaid=unsaid) == left
