"""The thread as the page shows it: places, private bands, messages, notes and events, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cortafuegos.inbox import asked, events, fate, harmless, offers, owning, words
from cortafuegos.inbox.labels import showing
from cortafuegos.inbox.models import Case, DeliveryStatus, Message, Note, Reply
from cortafuegos.inbox.networks import fetches, look
from cortafuegos.inbox.offers import Handled, Offer
from cortafuegos.inbox.queries.cast import Cast
from cortafuegos.inbox.queries.thread import Thread
from cortafuegos.team.models import Agent

Told = tuple[str, str, str]  # icon, sentence, when


@dataclass(frozen=True, slots=True)
class Attached:
    kind: str  # image, video, audio, file
    label: str
    host: str  # where it lies; empty when we hold it
    url: str
    held: str = ""  # the uid of one that our people attached
    ours: bool = False  # this desk gives it out: no other machine learns that somebody looked
    alt: str = ""


@dataclass(slots=True)
class Line:
    """One message of theirs or ours, or a reply that is none yet."""

    key: str  # its id on the page
    id: int  # of the message; 0 for a reply on its way
    ours: bool
    name: str
    writer: str  # which of us wrote, under the brand's name
    initials: str
    at: datetime
    when: str
    text: SafeString
    long: bool
    subject: str = ""
    url: str = ""
    context: bool = False  # said to somebody else
    elsewhere: int | None = None  # the number of the case it belongs to
    to: str = ""  # whom a reply of ours answers, when that is not plain
    language: str = ""
    attached: list[Attached] = field(default_factory=list)
    edited: str = ""
    gone: str = ""
    versions: list[tuple[str, SafeString]] = field(default_factory=list)
    reply: Reply | None = None
    fate: fate.Fate | None = None
    cut: bool = False  # longer than a page can bear
    shown: showing.Shown | None = None  # what it is, where nobody has answered it yet
    offers: tuple[Offer, ...] = ()  # what may be done to it on its network
    handled: Handled | None = None  # what was done to it there
    mistake: str = ""  # why it should not have been published
    report: owning.Report | None = None  # the reader may say that it should not have been


@dataclass(slots=True)
class Block:
    kind: str  # place, private, line, note, asked, events
    words: str = ""
    line: Line | None = None
    lines: list[Line] = field(default_factory=list)
    note: Note | None = None
    who: str = ""
    note_text: str = ""
    when: str = ""
    told: list[Told] = field(default_factory=list)
    url: str = ""
    asked: asked.Shown | None = None

    @property
    def folded(self) -> list[Told]:
        """A long row of events is folded but for its end: work on a case is not its story."""
        return self.told[:-2] if len(self.told) > 4 else []

    @property
    def shown(self) -> list[Told]:
        return self.told[-2:] if len(self.told) > 4 else self.told


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom and when the thread is laid out."""

    now: datetime
    language: str
    may_send: bool
    may_moderate: bool
    cast: Cast
    open: frozenset[int] = frozenset()  # messages whose labels matter now
    actor: Agent | None = None

    def fate(self, reply: Reply, url: str = "", status: DeliveryStatus | None = None) -> fate.Fate:
        account = self.cast.accounts[reply.account_id]
        return fate.fate(reply, account, self.now, may_send=self.may_send, url=url, status=status)


def blocks(case: Case, thread: Thread, reader: Reader) -> list[Block]:
    out: list[Block] = []
    place: tuple[bool, int] | None = None  # public, conversation
    been_public = False
    for _at, item in _in_order(thread):
        if isinstance(item, Note):
            text = harmless.text(item.text)
            who = reader.cast.agents[item.agent_id].name
            when = words.moment(item.created_at, reader.now)
            out.append(Block("note", note=item, who=who, note_text=text, when=when))
            continue
        if isinstance(item, asked.Part):
            out.append(Block("asked", asked=asked.shown(item, reader.cast, reader.now)))
            continue
        if not isinstance(item, Message | Reply):
            _tell(out, item, reader)
            continue
        line = _of_reply(item, reader) if isinstance(item, Reply) else _of_message(case, item, thread, reader)
        here = (item.public, item.conversation_id)
        if item.public:
            if here != place:
                again = been_public and place is not None and not place[0]
                out.append(Block("place", words=_place(item, reader, again=again)))
            been_public = True
            out.append(Block("line", line=line))
        else:
            band = next((b for b in reversed(out) if b.kind in {"private", "line", "place"}), None)
            if here != place or band is None or band.kind != "private" or out[-1] is not band:
                band = Block("private", words=_band(item, case, reader))
                out.append(band)
            band.lines.append(line)
        place = here
    return out


def _in_order(thread: Thread) -> list[tuple[datetime, Any]]:
    items: list[tuple[datetime, Any]] = [(m.posted_at, m) for m in (*thread.messages, *thread.around)]
    items += [(reply.created_at, reply) for reply in thread.waiting]
    items += [(note.created_at, note) for note in thread.notes]
    items += [(event.at, event) for event in thread.events]
    items += asked.parts(thread.questions)
    return sorted(items, key=lambda pair: pair[0])


def _place(item: Message | Reply, reader: Reader, *, again: bool) -> str:
    network = look(reader.cast.accounts[item.account_id].network).name
    if again:
        return _("In public again, on %(network)s") % {"network": network}
    return _("Public thread on %(network)s") % {"network": network}


def _band(item: Message | Reply, case: Case, reader: Reader) -> str:
    name = harmless.name(str(case.identity)).split(" ")[0] or _("the customer")
    return _("%(network)s. Only %(name)s and the team can read it.") % {
        "network": look(reader.cast.accounts[item.account_id].network).name,
        "name": name,
    }


def _tell(out: list[Block], event: Any, reader: Reader) -> None:
    said = events.sentence(event, reader.cast, reader.now)
    if not said:
        return
    if not out or out[-1].kind != "events":
        out.append(Block("events"))
    out[-1].told.append((events.ICONS.get(event.kind, "dot"), said, words.moment(event.at, reader.now)))


def _of_message(case: Case, message: Message, thread: Thread, reader: Reader) -> Line:
    reply = thread.replies.get(message.pk)
    ours = message.direction == "out"
    agent = reader.cast.agent(message.agent_id or (reply.agent_id if reply else None)) if ours else None
    said_by = reader.cast.accounts[message.account_id] if ours else message.identity
    name = harmless.name(str(said_by)) or harmless.name(message.identity.handle)
    context = message.case_id != case.pk
    done = thread.interventions.get(message.pk)
    known = thread.mistakes.get(message.pk)
    return Line(
        key=f"m{message.pk}",
        id=message.pk,
        ours=ours,
        name=name,
        writer=agent.first if agent else "",
        initials=agent.initials if agent else harmless.initials(name),
        at=message.posted_at,
        when=words.moment(message.posted_at, reader.now),
        text=harmless.text(message.text),
        long=harmless.is_long(message.text),
        cut=len(message.text) > harmless.MOST,
        subject=harmless.name(message.subject),
        url=harmless.web(message.url),
        context=context,
        elsewhere=thread.mentioned.get(message.case_id) if context and message.case_id else None,
        language=message.language if message.language and message.language != reader.language else "",
        attached=_came_with(case, message, thread),
        edited=words.at(message.edited_at, reader.now) if message.edited_at else "",
        gone=words.at(message.deleted_at, reader.now) if message.deleted_at else "",
        versions=list(_versions(message, reader.now)),
        reply=reply,
        fate=_fate(message, thread, reader),
        shown=showing.shown(message.labels, reader.cast, reader.now) if message.pk in reader.open else None,
        offers=offers.offers(message, done, may_send=reader.may_send, may_moderate=reader.may_moderate),
        handled=offers.handled(message, done, reader.cast, reader.now) if done else None,
        mistake=owning.mark(known),
        report=None if context else owning.report(reader.actor, message, reply, known),
    )


def _fate(message: Message, thread: Thread, reader: Reader) -> fate.Fate | None:
    reply, status = thread.replies.get(message.pk), thread.statuses.get(message.pk)
    if reply:
        return reader.fate(reply, harmless.web(message.url), status)
    return fate.reached(status, reader.now) if status else None


def _of_reply(reply: Reply, reader: Reader) -> Line:
    agent = reader.cast.agents[reply.agent_id]
    return Line(
        key=f"r{reply.pk}",
        id=0,
        ours=True,
        name=harmless.name(str(reader.cast.accounts[reply.account_id])),
        writer=agent.first,
        initials=agent.initials,
        at=reply.created_at,
        when=words.moment(reply.created_at, reader.now),
        text=harmless.text(reply.text),
        long=harmless.is_long(reply.text),
        attached=attached(reply.files),
        reply=reply,
        fate=reader.fate(reply),
    )


def _came_with(case: Case, message: Message, thread: Thread) -> list[Attached]:
    fetched = bool((message.ref or {}).get("files")) and fetches(message.network)
    # Of what was said elsewhere the files are given out there; what is in no case has no address.
    number = case.number if message.case_id == case.pk else thread.mentioned.get(message.case_id or 0)
    inside = f"{number}/messages/{message.pk}/attachments" if number else ""
    return attached(message.attachments, inside, fetched=fetched)


def attached(
    listed: Sequence[Mapping[str, Any]] | None, inside: str = "", *, fetched: bool = False
) -> list[Attached]:
    """``inside``: where those are given out that came inside their message; or, where it can be
    ``fetched``, from their network."""
    found = []
    for index, raw in enumerate(listed or ()):
        kind = str(raw["kind"]) if raw.get("kind") in {"image", "video", "audio"} else "file"
        url, host = harmless.web(raw.get("url") or ""), harmless.host(raw.get("url") or "")
        ours = not url and bool(inside) and (raw.get("part") is not None or fetched) and not raw.get("file")
        if ours:
            url = f"{inside}/{index}"
        alt = harmless.name(raw.get("alt") or "")
        label = harmless.name(raw.get("alt") or raw.get("name") or "")[:120]
        found.append(Attached(kind, label, host, url, str(raw.get("file") or ""), ours, alt))
    return found


def _versions(message: Message, now: datetime) -> Iterable[tuple[str, SafeString]]:
    for version in message.versions or []:
        try:
            until = words.at(datetime.fromisoformat(version.get("until", "")), now)
        except ValueError:
            until = ""
        yield until, harmless.text(str(version.get("text", "")))
