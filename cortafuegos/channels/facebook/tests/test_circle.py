"""The full circle on the fake: said, read, answered, seen there, found again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cortafuegos.channels.contract import Found, Kind, SendError
from cortafuegos.channels.facebook.connector import connector
from cortafuegos.channels.meta import errors
from cortafuegos.channels.meta.tests.helpers import answer, polled, pushed, target_of

OLD = timedelta(hours=30)


def ago(span):
    return datetime.now(UTC) - span


@pytest.fixture
def ana(meta):
    return meta.person("Ana Vidal")


def test_a_comment_is_read_answered_and_threaded(meta, page, lumbre, ana):
    post = meta.post(page, "Abrimos el sábado")
    asked = meta.comment(ana, post, "¿Y quién contesta al teléfono?")
    ours, theirs = pushed(lumbre, meta)
    assert (ours.addressed, ours.author.network_id) == (False, lumbre.network_id)
    assert (theirs.text, theirs.public, theirs.addressed) == (asked.text, True, True)
    assert (theirs.author.network_id, theirs.author.name) == (f"facebook:{ana.id}", "Ana Vidal")
    assert theirs.network_id == f"facebook:{asked.id}"
    assert theirs.conversation == theirs.in_reply_to == ours.network_id

    sent = connector.send(lumbre, answer(theirs, "Ahora mismo te llamamos, Ana."))
    made = meta.things[sent.network_id.removeprefix("facebook:")]
    assert (made.parent, made.author, made.text) == (asked.id, page.id, "Ahora mismo te llamamos, Ana.")
    (echo,) = pushed(lumbre, meta)
    assert (echo.network_id, echo.addressed) == (sent.network_id, False)

    meta.comment(ana, made, "¡Gracias!")
    (thanks,) = pushed(lumbre, meta)
    assert (thanks.conversation, thanks.in_reply_to) == (theirs.conversation, theirs.network_id)


def test_edits_and_deletions_name_what_they_change(meta, page, lumbre, ana):
    comment = meta.comment(ana, meta.post(page, "Hola"), "fatl")
    meta.edit(comment, "fatal")
    meta.delete(comment)
    _post, said, edited, gone = pushed(lumbre, meta)
    assert {one.network_id for one in (said, edited, gone)} == {f"facebook:{comment.id}"}
    assert {one.author.network_id for one in (said, edited, gone)} == {f"facebook:{ana.id}"}
    assert (edited.kind, edited.text, edited.posted_at) == (Kind.EDIT, "fatal", said.posted_at)
    assert edited.edited_at is not None
    assert gone.kind is Kind.DELETE


def test_messenger_there_and_back(meta, page, lumbre, ana):
    meta.message(ana, page, "mi contrato es el 44-1871")
    (asked,) = pushed(lumbre, meta)
    assert (asked.public, asked.text) == (False, "mi contrato es el 44-1871")
    assert asked.conversation == f"{lumbre.network_id}:{ana.id}"
    sent = connector.send(lumbre, answer(asked, "Apuntado."))
    assert sent.conversation == asked.conversation
    (echo,) = pushed(lumbre, meta)
    assert (echo.network_id, echo.author.network_id, echo.addressed) == (
        sent.network_id, lumbre.network_id, False)  # fmt: skip
    assert echo.conversation == asked.conversation


def test_a_comment_is_answered_in_private_once(meta, page, lumbre, ana):
    meta.comment(ana, meta.post(page, "Hola"), "mi DNI es…")
    comment = pushed(lumbre, meta)[-1]
    sent = connector.send(lumbre, answer(comment, "Mejor por aquí.", public=False))
    assert sent.conversation == f"{lumbre.network_id}:{ana.id}"
    assert pushed(lumbre, meta)[-1].network_id == sent.network_id
    with pytest.raises(SendError, match="once") as second:
        connector.send(lumbre, answer(comment, "Y otra cosa.", public=False, key="k-2"))
    assert second.value.permanent
    meta.message(ana, page, "vale")
    assert pushed(lumbre, meta)[-1].conversation == sent.conversation


def test_a_visitors_post_and_a_review_are_answered_by_comment(meta, page, lumbre, ana):
    visit = meta.post(page, "Nadie me atiende", by=ana)
    review = meta.review(ana, page, "Cuatro días sin luz")
    asked, judged = pushed(lumbre, meta)
    assert asked.addressed
    assert judged.text == "No recomienda la página.\nCuatro días sin luz"
    for post, thing in ((asked, visit), (judged, review)):
        sent = connector.send(lumbre, answer(post, "Lo sentimos, Ana."))
        assert meta.things[sent.network_id.removeprefix("facebook:")].parent == thing.id
        assert connector.find(lumbre, answer(post, "Lo sentimos, Ana.")).network_id == sent.network_id


def test_a_mention_gets_its_words_when_it_is_looked_at(meta, page, lumbre, ana):
    mention = meta.mention(ana, page, "Vaya servicio el de Lumbre")
    (unread,) = pushed(lumbre, meta)
    assert "Vaya" not in unread.text
    (words,) = [p for d in connector.thread(lumbre, target_of(unread)) for p in connector.read(lumbre, d)]
    assert (words.kind, words.text) == (Kind.EDIT, "Vaya servicio el de Lumbre")
    assert (words.network_id, words.author.network_id) == (unread.network_id, unread.author.network_id)
    sent = connector.send(lumbre, answer(unread, "Cuéntanos qué ha pasado."))
    assert meta.things[sent.network_id.removeprefix("facebook:")].parent == mention.id


@pytest.mark.parametrize("way", ["comment", "review", "messenger", "private reply"])
def test_a_lost_answer_is_found_and_an_absent_one_is_known(meta, page, lumbre, ana, way):
    if way == "review":
        meta.review(ana, page, "mal")
    elif way == "messenger":
        meta.message(ana, page, "hola")
    else:
        meta.comment(ana, meta.post(page, "Hola"), "hola")
    outgoing = answer(pushed(lumbre, meta)[-1], "Te  leemos.\n", public=way in ("comment", "review"))
    meta.faults.arm(on="POST ", status=503, body=b"upstream")
    with pytest.raises(SendError) as failed:
        connector.send(lumbre, outgoing)
    assert failed.value.lost
    assert connector.find(lumbre, outgoing) is Found.ABSENT

    meta.faults.arm(on="POST ", lost=True)
    with pytest.raises(SendError) as lost:
        connector.send(lumbre, outgoing)
    assert (lost.value.lost, lost.value.permanent) == (True, False)
    found = connector.find(lumbre, outgoing)
    (echo,) = pushed(lumbre, meta)
    assert (found.network_id, found.conversation) == (echo.network_id, echo.conversation)


def test_a_look_that_fails_leaves_the_fate_open(meta, page, lumbre, ana):
    meta.message(ana, page, "hola")
    (asked,) = pushed(lumbre, meta)
    meta.faults.arm(on="GET ", status=500, times=2)
    for outgoing in (answer(asked, "x"), answer(asked, "x", public=False)):
        with pytest.raises(SendError) as open_still:
            connector.find(lumbre, outgoing)
        assert open_still.value.lost


def test_an_old_message_goes_out_with_the_human_agent_tag_only_where_granted(meta, page, lumbre, ana):
    meta.message(ana, page, "hola", at=ago(OLD))
    (asked,) = pushed(lumbre, meta)
    with pytest.raises(errors.OutsideWindow):
        connector.send(lumbre, answer(asked, "Perdona la espera."))
    lumbre.config["human_agent"] = True
    with pytest.raises(SendError, match="permission"):  # we say so, Meta does not
        connector.send(lumbre, answer(asked, "Perdona la espera."))
    meta.human_agent = True
    assert connector.send(lumbre, answer(asked, "Perdona la espera.")).conversation == asked.conversation
    meta.message(meta.person("Luis"), page, "hola", at=ago(timedelta(days=8)))
    asked = pushed(lumbre, meta)[-1]
    with pytest.raises(errors.OutsideWindow):
        connector.send(lumbre, answer(asked, "Perdona la espera."))


def test_hiding_and_taking_back(meta, page, lumbre, ana):
    comment = meta.comment(ana, meta.post(page, "Hola"), "spam")
    post = pushed(lumbre, meta)[-1]
    for hidden in (True, False):
        connector.hide(lumbre, target_of(post), hidden=hidden)
        assert comment.hidden is hidden
    sent = connector.send(lumbre, answer(post, "ay"))
    connector.withdraw(lumbre, sent.network_id, sent.ref, public=True)
    assert sent.network_id.removeprefix("facebook:") not in meta.things
    connector.withdraw(lumbre, sent.network_id, sent.ref, public=True)
    with pytest.raises(SendError, match="taken back"):
        connector.withdraw(lumbre, "facebook:m_1", {"person": ana.id}, public=False)


def test_what_was_deleted_meanwhile_is_said_so(meta, page, lumbre, ana):
    comment = meta.comment(ana, meta.post(page, "Hola"), "borro esto")
    post = pushed(lumbre, meta)[-1]
    meta.delete(comment)
    with pytest.raises(errors.Gone):
        connector.send(lumbre, answer(post, "Hola, Ana."))
    ana.unreachable = True
    meta.message(ana, page, "hola")
    with pytest.raises(SendError, match="cannot be reached") as away:
        connector.send(lumbre, answer(pushed(lumbre, meta)[-1], "Hola, Ana."))
    assert away.value.permanent


def test_the_thread_is_context(meta, page, lumbre, ana):
    post = meta.post(page, "Abrimos")
    first = meta.comment(ana, post, "uno")
    meta.comment(meta.person("Luis"), first, "dos")
    target = target_of(pushed(lumbre, meta)[-1])
    seen = [p for d in connector.thread(lumbre, target) for p in connector.read(lumbre, d)]
    assert [p.text for p in seen] == ["Abrimos", "uno", "dos"]
    assert not any(p.addressed for p in seen)
    assert seen[2].in_reply_to == seen[1].network_id
    meta.delete(post)
    assert connector.thread(lumbre, target) == []


def test_an_outage_leaves_no_gap(meta, page, lumbre, ana):
    """Nothing that was pushed arrived; the round brings it, once, with the ids the pushes have."""
    first, cursor = polled(lumbre)
    assert first == []
    post = meta.post(page, "Abrimos", at=ago(timedelta(hours=9)))
    comments = [meta.comment(ana, post, f"c{n}") for n in range(230)]
    for n in range(45):
        meta.message(ana, page, f"m{n}")
    meta.message(meta.person("Luis"), page, "y yo")
    meta.review(ana, page, "mal")
    meta.post(page, "visita", by=ana)
    told = {p.network_id: p for p in pushed(lumbre, meta)}
    found, after = polled(lumbre, cursor)
    assert {p.network_id for p in found} | {f"facebook:{post.id}"} == told.keys()
    assert len(found) == len({p.network_id for p in found})
    for one in found:
        other = told[one.network_id]
        assert (one.text, one.conversation, one.in_reply_to) == (
            other.text, other.conversation, other.in_reply_to)  # fmt: skip
        assert (one.author.network_id, one.public, one.addressed) == (
            other.author.network_id, other.public, other.addressed)  # fmt: skip
    assert len(comments) == 230
    one = connector.poll(lumbre, after)
    again = connector.poll(lumbre, after)
    assert {d.key for d in one.deliveries} == {d.key for d in again.deliveries}
