"""Looking after an installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cortafuegos.cli_serve import with_desk

if TYPE_CHECKING:
    from cortafuegos.team.models import User


def owner() -> User | None:
    """Whom `up` lets in: the first administrator, or the first person at all."""
    from cortafuegos.team.models import User

    return User.objects.filter(is_active=True).order_by("-is_superuser", "pk").first()


def sign_in_link(user: User) -> str:
    from django.conf import settings
    from django.urls import reverse

    from cortafuegos.team import links

    return f"{settings.PUBLIC_URL}{reverse('web:sign-in-link', args=[links.sign_in_link(user)])}"


def way_in() -> str:
    """What `up` prints: a link for the owner, or the first-run page when there is nobody yet."""
    from django.conf import settings
    from django.urls import reverse

    from cortafuegos.team import links

    who = owner()
    if who:
        return sign_in_link(who)
    return f"{settings.PUBLIC_URL}{reverse('web:setup', args=[links.setup_token()])}"


@click.command()
@click.argument("email")
@with_desk
def signin(email: str) -> None:
    """Print a link that signs EMAIL in once, within a day."""
    from cortafuegos.team.models import User

    user = User.objects.filter(email=email.lower(), is_active=True).first()
    if user is None:
        raise click.ClickException(f"Nobody active here has the address {email}.")
    click.echo(sign_in_link(user))
