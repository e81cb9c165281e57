"""What customers say reaches us, and what we answer reaches them: against the fake, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from cortafuegos.channels.capabilities import Exchange
from cortafuegos.channels.contract import AccountView, Found, Kind, Media, Refused, SendError, Sent, Target
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake import XNetwork

from .conftest import answer_to, configured, everything, heard, named, posts_of, target_of


def test_a_mention_comes_in_and_the_answer_is_read_under_it(network: XNetwork, us: AccountView) -> None:
    asked = network.people.mention("ana", "condor_air", "¿dónde está mi maleta? <3 & gracias")
    (post,) = heard(us)
    assert post.text == "@condor_air ¿dónde está mi maleta? <3 & gracias"
    assert (post.network_id, post.conversation, post.addressed, post.public) == (
        named(asked), named(asked), True, True,
    )  # fmt: skip
    assert (post.author.handle, post.author.followers, post.author.verified, post.author.place) == (
        "ana", 48_210, True, "Lima",
    )  # fmt: skip
    sent = connector.send(us, answer_to(post, "@ana Hola, Ana: sale hoy & llega mañana"))
    (read,) = network.people.reads("ana")
    assert read.prefix + read.text == "@ana Hola, Ana: sale hoy & llega mañana"
    assert (read.reply_to, named(read)) == (asked.id, sent.network_id)
    assert sent.url == f"https://x.com/condor_air/status/{read.id}"
    assert (sent.conversation, sent.spent) == (named(asked), Decimal("0.010"))


def test_bystanders_of_the_question_hear_nothing_of_the_answer(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "como le pasó a @luis")
    (post,) = heard(us)
    connector.send(us, answer_to(post, "Lo miramos, Ana"))
    assert network.people.reads("luis")[-1].author.username == "ana"
    network.people.mention("ana", "condor_air", "otra vez, con @luis")
    *_before, last = heard(us)
    connector.send(us, answer_to(last, "Se lo decimos también a @luis"))
    assert network.people.reads("luis")[-1].author.username == "condor_air"


def test_a_private_message_is_answered_in_private(network: XNetwork, us: AccountView) -> None:
    network.people.dm("ana", "condor_air", "mi localizador es QX7T2P")
    (post,) = heard(us)
    assert (post.public, post.text, post.addressed) == (False, "mi localizador es QX7T2P", True)
    sent = connector.send(us, answer_to(post, "Gracias, Ana"))
    assert [m.text for m in network.people.messages_with("ana", "condor_air")][-1] == "Gracias, Ana"
    assert (sent.conversation, sent.spent) == (post.conversation, Decimal("0.015"))
    mine = heard(us)[-1]
    assert (mine.text, mine.addressed, mine.conversation) == ("Gracias, Ana", False, post.conversation)


def test_a_public_question_can_be_answered_in_private(network: XNetwork, us: AccountView) -> None:
    network.people.mention("luis", "condor_air", "¿os paso mi teléfono?")
    (post,) = heard(us)
    sent = connector.send(us, answer_to(post, "Mejor por aquí", public=False))
    network.people.dm("luis", "condor_air", "aquí va: 600 000 000")
    told = [p for p in heard(us) if not p.public]
    assert {p.conversation for p in told} == {sent.conversation}


def test_an_answer_that_left_out_our_name_and_a_quote_are_found(network: XNetwork, us: AccountView) -> None:
    ours = network.people.say("condor_air", "Hoy salimos todos a la hora")
    network.people.say("luis", "ja, ja", to=ours.id, quiet=("condor_air",))
    network.people.say("ana", "Otra promesa", quoting=ours.id)
    found = {post.author.handle: post for post in heard(us)}
    assert found["luis"].addressed
    assert found["luis"].in_reply_to == named(ours)
    assert found["ana"].addressed
    summoned = {handle: post.ref["summoned"] for handle, post in found.items()}
    assert summoned == {"luis": False, "ana": True}  # a quote opens the interface, a bare answer does not


def test_an_edit_and_a_deletion_change_what_was_said(network: XNetwork, us: AccountView) -> None:
    first = network.people.mention("ana", "condor_air", "vuelo CA512")
    kept = network.people.mention("luis", "condor_air", "yo también")
    _deliveries, cursor = everything(us)
    edited = network.people.edit(first.id, "@condor_air vuelo CA513, perdón")
    deliveries, cursor = everything(us, cursor)
    (change,) = posts_of(us, deliveries)
    assert (change.kind, change.network_id) == (Kind.EDIT, named(first))
    assert change.text == "@condor_air vuelo CA513, perdón"
    assert change.ref["id"] == edited.id  # an answer goes under what stands there now
    network.people.delete(edited.id)
    cursor["watched"]["next"] = datetime.now(UTC).isoformat()  # its turn comes every ten minutes
    deliveries, cursor = everything(us, cursor)
    (gone,) = posts_of(us, deliveries)
    assert (gone.kind, gone.network_id, gone.author.handle) == (Kind.DELETE, named(first), "ana")
    assert [one["id"] for one in cursor["watched"]["posts"]] == [kept.id]


def test_the_thread_is_read_with_what_was_said_to_others(network: XNetwork, us: AccountView) -> None:
    asked = network.people.mention("ana", "condor_air", "¿y mi maleta?")
    network.people.say("luis", "ánimo", to=asked.id, quiet=("condor_air",))
    post = next(p for p in heard(us) if p.author.handle == "ana")
    connector.send(us, answer_to(post, "La buscamos"))
    thread = posts_of(us, list(connector.thread(us, target_of(post))))
    assert sorted((p.author.handle, p.addressed) for p in thread) == [
        ("ana", True), ("condor_air", False), ("luis", False),
    ]  # fmt: skip
    assert {p.conversation for p in thread} == {named(asked)}


def test_a_long_post_is_read_whole(network: XNetwork, us: AccountView) -> None:
    words = "os lo cuento entero porque en corto no cabe " * 9 + "https://condor.example/quejas"
    network.people.mention("ana", "condor_air", words)
    (post,) = heard(us)
    assert post.text == f"@condor_air {words}"


def test_pictures_come_and_go(network: XNetwork, us: AccountView) -> None:
    picture = network.people.picture("ana", alt="una maleta rota")
    network.people.mention("ana", "condor_air", "así llegó", media=(picture,))
    (post,) = heard(us)
    assert post.text == "@condor_air así llegó"
    (attached,) = post.attachments
    assert (attached.kind, attached.alt) == ("image", "una maleta rota")
    image = Media("mapa.png", "image/png", b"\x89PNG" * 50, alt="el mostrador, marcado en un mapa")
    connector.send(us, answer_to(post, "Aquí", media=(image, image)))
    (read,) = network.people.reads("ana")
    assert [network.world.media[one].alt for one in read.media] == [image.alt] * 2
    assert {network.world.media[one].size for one in read.media} == {200}


def test_a_video_goes_in_pieces_and_only_once(network: XNetwork, us: AccountView) -> None:
    network.people.dm("ana", "condor_air", "¿cómo se hace?")
    (post,) = heard(us)
    video = Media("paso.mp4", "video/mp4", bytes(2_500_000))
    network.faults.arm(on="POST /2/dm_conversations", status=503)
    outgoing = answer_to(post, "Así", media=(video,))
    with pytest.raises(SendError):
        connector.send(us, outgoing)
    connector.send(us, outgoing)
    (told,) = [m for m in network.people.messages_with("ana", "condor_air") if m.media]
    assert network.world.media[told.media[0]].size == 2_500_000
    assert sum(one.endswith("/append") for one in network.requests) == 3


@pytest.mark.parametrize(
    ("media", "public"),
    [
        ((Media("a.pdf", "application/pdf", b"x"),), True),
        ((Media("a.png", "image/png", b"x"),) * 5, True),
        ((Media("a.png", "image/png", b"x"),) * 2, False),
        ((Media("a.png", "image/png", bytes(5_000_001)),), True),
    ],
)
def test_files_x_would_not_take_are_told_before_anything_is_sent(
    network: XNetwork, us: AccountView, media: tuple[Media, ...], public: bool
) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    before = list(network.requests)
    with pytest.raises(SendError) as refused:
        connector.send(us, answer_to(post, "Aquí", media=media, public=public))
    assert refused.value.permanent
    assert network.requests == before


def test_what_we_said_can_be_taken_back_and_twice_is_no_error(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    sent = connector.send(us, answer_to(post, "Hola, Luis"))
    for _twice in range(2):
        connector.withdraw(us, sent.network_id, sent.ref, public=True)
    assert network.people.reads("ana") == []
    private = connector.send(us, answer_to(post, "Hola", public=False))
    for _twice in range(2):
        connector.withdraw(us, private.network_id, private.ref, public=False)
    assert network.people.messages_with("ana", "condor_air") == []


def test_a_comment_under_our_post_can_be_hidden_and_shown(network: XNetwork, us: AccountView) -> None:
    ours = network.people.say("condor_air", "Nueva ruta a Cusco")
    spam = network.people.say("luis", "gana dinero", to=ours.id)
    (post,) = heard(us)
    connector.hide(us, target_of(post), hidden=True)
    assert spam.hidden
    connector.hide(us, target_of(post), hidden=False)
    assert not spam.hidden


def test_a_post_by_hand_opens_what_the_interface_may_not_do(network: XNetwork, us: AccountView) -> None:
    found = network.people.say("luis", "Cóndor Air, nunca más")  # a listening find: names nobody
    post = posts_of(us, list(connector.thread(us, _found(found.id))))[0]
    now = datetime.now(UTC)
    told = connector.permission(us, target_of(post), Exchange(now=now, said_at=now), public=True)
    assert told.by_hand
    with pytest.raises(SendError) as refused:  # and X would indeed refuse it
        connector.send(us, answer_to(post, "Lo sentimos"))
    assert refused.value.permanent
    by_hand = network.people.say("condor_air", "Lo sentimos", to=found.id)
    sent = connector.recognise(us, f"https://x.com/condor_air/status/{by_hand.id}?s=20")
    assert isinstance(sent, Sent)
    thread = posts_of(us, list(connector.thread(us, target_of(post))))
    assert sent.network_id in [p.network_id for p in thread]  # the answer is threaded when it appears
    network.world.app.enterprise = True
    assert connector.send(configured(us, enterprise=True), answer_to(post, "De verdad")).spent == 0


def _found(number: str) -> Target:
    ref = {"id": number, "conversation": number}
    return Target(f"x:post:{number}", "x:user:1", "luis", f"x:post:{number}", "", True, "", ref, ref)


def test_an_answer_too_long_is_refused_before_it_leaves(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    connector.send(us, answer_to(post, "@ana " + "a" * 280))  # the mention is X's own
    before = list(network.requests)
    with pytest.raises(SendError) as refused:
        connector.send(us, answer_to(post, "a" * 279 + "👾"))
    assert (refused.value.permanent, network.requests) == (True, before)
    assert "281" in refused.value.reason


def test_an_answer_whose_fate_is_open_is_found_or_known_to_be_missing(
    network: XNetwork, us: AccountView
) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    outgoing = answer_to(post, "Mira https://condor.example/ayuda & dinos")
    assert connector.find(us, outgoing) is Found.ABSENT
    network.faults.arm(on="POST /2/tweets", lost=True)
    with pytest.raises(SendError) as lost:
        connector.send(us, outgoing)
    assert (lost.value.lost, lost.value.permanent) == (True, False)
    found = connector.find(us, outgoing)
    assert isinstance(found, Sent)
    assert found.network_id == named(network.people.reads("ana")[0])
    again = connector.send(us, outgoing)  # who does not look is saved by X's own refusal
    assert again.network_id == found.network_id
    assert len(network.people.reads("ana")) == 1


def test_a_private_answer_whose_fate_is_open_is_looked_for_after_a_while(
    network: XNetwork, us: AccountView
) -> None:
    network.people.dm("ana", "condor_air", "hola")
    (post,) = heard(us)
    network.faults.arm(on="POST /2/dm_conversations", lost=True)
    outgoing = answer_to(post, "Hola, Ana")
    with pytest.raises(SendError):
        connector.send(us, outgoing)
    assert isinstance(connector.find(us, outgoing), Sent)
    other = answer_to(post, "Nunca dicho")
    with pytest.raises(SendError) as early:  # X may not list it yet
        connector.find(us, other)
    assert early.value.lost
    assert 0 < (early.value.retry_after or 0) <= 60
    old = answer_to(post, "Nunca dicho", first_attempt_at=post.posted_at - timedelta(minutes=2))
    assert connector.find(us, old) is Found.ABSENT


def test_looking_while_x_is_down_leaves_it_open(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "hola")
    (post,) = heard(us)
    network.faults.arm(on="GET /2/users", status=503)
    with pytest.raises(SendError) as open_still:
        connector.find(us, answer_to(post, "Hola"))
    assert open_still.value.lost
    network.people.revoke("condor_air")
    with pytest.raises(Refused):
        connector.find(us, answer_to(post, "Hola"))
