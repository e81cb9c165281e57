"""The full circle on the fake: said, read, answered, seen there, found again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.channels.contract import Found, Kind, SendError
from cortafuegos.channels.instagram.connector import connector
from cortafuegos.channels.meta import errors
from cortafuegos.channels.meta.tests.helpers import answer, polled, pushed, target_of


@pytest.fixture
def luis(meta):
    return meta.person("Luis Mar", "luis.mar")


@pytest.fixture
def medium(meta, page):
    return meta.medium(page, "Nuestra nueva central")


def test_a_comment_is_read_answered_and_threaded(meta, page, lumbre, luis, medium):
    asked = meta.comment(luis, medium, "¿y mi luz?")
    (post,) = pushed(lumbre, meta)
    assert (post.text, post.public, post.addressed) == ("¿y mi luz?", True, True)
    assert (post.author.network_id, post.author.handle) == (f"instagram:{luis.id}", "luis.mar")
    sent = connector.send(lumbre, answer(post, "Te escribimos ya, Luis."))
    made = meta.things[sent.network_id.removeprefix("instagram:")]
    assert (made.parent, made.author) == (asked.id, page.ig_id)
    (echo,) = pushed(lumbre, meta)
    assert (echo.network_id, echo.addressed, echo.conversation) == (
        sent.network_id, False, post.conversation)  # fmt: skip
    # An answer to an answer hangs under the first comment: Instagram has two levels.
    meta.comment(luis, made, "¡gracias!")
    (thanks,) = pushed(lumbre, meta)
    assert (thanks.conversation, thanks.in_reply_to) == (post.conversation, post.network_id)
    again = connector.send(lumbre, answer(thanks, "De nada."))
    assert meta.things[again.network_id.removeprefix("instagram:")].parent == asked.id


def test_messages_there_and_back_and_unsent(meta, page, lumbre, luis):
    said = meta.message(luis, page, "¿me leéis?", instagram=True)
    (asked,) = pushed(lumbre, meta)
    assert (asked.public, asked.conversation) == (False, f"{lumbre.network_id}:{luis.id}")
    sent = connector.send(lumbre, answer(asked, "Sí, Luis."))
    (echo,) = pushed(lumbre, meta)
    assert (echo.network_id, echo.conversation, echo.addressed) == (
        sent.network_id, asked.conversation, False)  # fmt: skip
    meta.unsend(said, page)
    (gone,) = pushed(lumbre, meta)
    assert (gone.kind, gone.network_id) == (Kind.DELETE, asked.network_id)


def test_a_story_reply_shows_its_story_and_is_answered_in_private(meta, page, lumbre, luis):
    meta.message(luis, page, "¿hasta qué hora?", instagram=True, story="https://cdn.example/s.jpg")
    (asked,) = pushed(lumbre, meta)
    assert [a.url for a in asked.attachments] == ["https://cdn.example/s.jpg"]
    sent = connector.send(lumbre, answer(asked, "Hasta las nueve."))
    assert sent.conversation == asked.conversation


def test_a_comment_is_answered_in_private_once(meta, page, lumbre, luis, medium):
    meta.comment(luis, medium, "mi DNI es…")
    (comment,) = pushed(lumbre, meta)
    sent = connector.send(lumbre, answer(comment, "Mejor por aquí.", public=False))
    assert sent.conversation == f"{lumbre.network_id}:{luis.id}"
    assert pushed(lumbre, meta)[-1].network_id == sent.network_id
    with pytest.raises(SendError, match="once"):
        connector.send(lumbre, answer(comment, "Y otra cosa.", public=False))


def test_a_message_is_measured_in_bytes_as_meta_does(meta, page, lumbre, luis):
    meta.message(luis, page, "hola", instagram=True)
    (asked,) = pushed(lumbre, meta)
    fits, too_long = "ñ" * 500, "ñ" * 501
    assert connector.measure(fits, public=False) == connector.limits(lumbre, public=False).length
    assert connector.send(lumbre, answer(asked, fits)).network_id
    with pytest.raises(SendError) as refused:
        connector.send(lumbre, answer(asked, too_long))
    assert refused.value.permanent


def test_a_mention_gets_its_words_when_it_is_looked_at(meta, page, lumbre, luis):
    mention = meta.mention(luis, page, "@lumbre.energia menos fotos y más luz", instagram=True)
    (unread,) = pushed(lumbre, meta)
    assert "luz" not in unread.text
    (words,) = [p for d in connector.thread(lumbre, target_of(unread)) for p in connector.read(lumbre, d)]
    assert (words.kind, words.text) == (Kind.EDIT, "@luis.mar: @lumbre.energia menos fotos y más luz")
    assert (words.network_id, words.author, words.conversation) == (
        unread.network_id, unread.author, unread.conversation)  # fmt: skip
    sent = connector.send(lumbre, answer(unread, "Tienes razón, Luis."))
    answered = meta.things[sent.network_id.removeprefix("instagram:")]
    assert (answered.root, answered.text) == (mention.root, "Tienes razón, Luis.")
    assert connector.find(lumbre, answer(unread, "Tienes razón, Luis.")) is Found.UNKNOWN


@pytest.mark.parametrize("way", ["comment", "message", "private reply"])
def test_a_lost_answer_is_found_and_an_absent_one_is_known(meta, page, lumbre, luis, medium, way):
    if way == "message":
        meta.message(luis, page, "hola", instagram=True)
    else:
        meta.comment(luis, medium, "hola")
    outgoing = answer(pushed(lumbre, meta)[-1], "Te  leemos.\n", public=way == "comment")
    meta.faults.arm(on="POST ", status=503, body=b"upstream")
    with pytest.raises(SendError) as failed:
        connector.send(lumbre, outgoing)
    assert failed.value.lost
    assert connector.find(lumbre, outgoing) is Found.ABSENT
    meta.faults.arm(on="POST ", half=True)
    with pytest.raises(SendError) as lost:
        connector.send(lumbre, outgoing)
    assert (lost.value.lost, lost.value.permanent) == (True, False)
    found = connector.find(lumbre, outgoing)
    (echo,) = pushed(lumbre, meta)
    assert (found.network_id, found.conversation) == (echo.network_id, echo.conversation)


def test_hiding_and_taking_back(meta, page, lumbre, luis, medium):
    comment = meta.comment(luis, medium, "spam")
    (post,) = pushed(lumbre, meta)
    for hidden in (True, False):
        connector.hide(lumbre, target_of(post), hidden=hidden)
        assert comment.hidden is hidden
    sent = connector.send(lumbre, answer(post, "ay"))
    connector.withdraw(lumbre, sent.network_id, sent.ref, public=True)
    assert sent.network_id.removeprefix("instagram:") not in meta.things
    connector.withdraw(lumbre, sent.network_id, sent.ref, public=True)


def test_the_thread_is_context(meta, page, lumbre, luis, medium):
    meta.comment(meta.person("Eva"), meta.comment(luis, medium, "uno"), "dos")
    target = target_of(pushed(lumbre, meta)[-1])
    seen = [p for d in connector.thread(lumbre, target) for p in connector.read(lumbre, d)]
    assert [p.text for p in seen] == ["Nuestra nueva central", "uno", "dos"]
    assert not any(p.addressed for p in seen)
    assert seen[2].in_reply_to == seen[1].network_id
    meta.delete(medium)
    assert connector.thread(lumbre, target) == []


def test_an_outage_leaves_no_gap(meta, page, lumbre, luis, medium):
    """Nothing that was pushed arrived; the round brings it, once, with the ids the pushes have."""
    old = meta.comment(luis, medium, "de ayer", at=datetime.now(UTC) - timedelta(days=3))
    first, cursor = polled(lumbre)
    assert first == []
    meta.pushes()
    for n in range(120):
        meta.comment(luis, medium, f"c{n}")
    meta.comment(meta.person("Eva", "eva_r"), old, "respuesta a lo viejo")
    for n in range(45):
        meta.message(luis, page, f"m{n}", instagram=True)
    told = {p.network_id: p for p in pushed(lumbre, meta)}
    tag = meta.tag(meta.person("Ivo", "ivo"), page, "A oscuras con @lumbre.energia")
    found, cursor = polled(lumbre, cursor)
    assert {p.network_id for p in found} == {*told, f"instagram:{tag.id}"}
    assert len(found) == len({p.network_id for p in found})
    for one in found:
        other = told.get(one.network_id, one)
        assert (one.text, one.conversation, one.in_reply_to) == (
            other.text, other.conversation, other.in_reply_to)  # fmt: skip
        assert (one.author.network_id, one.public) == (other.author.network_id, other.public)
    (tagged,) = [one for one in found if one.network_id == f"instagram:{tag.id}"]
    assert (tagged.author.handle, tagged.addressed) == ("ivo", True)


def test_meta_ends_a_window_that_we_thought_open(meta, page, lumbre, luis):
    said = meta.message(luis, page, "hola", instagram=True)
    (asked,) = pushed(lumbre, meta)
    said.at = datetime.now(UTC) - timedelta(hours=25)
    with pytest.raises(errors.OutsideWindow) as late:
        connector.send(lumbre, answer(asked, "Perdona."))
    assert late.value.permanent
    lumbre.config["human_agent"] = meta.human_agent = True
    assert connector.send(lumbre, answer(asked, "Perdona.")).network_id
