"""Which answers wait for a second person: the rules alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.inbox import approving
from cortafuegos.inbox.approving import Answer, Rules, Where, Why

SHIPPED = Rules()
ALL = Where.ALL
CALM = Answer("x", public=True)


def why(rules=SHIPPED, *, decides=False, **answer) -> set[str]:
    return {str(one) for one in approving.needed(rules, replace(CALM, **answer), decides=decides)}


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ({}, set()),
        ({"followers": None}, set()),
        ({"followers": 99_999}, set()),
        ({"followers": 100_000}, {"reach"}),
        ({"followers": 100_000, "public": False}, set()),
        ({"followers": 10_000}, set()),
        ({"followers": 10_000, "posture": "watch"}, set()),
        ({"followers": 10_000, "posture": "crisis"}, {"reach"}),
        ({"followers": 9_999, "posture": "crisis"}, set()),
        ({"urgency": 3}, set()),
        ({"posture": "crisis"}, set()),
        ({"warned": frozenset({"argues"})}, set()),
        ({"warned": frozenset({"argues"}), "posture": "watch"}, set()),
        ({"warned": frozenset({"argues"}), "posture": "crisis"}, {"warning"}),
        ({"warned": frozenset({"argues"}), "posture": "crisis", "public": False}, set()),
        ({"warned": frozenset({"argues"}), "posture": "unheard of"}, {"warning"}),
    ],
)
def test_as_shipped(answer, wanted):
    assert why(**answer) == wanted


@pytest.mark.parametrize(
    ("rules", "answer", "wanted"),
    [
        ({"network": ALL}, {}, {"network"}),
        ({"network": ALL, "networks": frozenset({"x"})}, {}, {"network"}),
        ({"network": ALL, "networks": frozenset({"mastodon"})}, {}, set()),
        ({"network": Where.PUBLIC}, {"public": False}, set()),
        ({"network": ALL}, {"public": False}, {"network"}),
        ({"posture": ALL}, {"posture": "crisis"}, {"posture"}),
        ({"posture": ALL}, {"posture": "watch"}, set()),
        ({"posture": ALL, "alarm": "watch"}, {"posture": "watch"}, {"posture"}),
        ({"posture": ALL, "alarm": "watch"}, {}, set()),
        ({"urgency": ALL}, {"urgency": 2}, set()),
        ({"urgency": ALL}, {"urgency": None}, set()),
        ({"urgency": ALL, "level": 2}, {"urgency": 2}, {"urgency"}),
        ({"reach": Where.OFF}, {"followers": 10_000_000}, set()),
        ({"reach": ALL}, {"followers": 100_000, "public": False}, {"reach"}),
        ({"followers": 5}, {"followers": 1, "posture": "crisis"}, {"reach"}),
        ({"followers": 5}, {"followers": None, "posture": "crisis"}, set()),
        ({"warning": ALL, "warning_from": "calm"}, {"warned": frozenset({"links"})}, {"warning"}),
        ({"warning": ALL, "warning_from": "calm"}, {}, set()),
        ({"network": ALL, "urgency": ALL}, {"urgency": 3}, {"network", "urgency"}),
    ],
)
def test_as_a_brand_sets_it(rules, answer, wanted):
    assert why(replace(SHIPPED, **rules), **answer) == wanted


def test_who_decides_asks_nobody_unless_everybody_asks():
    strict = Rules(network=ALL)
    assert why(strict, decides=True) == set()
    assert why(replace(strict, everybody=True), decides=True) == {"network"}


@pytest.mark.parametrize(
    ("reasons", "decider"),
    [((), False), (("role",), False), (("role", "certificate"), False), (("role", "reach"), True)],
)
def test_who_is_asked(reasons, decider):
    assert approving.needs_a_decider(reasons) is decider


some = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
WHERE = st.sampled_from(list(Where))
ANY_RULES = st.builds(
    Rules,
    network=WHERE, reach=WHERE, posture=WHERE, urgency=WHERE, warning=WHERE,
    networks=st.frozensets(st.sampled_from(["x", "mail", "mastodon"])),
    followers=st.integers(1, 10**9), level=st.integers(1, 3),
    alarm=st.sampled_from(["watch", "crisis"]), warning_from=st.sampled_from(["calm", "watch", "crisis"]),
    everybody=st.booleans(),
)  # fmt: skip
ANY_ANSWER = st.builds(
    Answer,
    network=st.sampled_from(["x", "mail", "tele"]), public=st.booleans(),
    followers=st.none() | st.integers(0, 10**9), urgency=st.none() | st.integers(0, 3),
    warned=st.frozensets(st.sampled_from(["argues", "links"])),
)  # fmt: skip


@some
@given(rules=ANY_RULES)
def test_what_is_stored_is_read_again(rules):
    assert approving.read(approving.stored(rules)) == approving.chosen(approving.stored(rules)) == rules


@some
@given(rules=ANY_RULES, answer=ANY_ANSWER, decides=st.booleans())
def test_a_graver_posture_never_asks_for_less(rules, answer, decides):
    found = [
        set(approving.needed(rules, replace(answer, posture=posture), decides=decides))
        for posture in ("calm", "watch", "crisis")
    ]
    assert found[0] <= found[1] <= found[2]


@some
@given(rules=ANY_RULES, answer=ANY_ANSWER)
def test_in_private_is_never_asked_for_what_is_not_in_public(rules, answer):
    aloud = approving.needed(rules, replace(answer, public=True), decides=False)
    assert set(approving.needed(rules, replace(answer, public=False), decides=False)) <= set(aloud)


STRANGE = (None, True, 0, -1, 4, 10**12, 1.5, "", "loud", "calm!", [], ["x", 3], {}, {"a": 1})


@pytest.mark.parametrize("name", [*approving.stored(SHIPPED), "more"])
@pytest.mark.parametrize("value", STRANGE, ids=repr)
def test_what_is_strange_is_as_shipped_and_never_an_error(name, value):
    rules = approving.stored(approving.read({name: value}))
    for known, shipped in approving.stored(SHIPPED).items():
        fits = (
            known == name and type(value) is type(shipped) and known in ("networks", "everybody", "followers")
        )
        assert rules[known] == shipped or fits


@pytest.mark.parametrize(
    "wrong", [{"network": "loud"}, {"followers": 0}, {"level": 4}, {"alarm": "calm"}, {"warning_from": ""}]
)
def test_a_wrong_choice_is_told(wrong):
    with pytest.raises(ValueError, match="no such"):
        approving.chosen({**approving.stored(SHIPPED), **wrong})


def test_every_reason_has_words():
    from cortafuegos.inbox.standing_by import because

    assert len(set(because(list(Why)))) == len(Why)
