"""The first data of an installation: nothing, or the demo's brand with its people and accounts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from cortafuegos.channels.models import Account
from cortafuegos.kit import crypto, log
from cortafuegos.kit.home import home
from cortafuegos.team import actions as team
from cortafuegos.team.licence import Kind
from cortafuegos.team.models import Agent, Brand, Team, User
from cortafuegos.team.rules import Role
from cortafuegos.training.actions import certificates
from cortafuegos.worker.jobs import demo_morning

SANDBOX_FILE = "sandbox.sqlite"
# Invented people; the addresses belong to a domain that can never exist.
OWNER = ("Lucía Ferrer", "lucia@marnalba.invalid", Role.OWNER, "Lucía")
COLLEAGUES = (
    ("Pilar Otxoa", "pilar@marnalba.invalid", Role.SUPERVISOR, "Pilar"),
    ("Bruno Salas", "bruno@marnalba.invalid", Role.AGENT, "Bruno"),
    ("Nerea Aldaz", "nerea@marnalba.invalid", Role.AGENT, "Nerea"),
    ("Gerardo Montes", "gerardo@marnalba.invalid", Role.DRAFTER, ""),
)
TEAMS = {"Envíos": ("Bruno Salas",), "Pagos y facturas": ("Nerea Aldaz",)}

logger = log.get(__name__)


def sandbox_store() -> Path:
    return home() / SANDBOX_FILE


def ensure(empty: bool) -> None:
    """Make the demo unless the installation is to be empty or has a brand already. What exists
    is only told the desk's present address."""
    demo = Brand.objects.filter(is_demo=True).first()
    if demo is None and (empty or Brand.objects.exists()):
        return
    with transaction.atomic():
        brand = demo or _brand()
        _accounts(brand)
        if demo is None:
            demo_morning.defer(brand_id=brand.pk)
    if demo is None:
        logger.info("demo.made", brand=brand.pk)


def _brand() -> Brand:
    name, email, _role, signature = OWNER
    owner = _user(name, email)
    brand = team.create_brand(name="Marnalba", slug="marnalba", owner=owner, is_demo=True)
    agents = {name: Agent.objects.get(brand=brand, user=owner)}
    agents[name].signature = signature
    agents[name].save(update_fields=["signature"])
    for name, email, role, signature in COLLEAGUES:
        agents[name] = Agent.objects.create(
            brand=brand, user=_user(name, email), role=role, signature=signature
        )
    for agent in agents.values():
        if agent.role != Role.DRAFTER:
            certificates.grant(
                agents[OWNER[0]],
                agent,
                kind=Kind.CHANNEL,
                value="",
                months=12,
                reason="Aprobó el curso antes de abrir la mesa",
            )
    for title, members in TEAMS.items():
        group = Team.objects.create(brand=brand, name=title)
        group.members.set([agents[member] for member in members])
    return brand


def _user(name: str, email: str) -> User:
    """Nobody knows the password: the demo is entered by one-time links."""
    return User.objects.create_user(email, None, name=name)


def _accounts(brand: Brand) -> None:
    from cortafuegos.channels.sandbox import demo

    store = sandbox_store()
    for told in demo.prepare(store, f"{settings.PUBLIC_URL}/sandbox"):
        account = Account.objects.filter(
            brand=brand, network="sandbox", network_id=told["network_id"]
        ).first() or _account(brand, told)
        account.config = told["config"]
        account.save(update_fields=["config"])
        if account.removed_at is None:
            address = f"{settings.PUBLIC_URL}/in/{account.public_id}"
            demo.register_webhook(store, told["handle"], address)


def _account(brand: Brand, told: dict[str, Any]) -> Account:
    return Account.objects.create(
        brand=brand,
        network="sandbox",
        network_id=told["network_id"],
        handle=told["handle"],
        name=told["name"],
        url=told["url"],
        language=told["language"],
        time_zone=brand.time_zone,
        is_support=told["handle"].endswith("_ayuda"),
        sealed=crypto.seal(told["credentials"]),
    )
