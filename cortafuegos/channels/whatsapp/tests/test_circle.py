"""From a person's words to ours and back, against the fake network."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cortafuegos.channels.capabilities import Step
from cortafuegos.channels.contract import AccountView, Found, Kind, Media, SendError
from cortafuegos.channels.whatsapp.connector import connector
from cortafuegos.channels.whatsapp.fake.things import Person

from .conftest import World, answer


@pytest.mark.parametrize("who", ["ana", "eva"])
def test_a_complaint_is_read_answered_and_goes_on(world: World, account: AccountView, who: str) -> None:
    person: Person = getattr(world, who)
    asked = world.network.says(person, world.number, "Mi maleta no llegó 😡")
    (post,) = world.heard(account)
    assert (post.text, post.public, post.addressed) == ("Mi maleta no llegó 😡", False, True)
    assert post.author.network_id == f"whatsapp:{person.user_id}"
    assert post.author.handle == ("ana_v" if who == "ana" else "Eva")

    sent = connector.send(account, answer(post))
    out = world.network.out[sent.ref["message"]]
    assert (out.person, out.what["body"], out.answers, out.tag) == (person, "Lo miramos ahora.", asked, "k-1")
    assert sent.conversation == post.conversation
    assert world.heard(account) == []  # "sent"
    world.network.tells(out, "delivered")
    world.network.tells(out, "read")
    assert world.heard(account) == []

    world.network.says(person, world.number, "¡Gracias!", reply_to=out.id)
    (again,) = world.heard(account)
    assert (again.conversation, again.in_reply_to) == (post.conversation, sent.network_id)


def test_edits_and_what_is_taken_back_name_the_post(world: World, account: AccountView) -> None:
    said = world.network.says(world.ana, world.number, "Mi maleta no yego")
    world.network.edits(world.ana, world.number, said, "Mi maleta no llegó")
    world.network.takes_back(world.ana, world.number, said)
    first, edit, gone = world.heard(account)
    assert {p.network_id for p in (first, edit, gone)} == {f"whatsapp:{said}"}
    assert [p.kind for p in (first, edit, gone)] == [Kind.POST, Kind.EDIT, Kind.DELETE]
    assert (edit.text, gone.text) == ("Mi maleta no llegó", "")


def test_a_reaction_stands_under_what_it_means_and_wakes_nobody(world: World, account: AccountView) -> None:
    post = world.asked(account)
    sent = connector.send(account, answer(post))
    world.network.reacts(world.ana, world.number, sent.ref["message"], "👍")
    world.network.reacts(world.ana, world.number, sent.ref["message"], "")
    (thumb,) = world.heard(account)
    assert (thumb.text, thumb.in_reply_to, thumb.addressed) == ("👍", sent.network_id, False)
    connector.send(account, answer(thumb, "¿Algo más?"))
    assert list(world.network.out.values())[-1].answers == ""  # nothing hangs under a reaction


def test_an_album_in_parallel_stays_together(world: World, account: AccountView) -> None:
    for n in range(4):
        world.network.says(world.ana, world.number, f"foto {n}", image=("image/jpeg", b"x" * n))
    posts = world.heard(account, backwards=True)
    assert len({post.conversation for post in posts}) == 1
    assert sorted(post.text for post in posts) == [f"foto {n}" for n in range(4)]
    assert all(post.attachments[0].kind == "image" and post.ref["files"] for post in posts)


def test_whoever_changes_the_number_is_answered_at_the_new_one(world: World, account: AccountView) -> None:
    post = world.asked(account)
    world.network.changes_number(world.ana, world.number, "34699999999")
    moved, updated = world.heard(account)
    for told in (moved, updated):
        assert (told.conversation, told.author.network_id) == (post.conversation, post.author.network_id)
        assert told.addressed is False
        assert told.ref["user_id"] == world.ana.user_id
    world.network.says(world.ana, world.number, "Soy yo")
    (new,) = world.heard(account)
    assert new.author.network_id != post.author.network_id
    for told in (moved, updated):
        sent = connector.send(account, answer(told, "Te leemos."))
        assert world.network.out[sent.ref["message"]].person is world.ana


def test_after_the_window_words_fail_and_a_status_says_so(world: World, account: AccountView) -> None:
    post = world.asked(account)
    world.clock.now += 24 * 3600
    sent = connector.send(account, answer(post))  # taken first, as WhatsApp does
    (told,) = world.told(account)
    assert (told.step, told.network_id, told.key) == (Step.FAILED, sent.network_id, "k-1")
    assert told.reason.startswith("More than 24 hours")

    world.network.template("retomar", "Hola {{1}}, sobre {{2}}: ¿seguimos?")
    template = {"name": "retomar", "language": "es", "values": {"1": "Ana", "2": "tu maleta"}}
    opened = connector.send(account, answer(post, "", template=template))
    assert world.network.out[opened.ref["message"]].status == "sent"
    world.network.says(world.ana, world.number, "Sí")
    (yes,) = world.heard(account)
    connector.send(account, answer(yes, "Perfecto."))
    assert [o.status for o in world.network.out.values()] == ["failed", "sent", "sent"]


JPEG = Media("billete.jpg", "image/jpeg", b"\xff\xd8" + b"x" * 90)


@pytest.mark.parametrize(
    ("media", "text", "kind"),
    [
        (JPEG, "Aquí va.", "image"),
        (JPEG, "", "image"),
        (Media("impreso.pdf", "application/pdf", b"%PDF"), "El impreso", "document"),
        (Media("aviso.mp4", "video/mp4", b"m" * 50), "", "video"),
        (Media("voz.ogg", "audio/ogg", b"o" * 50), "", "audio"),
        (Media("voz.ogg", "audio/ogg", b"o" * 50), "Con palabras", "document"),
        (Media("grande.png", "image/png", b"g" * 5_000_001), "", "document"),
    ],
)
def test_files_go_out_with_their_words(
    world: World, account: AccountView, media: Media, text: str, kind: str
) -> None:
    post = world.asked(account)
    sent = connector.send(account, answer(post, text, media=(media,)))
    out = world.network.out[sent.ref["message"]]
    assert (out.type, out.what.get("caption", "")) == (kind, text)
    assert world.network.files[out.what["id"]].body == media.body
    assert (out.what.get("filename") == media.name) is (kind == "document")


@pytest.mark.parametrize(
    ("text", "media"),
    [("x" * 1025, (JPEG,)), ("ok", (JPEG, JPEG)), ("ok", (Media("a", "video/mp4", b"0" * 100_000_001),))],
)
def test_what_whatsapp_would_refuse_does_not_leave(
    world: World, account: AccountView, text: str, media: tuple[Media, ...]
) -> None:
    post = world.asked(account)
    with pytest.raises(SendError) as refused:
        connector.send(account, answer(post, text, media=media))
    assert (refused.value.permanent, refused.value.lost) == (True, False)
    assert not world.network.out
    assert not world.network.files


def test_whatsapp_cannot_be_asked_what_was_sent(world: World, account: AccountView) -> None:
    post = world.asked(account)
    world.network.faults.arm(on=f"POST /{account.config['version']}/{world.number.id}/messages", lost=True)
    with pytest.raises(SendError) as failed:
        connector.send(account, answer(post))
    assert (failed.value.lost, failed.value.permanent) == (True, False)
    assert len(world.network.out) == 1
    assert connector.find(account, answer(post)) is Found.UNKNOWN
    # The status that comes by webhook does carry our key: that is all there is.
    (told,) = world.told(account)
    assert (told.step, told.key) == (Step.SENT, "k-1")
    assert told.network_id == f"whatsapp:{next(iter(world.network.out))}"


def test_what_became_of_an_answer_is_told_in_batches_of_two_numbers(
    world: World, account: AccountView
) -> None:
    sent = connector.send(account, answer(world.asked(account)))
    out = world.network.out[sent.ref["message"]]
    for status in ("delivered", "read", "deleted", "warning"):
        world.network.tells(out, status)
    told = world.told(account, batch=10)
    assert [one.step for one in told] == [Step.SENT, Step.DELIVERED, Step.READ]
    assert {one.network_id for one in told} == {sent.network_id}
    world.network.tells(out, "read")
    stranger = replace(account, network_id="whatsapp:1")
    assert world.told(stranger) == []


def test_the_profile_text_is_written(world: World, account: AccountView) -> None:
    assert connector.set_profile(account, "Te contestamos de 9 a 20 h.")
    assert world.number.profile == {
        "description": "Te contestamos de 9 a 20 h.",
        "about": "Te contestamos de 9 a 20 h.",
    }
    connector.set_profile(account, "x" * 140)
    assert len(world.number.profile["about"]) < 139
    with pytest.raises(SendError):
        connector.set_profile(account, "x" * 513)


def test_nothing_is_said_in_public(world: World, account: AccountView) -> None:
    post = world.asked(account)
    with pytest.raises(SendError) as refused:
        connector.send(account, answer(post, public=True))
    assert refused.value.permanent
    assert not world.network.out
