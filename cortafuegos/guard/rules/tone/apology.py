"""The magic words (A4): regret before anything else, and an offer of help, whoever is right."""

from __future__ import annotations

from collections.abc import Iterable

from cortafuegos.guard.rules.protocol import Rule
from cortafuegos.guard.rules.tone import hits, proposals, steps
from cortafuegos.guard.rules.tone.complaint import First, first_to_upset
from cortafuegos.guard.rules.tone.lexicon import words
from cortafuegos.guard.rules.tone.opening import content_start
from cortafuegos.guard.rules.tone.phrases import Hit
from cortafuegos.guard.rules.tone.sentence import goes_on, last
from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context, Finding, Severity

# Words that only lead up to regret: "en nombre de todo el equipo, queremos pedirte disculpas".
_LEAD_IN = words(
    """
    de verdad que no sabes sabe cuanto ante todo en primer lugar antes nada queremos quiero quisiera
    quisieramos permitenos permitame permiteme dejame dejanos nos gustaria pedirte pedirle pedir
    pedimos te le os lo la los primero primeramente principio por favor mil muchas muy mucho
    sinceramente realmente nuestras nuestra mas sinceras sincera profundas como equipo todo siempre
    nunca eso esto asi ver saber leer y mi mis una un nos me ofrecemos ofrecerte ofrecerle
    presentamos rogamos aceptes acepte acepta acepte vaya uf ay ostras pues hay de_antemano antemano
    debo debemos tenemos personalmente encarecidamente primera cosa no hola buenas we we're we are i
    i'm am so very truly really sincerely deeply terribly extremely first of all firstly foremost
    please accept our my sincerest sincere deepest most let me us want would like to just must have
    on and oh no do can only say the genuinely awfully incredibly it is was that this esto is that's
    owe you an very before anything else i'd we'd offer begin start with by for well gosh
    hi hello hey there both all
    """
)
_ON_BEHALF = words(
    """
    desde nombre parte from behalf
    """
)
_KINDNESS_WORDS = 16  # a courtesy longer than this says something else as well
_LANGUAGES = frozenset(("", "es", "en", "pt", "ca", "gl"))


def apology_first(reading: Reading, context: Context) -> Iterable[Finding]:
    """Warns where regret is missing or comes late; notes where only thanks come before it, and where
    nothing tells whether this is the first answer."""
    first = first_to_upset(reading, context)
    if first is First.NO or reading.language not in _LANGUAGES or hits.of(reading, "hollow-apology"):
        return
    start = content_start(reading, context)
    regret = next((hit for hit in hits.of(reading, "regret") if hit.start >= min(start, hit.start)), None)
    severity = Severity.WARN if first is First.YES else Severity.NOTE
    if regret is None:
        end = reading.sentences[-1].end if reading.sentences else len(reading.text)
        span = (min(start, end), _first_end(reading, start))
        yield Finding(
            "apology-first",
            severity,
            span,
            {"variant": "missing"},
            proposals.put_first(reading, context, span),
        )
        return
    before = _before(reading, start, regret)
    if before:
        own = reading.sentence_at(regret.start)
        span = (min(start, regret.start), own.end if own else regret.end)
        if before == "thanks":
            severity = Severity.NOTE
        yield Finding(
            "apology-first",
            severity,
            span,
            {"variant": before},
            proposals.move_first(reading, context, span, regret),
        )


def _first_end(reading: Reading, start: int) -> int:
    sentence = reading.sentence_at(start) if start < len(reading.text) else None
    return max(start, sentence.end) if sentence else len(reading.text)


def _before(reading: Reading, start: int, regret: Hit) -> str:
    """What stands between the greeting and the regret: "" (nothing that counts), "thanks" or "late"."""
    if regret.start <= start:
        return ""
    sentences = [s for s in reading.sentences if s.end > start and s.start < regret.start]
    seen = ""
    for sentence in sentences:
        begin, end = max(start, sentence.start), min(sentence.end, regret.start)
        words = [word.text for word in reading.words if begin <= word.start < end]
        if not words or all(word in _LEAD_IN for word in words):
            continue
        if sentence.end > regret.start and not _ON_BEHALF.isdisjoint(words[:3]) and len(words) <= 14:
            continue
        kind = _courtesy(reading, begin, end)
        if kind is None or len(words) > _KINDNESS_WORDS:
            return "late"
        if kind == "thanks":
            seen = "thanks"
    return seen


def _courtesy(reading: Reading, begin: int, end: int) -> str | None:
    """ "empathy" or "thanks" when that is what the clause opens with."""
    opening = [word.start for word in reading.words if begin <= word.start < end][:5]
    for hit in hits.of(reading, "empathy"):
        if hit.start in opening:
            return hit.variant
    return None


def no_help_offered(reading: Reading, context: Context) -> Iterable[Finding]:
    """Warns where a first public answer to a complaint offers nothing: no help, no question, no step."""
    first = first_to_upset(reading, context)
    if first is First.NO or reading.language not in _LANGUAGES or not reading.words:
        return
    if any(hit.variant == "offered" for hit in hits.of(reading, "help")) or goes_on(reading):
        return
    if any(sentence.question for sentence in reading.sentences) or steps.taken(reading):
        return
    severity = Severity.WARN if first is First.YES else Severity.NOTE
    span = last(reading)
    yield Finding(
        "no-help-offered",
        severity,
        span,
        {},
        proposals.add(reading, span, proposals.HELP.to(reading, context)),
    )


_HOLLOW = {"supposed": Severity.NOTE}


def hollow_apology(reading: Reading, context: Context) -> Iterable[Finding]:
    """Regret for an "if", or for how the person took it, unless the reply says that they were right to;
    a note for "any trouble this may have caused"."""
    owned = bool(hits.of(reading, "owned"))
    for sentence, hit in hits.spoken(reading, "hollow-apology", frozenset(_HOLLOW)):
        if owned and hit.variant == "shifted":
            continue
        span = (max(sentence.start, min(content_start(reading, context), hit.start)), sentence.end)
        yield Finding(
            "hollow-apology",
            _HOLLOW.get(hit.variant, Severity.WARN),
            (hit.start, hit.end) if hit.variant == "supposed" else span,
            {"variant": hit.variant},
            None if hit.variant == "supposed" else proposals.REGRET.to(reading, context),
        )


RULES: tuple[Rule, ...] = (apology_first, no_help_offered, hollow_apology)
