"""What the demo's colleagues did before you came in.

A desk that opens on thirty unanswered people is no quiet Tuesday. So the older stories have been
answered, at the time they would have been: the answer stands on the sandbox network with its own
time, and in the desk it went through the same verbs as any other, except that nobody has to send
it again.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from typing import Any

from django.db import transaction

from cortafuegos.channels.contract import Sent
from cortafuegos.channels.models import Account
from cortafuegos.channels.sandbox import accounts as people
from cortafuegos.channels.sandbox import posts
from cortafuegos.channels.sandbox.store import Store
from cortafuegos.inbox.actions import approvals, cases, drafts, notes, outbox, replies
from cortafuegos.inbox.models import Case, Message
from cortafuegos.kit import clock, log
from cortafuegos.kit.refusal import Refusal
from cortafuegos.team.models import Agent, Brand, Team
from cortafuegos.worker.seed import sandbox_store

PATIENCE = 60.0  # seconds for the network to tell the day so far
ARRIVES_IN = 10.0  # and for one of its posts to become a case; what names nobody never does
WENT_ALL_THE_SAME = "Lo leyó también la supervisora y está bien así"
OPENINGS = 25  # stories told as "earlier today", at least
logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    story: str
    agent: str  # by signature
    after: int  # minutes
    text: str
    tags: tuple[str, ...] = ()
    close: bool = False


def answers() -> list[Answer]:
    raw = resources.files(__package__).joinpath("answers.json").read_text("utf-8")
    return [Answer(**{**one, "tags": tuple(one.get("tags", ()))}) for one in json.loads(raw)]


def play(brand_id: int) -> int:
    """Answer what was answered this morning. Returns how many; asked again, it does nothing."""
    brand = Brand.objects.get(pk=brand_id, is_demo=True)
    store = Store(sandbox_store())
    openings = _openings(store)
    team = {agent.signature: agent for agent in Agent.objects.filter(brand=brand).select_related("user")}
    support = Account.objects.get(brand=brand, network="sandbox", is_support=True)
    done = 0
    for answer in answers():
        if answer.story not in openings:
            continue
        opening = openings[answer.story]
        message = _arrived(brand, opening["uri"])
        if message is None or message.case is None or message.case.first_answered_at:
            continue
        try:
            _answer(store, message, team[answer.agent], support, answer, opening["id"])
        except Refusal as refusal:  # a rule that became stricter costs an answer, not the whole morning
            logger.warning("demo.answer_refused", story=answer.story, code=refusal.code)
        else:
            done += 1
    if done:
        _scatter(brand, team, openings)
    logger.info("demo.morning", answered=done)
    return done


def _openings(store: Store) -> dict[str, dict[str, Any]]:
    """Story to its first post, once the network has told the day so far."""
    deadline = time.monotonic() + PATIENCE
    while True:
        with store.read() as db:
            told = db.execute("SELECT story, opening FROM telling WHERE round = 0").fetchall()
            if len(told) >= OPENINGS or time.monotonic() > deadline:
                return {
                    row["story"]: {"id": row["opening"], "uri": _uri(store, db, row["opening"])}
                    for row in told
                }
        time.sleep(0.5)


def _uri(store: Store, db: Any, number: int) -> str:
    return str(posts.wire(store, db, posts.get(db, number, alive=False))["uri"])


def _arrived(brand: Brand, uri: str) -> Message | None:
    deadline = time.monotonic() + ARRIVES_IN
    while True:
        found = (
            Message.objects.filter(brand=brand, network="sandbox", network_id=uri)
            .select_related("case", "account")
            .first()
        )
        if found or time.monotonic() > deadline:
            return found
        time.sleep(0.5)


@transaction.atomic
def _answer(
    store: Store, message: Message, agent: Agent, support: Account, answer: Answer, opening: int
) -> None:
    case = message.case
    if case is None:
        return
    at = message.posted_at + timedelta(minutes=answer.after)
    account = support if message.public else message.account
    reply = replies.send(
        agent,
        case,
        text=answer.text,
        public=message.public,
        target=message,
        account=account,
        reason=WENT_ALL_THE_SAME,  # kept only where the guard warned
    )
    sent = _said(store, account, answer.text, at, opening, message.public, str(reply.key))
    outbox.settle_sent(reply, sent, at)
    if answer.tags:
        cases.tag(agent, case, add=answer.tags)
    if answer.close:
        cases.close(agent, case)


def _said(
    store: Store, account: Account, text: str, at: datetime, opening: int, public: bool, key: str
) -> Sent:
    """The answer as the network has it, with the time it was given."""
    with store.write() as db:
        ours = people.by_handle(db, account.handle)
        question = posts.get(db, opening)
        if public:
            post = posts.publish(store, db, ours, text, at, parent=question, key=key)
        else:
            post = posts.message(store, db, ours, people.by_id(db, question["author"]), text, at, key=key)
        told = posts.wire(store, db, post)
    ref = {"uri": told["uri"], "author": told["author"]["uri"]}
    return Sent(network_id=told["uri"], url=told.get("url", ""), posted_at=at, ref=ref)


def _scatter(brand: Brand, team: dict[str, Agent], openings: dict[str, dict[str, Any]]) -> None:
    """The rest of a day's work: somebody has taken a case, a colleague left a note, a director has
    an idea, something waits until tomorrow."""

    def case(story: str) -> Case | None:
        opening = openings.get(story)
        message = opening and _arrived(brand, opening["uri"])
        return message.case if message else None

    pilar, bruno, nerea, lucia = (team[name] for name in ("Pilar", "Bruno", "Nerea", "Lucía"))
    director = Agent.objects.get(brand=brand, role="drafter")
    shipping = Team.objects.get(brand=brand, name="Envíos")
    if found := case("es-aparador-viernes"):
        cases.assign(pilar, found, assignee=lucia, team=shipping)
        cases.tag(pilar, found, add=["retraso"])
        notes.write(bruno, found, "El aparador está en Zaragoza desde ayer. Puede salir mañana.")
    if found := case("es-doble-cobro"):
        cases.assign(nerea, found, assignee=lucia)
        cases.tag(nerea, found, add=["cobros"])
    if found := case("pt-mesa-riscada"):
        cases.assign(pilar, found, assignee=bruno, team=shipping)
    if found := case("ar-arrepentimiento"):
        cases.assign(pilar, found, assignee=nerea)
    if found := case("pe-zoila"):
        cases.snooze(pilar, found, clock.now() + timedelta(hours=18))
    found = case("es-ausente")
    target = found and found.messages.filter(brand=brand, direction="in").first()
    if found and target:
        drafts.keep(
            director,
            found,
            mode="public",
            text="Gonzalo, le pido disculpas en nombre de todos. Le llamo yo esta tarde. Gerardo Montes",
            target=target,
        )
        approvals.propose(director, found)
