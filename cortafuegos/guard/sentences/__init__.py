"""The guard's findings in words, for a person who is writing.

The words are English msgids; ``translate`` is whatever turns one into the reader's language:
Django's gettext in the desk, the standard library's on the command line. A rule with several
sentences names one in ``facts["variant"]``, and the key is then "rule/variant".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cortafuegos.guard.sentences import form, tone
from cortafuegos.guard.values import Finding

SENTENCES: Mapping[str, str] = {**form.SENTENCES, **tone.SENTENCES}
TITLES: Mapping[str, str] = {**form.TITLES, **tone.TITLES}


def sentence(finding: Finding, translate: Callable[[str], str]) -> str:
    variant = finding.facts.get("variant")
    key = f"{finding.rule}/{variant}" if variant else finding.rule
    return translate(SENTENCES[key]) % finding.facts


def title(rule: str, translate: Callable[[str], str]) -> str:
    """A rule's name for a settings page; the id itself for one that no longer exists."""
    return translate(TITLES[rule]) if rule in TITLES else rule
