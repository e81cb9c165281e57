from __future__ import annotations

import pytest

from cortafuegos.triage import refine, topics
from cortafuegos.triage.values import Post

EXAMPLES = {
    "card blocked": [
        "me bloquearon la tarjeta sin avisar",
        "tarjeta bloqueada, cómo la activo",
        "mi tarjeta no pasa en ninguna tienda",
        "no puedo pagar, dice que la tarjeta está bloqueada",
    ],
    "flight delayed": [
        "el vuelo lleva tres horas de retraso",
        "otra vez el avión sale con demora",
        "retrasado el vuelo a Lima, perderé la conexión",
        "cuánto más vamos a esperar para despegar",
    ],
    "password": [
        "olvidé mi contraseña y no puedo entrar",
        "cómo cambio la clave de la app",
        "la clave no me sirve desde ayer",
        "no recuerdo mi usuario ni mi contraseña",
    ],
}
ASKED = [
    ("desde ayer tengo la tarjeta bloqueada y estoy de viaje", "card blocked"),
    ("nuestro vuelo a Cusco tiene ya dos horas de retraso", "flight delayed"),
    ("se me olvidó la contraseña, cómo la recupero", "password"),
]
STRANGE = [
    "qué bonito día hace en la playa",
    "felicidades por el premio de arquitectura",
    "¿venden tallas grandes?",
]


@pytest.mark.parametrize("layer", ["fast", "refined"])
def test_a_handful_of_examples_is_enough(layer: str) -> None:
    embed = topics.fast_vectors if layer == "fast" else refine.vectors
    learned = topics.learn(EXAMPLES, embed)
    named = learned.of(embed([Post(text) for text, _ in ASKED]))
    assert [names[:1] for names in named] == [(topic,) for _, topic in ASKED]
    assert learned.of(embed([Post(text) for text in STRANGE])) == [()] * 3


def test_one_topic_of_one_example_works() -> None:
    learned = topics.learn({"only": ["perdieron mi maleta en el aeropuerto"]}, topics.fast_vectors)
    posts = [Post("perdieron mi maleta en el aeropuerto ayer"), Post("a qué hora abren"), Post("")]
    assert learned.of(topics.fast_vectors(posts)) == [("only",), (), ()]
