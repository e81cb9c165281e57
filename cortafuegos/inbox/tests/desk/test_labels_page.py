"""Labels in the desk: lists filter and sort by them, the case says why, one press sets them right."""

from __future__ import annotations

import itertools
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.models import Case, Event, Message, ReadingPolicy
from cortafuegos.inbox.tests.desk.page import HTMX_CASE, HTMX_MORE, Page, rows, toast, undo
from cortafuegos.inbox.tests.people import a_brand, say
from cortafuegos.inbox.tests.world import World, who
from cortafuegos.kit import clock

STRANDED = "Llevo seis horas tirado en el aeropuerto con mi madre enferma y nadie responde, ayuda urgente"
LEAVING = "Me doy de baja ya mismo, me paso a la competencia"
THANKS = "Muchísimas gracias, Bruno, qué maravilla de trato"


@pytest.fixture
def said(world: World) -> dict[str, Message]:
    return {
        name: say(world.news, text, by=who(name, name.title()))
        for name, text in {"tirado": STRANDED, "baja": LEAVING, "gracias": THANKS}.items()
    }


def url(world: World, message: Message) -> str:
    assert message.case is not None
    return world.url(f"cases/{message.case.number}/messages/{message.pk}/labels")


def found(world: World, query: str, said: dict[str, Message]) -> list[str]:
    numbers = rows(world.client(world.lucia).get(world.url(f"inbox/{query}")))
    names = {message.case.number: name for name, message in said.items() if message.case}
    return [names[number] for number in numbers if number in names]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("all?urgency=3", {"tirado"}),
        ("all?churn=1", {"baja"}),
        ("all?intent=praise", {"gracias"}),
        ("all?sentiment=positive&needs=0", {"gracias"}),
        ("all?intent=praise&urgency=3", set()),
        ("all?topic=nada", set()),
        ("all?intent=zz&urgency=9&churn=%00&needs=x", {"tirado", "baja", "gracias"}),
    ],
)
def test_lists_filter_by_label(
    world: World, said: dict[str, Message], query: str, expected: set[str]
) -> None:
    assert set(found(world, query, said)) == expected


def test_a_topic_filters_and_shows(world: World, said: dict[str, Message]) -> None:
    Case.objects.filter(pk=said["baja"].case_id).update(topics=["<b>bajas"])
    assert found(world, "all?topic=%3Cb%3Ebajas", said) == ["baja"]
    page = world.client(world.lucia).get(world.url("inbox/all?topic=%3Cb%3Ebajas")).content.decode()
    assert "<b>bajas" not in page and "&lt;b&gt;bajas" in page


def test_the_brands_own_topics_can_be_chosen_and_only_its_own(world: World, said: dict[str, Message]) -> None:
    policy, _ = ReadingPolicy.objects.get_or_create(brand=world.brand)
    policy.topics = {"Retrasos": ["sale tarde"], "maletas <b>": ["no llega mi maleta"]}
    policy.save()
    ReadingPolicy.objects.create(brand=a_brand("ajena"), topics={"Cuentas": ["saldo"]})
    Case.objects.filter(pk=said["tirado"].case_id).update(topics=["Retrasos"])

    def chosen(query: str) -> dict[str, bool]:
        options = Page(world.client(world.lucia).get(world.url(f"inbox/all{query}"))).elements
        at = next(n for n, element in enumerate(options) if element["name"] == "topic")
        listed = itertools.takewhile(lambda element: element.tag == "option", options[at + 1 :])
        return {element["value"]: "selected" in element for element in listed}

    assert list(chosen("")) == ["", "maletas <b>", "Retrasos"]
    assert chosen("?topic=Retrasos")["Retrasos"]
    assert chosen("?topic=Antiguo")["Antiguo"]
    assert found(world, "all?topic=Retrasos", said) == ["tirado"]


def test_what_nobody_has_comes_by_priority_and_the_rest_by_choice(
    world: World, said: dict[str, Message]
) -> None:
    assert found(world, "unassigned", said)[0] == "tirado"
    assert found(world, "unassigned", said)[-1] == "gracias"
    assert found(world, "all?sort=priority", said) == found(world, "unassigned", said)
    assert found(world, "unassigned?sort=due", said) == found(world, "all", said)


@pytest.mark.parametrize(
    "after", ["p5-3", "p99999999999999999999-3", "pp-1", "p-1", "px-2", "n-3", "1700000000000000-3"]
)
@pytest.mark.parametrize("queue", ["all", "unassigned", "closed", "failed"])
def test_a_cursor_of_another_order_breaks_nothing(world: World, queue: str, after: str) -> None:
    assert world.client(world.lucia).get(world.url(f"inbox/{queue}?after={after}")).status_code == 200


def test_pages_by_priority_follow_each_other(world: World, said: dict[str, Message]) -> None:
    model = said["gracias"].case
    assert model is not None
    now = clock.now()
    Case.objects.bulk_create(
        Case(brand=world.brand, number=5000 + i, subject="x", snippet="x", public=True, person=model.person,
             identity=model.identity, account=model.account, network="sandbox", opened_at=now,
             last_message_at=now, priority=i // 7)
        for i in range(95)
    )  # fmt: skip
    client = world.client(world.lucia)
    response = client.get(world.url("inbox/unassigned"))
    seen = rows(response)
    while more := [e["hx-get"] for e in Page(response).having("hx-get") if "after=" in e["hx-get"]]:
        response = client.get(more[0], headers=HTMX_MORE)
        seen += rows(response)
    unassigned = Case.objects.filter(brand=world.brand, state="open", assignee=None)
    assert seen == list(unassigned.order_by("-priority", "-id").values_list("number", flat=True))


def test_a_list_by_priority_walks_its_index(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT id FROM cortafuegos_case WHERE brand_id = 1 AND state = 'open' AND NOT quiet"
            " AND assignee_id IS NULL ORDER BY priority DESC, id DESC LIMIT 31"
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "case_priority" in plan and "Sort" not in plan


def test_a_row_has_chips_for_what_changes_the_day_and_reasons_on_hover(
    world: World, said: dict[str, Message]
) -> None:
    page = Page(world.client(world.lucia).get(world.url("inbox/all")))
    words = {e["data-number"]: " ".join(e.text.split()) for e in page.of_class("item")}
    one = {name: words[str(message.case.number)] for name, message in said.items() if message.case}
    assert "Ahora" in one["tirado"] and "Se va" in one["baja"] and "Elogio" in one["gracias"]
    assert "Ahora" not in one["gracias"] and "Queja" not in one["tirado"], "the usual needs no chip"
    title = next(
        e["title"] for e in page.of_class("item__link") if f"/{said['tirado'].case.number}" in e["href"]
    )
    assert "Una emergencia" in title


def test_the_case_says_what_it_is_and_why(world: World, said: dict[str, Message]) -> None:
    message = said["tirado"]
    assert message.case is not None
    page = Page(world.client(world.lucia).get(world.url(f"cases/{message.case.number}"), headers=HTMX_CASE))
    why = page.by_id(f"wm{message.pk}")
    assert "Queja" in why.text and "¿por qué?" in why.text and "tirado" in why.text
    assert "Una emergencia" in page.by_id("head").text


def test_one_press_sets_it_right_and_z_takes_it_back(world: World, said: dict[str, Message]) -> None:
    message, client = said["tirado"], world.client(world.lucia)
    assert message.case is not None
    before = dict(message.labels)
    choices = Page(client.get(url(world, message))).having("data-label-key")
    assert len({e["data-label-key"] for e in choices}) == len(choices) == 19, (
        "every value has a key of its own"
    )
    press = next(e for e in choices if (e["data-field"], e["data-value"]) == ("intent", "question"))
    response = client.post(url(world, message), {"field": press["data-field"], "value": press["data-value"]})
    assert json.loads(response["HX-Trigger"])["desk:changed"]["cases"] == [message.case_id]
    assert "pregunta" in toast(response)
    assert found(world, "all?intent=question", said) == ["tirado"], "at once"
    assert "Lucía" in Page(client.get(url(world, message))).text, "who said so"
    undo(client, response)
    message.refresh_from_db()
    assert message.labels == before and found(world, "all?intent=question", said) == []


def test_the_way_back_from_a_second_correction_is_the_first(world: World, said: dict[str, Message]) -> None:
    message = said["tirado"]
    world.client(world.bruno).post(url(world, message), {"field": "intent", "value": "praise"})
    client = world.client(world.lucia)
    undo(client, client.post(url(world, message), {"field": "intent", "value": "question"}))
    message.refresh_from_db()
    assert (message.labels["intent"], message.labels["cause"]) == ("praise", "none")


@pytest.mark.parametrize(
    ("field", "value"),
    [("intent", "rabia"), ("layer", "own"), ("", ""), ("urgency", "9"), ("corrected", "{}")],
)
def test_what_is_no_label_is_refused_in_words(
    world: World, said: dict[str, Message], field: str, value: str
) -> None:
    response = world.client(world.lucia).post(url(world, said["baja"]), {"field": field, "value": value})
    assert response.status_code == 422 and toast(response)
    assert not Event.objects.filter(kind="message.relabelled").exists()


def test_doors(world: World, said: dict[str, Message]) -> None:
    message = said["baja"]
    assert message.case is not None
    body = {"field": "intent", "value": "praise"}
    assert world.client(world.olga).get(url(world, message)).status_code == 404
    assert world.client(world.olga).post(url(world, message), body).status_code == 404
    assert world.client(world.delia).get(url(world, message)).status_code == 200
    assert world.client(world.delia).post(url(world, message), body).status_code == 403
    assert not Page(world.client(world.delia).get(url(world, message))).having("data-label-key")
    elsewhere = world.url(f"cases/{message.case.number}/messages/{said['gracias'].pk}/labels")
    assert world.client(world.lucia).post(elsewhere, body).status_code == 404, "a message of another case"


def test_reasons_from_an_older_version_or_a_hostile_text_are_only_words(
    world: World, said: dict[str, Message]
) -> None:
    message = said["baja"]
    message.labels = {**message.labels, "intent": "rage", "reasons": [{"field": "churn", "code": "gone"}]}
    message.save()
    client = world.client(world.lucia)
    assert client.get(url(world, message)).status_code == 200
    message.labels = {**said["tirado"].labels, "reasons": [
        {"field": "intent", "code": "insult", "words": ["<script>x", "\u202eabc"]}, {}]}  # fmt: skip
    message.save()
    text = client.get(url(world, message)).content.decode()
    assert "<script>x" not in text and "\u202e" not in text


def test_a_case_page_costs_no_statement_more_for_its_labels(world: World, said: dict[str, Message]) -> None:
    message, client = said["baja"], world.client(world.lucia)
    assert message.case is not None
    address = world.url(f"cases/{message.case.number}")

    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address, headers=HTMX_CASE)
        return len(asked)

    client.get(address)
    one = statements()
    for n in range(8):
        say(world.news, f"{LEAVING} {n}", by=who("baja", "Baja"))
    client.post(url(world, message), {"field": "intent", "value": "question"})
    assert statements() <= one + 1
