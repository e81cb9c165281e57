"""The page without an account: what a link opens, and all that it does not."""

from __future__ import annotations

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from cortafuegos.inbox.actions import answering, asking, asking_links
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Event, Message, Question, QuestionLink
from cortafuegos.inbox.tests.inside.people import HOUR, a_department, asked, door, link_of, token_of
from cortafuegos.inbox.tests.people import a_brand, a_case, ago, an_account, an_agent, say
from cortafuegos.inbox.views import answering as page
from cortafuegos.kit import clock

SECRET = "Mi DNI es 12345678Z y vivo en Málaga"


@pytest.fixture(autouse=True)
def _fresh():
    cache.clear()


@pytest.fixture
def question(nuria, account) -> Question:
    said = say(account, SECRET, by="lucia")
    return asked(nuria, said.case, share=[said.pk])


def test_a_link_shows_the_question_and_what_was_shared_and_no_more(question, client):
    say(an_account(question.brand, "otra"), "Esto no lo ve nadie de fuera", by="lucia")
    response = client.get(door(token_of(question)))
    words = response.content.decode()
    assert response.status_code == 200
    assert "¿Se cobró dos veces el billete?" in words
    assert "vivo en Málaga" in words
    for hidden in ("12345678Z", "lucia", "Esto no lo ve nadie", f"cases/{question.case.number}", "/b/condor"):
        assert hidden not in words, hidden
    assert not Event.objects.filter(kind="question.answered").exists()


def test_nobody_finds_keeps_or_passes_on_the_page(question, client):
    response = client.get(door(token_of(question)))
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex' in response.content.decode()


def flip(char: str) -> str:
    return "1" if char == "0" else "0"


def test_no_letter_of_a_link_can_be_changed(question, client):
    good = token_of(question)
    bad = [good[:at] + flip(good[at]) + good[at + 1 :] for at in range(len(good))]
    bad += [good[:-1], good + "0", good.upper() + "A", good[32:] + good[:32], "x", "0" * 72, "%00" * 3]
    for token in bad:
        with pytest.raises(Refusal) as refused:
            asking_links.find(token, clock.now())
        assert refused.value.code == "unknown", token
    assert client.get(door(bad[40])).status_code == 404
    assert client.post(door(bad[40]), {"answer": "Sí"}).status_code == 404
    question.refresh_from_db()
    assert question.state == "open"


def test_a_key_of_one_brand_with_the_signature_of_another_is_nothing(question, client):
    faro = a_brand("faro", "Faro Norte")
    olga = an_agent(faro, "Olga Prieto")
    theirs = asked(olga, a_case(an_account(faro, "faro")), "¿Qué dice Faro?")
    mine, other = token_of(question), token_of(theirs)
    assert client.get(door(mine[:32] + other[32:])).status_code == 404
    assert "¿Qué dice Faro?" not in client.get(door(mine)).content.decode()
    client.post(door(other), {"answer": "Es de Faro", "question": question.pk, "case": question.case_id})
    question.refresh_from_db()
    assert question.state == "open"


def test_a_signature_for_another_purpose_opens_nothing(question):
    from cortafuegos.kit import crypto, home

    link = link_of(question)
    forged = link.key.hex + crypto.sign(home.secret(), link.key.hex)[:40]
    with pytest.raises(Refusal):
        asking_links.find(forged, clock.now())


def test_a_former_secret_still_opens_what_it_signed(question, monkeypatch):
    token = token_of(question)
    monkeypatch.setenv("CORTAFUEGOS_SECRET", "a new one")
    assert asking_links.token(link_of(question)) != token
    with pytest.raises(Refusal):
        asking_links.find(token, clock.now())
    monkeypatch.setenv("CORTAFUEGOS_SECRET", "a new one, only for tests")
    assert asking_links.find(token, clock.now()).question_id == question.pk


def test_a_link_ends(question, client):
    QuestionLink.objects.update(expires_at=ago(minutes=1))
    token = token_of(question)
    for response in (client.get(door(token)), client.post(door(token), {"answer": "Sí"})):
        assert response.status_code == 410
        assert "billete" not in response.content.decode()
    question.refresh_from_db()
    assert question.state == "open"


def test_a_link_is_taken_back(question, nuria, client):
    lost = token_of(question)
    fresh = asking_links.token(asking.renew_link(nuria, question))
    assert client.get(door(lost)).status_code == 410
    assert client.post(door(lost), {"answer": "Sí"}).status_code == 410
    assert client.get(door(fresh)).status_code == 200
    asking.withdraw(nuria, question)
    gone = client.get(door(fresh))
    assert gone.status_code == 410
    assert "billete" not in gone.content.decode()


def test_answered_is_answered_and_shows_nothing_of_the_case_any_more(question, client):
    token = token_of(question)
    assert client.post(door(token), {"answer": "Sí, se devuelve hoy.", "name": "Iker"}).status_code == 200
    again = client.post(door(token), {"answer": "No, mejor no."})
    assert again.status_code == 409
    words = again.content.decode()
    assert "No, mejor no." in words, "what was typed in vain is given back"
    assert "Málaga" not in words
    assert "billete" not in words
    question.refresh_from_db()
    assert question.answer == "Sí, se devuelve hoy."
    assert Event.objects.filter(kind="question.answered").count() == 1
    for kind in ("not_ours", "put_off"):
        client.post(door(token), {"kind": kind, "whom": "Otro", "when": "tomorrow"})
    question.refresh_from_db()
    assert (question.state, question.put_off) == ("answered", 0)


def test_what_its_author_deleted_is_not_shown_any_more(question, client):
    Message.objects.filter(case=question.case).update(deleted_at=clock.now())
    assert "Málaga" not in client.get(door(token_of(question))).content.decode()


def test_words_of_strangers_stay_words(nuria, case, client):
    bad = "<script>alert(1)</script>"
    department = a_department(nuria.brand, f"Al{bad}", [{"name": bad, "email": "", "hours": 4}])
    question = asked(nuria, case, f"¿Qué? {bad}", department=department)
    token = token_of(question)
    assert bad not in client.get(door(token)).content.decode()
    assert bad not in client.post(door(token), {"answer": " ", "name": bad}).content.decode()
    answering.answer(token, bad, bad)
    client.force_login(nuria.user)
    assert bad not in client.get(f"/b/condor/cases/{case.number}").content.decode()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answer": ""},
        {"answer": " \n "},
        {"answer": "\x00"},
        {"answer": "x" * 4001},
        {"kind": "not_ours", "whom": ""},
        {"kind": "put_off"},
        {"kind": "put_off", "when": "never"},
        {"kind": "put_off", "until": "2026-99-99T99:99"},
        {"kind": "put_off", "until": "0001-01-01T00:00"},
        {"kind": "put_off", "until": "9999-12-31T23:59"},
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(question, client, body):
    response = client.post(door(token_of(question)), {"name": "Iker", **body})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    question.refresh_from_db()
    assert (question.state, question.put_off) == ("open", 0)


def test_more_time_twice_and_not_a_third_time(question, client):
    token = token_of(question)
    for _ in range(2):
        assert client.post(door(token), {"kind": "put_off", "when": "tomorrow"}).status_code == 200
    assert client.post(door(token), {"kind": "put_off", "when": "tomorrow"}).status_code == 422
    question.refresh_from_db()
    assert question.put_off == 2
    assert 'value="put_off"' not in client.get(door(token)).content.decode()


def test_nobody_hammers_at_the_door(question, client):
    unknown = door("f" * 72)
    codes = [client.get(unknown).status_code for _ in range(page.STRANGERS + 2)]
    assert codes[0] == 404
    assert codes[-1] == 429
    assert client.get(door(token_of(question))).status_code == 200, "a good link still opens"
    token = token_of(question)
    codes = [client.post(door(token), {"answer": ""}).status_code for _ in range(page.ANSWERS + 1)]
    assert codes[0] == 422
    assert codes[-1] == 429


def test_a_form_without_its_proof_is_refused(question):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(door(token_of(question)), {"answer": "Sí"}).status_code == 403
    question.refresh_from_db()
    assert question.state == "open"


def test_it_speaks_the_departments_language_and_the_readers_own(question, client):
    assert "Tu respuesta" in client.get(door(token_of(question))).content.decode()
    question.department.language = "en"
    question.department.save()
    assert "Your answer" in client.get(door(token_of(question))).content.decode()
    client.cookies["django_language"] = "es"
    assert "Tu respuesta" in client.get(door(token_of(question))).content.decode()


def test_who_comes_after_sees_who_was_asked_before(question, client):
    asking.strike(question.asked_at + 2 * HOUR)
    asking.strike(question.due_at)
    assert "Iker Lasa" not in client.get(door(token_of(question))).content.decode().split("Iker Lasa")[0]
    words = client.get(door(token_of(question, 1))).content.decode()
    assert "Iker Lasa" in words
    assert "Berta Roig" in words


@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_stands():
    brand = a_brand()
    question = asked(an_agent(brand), a_case(an_account(brand)))
    token = token_of(question)
    begin, outcome = threading.Barrier(2), []

    def one(text: str) -> None:
        begin.wait()
        try:
            answering.answer(token, text)
            outcome.append(text)
        except Refusal as refusal:
            outcome.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(text,)) for text in ("Sí", "No")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    question.refresh_from_db()
    assert sorted(outcome) == sorted([question.answer, "answered"])
    assert Event.objects.filter(kind="question.answered").count() == 1
