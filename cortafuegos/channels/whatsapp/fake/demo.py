"""WhatsApp as the demo plays it: what invented customers write to an invented shop."""

from __future__ import annotations

import contextlib
import itertools
import time

import httpx
from starlette.types import ASGIApp

from .network import WhatsApp
from .push import push

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


class Demo:
    def __init__(self) -> None:
        self.network = network = WhatsApp()
        # No Spanish number begins with 5.
        self.number = number = network.number("+34 555 000 001", "Marnalba Demo")
        people = [
            network.person("Inés Larrauri", "34555000011"),
            network.person("Ramiro Quesada", "34555000012"),
            network.person("Otilia Vergara", "", "otilia.pruebas", hides_number=True),
            network.person("Fermín Bazán", "34555000014"),
        ]
        network.template("retomar_caso", "Hola, {{1}}. Te escribimos por {{2}}: ¿podemos seguir por aquí?")
        network.template(
            "entrega_nueva", "{{nombre}}, tu pedido llega el {{dia}}. Responde a este mensaje si no puedes."
        )
        # Whoever was answered before the stand-in began anew may be answered again.
        network.heard = {(number.id, person.user_id): time.time() for person in people}
        network._serial = itertools.count(int(time.time() * 1000))
        self.address = ""
        ines, ramiro, otilia, fermin = people
        self.scenes = {
            "whatsapp": (
                lambda: network.says(ines, number, "Hola, ayer me ibais a traer la cómoda y no vino nadie"),
                lambda: network.says(
                    ramiro,
                    number,
                    "Así ha llegado la mesa. La pata viene rota 😡",
                    image=("image/jpeg", JPEG),
                ),
                lambda: network.says(otilia, number, "¿El sofá Brezo se puede desenfundar?"),
                lambda: network.says(
                    fermin,
                    number,
                    location={"latitude": 40.0, "longitude": -3.5, "name": "Portal de atrás", "address": ""},
                ),
                lambda: network.says(
                    ines, number, "¿Hay alguien? Trabajo por turnos y no puedo esperar otro día"
                ),
            )
        }

    def app(self) -> ASGIApp:
        return self.network.app()

    def form(self, network: str, address: str) -> dict[str, str]:
        net = self.network
        return {
            "app_id": net.app_id,
            "app_secret": net.app_secret,
            "token": net.token,
            "waba_id": net.waba,
            "phone_number_id": self.number.id,
            "verify_token": "palabra-de-la-demostracion",
            "address": address,
        }

    def hear(self, network: str, address: str) -> None:
        self.address = address

    def bring(self) -> None:
        """An answer is delivered, and read a little later."""
        for out in list(self.network.out.values()):
            if out.status in ("sent", "delivered") and self.network.clock() - out.at > 4:
                self.network.tells(out, "read" if out.status == "delivered" else "delivered")
        if self.address and self.network.waiting:
            with contextlib.suppress(httpx.HTTPError):
                push(self.network, self.address)


def stage() -> Demo:
    return Demo()
