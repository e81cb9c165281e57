"""Templates: which are offered, and what may be filled in."""

from __future__ import annotations

from typing import Any

import pytest

from cortafuegos.channels.capabilities import Template
from cortafuegos.channels.contract import AccountView, SendError
from cortafuegos.channels.whatsapp import templates
from cortafuegos.channels.whatsapp.connector import connector

from .conftest import World, answer

BODY = {"type": "BODY", "text": "Hola {{1}}"}


def of(*components: dict[str, Any], **more: Any) -> dict[str, Any]:
    known = {"name": "t", "language": "es", "status": "APPROVED", "category": "UTILITY"}
    return {**known, "components": list(components), **more}


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        (of(BODY), True),
        (of({"type": "HEADER", "format": "TEXT", "text": "Aviso"}, BODY), True),
        (of(BODY, {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Sí"}]}), True),
        (of(BODY, {"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://a.example"}]}), True),
        (
            of(BODY, {"type": "BUTTONS", "buttons": [{"type": "URL", "url": "https://a.example/{{1}}"}]}),
            False,
        ),
        (of(BODY, {"type": "BUTTONS", "buttons": [{"type": "COPY_CODE"}]}), False),
        (of({"type": "HEADER", "format": "TEXT", "text": "Hola {{1}}"}, BODY), False),
        (of({"type": "HEADER", "format": "IMAGE"}, BODY), False),
        (of({"type": "CAROUSEL"}, BODY), False),
        (of({"type": "FOOTER", "text": "solo pie"}), False),
        (of(BODY, status="PAUSED"), False),
        (of(BODY, category="AUTHENTICATION"), False),
        (of(BODY, name=None), False),
        (of(BODY, components="x"), False),
        ({}, False),
    ],
)
def test_offered_is_what_words_can_fill(said: dict[str, Any], offered: bool) -> None:
    assert (templates.offered(said) is not None) is offered


@pytest.mark.parametrize(
    ("words", "places"),
    [
        ("Hola", ()),
        ("{{2}} y {{1}} y {{1}}", ("1", "2")),
        ("{{10}} {{9}}", ("9", "10")),
        ("Hola {{nombre}}, tu {{ pedido }}", ("nombre", "pedido")),
        ("{{}} {{a b}} {1}", ()),
    ],
)
def test_places(words: str, places: tuple[str, ...]) -> None:
    assert templates.places(words) == places


NUMBERED = Template("t", "es", "Hola {{1}}, {{2}}", ("1", "2"))
NAMED = Template("t", "es", "Hola {{nombre}}", ("nombre",))


@pytest.mark.parametrize(
    ("template", "values"),
    [
        (NUMBERED, {"1": "Ana"}),
        (NUMBERED, {"1": "Ana", "2": "  "}),
        (NUMBERED, {"1": "Ana", "2": "x", "3": "y"}),
        (NUMBERED, {"1": "Ana", "2": "dos\nlíneas"}),
        (NUMBERED, {"1": "Ana", "2": "a\tb"}),
        (NUMBERED, {"1": "Ana", "2": "a     b"}),
        (NUMBERED, {"1": "Ana", "2": "x" * 1025}),
        (NUMBERED, ["Ana", "x"]),
        (NAMED, {"1": "Ana"}),
    ],
)
def test_words_that_whatsapp_would_refuse_do_not_leave(template: Template, values: Any) -> None:
    with pytest.raises(SendError) as refused:
        templates.filled(template, values)
    assert refused.value.permanent


def test_words_go_where_they_belong() -> None:
    filled = templates.filled(NUMBERED, {"2": "tu maleta", "1": " Ana "})
    assert [p["text"] for p in filled["components"][0]["parameters"]] == ["Ana", "tu maleta"]
    named = templates.filled(NAMED, {"nombre": "Ana"})["components"][0]["parameters"]
    assert named == [{"type": "text", "parameter_name": "nombre", "text": "Ana"}]
    assert "components" not in templates.filled(Template("t", "es", "Hola", ()), {})


def test_all_pages_are_listed_in_order(world: World, account: AccountView) -> None:
    for n in range(templates.PAGE + 20):
        world.network.template(f"aviso_{n:03}", "Hola {{1}}")
    world.network.template("pausada", "Hola", status="PAUSED")
    found = connector.templates(account)
    assert [t.name for t in found] == [f"aviso_{n:03}" for n in range(templates.PAGE + 20)]


@pytest.mark.parametrize("change", [{"status": "PAUSED"}, {"language": "en"}, {"name": "otra"}])
def test_one_that_is_not_approved_any_more_does_not_leave(
    world: World, account: AccountView, change: dict[str, str]
) -> None:
    post = world.asked(account)
    world.network.template("retomar", "¿Seguimos?").update(change)
    with pytest.raises(SendError, match="approved") as refused:
        connector.send(
            account, answer(post, "", template={"name": "retomar", "language": "es", "values": {}})
        )
    assert refused.value.permanent
    assert not world.network.out


def test_a_named_template_reaches_the_person(world: World, account: AccountView) -> None:
    post = world.asked(account)
    world.network.template("saludo", "Hola {{nombre}}")
    template = {"name": "saludo", "language": "es", "values": {"nombre": "Ana"}}
    sent = connector.send(account, answer(post, "", template=template))
    assert world.network.out[sent.ref["message"]].what["name"] == "saludo"
