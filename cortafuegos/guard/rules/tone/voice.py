"""In which voice a proposal is worded: the reply's language, and its tú, usted or vos."""

from __future__ import annotations

from dataclasses import dataclass

from cortafuegos.guard.formality import forms
from cortafuegos.guard.rules.tone.lexicon import words
from cortafuegos.guard.text import Reading
from cortafuegos.guard.values import Context, Formality

_USTED = words(
    """
    usted ustedes disculpe disculpen permitame digame diganos cuentenos cuenteme indiquenos
    escribanos envienos comuniquese revise verifique estimado estimada senor senora sr sra le les
    ayudarle atenderle contactarle su sus puede tiene quiere quisiera intente llame acuda compartanos
    """
)
_VOS = words(
    """
    vos podes tenes queres sos contanos decinos escribinos mandanos contame decime fijate escribime
    pasanos hacelo proba veni segui
    """
)
_TU = words(
    """
    tu tus te ti contigo puedes tienes quieres eres escribenos cuentanos dinos indicanos envianos
    disculpa perdona ayudarte atenderte comparte compartenos revisa intenta has estas necesitas
    """
)


_PLAIN = {"tu": Formality.TU, "usted": Formality.USTED, "vos": Formality.VOS}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence in every voice. ``vos`` may be left out where it says the same as ``tu``."""

    tu: str
    usted: str
    en: str
    pt: str
    vos: str = ""

    def to(self, reading: Reading, context: Context) -> str:
        language = language_of(reading, context)
        if language == "en":
            return self.en
        if language == "pt":
            return self.pt
        match formality_of(reading, context):
            case Formality.USTED:
                return self.usted
            case Formality.VOS:
                return self.vos or self.tu
        return self.tu


def language_of(reading: Reading, context: Context) -> str:
    """Spanish is the first language, where nothing tells another."""
    return reading.language or context.language[:2].lower() or "es"


def formality_of(reading: Reading, context: Context) -> Formality:
    """The brand's choice, else what the reply itself says most, else tú."""
    if context.formality is not None:
        return context.formality
    plain = {form.says for form in forms(reading)}
    if len(plain) == 1 and (only := plain.pop()) in _PLAIN:
        return _PLAIN[only]
    words = [word.text for word in reading.words]
    vos = sum(word in _VOS for word in words)
    usted = sum(word in _USTED for word in words)
    tu = sum(word in _TU for word in words)
    if vos and vos >= usted:
        return Formality.VOS
    return Formality.USTED if usted > tu else Formality.TU
