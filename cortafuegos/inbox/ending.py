"""What can be said last to somebody with whom we stop talking in public. Pure words."""

from __future__ import annotations

# They regret, blame nobody, threaten with nothing, address nobody as tú or usted, and leave the way to
# customer service open: the guard is asked about them in the tests.
LAST_WORDS = {
    "es": (
        "Sentimos mucho que esto no haya salido bien y no haber dado con una solución que convenza. "
        "Por aquí no vamos a añadir nada más. Para cualquier gestión o reclamación, nuestro servicio de "
        "atención al cliente sigue a tu disposición, como el primer día."
    ),
    "en": (
        "We are sorry that this did not turn out well, and that we did not find an answer that works for "
        "you. We will not add anything more here. For any request or complaint, our customer service is "
        "still there to help you, as on the first day."
    ),
}
USTED = ("a tu disposición", "a su disposición")


def last_words(language: str, formality: str = "") -> str:
    """In the customer's language where we have it, else in English. ``formality``: the brand's."""
    code = language.lower()[:2]
    said = LAST_WORDS["es" if code in ("es", "ca", "gl", "eu") else "en"]
    return said.replace(*USTED) if formality == "usted" else said
