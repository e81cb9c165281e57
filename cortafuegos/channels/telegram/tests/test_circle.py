"""From a person's words to ours and back, against the fake network."""

from __future__ import annotations

import pytest

from cortafuegos.channels.contract import AccountView, Found, Kind, Media, SendError
from cortafuegos.channels.telegram import poll
from cortafuegos.channels.telegram.connector import connector

from .conftest import World, answer


def test_a_complaint_is_read_answered_and_goes_on(world: World, account: AccountView) -> None:
    asked = world.network.says(world.ana, world.chat, "Mi maleta no llegó 😡")
    (post,) = world.heard(account)
    assert (post.text, post.public, post.addressed) == ("Mi maleta no llegó 😡", False, True)
    assert (post.author.handle, post.author.name) == ("ana_v", "Ana Vidal")

    sent = connector.send(account, answer(post))
    seen = world.chat.messages[sent.ref["message"]]
    assert seen["text"] == "Lo miramos ahora."
    assert seen["reply_to_message"]["message_id"] == asked["message_id"]
    assert sent.conversation == post.conversation
    assert sent.posted_at.timestamp() == world.clock.now

    world.network.says(world.ana, world.chat, "¡Gracias!", reply_to=seen)
    (again,) = world.heard(account)
    assert (again.conversation, again.in_reply_to) == (post.conversation, sent.network_id)
    assert world.heard(account) == []


def test_an_edit_names_the_post_it_changes(world: World, account: AccountView) -> None:
    said = world.network.says(world.ana, world.chat, "Mi maleta no yego")
    world.clock.now += 30
    world.network.edits(world.chat, said, "Mi maleta no llegó")
    first, second = world.heard(account)
    assert (second.kind, second.network_id, second.text) == (
        Kind.EDIT,
        first.network_id,
        "Mi maleta no llegó",
    )
    assert (second.edited_at - first.posted_at).total_seconds() == 30


def test_in_a_group_only_what_is_said_to_the_bot_is_for_us(world: World, account: AccountView) -> None:
    group = world.network.group("Viajeros", world.bot)
    world.network.says(world.luis, group, "¿Alguien con retraso?")
    asked = world.network.says(world.ana, group, "@condor_air_bot ¿sale el 212?")
    aside, post = world.heard(account)
    assert (aside.addressed, post.addressed, post.public) == (False, True, True)

    sent = connector.send(account, answer(post, "Sí, a las 18:40."))
    assert sent.rest == 3.0
    assert sent.conversation == post.conversation
    ours = group.messages[sent.ref["message"]]
    assert ours["reply_to_message"]["message_id"] == asked["message_id"]
    world.network.says(world.ana, group, "Gracias", reply_to=ours)
    world.network.says(world.luis, group, "El mío no", reply_to=asked)
    thanks, other = world.heard(account)
    assert (thanks.addressed, thanks.conversation, thanks.in_reply_to) == (
        True,
        post.conversation,
        sent.network_id,
    )
    assert (other.addressed, other.conversation) == (False, post.conversation)


def test_a_comment_under_a_channel_post_is_for_us(world: World, account: AccountView) -> None:
    channel = world.network.group("Condor Air", kind="channel", username="condor_air")
    talk = world.network.group("Condor Air, charla", world.bot)
    root = world.network.says(channel, talk, "Nueva ruta a Lima", automatic_forward=True)
    world.network.says(world.ana, talk, "¿Y mi maleta?", reply_to=root)
    news, comment = world.heard(account)
    assert (news.addressed, comment.addressed) == (False, True)
    assert comment.conversation == news.network_id == comment.in_reply_to


def test_an_album_stays_together(world: World, account: AccountView) -> None:
    group = world.network.group("Viajeros", world.bot, kind="group")
    world.network.says(world.ana, group, "@condor_air_bot miren", photo=b"uno" * 9, album="77")
    world.network.says(world.ana, group, photo=b"dos" * 9, album="77")
    first, second = world.heard(account)
    assert first.conversation == second.conversation
    assert (first.addressed, second.addressed) == (True, False)
    assert [a.kind for post in (first, second) for a in post.attachments] == ["image", "image"]


def test_a_group_message_can_be_answered_in_private(world: World, account: AccountView) -> None:
    group = world.network.group("Viajeros", world.bot)
    world.network.says(world.ana, group, "@condor_air_bot mi DNI es…")
    (post,) = world.heard(account)
    with pytest.raises(SendError, match="never written to the bot") as refused:
        connector.send(account, answer(post, public=False))
    assert refused.value.permanent
    chat = world.chat  # she presses Start
    sent = connector.send(account, answer(post, "Mejor por aquí.", public=False))
    assert chat.messages[sent.ref["message"]]["text"] == "Mejor por aquí."
    assert sent.conversation == f"{account.network_id}:private:{world.ana.id}"
    world.network.says(world.ana, chat, "Vale")
    assert world.heard(account)[0].conversation == sent.conversation


def test_no_update_is_lost_over_many_pages(world: World, account: AccountView) -> None:
    said = [f"caída {n}" for n in range(poll.PAGE * 2 + 3)]
    for text in said:
        world.network.says(world.ana, world.chat, text)
    texts, cursor, more, keys = [], {}, True, []
    while more:
        polled = connector.poll(account, cursor)
        keys += [delivery.key for delivery in polled.deliveries]
        texts += [connector.read(account, delivery)[0].text for delivery in polled.deliveries]
        cursor, more = polled.cursor, polled.more
    assert texts == said
    assert len(set(keys)) == len(said)


def test_what_was_not_stored_comes_again(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    first = connector.poll(account, {})  # and the desk dies before it is stored
    again = connector.poll(account, {})
    assert [d.key for d in again.deliveries] == [d.key for d in first.deliveries]


def test_after_a_quiet_week_numbers_may_begin_anywhere(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    assert len(world.heard(account)) == 1
    assert world.heard(account) == []
    world.bot.next_update = 4711
    world.network.says(world.ana, world.chat, "¿sigue ahí?")
    assert [post.text for post in world.heard(account)] == ["¿sigue ahí?"]


JPEG = Media("billete.jpg", "image/jpeg", b"\xff\xd8" + b"x" * 90)
PDF = Media("impreso.pdf", "application/pdf", b"%PDF" + b"y" * 90)


@pytest.mark.parametrize(
    ("media", "kinds"),
    [
        ((JPEG,), ["photo"]),
        ((PDF,), ["document"]),
        ((Media("aviso.mp4", "video/mp4", b"m" * 50),), ["video"]),
        ((JPEG, JPEG), ["photo", "photo"]),
        ((JPEG, PDF), ["document", "document"]),
    ],
)
def test_files_go_out_with_their_words(
    world: World, account: AccountView, media: tuple[Media, ...], kinds: list[str]
) -> None:
    world.network.says(world.ana, world.chat, "¿y el impreso?")
    (post,) = world.heard(account)
    sent = connector.send(account, answer(post, "Aquí va.", media=media))
    numbers = sent.ref.get("messages") or [sent.ref["message"]]
    messages = [world.chat.messages[n] for n in numbers]
    assert [next(k for k in ("photo", "video", "document") if k in m) for m in messages] == kinds
    assert [m.get("caption") for m in messages] == ["Aquí va."] + [None] * (len(media) - 1)
    bodies = {file.body for file in world.network.files.values()}
    assert {m.body for m in media} <= bodies
    connector.withdraw(account, sent.network_id, sent.ref, public=False)
    assert not set(numbers) & set(world.chat.messages)


@pytest.mark.parametrize(
    ("text", "media"),
    [("x" * 1025, (JPEG,)), ("ok", (JPEG,) * 11), ("ok", (Media("a.bin", "", b"0" * 50_000_001),))],
)
def test_what_telegram_would_refuse_does_not_leave(
    world: World, account: AccountView, text: str, media: tuple[Media, ...]
) -> None:
    world.network.says(world.ana, world.chat, "hola")
    (post,) = world.heard(account)
    before = len(world.chat.messages)
    with pytest.raises(SendError) as refused:
        connector.send(account, answer(post, text, media=media))
    assert (refused.value.permanent, refused.value.lost) == (True, False)
    assert len(world.chat.messages) == before


def test_taking_back_has_its_time(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    (post,) = world.heard(account)
    sent = connector.send(account, answer(post))
    connector.withdraw(account, sent.network_id, sent.ref, public=False)
    assert sent.ref["message"] not in world.chat.messages
    connector.withdraw(account, sent.network_id, sent.ref, public=False)  # gone already
    late = connector.send(account, answer(post, "Otra cosa"))
    world.clock.now += 49 * 3600
    with pytest.raises(SendError, match="48 hours") as refused:
        connector.withdraw(account, late.network_id, late.ref, public=False)
    assert refused.value.permanent
    assert late.ref["message"] in world.chat.messages


def test_a_group_that_moved_is_followed(world: World, account: AccountView) -> None:
    group = world.network.group("Viajeros", world.bot, kind="group")
    world.network.says(world.ana, group, "@condor_air_bot ¿sale?")
    (post,) = world.heard(account)
    new = world.network.migrates(group)
    assert world.heard(account) == []
    sent = connector.send(account, answer(post, "Sí."))
    assert new.messages[sent.ref["message"]]["text"] == "Sí."


def test_telegram_cannot_be_asked_what_was_sent(world: World, account: AccountView) -> None:
    world.network.says(world.ana, world.chat, "hola")
    (post,) = world.heard(account)
    world.network.faults.arm(on=f"POST /bot{world.bot.token}/sendMessage", lost=True)
    with pytest.raises(SendError) as failed:
        connector.send(account, answer(post, "Una sola vez."))
    assert (failed.value.lost, failed.value.permanent) == (True, False)
    assert [m["text"] for m in world.chat.messages.values()].count("Una sola vez.") == 1
    assert connector.find(account, answer(post)) is Found.UNKNOWN


def test_the_profile_text_stands_where_people_begin(world: World, account: AccountView) -> None:
    assert connector.set_profile(account, "Te contestamos de 9 a 20 h.")
    assert world.bot.texts == {
        "description": "Te contestamos de 9 a 20 h.",
        "short_description": "Te contestamos de 9 a 20 h.",
    }
    connector.set_profile(account, "x" * 121)
    assert len(world.bot.texts["short_description"]) < 120
    with pytest.raises(SendError):
        connector.set_profile(account, "x" * 513)
