"""What is asked of the million: each kind of page with as many different questions as are needed."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import psycopg

BRAND = "/b/condor"
LIST, CASE, MORE = ({"HX-Request": "true", "HX-Target": target} for target in ("list", "case", "more"))
COMMON, MIDDLING, RARE = (8, 60), (300, 2_500), (8_000, 12_000)  # ranks of words

Ask = Callable[[random.Random], str]


@dataclass(frozen=True)
class Kind:
    name: str
    ask: Ask  # a path
    headers: Mapping[str, str] = field(default_factory=dict)


def kinds(link: psycopg.Connection[Any]) -> list[Kind]:
    brand = _column(link, "SELECT id FROM bench.brand WHERE n = 1")[0]
    return [*_lists(link, brand), *_cases(link, brand), *_searches(link, brand)]


def _lists(link: psycopg.Connection[Any], brand: int) -> Iterator[Kind]:
    for queue in ("mine", "unassigned", "promises", "snoozed", "all", "closed", "approval"):
        yield Kind(f"list: {queue}", _always(f"/inbox/{queue}"))
    teams = _column(link, "SELECT id FROM cortafuegos_team WHERE brand_id = %s", brand)
    yield Kind("list: a team's", lambda r: _path(f"/inbox/team-{r.choice(teams)}"), LIST)
    yield Kind("list: all, latest first", _always("/inbox/all", sort="latest"), LIST)
    yield Kind("list: in any state", _always("/inbox/all", state="any"), LIST)
    yield Kind("list: by network", lambda r: _path("/inbox/all", network=r.choice(["mail", "bluesky"])), LIST)
    yield Kind("list: by language", lambda r: _path("/inbox/all", language=r.choice(["pt", "en"])), LIST)
    tags = _column(link, "SELECT name FROM bench.tag ORDER BY n")
    yield Kind("list: by tag", lambda r: _path("/inbox/all", tag=r.choice(tags)), LIST)
    yield Kind("list: closed by tag", lambda r: _path("/inbox/closed", tag=r.choice(tags)), LIST)
    yield Kind("list: by a tag nobody uses", lambda r: _path("/inbox/closed", tag=f"x{r.random()}"), LIST)
    crowds = ["bots", "spam", "pile_on", "duplicate"]
    yield Kind("list: by crowd", lambda r: _path("/inbox/all", crowd=r.choice(crowds)), LIST)
    yield Kind("list: of single voices", _always("/inbox/all", crowd="none"), LIST)
    yield Kind("list: by a topic nobody has", lambda r: _path("/inbox/all", topic=f"x{r.random()}"), LIST)
    for queue, column in (("closed", "closed_at"), ("all", "due_at")):
        state = "closed" if queue == "closed" else "open"
        deep = link.execute(
            f"SELECT id, (extract(epoch FROM {column}) * 1000000)::bigint FROM cortafuegos_case"
            f" WHERE brand_id = %s AND state = '{state}' AND {column} IS NOT NULL"
            " ORDER BY random() LIMIT 200",
            [brand],
        ).fetchall()
        yield Kind(f"list: {queue}, deep inside", _deep(queue, deep), MORE)
    ids = _column(link, "SELECT id FROM cortafuegos_case WHERE brand_id = %s AND state = 'open'", brand)
    yield Kind(
        "list: rows that changed",
        lambda r: _path("/inbox/all/changed", id=[str(i) for i in r.sample(ids, 8)]),
        MORE,
    )
    yield Kind("counts and queues (around)", _always("/around"), MORE)


def _cases(link: psycopg.Connection[Any], brand: int) -> Iterator[Kind]:
    numbers = (
        "SELECT number FROM cortafuegos_case c JOIN bench.fact f ON f.id = c.id WHERE c.brand_id = %s AND "
    )
    open_ones = _column(link, numbers + "c.state = 'open'", brand)
    any_ones = _column(link, numbers + "c.state = 'closed' ORDER BY random() LIMIT 500", brand)
    long_ones = _column(link, numbers + "f.messages >= 300 AND c.state <> 'merged'", brand)
    viral = _column(link, "SELECT number FROM bench.viral")
    prolific = _column(
        link,
        "SELECT max(number) FROM cortafuegos_case WHERE brand_id = %s GROUP BY person_id"
        " ORDER BY count(*) DESC LIMIT 20",
        brand,
    )
    yield Kind("case: open, whole page", _numbered(open_ones))
    yield Kind("case: open, beside the list", _numbered(open_ones), CASE)
    yield Kind("case: closed long ago", _numbered(any_ones), CASE)
    yield Kind("case: of somebody who writes a lot", _numbered(prolific), CASE)
    if long_ones:
        yield Kind("case: 300 messages", _numbered(long_ones), CASE)
        yield Kind("case: 300 messages, all of them", _numbered(long_ones, before="all"), CASE)
    yield Kind("case: in a viral thread", _numbered(viral), CASE)


def _searches(link: psycopg.Connection[Any], brand: int) -> Iterator[Kind]:
    ranks = "SELECT word FROM bench.word WHERE length(word) > 4 AND rank BETWEEN %s AND %s"
    common, middling, rare = (_column(link, ranks, *band) for band in (COMMON, MIDDLING, RARE))
    accented = _column(
        link,
        "SELECT DISTINCT public.unaccent(word) FROM bench.word"
        " WHERE rank BETWEEN 30 AND 300 AND word <> public.unaccent(word)",
    )
    people = link.execute(
        "SELECT p.name, i.handle FROM cortafuegos_person p JOIN cortafuegos_identity i ON i.person_id = p.id"
        " WHERE p.brand_id = %s ORDER BY random() LIMIT 300",
        [brand],
    ).fetchall()
    last = _column(
        link, "SELECT number FROM cortafuegos_case WHERE brand_id = %s ORDER BY random() LIMIT 300", brand
    )
    references = _column(
        link,
        "SELECT substring(text from 'Ref. ([0-9A-F]+)') FROM cortafuegos_message TABLESAMPLE SYSTEM (0.2)"
        " WHERE brand_id = %s AND text LIKE '%%Ref. %%' LIMIT 300",
        brand,
    )
    asked: dict[str, Callable[[random.Random], str]] = {
        "a common word": lambda r: r.choice(common),
        "a middling word": lambda r: r.choice(middling),
        "a rare word": lambda r: r.choice(rare),
        "a word without its accent": lambda r: r.choice(accented),
        "two common words": lambda r: " ".join(r.sample(common, 2)),
        "a common and a rare word": lambda r: f"{r.choice(common)} {r.choice(rare)}",
        "two middling words": lambda r: " ".join(r.sample(middling, 2)),
        "the beginning of a word": lambda r: r.choice(common + middling)[:3],
        "a reference": lambda r: r.choice(references),
        "a first and last name": lambda r: " ".join(r.choice(people)[0].split()[:2]),
        "a last name": lambda r: str(r.choice(people)[0].split()[1]),
        "a handle": lambda r: f"@{r.choice(people)[1]}",
        "a case's number": lambda r: f"#{r.choice(last)}",
        "nothing like it": lambda r: f"qwx{r.randrange(10**9)}zk",
    }
    for name, words in asked.items():
        yield Kind(f"search: {name}", lambda r, w=words: _path("/search", q=w(r)))  # type: ignore[misc]
    yield Kind("palette: a word begun", lambda r: _path("/palette", q=r.choice(common)[:4]))
    yield Kind("list: by words", lambda r: _path("/inbox/all", q=r.choice(middling)), LIST)


def _path(path: str, **query: object) -> str:
    return f"{BRAND}{path}?{urlencode(query, doseq=True)}" if query else BRAND + path


def _always(path: str, **query: str) -> Ask:
    return lambda _: _path(path, **query)


def _numbered(numbers: list[int], **query: str) -> Ask:
    return lambda r: _path(f"/cases/{r.choice(numbers)}", **query)


def _deep(queue: str, cursors: list[Any]) -> Ask:
    def ask(r: random.Random) -> str:
        case, at = r.choice(cursors)
        return _path(f"/inbox/{queue}", after=f"{at}-{case}")

    return ask


def _column(link: psycopg.Connection[Any], statement: str, *values: object) -> list[Any]:
    return [row[0] for row in link.execute(statement, values)]
