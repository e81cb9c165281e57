"""What a brand makes of the guard, set by those who lead its desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.guard.models import GuardPolicy
from cortafuegos.guard.rules import FIXED, IDS
from cortafuegos.guard.values import Formality, Setting
from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event
from cortafuegos.kit import log
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May

MOST_WORDS = 500
LONGEST_WORD = 80


@transaction.atomic
def save_policy(
    actor: Agent,
    *,
    rules: Mapping[str, str],
    formality: str = "",
    forbidden: Mapping[str, str] | None = None,
    names: Sequence[str] = (),
    domains: Sequence[str] = (),
) -> GuardPolicy:
    """Replace the brand's policy. An empty setting means: as shipped."""
    allow(actor, May.GUARD)
    wanted = {rule: value for rule, value in rules.items() if value}
    if not set(wanted) <= set(IDS) - FIXED or not set(wanted.values()) <= set(Setting):
        raise Refusal(_("There is no such rule or setting."), code="no_such_rule", status=422)
    if formality and formality not in set(Formality):
        raise Refusal(_("There is no such form of address."), code="no_such_formality", status=422)
    words = {_tidy(word): _tidy(instead) for word, instead in (forbidden or {}).items() if _tidy(word)}
    if max(len(words), len(names), len(domains)) > MOST_WORDS:
        raise Refusal(
            _("These are too many words. Keep the most important ones."), code="too_many", status=422
        )
    policy, _created = GuardPolicy.objects.select_for_update().get_or_create(brand_id=actor.brand_id)
    before = policy.rules
    policy.rules, policy.formality, policy.forbidden = wanted, formality, words
    policy.names = [name for name in map(_tidy, names) if name]
    policy.domains = [domain for domain in (_tidy(one).lower() for one in domains) if domain]
    policy.save()
    changed = {
        rule: wanted.get(rule, "") for rule in {*before, *wanted} if before.get(rule) != wanted.get(rule)
    }
    Event.objects.create(brand_id=actor.brand_id, kind="guard.set", agent=actor, data={"rules": changed})
    log.get(__name__).info("guard.set", brand=actor.brand_id, agent=actor.pk)
    return policy


def _tidy(word: str) -> str:
    return " ".join(storable(word).split())[:LONGEST_WORD]
