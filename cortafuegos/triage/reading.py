"""The whole answer, for a batch of posts: the one door to triage."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import fast, language
from .decide import Chances, decide
from .folding import MARKS
from .reasons import reasons
from .values import CAUSES, INTENTS, SENTIMENTS, UNDETERMINED, Labels, Post

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
    made = decide(chances, seen.hits, layer)
    why = reasons(posts, seen, made) if explain else [[] for _ in posts]
    strength = np.round(made.strength.astype(float), 2).tolist()
    sure = {
        name: np.round(made.chances[name].max(axis=1).astype(float), 2).tolist()
        for name in ("intent", "sentiment", "urgency")
    }
    found = []
    for at, post in enumerate(posts):
        spoken = language.identify(post.text, post.language)
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
