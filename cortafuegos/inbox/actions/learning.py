"""A brand's own layer: learned by night from corrections, taken when better, taken back when worse.
And the brand's topics. Every change of what reads is written with its event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cortafuegos.inbox.actions.record import allow
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.labels.rules import VALUES
from cortafuegos.inbox.models import Event, Message, OwnLayer, ReadingPolicy
from cortafuegos.kit import log
from cortafuegos.kit.text import storable
from cortafuegos.team.models import Agent
from cortafuegos.team.rules import May
from cortafuegos.triage.own import Example, Layer, Outcome, learn
from cortafuegos.triage.own.learning import posts, score

CORRECTED = "message.relabelled"
MOST_CORRECTIONS, MOST_ANCHORS = 4_000, 2_000
KEPT_VERSIONS = 30
MOST_TOPICS, MOST_EXAMPLES, LONGEST_EXAMPLE, LONGEST_NAME = 40, 30, 500, 60


def learn_again(brand_id: int) -> Outcome:
    """The nightly work of one brand: learn, judge on held-out corrections, take it or leave it."""
    policy = ReadingPolicy.objects.filter(brand_id=brand_id).first() or ReadingPolicy(brand_id=brand_id)
    examples = corrections(brand_id)
    current = layer_of(brand_id, policy.layer)
    if len(examples) == 0:
        return Outcome(Layer(), "too_few")
    outcome = learn([*examples, *anchors(brand_id)], current)
    with transaction.atomic():
        held, _made = ReadingPolicy.objects.select_for_update().get_or_create(brand_id=brand_id)
        if outcome.verdict == "too_few" or not held.nightly or held.version != policy.version:
            return outcome
        number = _keep(brand_id, outcome)
        if outcome.verdict == "taken":
            _switch(held, number, None, "learned")
        elif held.layer and outcome.before < outcome.shipped:
            # It was better once; on what agents have set right since, it no longer is.
            _switch(held, _best_before(brand_id, held.layer, examples), None, "rolled_back")
    return outcome


def corrections(brand_id: int) -> list[Example]:
    """The labels that agents set right, latest messages first, as they stand now."""
    events = Event.objects.filter(brand_id=brand_id, kind=CORRECTED).order_by("-at")
    ids = dict.fromkeys(data["message"] for data in events.values_list("data", flat=True)[:MOST_CORRECTIONS])
    rows = Message.objects.filter(brand_id=brand_id, pk__in=ids, deleted_at=None)
    found = []
    for pk, text, language, labels in rows.values_list("pk", "text", "language", "labels"):
        set_right = {name: labels[name] for name in labels.get("corrected") or {} if _known(name, labels)}
        if set_right:
            found.append(Example(f"m{pk}", text, language, set_right))
    return found


def anchors(brand_id: int) -> list[Example]:
    """What agents answered and let stand: it may stay what the shipped model says it is."""
    rows = Message.objects.filter(brand_id=brand_id, direction="in", deleted_at=None)
    latest = rows.exclude(labels__has_key="corrected").order_by("-posted_at")
    texts = latest.values_list("pk", "text", "language")[:MOST_ANCHORS]
    plain = [Example(f"m{pk}", text, language, {}, anchor=True) for pk, text, language in texts]
    said = Layer().read(posts(plain), explain=False)
    return [
        Example(
            one.key, one.text, one.language, {name: getattr(labels, name) for name in VALUES}, anchor=True
        )
        for one, labels in zip(plain, said, strict=True)
    ]


def _known(name: str, labels: Mapping[str, Any]) -> bool:
    return name in VALUES and labels.get(name) in VALUES[name]


def layer_of(brand_id: int, number: int) -> Layer:
    """The layer of that number; an empty one where there is none, or it cannot be read."""
    row = OwnLayer.objects.filter(brand_id=brand_id, number=number).first() if number else None
    if row is None:
        return Layer()
    try:
        return Layer.load(bytes(row.weights))
    except ValueError:
        log.get(__name__).warning("layer.unreadable", brand=brand_id, number=number)
        return Layer()


def _keep(brand_id: int, outcome: Outcome) -> int:
    rows = OwnLayer.objects.filter(brand_id=brand_id)
    last = rows.order_by("-number").values_list("number", flat=True).first() or 0
    OwnLayer.objects.create(
        brand_id=brand_id,
        number=last + 1,
        corrections=outcome.corrections,
        held_out=outcome.held_out,
        shipped=outcome.shipped,
        before=outcome.before,
        after=outcome.after,
        kept=outcome.kept,
        verdict=outcome.verdict,
        weights=outcome.layer.dump(),
    )
    policy = ReadingPolicy.objects.filter(brand_id=brand_id).first()
    old = rows.filter(number__lte=last + 1 - KEPT_VERSIONS)
    old.exclude(number=policy.layer if policy else 0).delete()
    return last + 1


def _best_before(brand_id: int, number: int, examples: Sequence[Example]) -> int:
    """The latest earlier version that reads what is held out better than the shipped model; or none."""
    unseen = [one for one in examples if one.held_out]
    shipped = score(Layer(), unseen)
    earlier = OwnLayer.objects.filter(brand_id=brand_id, number__lt=number, verdict="taken")
    for candidate in earlier.order_by("-number").values_list("number", flat=True)[:5]:
        if score(layer_of(brand_id, candidate), unseen) > shipped:
            return int(candidate)
    return 0


def _switch(policy: ReadingPolicy, number: int, actor: Agent | None, why: str) -> None:
    before, policy.layer = policy.layer, number
    policy.version += 1
    policy.save()
    data = {"from": before, "to": number, "why": why}
    Event.objects.create(brand_id=policy.brand_id, kind="reading.switched", agent=actor, data=data)
    log.get(__name__).info("reading.switched", brand=policy.brand_id, number=number, why=why)


@transaction.atomic
def switch(actor: Agent, number: int, *, nightly: bool) -> None:
    """Let another version read, or (0) the shipped model alone; and whether the night may change it."""
    allow(actor, May.GUARD)
    policy, _made = ReadingPolicy.objects.select_for_update().get_or_create(brand_id=actor.brand_id)
    rows = OwnLayer.objects.filter(brand_id=actor.brand_id, number=number)
    if number and not rows.exists():
        raise Refusal(_("There is no such version."), code="no_such_version", status=422)
    policy.nightly = nightly
    _switch(policy, number, actor, "by_hand")


@transaction.atomic
def save_topics(actor: Agent, topics: Mapping[str, Sequence[str]]) -> None:
    """Replace the brand's topics, by name, each with its examples."""
    allow(actor, May.GUARD)
    tidy = {_short(name, LONGEST_NAME): _examples(said) for name, said in topics.items()}
    tidy.pop("", None)
    if len(tidy) > MOST_TOPICS:
        raise Refusal(
            _("At most %(most)d topics.") % {"most": MOST_TOPICS}, code="too_many_topics", status=422
        )
    for name, examples in tidy.items():
        if not examples:
            raise Refusal(
                _("%(topic)s needs at least one example.") % {"topic": name}, code="no_example", status=422
            )
    policy, _made = ReadingPolicy.objects.select_for_update().get_or_create(brand_id=actor.brand_id)
    before, policy.topics = policy.topics, tidy
    policy.version += 1
    policy.save()
    data = {"from": sorted(before), "to": sorted(tidy)}
    Event.objects.create(brand_id=actor.brand_id, kind="reading.topics", agent=actor, data=data)


def _short(text: str, most: int) -> str:
    return " ".join(storable(text).split())[:most].strip()


def _examples(said: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(short for one in said if (short := _short(one, LONGEST_EXAMPLE))))[
        :MOST_EXAMPLES
    ]
