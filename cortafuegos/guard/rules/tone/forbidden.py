"""Words the brand does not say: "problema" first of all, and its own list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import agreement
from cortafuegos.guard.rules.tone.voice import language_of
from cortafuegos.guard.text import Reading, fold
from cortafuegos.guard.values import Context, Finding, Severity

_GAP = r"(?:[^\w.!?…;\n]{1,3}[\w']++)"
_SPANISH = re.compile(r"\bproblem(?:a|ita|illa|azo|on(?=\b)|one(?=s\b)|atica)s?\b")
_ENGLISH = re.compile(r"\bproblems?\b(?!-?(?:\s?free|\s?solv))")
# "Sin problema", "no hay ningún problema", "no te hagas problema": idioms that say all is well.
_IDIOM = re.compile(
    r"(?:\b(?:sin|cero|sem|zero)\s(?:ningun\s(?:tipo\sde\s|otro\s)?|nenhum\s|mayor(?:es)?\s|mas\s|el\smenor\s|"
    r"demasiados?\s|muchos?\s|apenas\s)?"
    r"|\b(?:no|nao|tampoco|ni|nunca|jamas)\b" + _GAP + r"{0,4}?\s(?:ningun|nenhum)\s(?:tipo\sde\s|otro\s)?"
    r"|\b(?:no|nao|nunca|tampoco|ni)\s(?:\w{1,3}\s)?(?:hay|ha|habra|habria|hubo|haya|haber|es|era|sera|seria|fue|supon\w+|"
    r"represent\w+|implic\w+|tien\w+|ten[eg]\w+|tendr\w+|tem|existe|da|dara|caus\w+|gener\w+|hag\w+|debe\w*\s(?:de\s)?haber|"
    r"va\sa\s(?:haber|ser)|e)\s(?:ya\s)?(?:mayor(?:es)?\s|mas\s|un\s(?=problema(?!\s(?:de|del|nuestr|nostr))))?"
    r"|(?:^|[.!?¡\n,]\s{0,3})ningun\s)$"
)
_IDIOM_EN = re.compile(
    r"\b(?:(?:no|zero|without)\s(?:(?:a|any|further|more|such|real|major)\s)?"
    r"|(?:not|never)\s(?:(?:be|been|really|at\sall)\s)?(?:a|any)\s|\w+n['o]t\s(?:(?:be|been|have|see|find|cause|expect)\s)?"
    r"(?:a|any)\s)$"
)
_LOOK_BACK = 80  # characters: longer than any idiom above
_BEFORE = re.compile(r"([^\W\d_]+)(\s+)$")
_AFTER = re.compile(r"\s+([^\W\d_]+)")
_INFINITIVE = (  # the endings of a Spanish verb
    r"(?:o|a|e|as|es|a[ns]|en|[aei]mos|[aei]is|[aei]d|[ai]ndo|iendo|[ai]d[oa]s?|[aei]r[aeo]?\w{0,4}|aba\w{0,3}|ia\w{0,3})"
)


def forbidden_word(reading: Reading, context: Context) -> Iterable[Finding]:
    """Each forbidden word outside idioms, quotations and names, with what to say instead."""
    own = _own(tuple(context.forbidden.items()))
    if "problem" in reading.prose and not any(fold(word).startswith("problem") for word in context.forbidden):
        yield from _problem(reading, context)
    if own:
        for match in own.finditer(reading.prose):
            if not _spared(reading, context, *match.span()):
                instead = _instead(context, match.lastgroup or "", match[0])
                yield _finding(reading, *match.span(), instead, "own" if instead else "own-bare")


def _problem(reading: Reading, context: Context) -> Iterator[Finding]:
    english = language_of(reading, context) == "en"
    portuguese = reading.language == "pt"
    for match in (_ENGLISH if english else _SPANISH).finditer(reading.prose):
        start, end = match.span()
        back = reading.prose[max(0, start - _LOOK_BACK) : start]
        if (_IDIOM_EN if english else _IDIOM).search(back) or _spared(reading, context, start, end):
            continue
        instead = "issue" if english else "ocorrência" if portuguese else "incidencia"
        yield _finding(reading, start, end, instead, "problem")


def _spared(reading: Reading, context: Context, start: int, end: int) -> bool:
    """Inside a quotation, or inside a name the brand has told or that is plainly written as one."""
    word = reading.text[start:end]
    for a, b in reading.quotes:
        if a <= start and end <= b and (reading.text[a:b].strip("«»“”\"' ") != word or word[:1].isupper()):
            return True
    for name in context.names:
        at = reading.folded.find(fold(name)) if name else -1
        while at >= 0:
            if at <= start and end <= at + len(name):
                return True
            at = reading.folded.find(fold(name), at + 1)
    if word[:1].isupper() and not word.isupper():
        sentence = reading.sentence_at(start)
        before = _BEFORE.search(reading.text, max(0, start - 40), start)
        mid = sentence is not None and sentence.start < start
        return bool(mid and before and before[1][:1].isupper() and before.start() > sentence.start)  # type: ignore[union-attr]
    return False


def _finding(reading: Reading, start: int, end: int, instead: str, variant: str) -> Finding:
    word = reading.text[start:end]
    if not instead:
        return Finding("forbidden-word", Severity.WARN, (start, end), {"variant": variant})
    if agreement.is_plural(word) and not agreement.is_plural(instead):
        instead = instead + "s" if instead == "issue" else agreement.plural(instead)
    start, end, proposal = _agreed(reading.text, start, end, agreement.like(instead, word))
    return Finding("forbidden-word", Severity.WARN, (start, end), {"variant": variant}, proposal)


def _agreed(text: str, start: int, end: int, instead: str) -> tuple[int, int, str]:
    """The replacement with its article and adjective turned to fit, and the span that takes in."""
    if text[start:end].lower().startswith("problem") and instead.lower().startswith("issue"):
        article = _BEFORE.search(text, max(0, start - 20), start)
        if article and article[1].lower() == "a":
            return article.start(), end, agreement.like("an", article[1]) + article[2] + instead
        return start, end, instead
    feminine = agreement.is_feminine(instead)
    follows = _AFTER.match(text, end)
    turned = agreement.after(follows[1], feminine=feminine) if follows else None
    if follows and turned:
        instead += text[end : follows.start(1)] + turned
        end = follows.end()
    for _ in range(3):  # "el mismo problema": each word before it that has a gender
        precedes = _BEFORE.search(text, max(0, start - 24), start)
        fitted = agreement.before(precedes[1], feminine=feminine) if precedes else None
        if not precedes or fitted is None:
            break
        start, instead = precedes.start(), fitted + precedes[2] + instead
    return start, end, instead


@lru_cache(maxsize=64)
def _own(items: tuple[tuple[str, str], ...]) -> re.Pattern[str] | None:
    """The brand's words with their inflections, one group each, in the order of the list."""
    listed = [
        f"(?P<w{at}>{_inflected(fold(word).strip())})" for at, (word, _) in enumerate(items) if word.strip()
    ]
    return re.compile(r"(?<![\w'])(?:" + "|".join(listed) + r")(?![\w'])") if listed else None


def _inflected(word: str) -> str:
    """ "cliente" also finds "clientes"; "barato", "baratas"; "gastar", "gastamos"; "cheap", "cheaper" not."""
    head, _, tail = word.rpartition(" ")
    start = re.escape(head).replace(r"\ ", r"\s+") + r"\s+" if head else ""
    if re.fullmatch(r"[a-z]{3,}[aei]r", tail):
        return start + re.escape(tail[:-2]) + _INFINITIVE
    if re.fullmatch(r"\w+(?:[aio]d|os|iv|ic|rat|nt)o", tail):
        return start + re.escape(tail[:-1]) + "[oa]s?"
    if tail.endswith("z"):
        return start + re.escape(tail[:-1]) + "(?:z|ces)"
    if tail[-1:].isalpha() and tail[-1:] not in "sx":
        return start + re.escape(tail) + "(?:s|es)?"
    return start + re.escape(tail)


def _instead(context: Context, group: str, found: str) -> str:
    """What the list gives for it; nothing for a verb in another form than the list's."""
    at = int(group[1:]) if group[1:].isdigit() else -1
    word, instead = [*context.forbidden.items(), ("", "")][at]
    if fold(word)[-2:] in ("ar", "er", "ir") and fold(word).strip() != found:
        return ""
    feminine = fold(word).strip().endswith("o") and found.removesuffix("s").endswith("a")
    return instead[:-1] + "a" if feminine and instead.endswith("o") else instead


RULES: tuple[Rule, ...] = (forbidden_word,)
