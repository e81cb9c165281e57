"""The guard, as a table."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest

from cortafuegos.guard.rules import check
from cortafuegos.guard.values import Context, Draft, Severity, Verdict

NAUGHT = ["", " ", "\n\t", "\u200b", "\u2060\ufeff", "\u202e", "\u00a0", "\x00", "\ue000"]


def judge(text: str, *, public: bool = True, limit: int = 300, private: bool = False):
    return check(Draft(text, public), Context(len(text), limit, asked_in_private=private))


@pytest.mark.parametrize("text", NAUGHT)
def test_nothing_to_read_is_nothing_to_send(text):
    verdict = judge(text)
    assert verdict.verdict is Verdict.BLOCK
    assert [f.rule for f in verdict.findings] == ["empty"]


@pytest.mark.parametrize("text", ["a", "ñ", "👍", ".", "1", "¿", "\u200bhola", "अ", "好"])
def test_whatever_can_be_read_may_go(text):
    assert judge(text).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("length", "verdict", "span"),
    [(299, "pass", None), (300, "pass", None), (301, "block", (300, 301)), (900, "block", (300, 900))],
)
def test_length_is_the_networks_own(length, verdict, span):
    judged = judge(("Ya lo vemos. " * 100)[:length])
    assert judged.verdict == verdict
    if span:
        (finding,) = (one for one in judged.findings if one.rule == "too-long")
        assert (finding.rule, finding.span, finding.facts) == ("too-long", span, {"over": length - 300})


def test_what_the_network_counts_double_is_still_a_span_of_the_text():
    judged = check(Draft("👍" * 10, True), Context(length=900, limit=300))
    assert judged.findings[0].span == (0, 10)


@pytest.mark.parametrize(("public", "private"), itertools.product((True, False), repeat=2))
def test_private_is_not_answered_in_public(public, private):
    blocked = public and private
    assert (judge("Hola", public=public, private=private).verdict is Verdict.BLOCK) is blocked


def test_all_findings_come_in_reading_order():
    judged = judge(" " * 400, private=True)
    assert [f.rule for f in judged.findings] == ["empty", "private-in-public", "too-long"]
    assert {f.severity for f in judged.findings} == {Severity.BLOCK}
    assert [f.span for f in judged.findings] == sorted(f.span for f in judged.findings)


def test_it_needs_neither_django_nor_a_database():
    code = "import sys, cortafuegos.guard.rules as r; print('django' in sys.modules, r.RULES != ())"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "True"]


@pytest.mark.parametrize("public", (True, False))
@pytest.mark.parametrize(
    "text",
    ("¿Me dices tu CVV por privado?", "Pásanos la contraseña.", "DM us your PIN.", "Tell us your password."),
)
def test_what_opens_an_account_is_asked_for_nowhere(text, public):
    found = [one for one in check(Draft(text, public), Context()).findings if one.rule == "asks-sensitive"]
    assert [(one.severity, one.facts["variant"]) for one in found] == [(Severity.BLOCK, "secret")]


@pytest.mark.parametrize(
    "text",
    (
        "Mándanos un DM y lo vemos; nunca te pediremos tu PIN.",
        "Necesitamos que cambies tu contraseña.",
        "¿Nos confirmas si pudiste cambiar tu contraseña?",
        "Let us know if the PIN arrives.",
        "Confirm your booking code by DM.",
        "Envíanos el código de error que te sale.",
    ),
)
def test_to_speak_of_a_secret_is_not_to_ask_for_it(text):
    assert not [one for one in check(Draft(text, False), Context()).findings if one.rule == "asks-sensitive"]
