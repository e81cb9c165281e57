"""Stories as data: who says what, to whom, and what they say once the brand answers.

A story is a list of steps. The first opens a conversation. Each further step waits ``wait`` seconds
after the one before, or, with ``on``, after the brand's next answer: ``answer`` (any), ``public`` or
``private``. ``via`` is ``public``, ``dm`` or ``same`` (where the answer came). ``by`` is somebody
else in the thread. ``unless_answered`` drops a step when the brand was quicker. A list of sentences
in ``say`` gives one for each round of the demo.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal, get_args

On = Literal["time", "answer", "public", "private"]
Via = Literal["same", "public", "dm"]


class BadStory(ValueError):
    """The story files contradict themselves: says which story, and how."""


@dataclass(frozen=True, slots=True)
class Person:
    handle: str
    name: str
    language: str
    place: str = ""
    bio: str = ""
    followers: int = 0
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    say: tuple[str, ...]
    by: str
    on: On
    wait: float
    via: Via
    unless_answered: bool


@dataclass(frozen=True, slots=True)
class Story:
    id: str
    to: str  # handle of the brand's account
    steps: tuple[Step, ...]
    early: bool = False  # worth meeting in the first minutes of the demo


@dataclass(frozen=True, slots=True)
class Brand:
    name: str
    main: Person
    support: Person


@dataclass(frozen=True, slots=True)
class World:
    brand: Brand
    people: tuple[Person, ...]
    stories: tuple[Story, ...]


@cache
def quiet_tuesday() -> World:
    """The demo's world, from the files packaged beside this module."""
    folder = resources.files(__package__).joinpath("tuesday")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".json")), key=lambda f: f.name)
    parsed = {f.name: json.loads(f.read_text("utf-8")) for f in files}
    brand = parsed.pop("brand.json")
    return world(brand, list(parsed.values()))


def world(brand: dict[str, Any], files: list[dict[str, Any]]) -> World:
    firm = Brand(brand["name"], _person(brand["main"]), _person(brand["support"]))
    handles = {"main": firm.main.handle, "support": firm.support.handle}
    people = [_person(p, language=f["language"]) for f in files for p in f["people"]]
    stories = [_story(s, handles) for f in files for s in f["stories"]]
    _check(firm, people, stories)
    return World(firm, tuple(people), tuple(stories))


def _person(said: dict[str, Any], language: str = "") -> Person:
    return Person(**{"language": language, **said})


def _story(said: dict[str, Any], handles: dict[str, str]) -> Story:
    steps = []
    for number, step in enumerate(said["steps"]):
        texts = step["say"] if isinstance(step["say"], list) else [step["say"]]
        on, via = step.get("on", "time"), step.get("via", "same")
        if on not in get_args(On) or via not in get_args(Via):
            raise BadStory(f"{said['id']}, step {number}: on={on}, via={via}")
        steps.append(
            Step(
                say=tuple(text.format(**handles) for text in texts),
                by=step.get("by", said["by"]),
                on=on,
                wait=float(step.get("wait", 0)),
                via=via,
                unless_answered=bool(step.get("unless_answered", False)),
            )
        )
    early = bool(said.get("early", False))
    return Story(said["id"], handles[said.get("to", "support")], tuple(steps), early)


def _check(brand: Brand, people: list[Person], stories: list[Story]) -> None:
    known = {p.handle for p in people}
    if len(known) != len(people) or known & {brand.main.handle, brand.support.handle}:
        raise BadStory("two people share a handle")
    if len({s.id for s in stories}) != len(stories):
        raise BadStory("two stories share an id")
    for story in stories:
        if not story.steps or story.steps[0].on != "time":
            raise BadStory(f"{story.id}: the first step opens the conversation by itself")
        for step in story.steps:
            if step.by not in known:
                raise BadStory(f"{story.id}: nobody is called {step.by}")
            if not step.say or not all(text.strip() for text in step.say):
                raise BadStory(f"{story.id}: somebody says nothing")
