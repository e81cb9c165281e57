"""Templates filled in: as a table, and on their way out."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from cortafuegos.channels import registry
from cortafuegos.channels.capabilities import Template
from cortafuegos.channels.contract import Refused, SendError
from cortafuegos.inbox import approved
from cortafuegos.inbox.actions import replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Message, Reply
from cortafuegos.inbox.templating import LONGEST, Filled, Missing, fill, pieces
from cortafuegos.inbox.tests.networks.strict.connector import BACK
from cortafuegos.inbox.tests.people import ago, say
from cortafuegos.inbox.tests.test_outbox import deliver, send

NAMED = Template("late", "es_MX", "{{ name }}, tu vuelo {{flight}} sale a las {{hour}}.", ("name", "flight"))


@pytest.mark.parametrize(
    ("template", "given", "text"),
    [
        (BACK, {"1": "Ada", "2": "roja"}, "Hola, Ada. Tu maleta roja ya está aquí: Ada, ven cuando quieras."),
        (BACK, {"1": " Ada\n María ", "2": "{{1}}"},
         "Hola, Ada María. Tu maleta {{1}} ya está aquí: Ada María, ven cuando quieras."),
        (NAMED, {"name": "Ada", "flight": "CA 7", "hour": "9:00"}, "Ada, tu vuelo CA 7 sale a las {{hour}}."),
        (Template("plain", "es", "Hola.", ()), {"1": "de más"}, "Hola."),
    ],
)  # fmt: skip
def test_words_go_into_their_places_and_are_only_words(template, given, text):
    assert fill(template, given).text == text


@pytest.mark.parametrize("given", [{}, {"1": "Ada"}, {"1": "Ada", "2": " \n\t "}, {"1": "Ada", "3": "roja"}])
def test_a_place_without_words_is_named(given):
    with pytest.raises(Missing) as missing:
        fill(BACK, given)
    assert missing.value.place == ("1" if "1" not in given else "2")


@given(
    st.text(min_size=1).filter(lambda words: words.split()),
    st.text(min_size=1).filter(lambda words: words.split()),
)
def test_any_words_make_the_text_around_them_stay(one, two):
    filled = fill(BACK, {"1": one, "2": two})
    assert filled.text.startswith("Hola, ") and filled.text.endswith("ven cuando quieras.")
    assert all(len(words) <= LONGEST and "\n" not in words for words in filled.values.values())
    assert filled.stored()["values"] == filled.values


def test_the_pieces_make_the_text():
    assert "".join(words or f"{{{{{place}}}}}" for words, place in pieces(BACK)) == BACK.text
    assert [place for _words, place in pieces(NAMED) if place] == ["name", "flight"]


# --- on their way out ---


@pytest.fixture
def strict(sandbox):
    cache.clear()
    return registry.connector("strict")


@pytest.fixture
def late(condor, sandbox, strict) -> Message:
    return say(sandbox.account(condor, "strict"), public=False, conversation="dm:1", at=ago(hours=30))


def asked(**words: str) -> dict[str, str]:
    return {"template": "back|es", **{f"value_{place}": value for place, value in words.items()}}


def test_when_only_a_template_may_go_it_goes_as_what_it_is(nuria, sandbox, strict, late):
    filled = approved.filled(late.account, asked(**{"1": "Ada", "2": "roja"}))
    with sandbox.store.write() as db:  # the person it goes to is known there
        from cortafuegos.channels.sandbox import accounts

        ada = accounts.ensure(db, "ada")
    late.identity.network_id = sandbox.store.uri("people", ada["id"])
    late.identity.save()
    reply = deliver(send(nuria, late, "otra cosa", public=False, template=filled))
    assert (reply.state, reply.reason) == ("sent", "")
    assert reply.text == reply.message.text == filled.text
    assert sandbox.ours() == [filled.text]
    assert strict.filled == [{"name": "back", "language": "es", "values": {"1": "Ada", "2": "roja"}}]


def test_free_text_is_refused_there(nuria, late):
    with pytest.raises(Refusal) as told:
        send(nuria, late, public=False)
    assert told.value.code == "window"


def test_the_guard_reads_what_is_filled_in(nuria, late):
    filled = approved.filled(late.account, asked(**{"1": "no es para tanto, no exagere", "2": "roja"}))
    with pytest.raises(Refusal) as told:
        send(nuria, late, public=False, template=filled)
    assert told.value.status == 422
    assert Reply.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "code"),
    [
        (asked(), "missing_words"),
        (asked(**{"1": "Ada", "2": "  "}), "missing_words"),
        ({"template": "gone|es"}, "no_template"),
        ({"template": "back|en"}, "no_template"),
        ({"template": "back|es|x"}, "no_template"),
    ],
)
def test_what_the_form_lacks_is_said(late, form, code):
    with pytest.raises(Refusal) as told:
        approved.filled(late.account, form)
    assert (told.value.code, told.value.status) == (code, 422)


@pytest.mark.parametrize("form", [{}, {"template": ""}, {"template": "back"}, {"template": "|es"}])
def test_a_form_without_a_template_is_free_text(late, form):
    assert approved.filled(late.account, form) is None


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        (SendError("later", permanent=False), "no_answer"),
        (Refused("no"), "account_refused"),
    ],
)
def test_a_network_that_does_not_tell_is_asked_again(strict, late, trouble, code):
    strict.trouble = trouble
    with pytest.raises(Refusal) as told:
        approved.templates_of(late.account)
    assert told.value.code == code
    strict.trouble = None
    assert approved.templates_of(late.account)[0] == BACK
    strict.trouble = trouble  # and for some minutes it need not be
    assert approved.templates_of(late.account)[0] == BACK


def test_taken_back_it_is_words_again(nuria, late):
    reply = send(
        nuria, late, public=False, template=Filled("back", "es", {"1": "Ada", "2": "x"}, "Hola, Ada")
    )
    replies.cancel(nuria, reply)
    assert late.case.drafts.get().text == "Hola, Ada"
