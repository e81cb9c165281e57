"""Before anything leaves: does the person who answers for it hold the certificate (law 5)?"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from cortafuegos.channels.models import Account
from cortafuegos.inbox.actions.posture import posture_of
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Message
from cortafuegos.inbox.networks import look
from cortafuegos.kit import clock
from cortafuegos.kit.language_names import language_name
from cortafuegos.team import certificates
from cortafuegos.team.licence import Kind, Need, Place, primary
from cortafuegos.team.models import Agent


def lacking(agent: Agent, account: Account, target: Message) -> tuple[Need, ...]:
    """The certificates this person would need to answer this message as this account."""
    return lacking_among(agent, [(account, target)])


def lacking_among(agent: Agent, answers: Sequence[tuple[Account, Message]]) -> tuple[Need, ...]:
    """The same for several ways to answer, each as an account and a message."""
    needs = certificates.needs_of(agent.brand_id)
    if not needs:
        return ()
    crises = any(need.kind == Kind.CRISIS for need in needs)
    posture = posture_of(agent.brand_id) if crises else "calm"
    places = {Place(account.network, _language(target, account), posture) for account, target in answers}
    now = clock.now()
    missing = {need for place in places for need in certificates.lacking(agent, needs, place, now)}
    return tuple(sorted(missing, key=lambda need: (need.kind, need.value)))


def require(agent: Agent, account: Account, target: Message) -> None:
    lacks = lacking(agent, account, target)
    if lacks:
        raise Refusal(sentence(lacks[0], account.network), code="not_certified", status=403)


def sentence(need: Need, network: str) -> str:
    """Why somebody may only propose here."""
    match need.kind:
        case Kind.CHANNEL:
            words = _(
                "Answering on %(network)s needs a certificate, and you hold none that counts now. "
                "You can propose your answer."
            )
            return words % {"network": look(network).name}
        case Kind.LANGUAGE:
            words = _(
                "Answering in %(language)s needs a certificate, and you hold none that counts now. "
                "You can propose your answer."
            )
            return words % {"language": language_name(primary(need.value))}
        case Kind.CRISIS:
            return _(
                "While the desk is on alert, answering needs the certificate for crises. "
                "You can propose your answer."
            )


def way_to(need: Need, brand: str, network: str) -> str:
    """The page of the course that gives the certificate; empty where no courses are installed."""
    try:
        page = reverse("training:way", args=[brand])
    except NoReverseMatch:
        return ""
    value = {Kind.CHANNEL: need.value or network, Kind.LANGUAGE: need.value, Kind.CRISIS: ""}[need.kind]
    return f"{page}?{urlencode({'kind': need.kind, 'value': value})}"


def _language(target: Message, account: Account) -> str:
    """Of the conversation. What nobody could tell ("und", an emoji) is taken for the account's own."""
    code = primary(target.language)
    return code if code not in ("", "und") else primary(account.language)
