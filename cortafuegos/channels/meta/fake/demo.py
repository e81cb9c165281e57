"""Facebook, Messenger and Instagram as the demo plays them."""

from __future__ import annotations

import contextlib
import itertools
import time

import httpx
from starlette.types import ASGIApp

from .network import MetaNetwork

OBJECTS = {"facebook": "page", "instagram": "instagram"}


class Demo:
    def __init__(self) -> None:
        self.network = meta = MetaNetwork()
        self.page = page = meta.page("Marnalba Demo", instagram="marnalba.demo")
        nieves = meta.person("Nieves Abarca", "nieves.pruebas")
        tadeo = meta.person("Tadeo Olmos", "tadeo.pruebas")
        zoe = meta.person("Zoe Ferrándiz", "zoe.pruebas")
        # Numbers that an earlier run of the stand-in has not given.
        meta._ids = itertools.count(int(time.time() * 100))
        post = meta.post(page, "Los sábados de noviembre montamos tus muebles sin coste.")
        medium = meta.medium(page, "El sofá Brezo, en verde bosque 🌿")
        meta.pushes()  # what was there before is told to nobody
        self.read: set[str] = set()
        self.scenes = {
            "facebook": (
                lambda: meta.comment(
                    nieves, post, "Mentira. A mí me cobrasteis el montaje el sábado pasado."
                ),
                lambda: meta.message(tadeo, page, "Buenas, ¿puedo cambiar la dirección de un pedido de hoy?"),
                lambda: meta.review(zoe, page, "Dos meses para una silla, y coja. No compréis aquí."),
                lambda: meta.comment(tadeo, post, "Yo lo pedí así y vinieron puntuales, todo bien."),
                lambda: meta.message(nieves, page, "Os paso la factura del montaje por aquí, ¿vale?"),
            ),
            "instagram": (
                lambda: meta.comment(zoe, medium, "¿Este color vuelve? Llevo semanas esperándolo"),
                lambda: meta.message(
                    nieves,
                    page,
                    "¿Hasta cuándo dura la oferta?",
                    instagram=True,
                    story="https://marnalba.example/historia",
                ),
                lambda: meta.comment(
                    tadeo, medium, "ESTAFA ESTAFA ESTAFA 🤬 gana dinero desde casa, mira mi perfil"
                ),
                lambda: meta.message(zoe, page, "Se me ha descosido el cojín al segundo día", instagram=True),
            ),
        }

    def app(self) -> ASGIApp:
        return self.network.app()

    def form(self, network: str, address: str) -> dict[str, str]:
        self.network.address = address
        return self.network.form(self.page)

    def hear(self, network: str, address: str) -> None:
        self.network.addresses[OBJECTS[network]] = address

    def bring(self) -> None:
        """Whoever is answered in private reads it."""
        meta = self.network
        for exchange in list(meta.exchanges.values()):
            last = exchange.messages[-1] if exchange.messages else None
            if last is not None and last.sender != exchange.person and last.mid not in self.read:
                self.read.add(last.mid)
                instagram = exchange.platform == "instagram"
                meta.reads(meta.people[exchange.person], self.page, instagram=instagram)
        with contextlib.suppress(httpx.HTTPError):
            meta.bring(together=False)


def stage() -> Demo:
    return Demo()
