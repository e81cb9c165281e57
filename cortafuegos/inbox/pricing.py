"""What an answer would cost, and whether the month's money allows it. What is urgent always goes."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cortafuegos.channels import meter, registry
from cortafuegos.channels.capabilities import Priced
from cortafuegos.channels.contract import Outgoing
from cortafuegos.channels.models import Account
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.rules import URGENT
from cortafuegos.inbox.targets import target_of
from cortafuegos.kit import clock, log

logger = log.get(__name__)


def price(account: Account, target: Message, text: str, *, public: bool) -> Decimal | None:
    """None where answers cost nothing, or the connector cannot tell."""
    known = account.network in registry.networks()
    connector = registry.connector(account.network) if known else None
    if not isinstance(connector, Priced):
        return None
    outgoing = Outgoing(
        key=str(uuid.UUID(int=0)),
        text=text,
        public=public,
        target=target_of(target),
        first_attempt_at=clock.now(),
        language=target.language,
    )
    try:
        return connector.price(account.view(), outgoing)
    except Exception as error:  # nobody is kept from answering because a price is not known
        logger.warning("price.unknown", account=account.pk, error=type(error).__name__)
        return None


def price_words(account: Account, target: Message, text: str, *, public: bool) -> str:
    """For beside the counter; empty where it costs nothing."""
    found = price(account, target, text, public=public)
    return meter.money(found, meter.currency_of(account)) if found else ""


def refusal(account: Account, case: Case, target: Message, text: str, *, public: bool) -> str:
    """Why the month's money does not allow this answer; empty when it does."""
    if account.monthly_cap_cents is None or case.urgency >= URGENT:
        return ""
    found = price(account, target, text, public=public)
    if found is None:
        return ""
    now = clock.now()
    budget = meter.budget(account, now)
    if budget.allows(found, urgent=False):
        return ""
    said = _(
        "The money for %(account)s is used up until %(day)s (%(spent)s of %(cap)s). Only urgent cases are"
        " answered from here. Your text is kept; a supervisor can raise the cap."
    )
    return said % {
        "account": account.name,
        "day": date_format(meter.next_month(account, now), "DATE_FORMAT"),
        "spent": meter.money(budget.spent, budget.currency),
        "cap": meter.money(budget.cap or Decimal(0), budget.currency),
    }
