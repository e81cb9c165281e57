"""What was published by mistake, in the words of whoever makes it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cortafuegos.guard.rules.address import first_name
from cortafuegos.inbox import advice, harmless, words
from cortafuegos.inbox.actions import amends, mistakes, withdrawing
from cortafuegos.inbox.actions.intervening import Kind, State
from cortafuegos.inbox.causes import cause_words
from cortafuegos.inbox.models import Case, Intervention, Message, Mistake, Reply
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries.cast import Cast
from cortafuegos.inbox.righting import NONE, Step, apology
from cortafuegos.inbox.rules import first_words
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may


@dataclass(frozen=True, slots=True)
class Told:
    """A step of making it right. ``open``: nobody has settled it."""

    open: bool
    words: str
    trouble: str = ""  # why the network did not do it
    able: bool = False  # the desk can do it
    under_way: bool = False
    url: str = ""  # where a person does it by hand
    draft: str = ""  # words to begin with
    mode: str = ""


@dataclass(frozen=True, slots=True)
class Owned:
    id: int
    message: int
    cause: str
    what: str
    who: str
    when: str
    quote: str
    network: str
    off: Told
    sorry: Told


@dataclass(frozen=True, slots=True)
class Report:
    """What the question before a report says of one line."""

    network: str
    able: bool  # it can be taken off with the same press


def report(
    actor: Agent | None, message: Message, reply: Reply | None, known: Mistake | None
) -> Report | None:
    """Whether this reader may report this line of ours; None when not, or when it is reported."""
    ours = message.direction == Message.Direction.OUT and message.case_id
    if actor is None or known or not ours or not may(actor.role, May.SEND):
        return None
    if not mistakes.may_report(actor, message, reply):
        return None
    able = message.deleted_at is None and withdrawing.possible(message)
    return Report(look(message.network).name, able)


def mark(known: Mistake | None) -> str:
    """What stands under the line itself."""
    if known is None or known.cause == NONE:
        return ""
    return _("Published by mistake: %(cause)s") % {"cause": cause_words(known.cause)}


def beside(actor: Agent, case: Case, found: Iterable[Mistake], cast: Cast, now: datetime) -> list[Owned]:
    """Those with a step that nobody has settled, above the composer."""
    unsettled = [one for one in found if amends.steps(one)]
    if not unsettled:
        return []
    last = _last(case.brand_id, [one.message_id for one in unsettled])
    return [_owned(actor, case, one, last.get(one.message_id), cast, now) for one in unsettled]


def _last(brand_id: int, message_ids: list[int]) -> dict[int, Intervention]:
    rows = Intervention.objects.filter(
        brand_id=brand_id, message_id__in=message_ids, kind=Kind.WITHDRAW
    ).order_by("pk")
    return {one.message_id: one for one in rows}


def _owned(
    actor: Agent, case: Case, one: Mistake, last: Intervention | None, cast: Cast, now: datetime
) -> Owned:
    message = one.message
    reporter = cast.agent(one.agent_id)
    network = look(message.network).name
    return Owned(
        id=one.pk,
        message=message.pk,
        cause=cause_words(one.cause),
        what=one.what,
        who=reporter.name if reporter else _("somebody"),
        when=words.ago(one.reported_at, now),
        quote=first_words(harmless.name(message.text), 90),
        network=network,
        off=_off(one, last, network),
        sorry=_sorry(one, actor, case),
    )


def _off(one: Mistake, last: Intervention | None, network: str) -> Told:
    message = one.message
    if message.deleted_at is not None:
        return Told(False, _("It is no longer on %(network)s") % {"network": network})
    if one.stays:
        return Told(False, _("It stays there: %(why)s") % {"why": one.stays})
    url = harmless.web(message.url)
    if last is not None and last.state in (State.WAITING, State.WORKING):
        trouble = _(last.trouble) if last.trouble else ""
        said = _("It is being taken off %(network)s") % {"network": network}
        return Told(True, said, trouble, under_way=True, url=url)
    able = withdrawing.possible(message)
    if last is not None and last.state == State.FAILED:
        said = _("It could not be taken off %(network)s, and is still there") % {"network": network}
        return Told(True, said, _(last.trouble) if last.trouble else "", able=able, url=url)
    if able:
        return Told(True, _("Take it off %(network)s") % {"network": network}, able=True, url=url)
    return Told(True, _("Take it off in %(network)s itself: the desk cannot") % {"network": network}, url=url)


def _sorry(one: Mistake, actor: Agent, case: Case) -> Told:
    if one.apologised_at is not None:
        return Told(False, _("We have apologised"))
    if one.unsaid:
        return Told(False, _("Without an apology: %(why)s") % {"why": one.unsaid})
    message = one.message
    said = (
        _("Own it and apologise in public, where it was read")
        if message.public
        else _("Own it and apologise in private, where it was read")
    )
    formality = advice.manner(case.brand_id)[0]
    signature = advice.signature(actor, case.network, private=not message.public)
    language = case.language or actor.brand.language
    draft = apology(one.cause, language, formality, first_name(case.identity.name), signature)
    return Told(True, said, draft=draft, mode="public" if message.public else "private")


def settled(one: Mistake) -> list[Told]:
    """Its steps as the review reads them: what was done, or why not."""
    open_steps = amends.steps(one)
    if one.message.deleted_at is not None:
        off = _("no longer there")
    else:
        off = _("left there: %(why)s") % {"why": one.stays} if one.stays else _("still there")
    if one.apologised_at is not None:
        sorry = _("we apologised")
    else:
        sorry = _("not apologised: %(why)s") % {"why": one.unsaid} if one.unsaid else _("no apology yet")
    return [Told(Step.TAKE_OFF in open_steps, off), Told(Step.APOLOGISE in open_steps, sorry)]
