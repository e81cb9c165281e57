"""Telegram as the demo plays it: a bot in private and in a neighbours' group. The desk polls it."""

from __future__ import annotations

import time
from typing import Any

from starlette.types import ASGIApp

from .network import Telegram
from .people import Chat, Person


class Demo:
    def __init__(self) -> None:
        self.network = network = Telegram()
        self.bot = bot = network.bot("Marnalba Demo", "marnalba_demo_bot")
        self.began = int(time.time())
        bot.next_update = self.began  # the desk remembers up to where it has asked
        casilda = network.person("Casilda Montoro", "casilda_pruebas")
        iker = network.person("Iker Salaberri")
        group = network.group("Vecinos de la calle Brezal", bot)
        self.scenes = {
            "telegram": (
                lambda: self.says(
                    casilda, network.private(bot, casilda), "¿Cuánto tarda en llegar una estantería a Soria?"
                ),
                lambda: self.says(
                    iker, group, "@marnalba_demo_bot a tres del portal nos falta el mismo herraje, ¿qué pasa?"
                ),
                lambda: self.says(
                    iker, network.private(bot, iker), "Mi pedido 40311 sale como entregado y aquí no hay nada"
                ),
                lambda: self.says(
                    casilda,
                    network.private(bot, casilda),
                    "Entonces lo pido. ¡Gracias por contestar tan rápido!",
                ),
            )
        }

    def says(self, who: Person, chat: Chat, text: str) -> Any:
        # Numbers that an earlier run of the stand-in has not given.
        chat.next_message = max(chat.next_message, self.began)
        return self.network.says(who, chat, text)

    def app(self) -> ASGIApp:
        return self.network.app()

    def form(self, network: str, address: str) -> dict[str, str]:
        return {"token": self.bot.token, "server": address, "webhook": ""}

    def hear(self, network: str, address: str) -> None:
        """Nothing is pushed: the desk asks."""

    def bring(self) -> None:
        return None


def stage() -> Demo:
    return Demo()
