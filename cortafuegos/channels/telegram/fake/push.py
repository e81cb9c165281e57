"""Updates on their way to a bot's webhook: as often, as late and in what order a test wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx

from .people import Bot, Json

if TYPE_CHECKING:
    from .network import Telegram


def push(network: Telegram, bot: Bot, *, times: int = 1, backwards: bool = False) -> list[int]:
    """Brings what waits, and gives the statuses answered. An update that is not taken (no 2xx) waits
    on, as at Telegram, and the reason shows in getWebhookInfo."""
    with network.lock:
        waiting = list(bot.updates)
    statuses = []
    for update in reversed(waiting) if backwards else waiting:
        for _time in range(times):
            statuses.append(_deliver(network, bot, update))
    return statuses


def _deliver(network: Telegram, bot: Bot, update: Json) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": bot.secret} if bot.secret else {}
    try:
        status = httpx.post(bot.webhook, json=update, headers=headers, timeout=10).status_code
        problem = f"Wrong response from the webhook: {status}"
    except httpx.HTTPError:
        status, problem = 0, "Connection refused"
    with network.lock:
        if 200 <= status < 300:
            bot.updates = [u for u in bot.updates if u["update_id"] != update["update_id"]]
        else:
            bot.last_error = {"last_error_date": int(network.clock()), "last_error_message": problem}
    return status
