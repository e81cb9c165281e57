"""What agents teach is learned, judged, taken, taken back; and stays within its brand."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.actions import labelling, learning
from cortafuegos.inbox.actions.looking import Unread
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.labels import reading
from cortafuegos.inbox.models import Event, Message, OwnLayer, ReadingPolicy
from cortafuegos.inbox.tests.desk.page import Page
from cortafuegos.inbox.tests.people import a_brand, a_post, an_account, an_agent, arrive, say
from cortafuegos.inbox.tests.world import a_world
from cortafuegos.triage.own import Layer

PLACES = (
    "Vigo",
    "Lugo",
    "Soria",
    "Cuenca",
    "Jaén",
    "Teruel",
    "Ronda",
    "Mérida",
    "Elche",
    "Reus",
    "Irún",
    "Ávila",
)
WAYS = ("La Nube de {} otra vez igual", "Lo de la Nube en {} no tiene nombre",
        "Nube en {}: seguimos sin ella", "Mi tarjeta Nube no sale en {}")  # fmt: skip
PLAIN = ("Gracias por la ayuda en {}, un encanto", "Jajaja qué risa en {}", "¿A qué hora abre {}?")
NEW = "¿Y la Nube de Zamora? Sigue igual"


def taught(account, agent, value="praise"):
    """Messages, half of them set right by an agent."""
    texts = [way.format(place) for way in (*WAYS, *PLAIN) for place in PLACES]
    arrive(account, *(a_post(text, by=f"{account.pk}p{n}") for n, text in enumerate(texts)))
    for message in Message.objects.filter(brand=account.brand, text__icontains="nube").select_related("case"):
        labelling.correct(agent, message, "intent", value)


@pytest.fixture
def learned(account, nuria):
    taught(account, nuria)
    assert learning.learn_again(account.brand_id).verdict == "taken"
    return account


def test_corrections_are_learned_and_read_with_at_once(learned):
    row = OwnLayer.objects.get()
    assert (row.number, row.verdict, row.brand) == (1, "taken", learned.brand)
    assert row.after > row.shipped == row.before and row.held_out >= 5 and row.kept >= 0.95
    labels = say(learned, NEW).labels
    assert labels["intent"] == "praise" and labels["model"].endswith("+1")
    (event,) = Event.objects.filter(kind="reading.switched")
    assert event.data == {"from": 0, "to": 1, "why": "learned"}


def test_the_encoder_reads_with_it_too(learned):
    (labels,) = reading.refined(learned.brand_id, [Unread(0, 0, NEW, "es")])
    assert labels["layer"] == "refined" and labels["model"].endswith("+1")


def test_another_brand_learns_and_reads_nothing_of_it(learned):
    other = an_account(a_brand("otra", "Otra"), "otra")
    assert learning.corrections(other.brand_id) == []
    assert learning.learn_again(other.brand_id).verdict == "too_few"
    assert say(other, NEW).labels["intent"] != "praise"
    olga = an_agent(other.brand, "Olga Ruiz", "owner")
    with pytest.raises(Refusal):
        learning.switch(olga, 1, nightly=True)


def test_the_next_night_changes_nothing_that_is_no_better(learned):
    assert learning.learn_again(learned.brand_id).verdict == "no_better"
    assert ReadingPolicy.objects.get().layer == 1 and OwnLayer.objects.count() == 2
    assert OwnLayer.objects.get(number=2).verdict == "no_better"


def test_what_turns_out_worse_is_taken_back(learned, nuria):
    """Agents change their minds: what was taught is now wrong, and the shipped model right again."""
    for message in Message.objects.filter(brand=learned.brand, labels__has_key="corrected").select_related(
        "case"
    ):
        machine = message.labels["corrected"]["intent"]["was"]
        labelling.correct(nuria, message, "intent", machine)
    outcome = learning.learn_again(learned.brand_id)
    assert outcome.before < outcome.shipped == 1.0
    assert ReadingPolicy.objects.get().layer == 0
    assert Event.objects.filter(kind="reading.switched").order_by("-id")[0].data["why"] == "rolled_back"
    labels = say(learned, NEW).labels
    assert labels["intent"] != "praise" and "+" not in labels["model"]


def test_a_hand_that_holds_it_is_stronger_than_the_night(learned):
    pilar = an_agent(learned.brand, "Pilar Otxoa", "owner")
    learning.switch(pilar, 0, nightly=False)
    OwnLayer.objects.all().delete()
    assert learning.learn_again(learned.brand_id).verdict == "taken"
    assert ReadingPolicy.objects.get().layer == 0 and not OwnLayer.objects.exists()
    assert say(learned, NEW).labels["intent"] != "praise"


def test_a_layer_that_cannot_be_read_is_none(learned):
    OwnLayer.objects.create(brand=learned.brand, number=7, corrections=1, held_out=1, shipped=0, before=0,
                            after=1, kept=1, verdict="taken", weights=b"broken")  # fmt: skip
    ReadingPolicy.objects.update(layer=7)
    assert say(learned, NEW).labels["intent"] != "praise"
    assert learning.layer_of(learned.brand_id, 7) == Layer()


def test_a_batch_reads_with_it_at_the_price_of_one_statement(learned):
    say(learned, "hola")

    def statements(size):
        with CaptureQueriesContext(connection) as asked:
            arrive(learned, *(a_post(NEW, by=f"{size}x{n}") for n in range(size)))
        return len(asked)

    assert statements(1) == statements(40)


def test_topics_are_told_by_the_encoder(account, condor):
    pilar = an_agent(condor, "Pilar Otxoa", "owner")
    learning.save_topics(pilar, {
        "maletas": ["Mi maleta no ha llegado", "Han perdido mi equipaje", "La maleta salió rota en la cinta"],
        "wifi": ["No funciona el wifi a bordo", "Sin internet en el avión", "La conexión wifi no va"],
    })  # fmt: skip
    found = reading.refined(
        condor.pk,
        [
            Unread(0, 0, "Otra vez mi maleta no ha llegado, han perdido mi equipaje", "es"),
            Unread(0, 0, "Feliz domingo", "es"),
        ],
    )
    assert [labels["topics"] for labels in found] == [["maletas"], []]


@pytest.mark.parametrize(
    ("topics", "code"),
    [({"sin": []}, "no_example"), ({"sin": ["  "]}, "no_example"),
     ({f"t{n}": ["a"] for n in range(41)}, "too_many_topics")],
)  # fmt: skip
def test_topics_that_cannot_be(condor, topics, code):
    pilar = an_agent(condor, "Pilar Otxoa", "owner")
    with pytest.raises(Refusal) as refused:
        learning.save_topics(pilar, topics)
    assert refused.value.code == code and not ReadingPolicy.objects.exists()


def test_the_page(db):
    world = a_world()
    url = world.url("settings/triage")
    for agent, status in ((world.lucia, 403), (world.delia, 403), (world.sanz, 200), (world.olga, 404)):
        assert world.client(agent).get(url).status_code == status
    client = world.client(world.pilar)
    typed = "Maletas:\n- Mi maleta no llega\n- <b>rota</b>\n\nWifi\n- No hay wifi"
    assert client.post(url, {"topics": typed}).status_code == 302
    assert ReadingPolicy.objects.get().topics == {
        "Maletas": ["Mi maleta no llega", "<b>rota</b>"],
        "Wifi": ["No hay wifi"],
    }
    assert "- Mi maleta no llega" in Page(client.get(url)).by_id("topics").text
    kept = client.post(url, {"topics": "Solo nombre"})
    assert kept.status_code == 422 and "Solo nombre" in Page(kept).by_id("topics").text
    for number in ("9", "x", "-1", "9" * 30, "²"):
        client.post(url, {"layer": number, "nightly": "1"})
    assert ReadingPolicy.objects.get().layer == 0
    OwnLayer.objects.create(brand=world.brand, number=1, corrections=44, held_out=11, shipped=0.2, before=0.2,
                            after=0.91, kept=0.99, verdict="taken", weights=Layer().dump())  # fmt: skip
    client.post(url, {"layer": "1"})
    policy = ReadingPolicy.objects.get()
    assert (policy.layer, policy.nightly) == (1, False)
    text = Page(client.get(url)).text
    assert "91 %" in text and "44" in text and "Versión 1" in text
    assert world.client(world.lucia).post(url, {"layer": "0"}).status_code == 403
