"""A draft, read once for all rules: folded, cut into words and sentences, its language known.

``folded`` has the length of ``text``, so a span found in one is true in the other. ``prose`` is
``folded`` with links, addresses, handles and hashtags blanked out, for rules about wording.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from cortafuegos.guard import languages
from cortafuegos.guard.values import Context, Draft

# Marks without width that a phone or a web page leaves behind; they would cut words in two.
_HIDDEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# An end mark, its companions and closing quotes, or a line's end.
_SENTENCE_END = re.compile(r"[.!?…]+[)\]»”\"']*(?=\s|$|[¿¡«“A-ZÁÉÍÓÚÑ])|\n+")
_NOT_PROSE = re.compile(
    r"https?://\S+|www\.\S+"
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|[@#]\w[\w.]*"
    r"|\b[a-z0-9-]{2,63}\.(?:com|es|mx|cl|ar|co|pe|org|net|eu|br|uk|io|app|gob|gov|ly|"
    r"gl)\b(?:\.[a-z]{2})?(?:/\S*)?",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«[^«»]{1,200}»|“[^“”]{1,200}”|\"[^\"\n]{1,200}\"")
# "^LM", "- Lucía", "— Lucía M." after the last sentence. Runs of spaces are bounded.
_SIGNATURE = re.compile(
    r"(?:\^|(?<!\w)[-–—]{1,2}|(?<=\w)-(?=[A-Z])|(?<=\s)[~/|*])\s{0,2}\w[\w.]{0,20}(?:\s\w[\w.]{0,20}"
    r"){0,2}[\s.]{0,4}$"
)


class _Folding(dict[int, str]):
    """Lower case without accents, one character for one. What has no such form stays itself."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[:1].lower()
        folded = base if len(base) == 1 else char
        if len(self) < 20_000:
            self[code] = folded
        return folded


_FOLD = _Folding({ord("’"): "'", ord("\u00a0"): " ", ord("\u202f"): " "})


def fold(text: str) -> str:
    """The same length, lower case, without accents: "Señor" and "senor" are one."""
    return text.translate(_FOLD)


def words_of(listed: str) -> frozenset[str]:
    """A list of words as a set."""
    return frozenset(listed.split())


@dataclass(frozen=True, slots=True)
class Word:
    text: str  # folded
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    start: int
    end: int
    question: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """All positions are in ``text``, which is the draft composed (NFC) and freed of hidden marks."""

    text: str = field(repr=False)
    folded: str = field(repr=False)
    prose: str = field(repr=False)
    words: Sequence[Word] = field(repr=False)  # of the prose
    sentences: Sequence[Sentence]
    quotes: Sequence[tuple[int, int]]  # what stands between quotation marks, marks included
    signature: tuple[int, int] | None  # the mark of who wrote, at the very end
    public: bool
    language: str  # two letters: what it is written in; the context's when it does not tell; or ""
    sure: bool  # the words themselves tell the language
    hidden: int = 0  # how many marks without width were left out

    def quoted(self, start: int, end: int) -> bool:
        """Whether it stands between quotation marks: somebody else's words, or a name."""
        return any(a <= start and end <= b for a, b in self.quotes)

    def sentence_at(self, position: int) -> Sentence | None:
        at = bisect_right(self.sentences, position, key=lambda one: one.start) - 1
        return self.sentences[at] if at >= 0 else None


def plain(text: str) -> tuple[str, Sequence[int] | None]:
    """Composed and without hidden marks; and, only when that changed anything, where each character
    (and the end) stood before."""
    if unicodedata.is_normalized("NFC", text) and not _HIDDEN.search(text):
        return text, None
    out: list[str] = []
    where: list[int] = []
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]) and end - at < 8:
            end += 1
        for char in unicodedata.normalize("NFC", _HIDDEN.sub("", text[at:end])):
            out.append(char)
            where.append(at)
        at = end
    where.append(len(text))
    return "".join(out), where


def read(draft: Draft, context: Context) -> Reading:
    """One pass over the draft, linear in its length."""
    text, _ = plain(draft.text)
    folded = fold(text)
    prose = _NOT_PROSE.sub(_blank, folded)
    words = tuple(Word(m[0], m.start(), m.end()) for m in _WORD.finditer(prose))
    language = languages.of([word.text for word in words], context.language, text)
    signed = _SIGNATURE.search(text, max(0, len(text) - 40))
    return Reading(
        text=text,
        folded=folded,
        prose=prose,
        words=words,
        sentences=_sentences(text),
        quotes=tuple(m.span() for m in _QUOTED.finditer(text)),
        signature=signed.span() if signed else None,
        public=draft.public,
        language=language or context.language[:2].lower(),
        sure=bool(language),
        hidden=len(draft.text) - len(text),
    )


@lru_cache(maxsize=256)
def language_of(text: str, prior: str = "") -> str:
    """What a text is written in, or "" when its words do not tell."""
    prose = _NOT_PROSE.sub(_blank, fold(plain(text)[0]))
    return languages.of([m[0] for m in _WORD.finditer(prose)], prior, text)


def _blank(match: re.Match[str]) -> str:
    return " " * (match.end() - match.start())


def _sentences(text: str) -> tuple[Sentence, ...]:
    found: list[Sentence] = []
    start = 0
    for match in _SENTENCE_END.finditer(text):
        _add(found, text, start, match.end())
        start = match.end()
    _add(found, text, start, len(text))
    return tuple(found)


def _add(found: list[Sentence], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        found.append(Sentence(start, end, "?" in text[max(start, end - 12) : end] or text[start] == "¿"))
