"""A short post in the light of what was said before it: "yes, that one", "thanks", "and so?". Pure.

Such a post says nothing by itself. What it does (``words/moves.txt``) and who spoke last tell what it is:
an answer to our question goes on with the person's matter, thanks for our answer ask for nothing, and
who asks again still waits. A post that says something of its own is left as it was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from . import cues, folding
from .values import UNDETERMINED, Turn
from .words import sections

MOST = 6  # turns that are looked back to
SHORT = 14  # words of its own that a post may have, and still lean on its thread
ANSWER, FEW = 8, 3  # words of an answer to what we asked; of one that the model took for a complaint
_SIGNED = re.compile(r"[-^/~]\s?[A-Z]{2}\.?\s*$")
_SENTENCES = re.compile(r"(?<=[.!?…\n])\s*")
_CAPITAL = re.compile(r"(?<=[\w,] )[A-ZÁÉÍÓÚÑÇ][a-záéíóúüñçâêôãõ]+")
_NO = frozenset({"no", "nao", "non"})
_MOVES = ("thanks", "assent", "refusal", "denial", "solved", "chase", "call", "sent", "filler")
_SPEAKING = frozenset({"insult", "irony", "silence", "outage", "fraud", "leaving", "praise", "people"})
_CARRIED = ("intent", "cause", "urgency")
Labels = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Move:
    """What a short post does: the ``kinds`` of its phrases, how many words it has, and whether it is
    made of such phrases ``only``, but for one word at most, ``named``, that stands where a name stands.
    ``denies``: the one word that is no name follows a "no", as in "no llega"."""

    kinds: frozenset[str]
    words: int
    only: bool
    named: bool = False
    denies: bool = False


def leans(text: str) -> bool:
    """Whether a post is short enough to need its thread. Cheap: asked of every post."""
    return len(text) <= 240 and sum(not word.startswith(("@", "http")) for word in text.split()) <= SHORT


def settled(text: str, labels: Labels, said: Sequence[Turn]) -> dict[str, Any]:
    """The labels that the thread changes, in plain form (``Labels.plain``), reasons with them; often none.

    ``said``: what was said before, oldest first; turns of theirs with the labels they got.
    """
    said = [turn for turn in said if turn.text.strip()][-MOST:]
    if not said or not leans(text) or int(labels.get("urgency") or 0) >= 2:
        return {}
    tokens = folding.tokens(text)
    move = moves(text, tokens)
    last = said[-1]
    matter = next((t for t in reversed(said) if not speaks_for_us(t) and _has_matter(t.labels)), None)
    if not move.only:
        if speaks_for_us(last) and asks(last.text) and _answers(tokens, move, labels):
            return _carried(labels, matter, last)
        if move.denies and speaks_for_us(last) and labels.get("intent") != "complaint":
            return _carried(labels, matter, last, intent="complaint", sentiment="negative")
        return {}
    found = _done(tokens, move, labels, matter, last)
    # What stands like a name may still be the complaint itself: "no, falla".
    own = labels.get("intent") == "complaint" or ("refusal" in move.kinds and "thanks" not in move.kinds)
    return {} if move.named and own and found.get("needs_reply") is False else found


def _done(
    tokens: Sequence[str], move: Move, labels: Labels, matter: Turn | None, last: Turn
) -> dict[str, Any]:
    hits = cues.find(tokens)
    if "irony" in hits or "insult" in hits:
        return {}
    kinds, ours = move.kinds, speaks_for_us(last)
    words = [token for token in tokens if token.isalpha()]
    if "denial" in kinds:
        return _carried(labels, matter, last, intent="complaint", sentiment="negative")
    if "chase" in kinds or ("call" in kinds and not kinds - {"call", "filler"} and "?" in tokens):
        return _carried(labels, matter, last)
    if "thanks" in kinds and not cues.ANGRY.isdisjoint(tokens):
        return _carried(labels, matter, last, intent="complaint", sentiment="negative")
    if "solved" in kinds:
        return _calm(labels, "praise", "positive", "thanks", words)
    if "sent" in kinds:
        return _carried(labels, matter, last)
    if not ours:  # they go on themselves: "thanks" or "yes" after their own question adds to it
        return _carried(labels, matter, last) if matter is last else {}
    if _any("outcome", folding.tokens(last.text)):  # "did that help?"
        if "refusal" in kinds:
            return _carried(labels, matter, last)
        return _calm(labels, "praise", "positive", "thanks", words)
    asked = asks(last.text)
    if "refusal" in kinds and (not asked or "thanks" in kinds):
        return _closed(labels, words)
    if asked and (kinds & {"assent", "refusal"} or folding.NUMBER in tokens):
        return _carried(labels, matter, last)
    if "thanks" in kinds:
        return _calm(labels, "praise", "positive", "thanks", words)
    return _closed(labels, words) if "assent" in kinds else {}


def _closed(labels: Labels, words: Sequence[str]) -> dict[str, Any]:
    return _calm(labels, "other", "neutral", "closing", words)


def _calm(labels: Labels, intent: str, sentiment: str, code: str, words: Sequence[str]) -> dict[str, Any]:
    wanted = {"intent": intent, "cause": "none", "sentiment": sentiment, "urgency": 0, "needs_reply": False}
    return _changes(labels, wanted, code, words)


def _carried(
    labels: Labels, matter: Turn | None, last: Turn, intent: str = "", sentiment: str = "neutral"
) -> dict[str, Any]:
    """The matter goes on, at least as pressing as it was."""
    known: Labels = matter.labels if matter and matter.labels else {}
    intent = intent or known.get("intent") or "question"
    cause = known.get("cause", "none") if intent == "complaint" else "none"
    wanted = {
        "intent": intent,
        "cause": "product" if intent == "complaint" and cause == "none" else cause,
        "sentiment": sentiment,
        "urgency": max(1, int(known.get("urgency", 1))),
        "churn": bool(labels.get("churn") or known.get("churn")),
        "needs_reply": True,
    }
    if known.get("topics") and not labels.get("topics"):
        wanted["topics"] = list(known["topics"])
    if labels.get("language") == UNDETERMINED and known.get("language"):
        wanted["language"] = known["language"]
    return _changes(labels, wanted, "thread", (matter or last).text.split()[:8])


def _changes(labels: Labels, wanted: dict[str, Any], code: str, words: Sequence[str]) -> dict[str, Any]:
    changed = {name: value for name, value in wanted.items() if labels.get(name) != value}
    if not changed:
        return {}
    if "sentiment" in changed:
        changed["strength"] = 0.0 if changed["sentiment"] == "neutral" else 0.5
    why = [one for one in labels.get("reasons", ()) if one["field"] not in changed]
    why += [{"field": name, "code": code, "words": list(words)} for name in _CARRIED if name in changed]
    return {**changed, "reasons": why}


def _answers(tokens: Sequence[str], move: Move, labels: Labels) -> bool:
    """A few words that only the question before them explains: "in Lima", "4471-K"."""
    if (
        "?" in tokens
        or not (move.words or folding.NUMBER in tokens)
        or not _SPEAKING.isdisjoint(cues.find(tokens))
    ):
        return False
    calm = labels.get("intent") != "complaint" and labels.get("sentiment") != "negative"
    return move.words <= (ANSWER if calm else FEW)


def _has_matter(labels: Labels | None) -> bool:
    return labels is not None and labels.get("intent") in ("complaint", "question")


def speaks_for_us(turn: Turn) -> bool:
    """Whether the brand said it: where nobody tells, by how customer care talks."""
    if turn.ours is not None:
        return turn.ours
    return _any("desk", folding.tokens(turn.text)) or bool(_SIGNED.search(turn.text))


def asks(text: str) -> bool:
    """Whether what we said wants an answer; "anything else?" does not."""
    for sentence in _SENTENCES.split(text):
        tokens = folding.tokens(sentence)
        if ("?" in tokens or _any("asks", tokens)) and not _any("closes", tokens):
            return True
    return False


def moves(text: str, tokens: Sequence[str]) -> Move:
    """The phrases a post is made of, the longest first at each word."""
    places = [at for at, token in enumerate(tokens) if token[0].isalpha() and token not in folding.MARKS]
    words = [tokens[place] for place in places]
    kinds: set[str] = set()
    before: frozenset[str] = frozenset()  # what the phrase just read does
    others, named, denied = 0, False, False
    at = 0
    while at < len(words):
        size, kind = _longest(words, at)
        if not size:
            others += 1
            named = "thanks" in before or _like_a_name(text, tokens, places[at])
            denied = not named and places[at] > 0 and tokens[places[at] - 1] in _NO
        kinds |= kind
        before = kind
        at += size or 1
    kinds.discard("filler")
    only = bool(kinds) and (not others or (others == 1 and named and len(words) > 1))
    return Move(frozenset(kinds), len(words), only, only and named, denied and others == 1)


def _like_a_name(text: str, tokens: Sequence[str], at: int) -> bool:
    """Whether a word is set off by signs, or has a capital inside a sentence: not the verb of "no llega"."""
    around = (*tokens[at - 1 : at], *tokens[at + 1 : at + 2])
    if not any(token[0].isalpha() and token not in folding.MARKS for token in around):
        return True
    return tokens[at] in map(folding.plain_letters, _CAPITAL.findall(text))


def _longest(words: Sequence[str], at: int) -> tuple[int, frozenset[str]]:
    best, kinds = 0, frozenset[str]()
    for phrase, kind in _phrases().get(words[at][:2], ()):
        if len(phrase) >= best and _same(phrase, words[at : at + len(phrase)]):
            kinds = kinds | {kind} if len(phrase) == best else frozenset({kind})
            best = len(phrase)
    return best, kinds


def _same(phrase: Sequence[str], words: Sequence[str]) -> bool:
    return len(phrase) == len(words) and all(
        word == wanted or (wanted[-1] == "*" and word.startswith(wanted[:-1]))
        for wanted, word in zip(phrase, words, strict=True)
    )


def _any(section: str, tokens: Sequence[str]) -> bool:
    return any(
        _same(phrase, tokens[at : at + len(phrase)])
        for at in range(len(tokens))
        for phrase, _ in _phrases(section).get(tokens[at][:2], ())
    )


@cache
def _phrases(*names: str) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases of these sections, all moves if none is named, by their first two letters."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names or _MOVES:
        for phrase in sections("moves")[name].split(";"):
            if words := tuple(phrase.split()):
                found.setdefault(words[0][:2], []).append((words, name))
    return found
