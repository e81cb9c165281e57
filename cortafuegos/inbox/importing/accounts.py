"""The account that imported history hangs on, when none of the connected ones is meant."""

from __future__ import annotations

from django.db import transaction

from cortafuegos.channels.models import Account
from cortafuegos.kit import clock
from cortafuegos.team.models import Brand

NETWORK_ID = "history"


@transaction.atomic
def archive(brand: Brand, network: str) -> Account:
    """One for each network of a brand, made on first use. It is removed from the start: nothing
    arrives on it, nothing leaves by it, and nobody is asked to mend it."""
    Brand.objects.select_for_update().get(pk=brand.pk)
    found = Account.objects.filter(brand=brand, network=network, network_id=NETWORK_ID).first()
    return found or Account.objects.create(
        brand=brand,
        network=network,
        network_id=NETWORK_ID,
        handle=brand.slug,
        name=brand.name,
        language=brand.language,
        time_zone=brand.time_zone,
        state=Account.State.PAUSED,
        removed_at=clock.now(),
    )
