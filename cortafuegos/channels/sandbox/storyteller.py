"""Tells the stories: posts what is due, and lets customers react to the brand's answers.

``tick`` is deterministic: the same store, world and moments give the same posts. Time of play is
counted between ticks and stands still in a pause, so a demo left alone or a laptop that slept does
not wake up to a flood.
"""

from __future__ import annotations

import random
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import accounts, posts
from .store import Problem, Row, Store, iso, meta, set_meta
from .stories import Step, Story, World, quiet_tuesday

EARLIER_STORIES = 30  # opened at once at the beginning, as if earlier today
EARLIER_SPAN = timedelta(hours=3)
PACE_SECONDS = (20.0, 60.0)  # between two openings
LATER_PACE = 5.0  # once every story was told, the next rounds come this much slower
LONGEST_STEP = 60.0  # of play, between two ticks
REACTION_MISSED = 1800.0  # an answer nobody reacts to in the story's way ends the telling
PATIENCE = 6 * 3600.0  # of play, after which nobody waits for an answer any more


@dataclass(frozen=True, slots=True)
class Clock:
    played: float  # seconds of play
    at: datetime


def tick(store: Store, at: datetime, world: World | None = None) -> int:
    """Post what is due. Returns how many posts and messages that made."""
    with store.read() as db:
        if not meta(db, "story_running"):
            return 0
    world = world or quiet_tuesday()
    with store.write() as db:
        if not meta(db, "story_running"):
            set_meta(db, "story_last", "")
            return 0
        clock = _advance(db, at)
        made = 0
        if not meta(db, "story_told"):
            people(db, world)
            made += _earlier(store, db, world, clock)
        made += _open_next(store, db, world, clock)
        stories = {story.id: story for story in world.stories}
        for telling in db.execute("SELECT * FROM telling WHERE done = 0 ORDER BY id").fetchall():
            made += _go_on(store, db, stories.get(telling["story"]), telling, clock)
    return made


def _advance(db: sqlite3.Connection, at: datetime) -> Clock:
    last = meta(db, "story_last")
    passed = (at - datetime.fromisoformat(last)).total_seconds() if last else 0.0
    played = float(meta(db, "story_played", "0")) + min(max(passed, 0.0), LONGEST_STEP)
    set_meta(db, "story_played", played)
    set_meta(db, "story_last", iso(at))
    return Clock(played, at)


def people(db: sqlite3.Connection, world: World) -> None:
    for person in world.people:
        accounts.ensure(
            db, person.handle, name=person.name, bio=person.bio, place=person.place,
            followers=person.followers, verified=int(person.verified), language=person.language,
        )  # fmt: skip


def _order(world: World, round_: int) -> list[Story]:
    stories = list(world.stories)
    random.Random(f"order {round_}").shuffle(stories)  # noqa: S311
    if round_ == 0:  # those to meet early are the newest of what was said before the demo began
        early = [story for story in world.stories if story.early]
        rest = [story for story in stories if not story.early]
        head = max(EARLIER_STORIES - len(early), 0)
        return [*rest[:head], *early, *rest[head:]]
    return stories


def _earlier(store: Store, db: sqlite3.Connection, world: World, clock: Clock) -> int:
    """What was said before the demo began: openings spread over the past hours, denser towards
    now, each with the steps that wait for nobody."""
    opening = _order(world, 0)[:EARLIER_STORIES]
    said: list[tuple[datetime, int, int]] = []
    for index, story in enumerate(opening):
        share = ((len(opening) - index) / (len(opening) + 1)) ** 1.6
        moment = clock.at - EARLIER_SPAN * share
        said.append((moment, index, 0))
        for number, step in enumerate(story.steps[1:], start=1):
            moment += timedelta(seconds=step.wait)
            if step.on != "time" or moment >= clock.at:
                break
            said.append((moment, index, number))
    tellings: dict[int, Row] = {}
    for moment, index, number in sorted(said):
        story, back = opening[index], (clock.at - moment).total_seconds()
        then = Clock(clock.played - back, moment)
        if number == 0:
            tellings[index] = _open(store, db, story, 0, then)
        else:
            tellings[index] = _tell(store, db, story, tellings[index], then, None)
    set_meta(db, "story_told", len(opening))
    return len(said)


def _open_next(store: Store, db: sqlite3.Connection, world: World, clock: Clock) -> int:
    told = int(meta(db, "story_told", "0"))
    due = float(meta(db, "story_next", "0"))
    if clock.played < due or not world.stories:
        return 0
    made = 0
    if due:  # the first pause comes before the first new opening
        round_, place = divmod(told, len(world.stories))
        _open(store, db, _order(world, round_)[place], round_, clock)
        told, made = told + 1, 1
        set_meta(db, "story_told", told)
    slower = LATER_PACE if told >= len(world.stories) else 1
    pause = random.Random(f"pause {told}").uniform(*PACE_SECONDS) * slower  # noqa: S311
    set_meta(db, "story_next", clock.played + pause)
    return made


def _open(store: Store, db: sqlite3.Connection, story: Story, round_: int, clock: Clock) -> Row:
    post = _say(store, db, story, story.steps[0], round_, clock, None)
    number = db.execute(
        "INSERT INTO telling (story, round, step, clock, opening, target, since)"
        " VALUES (?, ?, 1, ?, ?, ?, ?)",
        (story.id, round_, clock.played, post["id"], post["id"], post["id"]),
    ).lastrowid
    return _telling(db, int(number or 0))


def _go_on(store: Store, db: sqlite3.Connection, story: Story | None, telling: Row, clock: Clock) -> int:
    if story is None or telling["step"] >= len(story.steps):
        _end(db, telling)
        return 0
    step = story.steps[telling["step"]]
    answer = _answer(db, story, telling, "answer" if step.on == "time" else step.on)
    if step.on == "time":
        if step.unless_answered and answer is not None:
            _skip(db, telling)
            return 0
        if clock.played < telling["clock"] + step.wait:
            return 0
        answer = None
    else:
        if answer is None:
            if _answer(db, story, telling, "answer") is not None:
                _wait_for_the_other_kind(db, telling, clock)
            elif clock.played > telling["clock"] + PATIENCE:
                _end(db, telling)
            return 0
        if telling["answered"] != answer["id"]:
            db.execute(
                "UPDATE telling SET answered = ?, heard = ? WHERE id = ?",
                (answer["id"], clock.played, telling["id"]),
            )
            telling = _telling(db, telling["id"])
        if clock.played < telling["heard"] + step.wait:
            return 0
    try:
        _tell(store, db, story, telling, clock, answer)
    except Problem:  # somebody deleted the post it would answer
        _end(db, telling)
        return 0
    return 1


def _answer(db: sqlite3.Connection, story: Story, telling: Row, kind: str) -> Row | None:
    """The brand's first answer in this conversation that nobody has reacted to yet."""
    opening = posts.get(db, telling["opening"], alive=False)
    row: Row | None = db.execute(
        "SELECT post.* FROM post JOIN account ON account.id = post.author"
        " WHERE ((:kind <> 'private' AND root = :root)"
        " OR (:kind <> 'public' AND recipient = :person))"
        " AND account.brand = 1 AND post.id > :since AND post.deleted_at IS NULL"
        " ORDER BY post.id LIMIT 1",
        {
            "kind": kind,
            "root": opening["root"],
            "person": opening["author"],
            "since": telling["since"],
        },
    ).fetchone()
    return row


def _wait_for_the_other_kind(db: sqlite3.Connection, telling: Row, clock: Clock) -> None:
    if telling["heard"] is None:
        db.execute("UPDATE telling SET heard = ? WHERE id = ?", (clock.played, telling["id"]))
    elif clock.played > telling["heard"] + REACTION_MISSED:
        _end(db, telling)


def _tell(
    store: Store, db: sqlite3.Connection, story: Story, telling: Row, clock: Clock, answer: Row | None
) -> Row:
    step = story.steps[telling["step"]]
    target = answer or posts.get(db, telling["target"])
    if step.via == "public" and target["recipient"] is not None:
        target = posts.get(db, telling["opening"])  # back in public after a private answer
    post = _say(store, db, story, step, telling["round"], clock, target)
    # Only a reaction uses up the answers so far: a bystander's word in between does not.
    since = telling["since"] if answer is None else post["id"]
    db.execute(
        "UPDATE telling SET step = step + 1, clock = ?, target = ?, since = ?, answered = NULL,"
        " heard = NULL WHERE id = ?",
        (clock.played, target["id"], since, telling["id"]),
    )
    return _telling(db, telling["id"])


def _say(
    store: Store,
    db: sqlite3.Connection,
    story: Story,
    step: Step,
    round_: int,
    clock: Clock,
    to: Row | None,
) -> Row:
    author = accounts.by_handle(db, step.by)
    text = step.say[round_ % len(step.say)]
    if step.via == "dm" or (to is not None and to["recipient"] is not None):
        brand = accounts.by_handle(db, story.to)
        if to is not None and (other := accounts.by_id(db, to["author"]))["brand"]:
            brand = other  # the account that answered
        return posts.message(store, db, author, brand, text, clock.at)
    return posts.publish(store, db, author, text, clock.at, parent=to)


def _end(db: sqlite3.Connection, telling: Row) -> None:
    db.execute("UPDATE telling SET done = 1 WHERE id = ?", (telling["id"],))


def _skip(db: sqlite3.Connection, telling: Row) -> None:
    db.execute("UPDATE telling SET step = step + 1 WHERE id = ?", (telling["id"],))


def _telling(db: sqlite3.Connection, number: int) -> Row:
    row: Row = db.execute("SELECT * FROM telling WHERE id = ?", (number,)).fetchone()
    return row
