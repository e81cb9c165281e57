"""What is proposed instead must itself be fit to go out: in every table, every proposal put in its place
cures what was found, brings nothing new, and keeps the reply's language and its way of address."""

from __future__ import annotations

import pytest

from cortafuegos.guard.rules import check
from cortafuegos.guard.rules.tone import proposals
from cortafuegos.guard.rules.tone.voice import Said
from cortafuegos.guard.tests import tabled, test_tone
from cortafuegos.guard.text import language_of
from cortafuegos.guard.values import Context, Draft, Finding, Formality, Severity

WORDING = frozenset(test_tone.RULE_IDS) | {"billboard", "formality-mismatch", "language-mismatch"}
# Its proposal says the same in small letters: what the capitals said is for other rules.
SAYS_THE_SAME = frozenset({"shouting"})


def found() -> list[tuple[str, str, Context, bool, Finding]]:
    drafts = []
    for row in test_tone.rows():
        rule, expected, place, text, more = row.values
        if expected:
            drafts.append((rule, Draft(text), test_tone.context(rule, place, more)))
    for path in tabled.TABLES.glob("*.tsv"):
        drafts += [
            (path.stem, *tabled.read(reply, known)) for hit, reply, known in tabled.rows(path.stem) if hit
        ]
    return [
        (rule, draft.text, around, draft.public, finding)
        for rule, draft, around in drafts
        for finding in check(draft, around).findings
        if finding.rule == rule and finding.proposal is not None
    ]


FOUND = found()


def warnings(text: str, around: Context, *, public: bool) -> list[str]:
    return [
        one.rule for one in check(Draft(text, public), around).findings if one.severity is not Severity.NOTE
    ]


def test_every_rule_that_proposes_is_here():
    assert len(FOUND) > 600
    assert {"blames", "argues", "minimises", "hollow-apology", "apology-first", "copy-paste"} <= {
        rule for rule, *_ in FOUND
    }


@pytest.mark.parametrize("rule", sorted({rule for rule, *_ in FOUND}))
def test_a_proposal_cures_and_harms_nothing(rule):
    for _, text, around, public, finding in (one for one in FOUND if one[0] == rule):
        before = warnings(text, around, public=public)
        start, end = finding.span
        mended = text[:start] + (finding.proposal or "") + text[end:]
        after = check(Draft(mended, public), around).findings
        was = [one for one in check(Draft(text, public), around).findings if one.rule == rule]
        assert len([one for one in after if one.rule == rule]) < len(was), mended
        new = {one.rule for one in after if one.severity is not Severity.NOTE} - set(before)
        assert not new & WORDING or rule in SAYS_THE_SAME, (mended, new)


@pytest.mark.parametrize("rule", sorted({rule for rule, *_ in FOUND}))
def test_a_proposal_keeps_the_language(rule):
    for _, text, _around, _public, finding in (one for one in FOUND if one[0] == rule):
        was, now = language_of(text), language_of(finding.proposal or "")
        assert was == now or not was or not now, (text, finding.proposal)


SENTENCES = {name: said for name, said in vars(proposals).items() if isinstance(said, Said)}


@pytest.mark.parametrize("name", sorted(SENTENCES))
@pytest.mark.parametrize(
    ("voice", "language", "formality"),
    [("tu", "es", "tu"), ("usted", "es", "usted"), ("vos", "es", "vos"), ("en", "en", None)],
)
def test_a_ready_made_sentence_passes_every_rule(name, voice, language, formality):
    text = getattr(SENTENCES[name], voice)
    around = Context(language=language, formality=Formality(formality) if formality else None)
    assert not text or warnings(text, around, public=True) == []
