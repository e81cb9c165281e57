"""What a person sets on the network's side: told step by step, and ticked off where no interface of
the network can do it for them. What was done is looked at again later, and that is ticked too."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Guides
from cortafuegos.channels.connecting import account_of
from cortafuegos.channels.models import Account
from cortafuegos.kit import clock, log
from cortafuegos.kit.access import DeskRequest, needs

DONE, CHECKED, AGAIN = "done", "checked", "again"
NAME_LENGTH = 100
Ticks = Mapping[str, Mapping[str, Any]]  # step → {"done": [who, ISO time], "checked": the same}

logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    key: str
    words: Any
    done_by: str = ""
    done_at: datetime | None = None
    checked_by: str = ""
    checked_at: datetime | None = None


def key_of(step: Any) -> str:
    """A name for a step that stays while its English words do."""
    with translation.override("en"):
        return hashlib.sha256(str(step).encode()).hexdigest()[:16]


def tasks(steps: Iterable[Any], ticks: Ticks) -> tuple[Task, ...]:
    """Ticks of steps that are no longer asked for are passed over."""
    found = []
    for step in steps:
        kept = ticks.get(key_of(step), {})
        done, checked = kept.get(DONE, ("", "")), kept.get(CHECKED, ("", ""))
        found.append(Task(key_of(step), step, done[0], _moment(done[1]), checked[0], _moment(checked[1])))
    return tuple(found)


def ticked(ticks: Ticks, key: str, mark: str, who: str, now: datetime) -> dict[str, dict[str, Any]]:
    """``checked`` counts only for what was done; ``again`` takes both back."""
    found = {name: dict(kept) for name, kept in ticks.items()}
    step = found.pop(key, {})
    if mark == AGAIN:
        return found
    if mark == DONE or DONE in step:
        step[mark] = [who[:NAME_LENGTH], now.isoformat()]
    return {**found, key: step} if step else found


def tasks_of(account: Account) -> tuple[Task, ...]:
    known = account.network in registry.networks()
    connector = registry.connector(account.network) if known else None
    return tasks(connector.by_hand_steps, account.by_hand) if isinstance(connector, Guides) else ()


def _moment(said: str) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


@require_POST
@needs("connect")
def tick(request: DeskRequest, slug: str, pk: int) -> HttpResponse:
    account = account_of(request, pk)
    key, mark = request.POST.get("step", ""), request.POST.get("mark", "")
    if mark not in (DONE, CHECKED, AGAIN) or key not in {task.key for task in tasks_of(account)}:
        messages.error(request, _("This step is not asked for any more. Nothing changed."))
        return redirect("channels:account", slug, pk)
    with transaction.atomic():
        held = Account.objects.select_for_update(no_key=True).get(brand=request.brand, pk=pk)
        held.by_hand = ticked(held.by_hand, key, mark, request.agent.user.name, clock.now())
        held.save(update_fields=["by_hand"])
    logger.info("account_step", account=pk, mark=mark)
    return redirect(f"{request.path.removesuffix('/steps')}#by-hand")
