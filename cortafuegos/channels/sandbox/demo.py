"""The demo's brand on the sandbox network, and what the desk needs to connect to it."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any

from . import accounts
from .store import Store, meta, set_meta
from .stories import Person, World, quiet_tuesday
from .storyteller import people

Json = dict[str, Any]


def prepare(store_path: Path | str, base_url: str, *, running: bool = True) -> list[Json]:
    """Make the brand's support and main accounts and the invented customers. Asked again, it
    changes nothing but the address, and returns the same tokens and secrets.

    Each answer holds what an Account row needs: network, network_id, handle, name, url, language,
    config, credentials (secret), webhook_secret (secret, also inside the credentials).
    """
    store = Store(Path(store_path), base_url=base_url)
    world = quiet_tuesday()
    with store.write() as db:
        set_meta(db, "base_url", store.base_url)
        people(db, world)
        if running and not meta(db, "story_prepared"):
            set_meta(db, "story_running", "1")
        set_meta(db, "story_prepared", "1")
        return [_account(store, db, world, p) for p in (world.brand.support, world.brand.main)]


def register_webhook(store_path: Path | str, handle: str, url: str) -> None:
    """Have the network push an account's events to ``url``, signed with its webhook secret."""
    store = Store(Path(store_path))
    with store.write() as db:
        row = accounts.by_handle(db, handle)
        accounts.ensure_webhook(db, row, url, _webhook_secret(db, row["handle"]))


def _account(store: Store, db: Any, world: World, person: Person) -> Json:
    known = db.execute("SELECT 1 FROM account WHERE handle = ?", (person.handle,)).fetchone()
    row = accounts.ensure(db, person.handle, brand=1, verified=1)
    if not known:  # the desk may have changed the profile text since
        row = accounts.ensure(
            db, person.handle, name=person.name, bio=person.bio, place=person.place,
            followers=person.followers, language=person.language,
        )  # fmt: skip
    secret = _webhook_secret(db, person.handle)
    shown = accounts.public(store, row)
    return {
        "network": "sandbox",
        "network_id": shown["uri"],
        "handle": shown["handle"],
        "name": shown["name"],
        "brand_name": world.brand.name,
        "url": shown["url"],
        "language": row["language"],
        "config": {"address": store.base_url},
        "credentials": {"token": accounts.ensure_token(db, row), "webhook_secret": secret},
        "webhook_secret": secret,
    }


def _webhook_secret(db: Any, handle: str) -> str:
    # Kept apart from the account's own column: it stays the same when the webhook is taken away.
    key = f"webhook_secret {handle}"
    secret = meta(db, key) or secrets.token_hex(32)
    set_meta(db, key, secret)
    return secret
