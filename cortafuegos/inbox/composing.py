"""The composer in the words of the person who writes: where it will appear, as whom, what happens."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cortafuegos.channels import registry
from cortafuegos.channels.models import Account
from cortafuegos.inbox import harmless, permitting
from cortafuegos.inbox.actions import deciding, licence
from cortafuegos.inbox.files import taking
from cortafuegos.inbox.models import Case
from cortafuegos.inbox.networks import look
from cortafuegos.inbox.queries.cast import Cast
from cortafuegos.inbox.queries.thread import Thread
from cortafuegos.inbox.queries.writing import Way, Writing, way
from cortafuegos.inbox.rules import first_words
from cortafuegos.inbox.standing_by import because
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May, may


@dataclass(frozen=True, slots=True)
class Choice:
    """An account to answer as. ``blocked``: why it cannot send now."""

    id: int
    name: str
    blocked: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Mode:
    name: str  # public, private, note
    title: str
    icon: str
    where: str
    button: str
    why_not: str = ""  # this way of answering does not exist here
    choices: tuple[Choice, ...] = ()
    target: int = 0
    quote: str = ""  # first words of what is answered
    to: str = ""
    limit: int = 0
    unit: str = ""
    network: Any = ""
    asking: str = ""  # the button's words while what is written needs a second person
    asks: tuple[str, ...] = ()  # why a second person sees it before it leaves
    permission: permitting.Shown | None = None  # of networks that set rules
    files: taking.Button | None = None  # what can be attached

    @property
    def blocked(self) -> str:
        return next((choice.blocked for choice in self.choices if choice.chosen), "")


@dataclass(frozen=True, slots=True)
class Composer:
    modes: tuple[Mode, ...]
    mode: str  # the one open
    text: str
    files: str  # JSON, as files/carrying.py stores it
    kept_at: str  # milliseconds; empty when nothing was kept
    aloud: bool  # the customer spoke last in private: a public answer must be meant
    ended: bool  # the relation is, and the writer may answer in public all the same
    taken: str  # who has the case, when it is a colleague
    proposes: bool  # may write and not send
    may_take: bool
    lacks: str = ""  # why a colleague without the certificate may only propose
    way: str = ""  # the course that gives it


def composer(actor: Agent, case: Case, thread: Thread, writing: Writing, cast: Cast) -> Composer:
    draft = writing.draft
    ways = {"public": writing.public, "private": writing.private}
    if draft and draft.target_id and draft.mode in ways:  # somebody chose which message to answer
        chosen = next((m for m in thread.messages if m.pk == draft.target_id), None)
        ways[draft.mode] = way(chosen, cast.live(), public=draft.mode == "public") or ways[draft.mode]
    open_ways = [found for found in ways.values() if found]
    sends = may(actor.role, May.SEND)
    lacks = licence.lacking_among(actor, [(w.account, w.target) for w in open_ways]) if sends else ()
    sends = sends and not lacks
    ended = case.person.ended_at is not None
    asks = _asks(actor, ways, ended=ended) if sends and open_ways else {}
    answers = [
        _mode(
            name,
            found,
            draft.account_id if draft and draft.mode == name else None,
            sends,
            asks.get(name, ()),
        )
        for name, found in ways.items()
    ]
    inside = _("Only for the team. No customer sees it.")
    modes = (*answers, Mode("note", _("Note"), "sticky-note", inside, _("Save note")))
    return Composer(
        modes=modes,
        mode=_open_mode(modes, draft.mode if draft else "", writing),
        text=draft.text if draft else "",
        files=json.dumps(draft.files if draft else []),
        kept_at=str(int(draft.updated_at.timestamp() * 1000)) if draft else "",
        aloud=writing.last_public is False,
        ended=ended and sends and may(actor.role, May.END),
        taken=_taken(actor, case, cast) if sends else "",
        proposes=not sends,
        may_take=may(actor.role, May.WORK),
        lacks=licence.sentence(lacks[0], open_ways[0].account.network) if lacks else "",
        way=licence.way_to(lacks[0], actor.brand.slug, open_ways[0].account.network) if lacks else "",
    )


def _open_mode(modes: tuple[Mode, ...], drafted: str, writing: Writing) -> str:
    able = [mode.name for mode in modes if not mode.why_not]
    wanted = drafted or ("private" if writing.last_public is False else "public")
    return wanted if wanted in able else able[0]


def _asks(actor: Agent, ways: Mapping[str, Way | None], *, ended: bool) -> dict[str, tuple[str, ...]]:
    """Why a second person sees what is sent one way or the other, before anybody has written it."""
    known = {name: found for name, found in ways.items() if found}
    spots = [
        deciding.Spot(w.account.network, w.target, name == "public", ended=ended) for name, w in known.items()
    ]
    return dict(zip(known, map(because, deciding.by_rule(actor, spots)), strict=True))


def _mode(
    name: str, found: Way | None, drafted_as: int | None, sends: bool, asks: tuple[str, ...] = ()
) -> Mode:
    public = name == "public"
    title, icon = (_("Public"), "globe") if public else (_("Private"), "lock")
    if found is None:
        return Mode(name, title, icon, "", "", why_not=_("There is nothing to answer this way."))
    target = found.target
    network = look(target.network).name
    account = next((a for a in found.accounts if a.pk == drafted_as), found.account)
    try:
        limits = registry.connector(account.network).limits(account.view(), public=public)
    except registry.UnknownNetwork:
        return Mode(name, title, icon, "", "", why_not=_("This network is no longer installed."))
    if not (limits.public if public else limits.private):
        why_not = str(limits.note) or _("%(network)s does not allow it.") % {"network": network}
        return Mode(name, title, icon, "", "", why_not=why_not)
    if not public and not limits.public:  # a place that is always private, like mail
        where = _("On %(network)s, as") % {"network": network}
        button = _("Send on %(network)s") if sends else _("Propose an answer on %(network)s")
    elif public:
        where = _("On %(network)s, in full view, as") % {"network": network}
        button = (
            _("Answer in public on %(network)s") if sends else _("Propose a public answer on %(network)s")
        )
    else:
        where = _("On %(network)s, only for them, as") % {"network": network}
        button = (
            _("Send a direct message on %(network)s")
            if sends
            else _("Propose a private answer on %(network)s")
        )
    asking = _("Send for approval: public, on %(network)s") if public else _("Send for approval: %(network)s")
    return Mode(
        name,
        title,
        icon,
        where,
        (asking if asks else button) % {"network": network},
        asking=asking % {"network": network} if sends and not asks else "",
        choices=tuple(Choice(a.pk, str(a), blocked(a), a.pk == account.pk) for a in found.accounts),
        target=target.pk,
        quote=first_words(harmless.name(target.text), 70),
        to=harmless.name(str(target.identity)),
        limit=limits.length,
        unit=limits.unit,
        network=network,
        asks=asks,
        permission=permitting.shown(account, target, public=public),
        files=taking.button(account, target, public=public),
    )


def blocked(account: Account) -> str:
    """Why this account cannot send now, before anybody writes into the void."""
    if account.may_send:
        return ""
    if account.state == Account.State.PAUSED:
        return _("%(account)s is paused. Nothing leaves until somebody resumes it.") % {
            "account": account.name
        }
    return _("%(network)s no longer accepts %(account)s. Nothing leaves until it is connected again.") % {
        "network": look(account.network).name,
        "account": account.name,
    }


def _taken(actor: Agent, case: Case, cast: Cast) -> str:
    holder = cast.agent(case.assignee_id)
    if holder is None or case.assignee_id == actor.pk or not holder.active:
        return ""
    return holder.name


def unit_words(unit: str) -> str:
    return {"bytes": _("bytes"), "weighted": _("weighted characters")}.get(unit, _("characters"))
