"""Playbooks in and out of JSON; what no desk could follow is refused by name."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cortafuegos.knowledge import plain
from cortafuegos.knowledge.shipped import starter

STEP = {"id": "a", "advice": {"es": "Haz algo."}}
WHOLE = {"title": {"es": "Título"}, "trigger": {"intents": ["complaint"]}, "steps": [STEP]}


@pytest.mark.parametrize("slug", starter())
def test_there_and_back(slug: str) -> None:
    whole = starter()[slug]
    assert plain.playbook(slug, json.loads(json.dumps(plain.body(whole)))) == whole


@pytest.mark.parametrize(
    ("change", "code", "what"),
    [
        ({"title": {}}, "empty", "title"),
        ({"title": {"es": "  "}}, "empty", "title"),
        ({"title": "Título"}, "form", "title"),
        ({"steps": []}, "empty", "steps"),
        ({"steps": {}}, "form", "steps"),
        ({"steps": ["a"]}, "form", "steps"),
        ({"steps": [STEP, STEP]}, "twice", "steps"),
        ({"steps": [{**STEP, "id": "A b"}]}, "form", "id"),
        ({"steps": [{**STEP, "id": None}]}, "form", "id"),
        ({"steps": [{**STEP, "advice": {"es": ""}}]}, "empty", "advice"),
        ({"steps": [{**STEP, "wordings": {"es": 3}}]}, "form", "wordings"),
        ({"steps": [{**STEP, "collect": {"es": "uno"}}]}, "form", "collect"),
        ({"trigger": []}, "form", "trigger"),
        ({"trigger": {"mood": ["bad"]}}, "unknown", "mood"),
        ({"trigger": {"intents": "complaint"}}, "form", "intents"),
        ({"trigger": {"intents": [3]}}, "form", "intents"),
        ({"trigger": {"urgency": 4}}, "form", "urgency"),
        ({"trigger": {"urgency": True}}, "form", "urgency"),
        ({"trigger": {"churn": 1}}, "form", "churn"),
        ({"trigger": {"public": "yes"}}, "form", "public"),
        ({"position": -1}, "form", "position"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, object], code: str, what: str) -> None:
    with pytest.raises(plain.WrongPlaybook) as wrong:
        plain.playbook("x", {**WHOLE, **change})
    assert (wrong.value.code, wrong.value.what) == (code, what)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(("title", "trigger", "steps", "position"), JSON)))
def test_anything_else_is_refused_and_breaks_nothing(body: dict[str, object]) -> None:
    with pytest.raises(plain.WrongPlaybook):
        plain.playbook("x", {**body, "title": {}} if body.get("steps") else body)
