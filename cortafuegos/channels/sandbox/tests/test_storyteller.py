"""The stories: told once each, at a human pace, never in a pause, and answering to answers."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cortafuegos.channels.sandbox import accounts, demo, posts, storyteller
from cortafuegos.channels.sandbox.store import Store, set_meta
from cortafuegos.channels.sandbox.stories import BadStory, World, quiet_tuesday, world

START = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
BRAND = {
    "name": "Marca",
    "main": {"handle": "marca", "name": "Marca"},
    "support": {"handle": "marca_ayuda", "name": "Ayuda"},
}


class Play:
    """A store, a world, and a clock that the test moves."""

    def __init__(self, path: Path, told: World) -> None:
        self.store, self.world, self.at = Store(path), told, START
        with self.store.write() as db:
            set_meta(db, "story_running", "1")
            for brand in (told.brand.main, told.brand.support):
                accounts.ensure(db, brand.handle, brand=1)

    def open(self) -> None:
        """Only the first story, now, and no other: for worlds with one story."""
        with self.store.write() as db:
            storyteller.people(db, self.world)
            set_meta(db, "story_told", 0)
            set_meta(db, "story_next", 1)
        assert self.tick() + self.tick() == 1
        with self.store.write() as db:
            set_meta(db, "story_next", 10**9)

    def tick(self, seconds: float = 1) -> int:
        self.at += timedelta(seconds=seconds)
        return storyteller.tick(self.store, self.at, self.world)

    def run(self, seconds: int, step: int = 5) -> int:
        return sum(self.tick(step) for _ in range(seconds // step))

    def switch(self, running: bool) -> None:
        with self.store.write() as db:
            set_meta(db, "story_running", "1" if running else "")

    def said(self) -> list[sqlite3.Row]:
        query = "SELECT post.*, handle FROM post JOIN account ON account.id = author ORDER BY post.id"
        with self.store.read() as db:
            return db.execute(query).fetchall()

    def texts(self) -> list[str]:
        return [row["text"] for row in self.said()]

    def brand(self, text: str, *, private: bool = False) -> None:
        """The support account answers whoever spoke first."""
        with self.store.write() as db:
            us, first = accounts.by_handle(db, "marca_ayuda"), posts.get(db, 1)
            if private:
                posts.message(self.store, db, us, accounts.by_id(db, first["author"]), text, self.at)
            else:
                posts.publish(self.store, db, us, text, self.at, parent=first)


def of(steps: list[dict[str, Any]]) -> World:
    people = [{"handle": h, "name": h.title()} for h in ("ana", "beto")]
    stories = [{"id": "uno", "by": "ana", "steps": steps}]
    return world(BRAND, [{"language": "es", "people": people, "stories": stories}])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.sqlite3"


def test_the_first_tick_brings_a_past_and_the_next_ones_go_on(path: Path) -> None:
    play = Play(path, quiet_tuesday())
    assert 35 <= play.tick() <= 50
    times = [datetime.fromisoformat(row["created_at"]) for row in play.said()]
    assert times == sorted(times)
    assert play.at - timedelta(hours=4) < times[0] < play.at - timedelta(hours=2)
    assert times[-1] <= play.at
    assert 8 <= play.run(600) <= 40, "something new every 20 to 60 seconds"


def test_ticks_are_deterministic(tmp_path: Path) -> None:
    plays = [Play(tmp_path / name, quiet_tuesday()) for name in ("a", "b")]
    for play in plays:
        play.run(300)
    first, second = ([(r["handle"], r["text"], r["created_at"]) for r in p.said()] for p in plays)
    assert first == second


def test_two_tellers_tell_no_story_twice(path: Path) -> None:
    play = Play(path, quiet_tuesday())
    other = Play(path, quiet_tuesday())
    for _ in range(40):
        play.tick(5)
        other.at = play.at
        storyteller.tick(other.store, other.at, other.world)
    texts = play.texts()
    assert len(texts) == len(set(texts))


def test_a_pause_is_silent_and_nothing_is_caught_up_after_it(path: Path) -> None:
    play = Play(path, quiet_tuesday())
    play.run(60)
    play.switch(False)
    assert play.run(300) == 0
    assert play.tick(3600) == 0
    play.switch(True)
    assert play.run(10) <= 4


def test_a_night_of_sleep_brings_no_flood(path: Path) -> None:
    play = Play(path, quiet_tuesday())
    play.run(60)
    assert play.tick(12 * 3600) + play.run(5) <= 12


def test_every_story_is_told_and_then_they_go_round_more_slowly(path: Path) -> None:
    play = Play(path, quiet_tuesday())
    count = len(play.world.stories)
    seconds = 0
    while _tellings(play) < count:
        seconds += 60
        assert seconds < 3 * 3600
        for _ in range(3):
            play.tick(20)
    before = _tellings(play)
    for _ in range(30):
        play.tick(20)
    assert 1 <= _tellings(play) - before <= 7


def _tellings(play: Play) -> int:
    with play.store.read() as db:
        return int(db.execute("SELECT count(*) FROM telling").fetchone()[0])


def test_a_customer_reacts_where_the_answer_came(path: Path) -> None:
    play = Play(path, of([{"say": "@{support} hola"}, {"say": "gracias", "on": "answer", "wait": 30}]))
    play.open()
    play.run(100)
    assert play.texts() == ["@marca_ayuda hola"], "no thanks for nothing"
    play.brand("¿Te ayudamos?")
    play.run(25)
    assert len(play.texts()) == 2
    play.run(10)
    assert play.texts()[-1] == "gracias"
    assert play.said()[-1]["parent"] == 2


def test_a_private_answer_gets_a_private_reaction(path: Path) -> None:
    play = Play(path, of([{"say": "@{support} hola"}, {"say": "gracias", "on": "answer", "wait": 5}]))
    play.open()
    play.brand("Te escribo por aquí", private=True)
    play.run(10)
    assert play.said()[-1]["text"] == "gracias"
    assert play.said()[-1]["recipient"] is not None


def test_details_go_by_private_message_and_thanks_come_back_in_public(path: Path) -> None:
    steps = [
        {"say": "@{support} hola"},
        {"say": "mis datos", "on": "answer", "via": "dm", "wait": 5},
        {"say": "resuelto", "on": "private", "via": "public", "wait": 5},
    ]
    play = Play(path, of(steps))
    play.open()
    play.brand("Escríbenos en privado, por favor")
    play.run(10)
    assert play.said()[-1]["recipient"] is not None
    play.brand("Visto en público")
    play.run(30)
    assert play.texts()[-1] == "Visto en público", "this step waits for a private answer"
    play.brand("Hecho", private=True)
    play.run(10)
    last = play.said()[-1]
    assert (last["text"], last["recipient"], last["root"]) == ("resuelto", None, 1)


def test_who_was_answered_does_not_complain_of_silence(path: Path) -> None:
    steps = [{"say": "@{support} hola"}, {"say": "¿nadie?", "wait": 100, "unless_answered": True},
             {"say": "gracias", "on": "answer", "wait": 5}]  # fmt: skip
    heard, ignored = Play(path, of(steps)), Play(path.with_name("b"), of(steps))
    for play in (heard, ignored):
        play.open()
    heard.brand("Aquí estamos")
    for play in (heard, ignored):
        play.run(150)
    assert heard.texts() == ["@marca_ayuda hola", "Aquí estamos", "gracias"]
    assert ignored.texts() == ["@marca_ayuda hola", "¿nadie?"]


def test_a_bystander_does_not_use_up_the_answer(path: Path) -> None:
    steps = [{"say": "@{support} hola"}, {"say": "yo igual", "by": "beto", "wait": 60},
             {"say": "gracias", "on": "answer", "wait": 5}]  # fmt: skip
    play = Play(path, of(steps))
    play.open()
    play.brand("Aquí estamos")
    play.run(120)
    assert play.texts()[-2:] == ["yo igual", "gracias"]


def test_a_story_whose_post_was_deleted_ends_quietly(path: Path) -> None:
    play = Play(path, of([{"say": "@{support} hola"}, {"say": "yo igual", "by": "beto", "wait": 60}]))
    play.open()
    with play.store.write() as db:
        posts.delete(play.store, db, posts.get(db, 1), play.at)
    play.run(200)
    assert len(play.said()) == 1


def test_the_quiet_tuesday_is_varied(path: Path) -> None:
    told = quiet_tuesday()
    languages = {p.handle: p.language for p in told.people}
    openings = [s.steps[0] for s in told.stories]
    assert len(told.stories) >= 60
    assert {languages[step.by] for step in openings} == {"es", "en", "pt", "ca"}
    assert max(p.followers for p in told.people) >= 40_000
    assert any("12345678Z" in step.say[0] for step in openings)
    assert any(s.to == told.brand.main.handle for s in told.stories)
    assert sum(step.via == "dm" for step in openings) >= 4
    words = [frozenset(text.lower().split()) for step in openings for text in step.say]
    for i, one in enumerate(words):
        for other in words[i + 1 :]:
            assert len(one & other) / len(one | other) < 0.4, "two stories are nearly the same"


def test_every_line_fits_on_the_network() -> None:
    for story in quiet_tuesday().stories:
        for step in story.steps:
            assert all(posts.length(text) <= posts.PUBLIC_LENGTH for text in step.say), story.id


@pytest.mark.parametrize(
    "steps",
    [
        [],
        [{"say": "hola", "on": "answer"}],
        [{"say": "hola", "by": "nadie"}],
        [{"say": " "}],
        [{"say": "hola"}, {"say": "sí", "on": "whenever"}],
    ],
)
def test_a_story_that_contradicts_itself_is_refused(steps: list[dict[str, Any]]) -> None:
    with pytest.raises(BadStory):
        of(steps)


def test_preparing_the_demo_twice_changes_nothing(path: Path) -> None:
    first = demo.prepare(path, "http://127.0.0.1:8000/sandbox")
    store = Store(path)
    with store.write() as db:
        accounts.ensure(db, "marnalba_ayuda", bio="Contestamos de 9 a 21")
        set_meta(db, "story_running", "")
    again = demo.prepare(path, "http://127.0.0.1:8000/sandbox/")
    assert first == again
    assert [a["handle"] for a in first] == ["marnalba_ayuda", "marnalba"]
    with store.read() as db:
        assert accounts.by_handle(db, "marnalba_ayuda")["bio"] == "Contestamos de 9 a 21"
        assert len(accounts.customers(db)) == len(quiet_tuesday().people)
    assert storyteller.tick(store, START) == 0, "somebody paused it: it stays paused"
