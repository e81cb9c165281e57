"""The templates a network approved for an account, asked for at most every few minutes."""

from __future__ import annotations

from collections.abc import Mapping

from django.core.cache import cache
from django.utils.translation import gettext as _

from cortafuegos.channels import actions as accounts
from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Template, Templated
from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.channels.models import Account
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.templating import Filled, Missing, fill

KEPT = 300  # seconds


def templates_of(account: Account) -> tuple[Template, ...]:
    """Raises Refusal when the network has none to offer or does not answer."""
    key = f"templates:{account.pk}"
    known: tuple[Template, ...] | None = cache.get(key)
    if known is not None:
        return known
    connector = registry.connector(account.network)
    network = {"network": look(account.network).name}
    if not isinstance(connector, Templated):
        raise Refusal(_("%(network)s knows no templates.") % network, code="no_templates", status=422)
    try:
        found = tuple(connector.templates(account.view()))
    except Refused as refused:
        accounts.mark_refused(account, str(refused))
        raise Refusal(
            _("%(network)s no longer accepts our credentials, so its templates cannot be read.") % network,
            code="account_refused",
        ) from None
    except SendError as error:
        raise Refusal(
            _("%(network)s does not tell its templates now. Try again in a moment.") % network,
            code="no_answer",
        ) from error
    cache.set(key, found, KEPT)
    return found


def filled(account: Account, asked: Mapping[str, str]) -> Filled | None:
    """What a form chose and filled in: ``template`` is name and language, ``value_<place>`` its words.
    None when it chose none."""
    name, _bar, language = asked.get("template", "").rpartition("|")
    if not name:
        return None
    same = (one for one in templates_of(account) if (one.name, one.language) == (name, language))
    template = next(same, None)
    if template is None:
        raise Refusal(_("That template no longer exists. Choose another."), code="no_template", status=422)
    values = {place: asked.get(f"value_{place}", "") for place in template.places}
    try:
        return fill(template, values)
    except Missing as missing:
        raise Refusal(
            _("Fill in «%(place)s» before it goes.") % {"place": missing.place},
            code="missing_words",
            status=422,
        ) from None
