"""X as the demo plays it: mentions, a direct message, a quote, and somebody who never named the brand."""

from __future__ import annotations

import contextlib
from typing import Any

from starlette.types import ASGIApp

from .network import XNetwork
from .problems import Problem

BRAND = "marnalba_demo"


class Demo:
    def __init__(self) -> None:
        self.network = network = XNetwork()
        people = network.people
        people.join(BRAND, name="Marnalba Demo", followers=8_400, verified_type="business")
        people.join("galo_pruebas", name="Galo Arrieta", followers=61_000, verified_type="blue")
        people.join("mencia_pruebas", name="Mencía Rubio", followers=140, location="Valladolid")
        people.join("lope_pruebas", name="Lope Cifuentes", followers=35)
        network.signed_in = BRAND
        self.address = ""  # where the desk listens, until it has been tried
        offer = people.say(BRAND, "Semana sin gastos de envío: de lunes a domingo.")
        self.scenes: dict[str, Any] = {
            "x": (
                lambda: people.mention(
                    "galo_pruebas",
                    BRAND,
                    "tres semanas y mi armario sigue en «preparación». ¿Hay alguien ahí?",
                ),
                lambda: people.mention(
                    "mencia_pruebas", BRAND, "¿la semana sin gastos de envío vale también para Canarias?"
                ),
                lambda: people.dm(
                    "lope_pruebas", BRAND, "Os paso el número de pedido: 51220. No me llega nada."
                ),
                lambda: people.say(
                    "galo_pruebas", "Así tratan a quien paga por adelantado.", quoting=offer.id
                ),
                lambda: people.mention(
                    "lope_pruebas", BRAND, "resuelto en diez minutos por privado. Así sí 👏"
                ),
            )
        }

    def app(self) -> ASGIApp:
        return self.network.app()

    def form(self, network: str, address: str) -> dict[str, str]:
        app = self.network.world.app
        return {
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "consumer_secret": app.consumer_secret,
            "api": address,
            "authorize": f"{address}/i/oauth2/authorize",
            "web": address,
        }

    def hear(self, network: str, address: str) -> None:
        self.address = address

    def bring(self) -> None:
        """A push goes out at the moment in which something is said, once the desk has passed X's test.
        Until then it asks, as it does all the time."""
        if self.address:
            with contextlib.suppress(Problem):
                self.network.follow(BRAND, self.address)
                self.address = ""


def stage() -> Demo:
    return Demo()
