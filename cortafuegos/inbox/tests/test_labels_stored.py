"""Labels in rows: written with the message, summed up in the case, read again, never over an agent's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cortafuegos.inbox.actions import cases, labelling, looking, merging
from cortafuegos.inbox.actions.posture import set_posture
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.labels.reading import refined
from cortafuegos.inbox.lines import pressing
from cortafuegos.inbox.models import Case, Event, Message
from cortafuegos.inbox.receive import standing
from cortafuegos.inbox.tests.people import (
    a_brand,
    a_case,
    a_post,
    ago,
    an_account,
    an_agent,
    arrive,
    author,
    edit,
    now_of,
    say,
)
from cortafuegos.kit import clock

STRANDED = "Llevo seis horas tirado en el aeropuerto con mi madre enferma y nadie responde, ayuda urgente"
THANKS = "Muchas gracias, todo perfecto"
SUMMED = ("intent", "cause", "sentiment", "urgency", "churn", "needs_reply", "topics", "waiting_since",
          "unanswered", "priority")  # fmt: skip


def summed(case: Case) -> dict[str, object]:
    return Case.objects.filter(pk=case.pk).values(*SUMMED).get()


def praising(brand_id, unread):
    return [{"intent": "praise", "cause": "none", "sentiment": "positive", "urgency": 0, "churn": True,
             "needs_reply": False, "layer": "refined", "model": "test"} for _ in unread]  # fmt: skip


def test_a_message_has_all_its_labels_and_who_said_so(account):
    labels = say(account, STRANDED).labels
    assert {"intent", "cause", "sentiment", "strength", "urgency", "churn", "needs_reply", "topics",
            "reasons", "layer", "language", "model"} <= set(labels)  # fmt: skip
    assert (labels["intent"], labels["urgency"], labels["layer"]) == ("complaint", 3, "fast")
    assert any(reason["field"] == "urgency" and reason["words"] for reason in labels["reasons"])


def test_what_we_say_ourselves_has_no_labels(account):
    ours = author("condor", network_id=account.network_id)
    case = a_case(account, STRANDED)
    message = say(account, "Lo sentimos", by=ours, in_reply_to=Message.objects.get(case=case).network_id)
    assert set(message.labels) == {"language"}
    assert summed(case)["urgency"] == 0 and not summed(case)["needs_reply"]


def test_a_case_written_whole_and_one_brought_up_to_date_agree(account):
    """Two ways lead to the row: with its first messages, and each time something is added."""
    texts = [THANKS, STRANDED, "¿Abrís mañana?", "Me doy de baja, me voy con la competencia"]
    together = [a_post(text, by="ana", at=ago(minutes=9 - n)) for n, text in enumerate(texts)]
    arrive(account, *together)
    for n, text in enumerate(texts):
        say(account, text, by="luis", at=together[n].posted_at)
    one, other = (Case.objects.get(person__identities__handle=name) for name in ("ana", "luis"))
    assert summed(one) == summed(other)
    assert one.intent == "complaint" and one.urgency == 3 and one.churn
    before = summed(one)
    standing.refresh(one.brand_id, [one.pk], clock.now())
    assert summed(one) == before


def test_edits_are_read_again(account):
    post = a_post(THANKS)
    arrive(account, post)
    arrive(account, edit(post, STRANDED, ago(seconds=5)))
    message = Message.objects.get(network_id=post.network_id)
    assert message.labels["intent"] == "complaint"
    assert now_of(message.case).urgency == 3


def test_the_encoder_reads_the_most_pressing_first(account):
    calm, urgent = a_case(account, THANKS, by="ana"), a_case(account, STRANDED, by="luis")
    assert looking.look(clock.now(), praising, most=1) == 1
    assert now_of(urgent).look_after is None and now_of(urgent).intent == "praise"
    assert now_of(calm).look_after is not None
    assert [looking.look(clock.now(), praising), looking.look(clock.now(), praising)] == [1, 0]


def test_what_arrives_while_it_reads_is_read_after(account):
    case = a_case(account, THANKS, by="ana")

    def meanwhile(brand_id, unread):
        say(account, STRANDED, by="ana")
        return praising(brand_id, unread)

    looking.look(clock.now(), meanwhile)
    assert now_of(case).look_after is not None and now_of(case).urgency == 3
    assert looking.look(clock.now(), praising) == 1
    assert now_of(case).urgency == 0


def test_words_edited_while_it_reads_keep_their_own_labels(account):
    post = a_post(THANKS)
    arrive(account, post)

    def meanwhile(brand_id, unread):
        arrive(account, edit(post, STRANDED, ago(seconds=1)))
        return praising(brand_id, unread)

    looking.look(clock.now(), meanwhile)
    assert Message.objects.get(network_id=post.network_id).labels["intent"] == "complaint"


def test_a_worker_that_dies_is_followed_by_another(account):
    case = a_case(account, THANKS)

    def dies(brand_id, unread):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        looking.look(clock.now(), dies)
    assert looking.look(clock.now(), praising) == 0, "it is claimed"
    assert looking.look(clock.now() + looking.LEASE * 2, praising) == 1
    assert now_of(case).look_after is None


def test_what_is_closed_or_answered_is_not_read(account, nuria):
    cases.close(nuria, a_case(account, STRANDED, by="ana"))
    answered = a_case(account, STRANDED, by="luis")
    ours = author("condor", network_id=account.network_id)
    say(account, "Ya", by=ours, in_reply_to=Message.objects.get(case=answered).network_id)
    assert looking.look(clock.now(), praising) == 0


def test_brands_are_read_apart(account):
    other = an_account(a_brand("otra", "Otra"), "otra")
    say(account, THANKS)
    say(other, THANKS)
    asked = []

    def reader(brand_id, unread):
        asked.append((brand_id, len(unread)))
        return praising(brand_id, unread)

    assert looking.look(clock.now(), reader) == 2
    assert sorted(asked) == sorted([(account.brand_id, 1), (other.brand_id, 1)])


def test_a_look_at_many_costs_few_statements(account):
    costs = []
    for size in (2, 12):
        arrive(account, *(a_post(STRANDED, by=f"{size}u{n}") for n in range(size)))
        with CaptureQueriesContext(connection) as asked:
            assert looking.look(clock.now(), praising) == size
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 11


def test_the_real_encoder_leaves_its_mark(account):
    message = say(account, STRANDED)
    looking.look(clock.now(), refined)
    message.refresh_from_db()
    assert message.labels["layer"] == "refined" and message.labels["model"].startswith("refined-")
    assert message.labels["urgency"] == 3 == now_of(message.case).urgency


def test_a_correction_outlives_every_machine(account, nuria):
    post = a_post(STRANDED)
    arrive(account, post)
    message = Message.objects.get(network_id=post.network_id)
    labelling.correct(nuria, message, "urgency", "1")
    labelling.correct(nuria, message, "churn", "false")
    looking.look(clock.now(), praising)
    arrive(account, edit(post, STRANDED + " y me doy de baja", ago(seconds=5)))
    looking.look(clock.now(), praising)
    message.refresh_from_db()
    assert (message.labels["urgency"], message.labels["needs_reply"], message.labels["churn"]) == (
        1,
        True,
        False,
    )
    assert message.labels["intent"] == "praise", "what nobody corrected is the machine's to say"
    assert (now_of(message.case).urgency, now_of(message.case).churn) == (1, False)
    labelling.give_back(nuria, message, ["urgency"])
    message.refresh_from_db()
    assert message.labels["urgency"] == 3, "what the machine had said when it was corrected"


def test_a_correction_is_an_event_of_who_when_from_and_to(account, nuria):
    message = say(account, STRANDED)
    version = message.labels["model"]
    labelling.correct(nuria, message, "intent", "question")
    event = Event.objects.get(kind="message.relabelled")
    assert (event.agent, event.case, event.data["message"]) == (nuria, message.case, message.pk)
    assert event.data["changes"]["intent"] == ["complaint", "question"]
    assert event.data["changes"]["cause"][1] == "none"
    assert event.data["model"] == version
    assert STRANDED[:20] not in str(event.data)


@pytest.mark.parametrize("role", ["drafter"])
def test_who_may_not_work_may_not_correct(account, condor, role):
    message = say(account, STRANDED)
    before = dict(message.labels)
    with pytest.raises(Refusal):
        labelling.correct(an_agent(condor, "Delia Rey", role), message, "intent", "praise")
    message.refresh_from_db()
    assert message.labels == before and not Event.objects.filter(kind="message.relabelled").exists()


def test_another_brands_agent_corrects_nothing(account):
    message = say(account, STRANDED)
    stranger = an_agent(a_brand("otra", "Otra"), "Olga Ruiz", "owner")
    with pytest.raises(Refusal):
        labelling.correct(stranger, message, "intent", "praise")
    message.refresh_from_db()
    assert message.labels["intent"] == "complaint"


def test_merging_brings_the_labels_along(account, nuria):
    into, source = a_case(account, THANKS, by="ana"), a_case(account, STRANDED, by="luis")
    merging.merge(nuria, into, [source])
    assert (now_of(into).urgency, now_of(into).unanswered) == (3, 2)
    merging.unmerge(nuria, now_of(source))
    assert now_of(into).urgency < 3 == now_of(source).urgency


def test_a_crisis_lifts_what_many_read_at_once_with_the_minute_and_in_words(account, condor, nuria):
    heard = author("vero", followers=50_000)

    def arriving(name):
        return a_case(account, STRANDED, by=author(name, followers=50_000)).priority

    case = a_case(account, STRANDED, by=heard)
    calm, before = arriving("calma"), Case.objects.get(pk=case.pk).priority
    set_posture(an_agent(condor, "Sonia Vidal", "supervisor"), "crisis")
    assert arriving("crisis") > calm
    other = an_account(a_brand("otra"), network_id=account.network_id)
    assert arriving("crisis2") > a_case(other, STRANDED, by=heard).priority
    looking.rank_again(account.brand_id, clock.now())
    assert Case.objects.get(pk=case.pk).priority >= before + 30
    standing.refresh(account.brand_id, [case.pk], clock.now())
    row = Case.objects.select_related("identity").get(pk=case.pk)
    assert row.priority >= before + 30
    told = {posture: pressing(row, clock.now(), posture) for posture in ("calm", "crisis")}
    assert len(told["crisis"]) == len(told["calm"]) + 1


def test_who_waits_moves_up(account):
    case = a_case(account, "¿Abrís mañana?")
    before = now_of(case).priority
    assert looking.rank_again(account.brand_id, clock.now()) == 0
    assert looking.rank_again(account.brand_id, clock.now() + timedelta(hours=3)) == 1
    assert now_of(case).priority > before + 50
    assert looking.rank_again(an_account(a_brand("otra", "Otra"), "o").brand_id, clock.now()) == 0
