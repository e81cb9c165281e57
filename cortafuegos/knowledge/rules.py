"""Which playbooks fit a case, and in whose words they speak. Pure: values in, values out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable
from functools import cached_property, lru_cache

from .values import Playbook, Situation, Texts, Trigger

LONGEST = 2_000  # code points of a message that words are looked for in
_WORD = re.compile(r"\w+")


def matching(playbooks: Iterable[Playbook], situation: Situation) -> list[Playbook]:
    """Those that fit, the first to follow first."""
    said = _Said(situation.text)
    found = [playbook for playbook in playbooks if _fits(playbook.trigger, situation, said)]
    return sorted(found, key=lambda playbook: (playbook.position, playbook.slug))


def fits(trigger: Trigger, situation: Situation) -> bool:
    """Whether every condition of the trigger holds. One without conditions fits nothing: it would
    stand before every case."""
    return _fits(trigger, situation, _Said(situation.text))


def _fits(trigger: Trigger, situation: Situation, said: _Said) -> bool:
    if trigger == Trigger():
        return False
    return (
        _among(situation.intent, trigger.intents)
        and _among(situation.cause, trigger.causes)
        and _among(situation.network, trigger.networks)
        and _among(situation.posture, trigger.postures)
        and (not trigger.urgency or (situation.urgency or 0) >= trigger.urgency)
        and trigger.churn in (None, situation.churn)
        and trigger.sensitive in (None, situation.sensitive)
        and trigger.public in (None, situation.public)
        and trigger.first in (None, situation.first)
        and trigger.newcomer in (None, situation.newcomer)
        and _about(trigger, situation, said)
    )


def _among(value: str, wanted: Collection[str]) -> bool:
    return not wanted or value in wanted


def _about(trigger: Trigger, situation: Situation, said: _Said) -> bool:
    if not (trigger.topics or trigger.cues or trigger.words):
        return True
    if not situation.cues.isdisjoint(trigger.cues):
        return True
    if trigger.topics and not {fold(t) for t in situation.topics}.isdisjoint(map(fold, trigger.topics)):
        return True
    return any(said.holds(pattern) for pattern in _patterns(trigger.words))


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


@lru_cache(maxsize=512)
def _patterns(words: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    found = (re.findall(r"\w+\*?", fold(phrase)) for phrase in words)
    return tuple(tuple(pattern) for pattern in found if pattern)


def fold(text: str) -> str:
    """Small letters without accents; an ñ is an n: people write without either."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


class _Said:
    """A message's words and where each of them stands, read when the first trigger asks."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> list[str]:
        return _WORD.findall(fold(self.text[:LONGEST]))

    @cached_property
    def places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word, []).append(place)
        return found

    def holds(self, pattern: tuple[str, ...]) -> bool:
        first, rest = pattern[0], pattern[1:]
        if first.endswith("*"):
            starts = [at for word, places in self.places.items() if _is(word, first) for at in places]
        else:
            starts = self.places.get(first, [])
        if not rest:
            return bool(starts)
        return any(
            at + len(rest) < len(self.words)
            and all(_is(self.words[at + n], wanted) for n, wanted in enumerate(rest, 1))
            for at in starts
        )


# --- words ------------------------------------------------------------------------------


def told(texts: Texts, *languages: str) -> str:
    """In the first of these languages there is, else in any."""
    for language in languages:
        if texts.get(language):
            return texts[language]
    return next((words for words in texts.values() if words), "")


def wording(texts: Texts, language: str, formality: str = "") -> str:
    """Words in the customer's own language or none: never a language they did not write. Where the
    brand has chosen no form of address, or has no words in it, *tú* stands in."""
    language = language[:2].lower()
    for key in (f"{language}-{formality}", language, f"{language}-tu", f"{language}-usted"):
        if texts.get(key):
            return texts[key]
    return ""


_NAME = re.compile(r"\s*,?\s*\{name\}\s*(?P<after>,\s*)?")


def fill(words: str, name: str = "", signature: str = "") -> str:
    """With the customer's name, or whole without it; signed where a signature is given."""
    if name:
        filled = words.replace("{name}", name)
    else:
        filled = _NAME.sub(lambda m: "" if m.start() == 0 else " " if m["after"] else "", words)
        filled = re.sub(r"(?<=[\w.!?])\s+(?=[,.!?;])", "", filled)
        filled = filled[:1].upper() + filled[1:]
    return f"{filled} {signature}" if signature else filled
