"""The whole answer, for a batch of posts: the one door to triage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from . import fast, language, thread
from .decide import Chances, decide, turned
from .folding import MARKS
from .reasons import reasons
from .values import CAUSES, INTENTS, SENTIMENTS, UNDETERMINED, Labels, Post, Reason, Turn

BATCH = 64


def read(batch: Sequence[Post], *, explain: bool = True) -> list[Labels]:
    """The first layer's labels of posts, in their order. Any text gives an answer, never an error."""
    found: list[Labels] = []
    for start in range(0, len(batch), BATCH):
        part = batch[start : start + BATCH]
        seen = fast.see(part)
        found += label(part, seen, fast.chances(seen.logits), layer="fast", explain=explain)
    return found


def label(
    posts: Sequence[Post], seen: fast.Seen, chances: Chances, *, layer: str, explain: bool = True
) -> list[Labels]:
    """Labels from probabilities, whichever layer they come from."""
    made = decide(turned(chances, seen.hits, seen.tokens), seen.hits, layer)
    why = reasons(posts, seen, made) if explain else [[] for _ in posts]
    strength = np.round(made.strength.astype(float), 2).tolist()
    sure = {
        name: np.round(made.chances[name].max(axis=1).astype(float), 2).tolist()
        for name in ("intent", "sentiment", "urgency")
    }
    found = []
    spoken_all = language.identify_all([post.text for post in posts], [post.language for post in posts])
    for at, spoken in enumerate(spoken_all):
        if spoken == UNDETERMINED and not _says_something(seen.tokens[at]):
            found.append(_nothing(layer))
            continue
        found.append(
            Labels(
                language=spoken,
                intent=INTENTS[made.intent[at]],
                cause=CAUSES[made.cause[at]],
                sentiment=SENTIMENTS[made.sentiment[at]],
                strength=strength[at],
                urgency=int(made.urgency[at]),
                churn=bool(made.churn[at]),
                needs_reply=bool(made.needs_reply[at]),
                reasons=tuple(why[at]),
                layer=layer,
                confidence={name: values[at] for name, values in sure.items()},
            )
        )
    return in_their_threads(posts, found)


def in_their_threads(posts: Sequence[Post], found: list[Labels]) -> list[Labels]:
    """The labels of posts that have a thread, in its light; turns nobody has read yet are read here."""
    leaning = [at for at, post in enumerate(posts) if post.thread and thread.leans(post.text)]
    if not leaning:
        return found
    said = {at: posts[at].thread[-thread.MOST :] for at in leaning}
    unread = [
        Post(turn.text, posts[at].language)
        for at, turns in said.items()
        for turn in turns
        if turn.labels is None and not thread.speaks_for_us(turn)
    ]
    read_now = iter(read(unread, explain=False))
    for at, turns in said.items():
        known = [
            turn
            if turn.labels is not None or thread.speaks_for_us(turn)
            else Turn(turn.text, False, next(read_now).plain())
            for turn in turns
        ]
        if changes := thread.settled(posts[at].text, found[at].plain(), known):
            reasons = tuple(
                Reason(one["field"], one["code"], tuple(one["words"])) for one in changes.pop("reasons")
            )
            if "topics" in changes:
                changes["topics"] = tuple(changes["topics"])
            found[at] = replace(found[at], reasons=reasons, **changes)
    return found


def _says_something(tokens: Sequence[str]) -> bool:
    """Words: faces, links, handles, numbers and signs alone ask for nothing that can be read."""
    return any(token.isalpha() and token not in MARKS for token in tokens)


def _nothing(layer: str) -> Labels:
    return Labels(
        language=UNDETERMINED,
        intent="other",
        cause="none",
        sentiment="neutral",
        strength=0.0,
        urgency=0,
        churn=False,
        needs_reply=False,
        layer=layer,
    )
