"""Gender and number around a Spanish word that is put in another's place: "el problema técnico" is
"la incidencia técnica", and an English article before it: "a problem" is "an issue"."""

from __future__ import annotations

import re

# Masculine and feminine, singular and plural, of what may stand before the noun.
_PAIRS = (
    "el la, un una, los las, unos unas, del de|la, al a|la, este esta, ese esa, aquel aquella, estos estas, "
    "esos esas, aquellos aquellas, algún alguna, algun alguna, algunos algunas, ningún ninguna, "
    "ningun ninguna, otro otra, otros otras, mismo misma, mismos mismas, nuestro nuestra, nuestros nuestras, "
    "vuestro vuestra, vuestros vuestras, todo toda, todos todas, mucho mucha, muchos muchas, poco poca, "
    "pocos pocas, varios varias, tanto tanta, tantos tantas, cuánto cuánta, cuántos cuántas, primer primera, "
    "tercer tercera, primeros primeras, último última, últimos últimas, único única, buen buena, mal mala, "
    "pequeño pequeña, pequeños pequeñas, dicho dicha, dichos dichas, nuevo nueva, nuevos nuevas, "
    "segundo segunda, cierto cierta, ciertos ciertas, propio propia, demasiados demasiadas, serio seria, "
    "serios serias, uno una, suyo suya, tuyo tuya"
)
_FEMININE: dict[str, str] = {}
_MASCULINE: dict[str, str] = {}
for _pair in _PAIRS.split(", "):
    _he, _she = _pair.split(" ")
    _FEMININE[_he] = _she.replace("|", " ")
    _MASCULINE.setdefault(_she.replace("|", " "), _he)

_ADJECTIVE = re.compile(
    r"(?:[^\W\d_]{2,24}(?:ad|id|ic|ari|iv|os|ern|ct|rt|uelt|crit|evi|uest|eri|urr|xim|últ|ult)|nuev|mism|otr|seri)"
    r"(?P<end>os?|as?)",
    re.IGNORECASE,
)


def is_feminine(noun: str) -> bool:
    """By its ending; good for what a brand writes into its list, not for every noun."""
    word = re.sub(r"(?<=[dnz])es$|ces$|s$", "", noun.lower().split(" ")[0])
    return word.endswith(
        ("a", "ión", "ion", "dad", "tad", "tud", "ez", "umbre", "idade")
    ) and not word.endswith(("ema", "oma", "día", "dia", "apa"))


def is_plural(noun: str) -> bool:
    return noun.lower().endswith("s") and not noun.lower().endswith(("is", "us"))


def plural(noun: str) -> str:
    """Of the first word; what follows it ("llamada de atención") stays."""
    first, space, rest = noun.partition(" ")
    if first[-1:] in "sx":
        return noun
    if first.endswith("ión"):
        first = first[:-3] + "iones"
    elif first.endswith("z"):
        first = first[:-1] + "ces"
    else:
        first += "s" if first[-1:] in "aeiouáéó" else "es"
    return first + space + rest


def before(word: str, *, feminine: bool) -> str | None:
    """The word before the noun in the other gender, cased as it came; None when it has no gender."""
    turned = (_FEMININE if feminine else _MASCULINE).get(word.lower())
    return like(turned, word) if turned else None


def after(word: str, *, feminine: bool) -> str | None:
    """An adjective behind the noun; None for what is not plainly one."""
    match = _ADJECTIVE.fullmatch(word)
    if not match:
        return None
    end = match["end"]
    vowel = "a" if feminine else "o"
    turned = vowel + ("s" if end.lower().endswith("s") else "")
    return word[: match.start("end")] + (turned.upper() if end.isupper() else turned)


def like(word: str, model: str) -> str:
    """Cased as the model is: "LA" for "EL", "La" for "El"."""
    if len(model) > 1 and model.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word
