"""Against a server: from the customer's words to ours and back."""

from __future__ import annotations

import pytest

from cortafuegos.channels.contract import (
    AccountView,
    Found,
    SendError,
)
from cortafuegos.channels.mastodon import poll
from cortafuegos.channels.mastodon.connector import connector
from e2e.networks.lossy import lossy_proxy
from e2e.networks.mastodon import MastodonServer, mastodon_server

from .conftest import account_on, answer, poll_posts, target_of

pytestmark = pytest.mark.network_twin


def test_a_complaint_is_read_answered_and_threaded(server: MastodonServer, marca: AccountView) -> None:
    ana = server.client("ana")
    asked = ana.status_post("@marca mi pedido no llega", language="es")
    (post,) = poll_posts(marca)
    assert (post.text, post.public, post.addressed) == ("@marca mi pedido no llega", True, True)
    assert (post.author.handle, post.language) == ("ana@mastodon.test", "es")
    assert post.network_id == asked.uri == post.conversation

    sent = connector.send(marca, answer(post, "Lo miramos ahora mismo, Ana."))
    (seen,) = ana.notifications(types=["mention"])
    assert seen.status.uri == sent.network_id
    assert seen.status.in_reply_to_id == asked.id
    assert "@ana Lo miramos ahora mismo, Ana." in seen.status.content

    ana.status_reply(seen.status, "¡Gracias!")
    again = poll_posts(marca)[-1]
    assert (again.conversation, again.in_reply_to) == (asked.uri, sent.network_id)


def test_a_private_message_stays_private(server: MastodonServer, marca: AccountView) -> None:
    ana, luis = server.client("ana"), server.client("luis")
    ana.status_post("@marca mi teléfono es 600 000 000", visibility="direct")
    (post,) = poll_posts(marca)
    assert (post.public, post.conversation) == (False, f"direct:{marca.network_id}:ana@mastodon.test")

    sent = connector.send(marca, answer(post, "Apuntado."))
    assert sent.conversation == post.conversation
    assert ana.notifications(types=["mention"])[0].status.visibility == "direct"
    assert not luis.notifications(types=["mention"])
    with pytest.raises(SendError, match="@luis") as leak:
        connector.send(marca, answer(post, "Te atiende @luis", key="k-2"))
    assert leak.value.permanent
    assert not luis.notifications(types=["mention"])


def test_a_public_post_can_be_answered_in_private(server: MastodonServer, marca: AccountView) -> None:
    server.client("ana").status_post("@marca mi DNI es…")
    (post,) = poll_posts(marca)
    sent = connector.send(marca, answer(post, "Mejor por aquí.", public=False))
    assert sent.conversation == f"direct:{marca.network_id}:ana@mastodon.test"
    assert server.client("ana").notifications(types=["mention"])[0].status.visibility == "direct"


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(poll, "PAGE", 4)
    return 4


def test_no_mention_is_lost_over_many_pages(
    server: MastodonServer, marca: AccountView, short_pages: int
) -> None:
    ana, luis = server.client("ana"), server.client("luis")
    ana.status_post("@marca cero")
    first = connector.poll(marca, {})
    said = [f"@marca caída {n}" for n in range(short_pages * 2 + 3)]
    for n, text in enumerate(said):
        (luis if n % 2 else ana).status_post(text)
    cursor, texts, rounds = first.cursor, [], 0
    while True:
        polled = connector.poll(marca, cursor)
        texts += [p.text for d in polled.deliveries for p in connector.read(marca, d)]
        cursor, rounds = polled.cursor, rounds + 1
        if not polled.more:
            break
    assert texts == said
    assert rounds == 3
    assert not connector.poll(marca, cursor).deliveries


def test_the_first_poll_looks_back_over_several_pages(
    server: MastodonServer, marca: AccountView, short_pages: int
) -> None:
    ana = server.client("ana")
    for n in range(short_pages + 3):
        ana.status_post(f"@marca {n}")
    polled = connector.poll(marca, {})
    assert polled.more
    assert connector.read(marca, polled.deliveries[0])[0].text == "@marca 0"
    assert len(connector.poll(marca, polled.cursor).deliveries) == 3


def test_in_a_storm_the_first_poll_goes_back_as_far_as_the_server_lets_it(
    server: MastodonServer, marca: AccountView, short_pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "PAGES_BACK", 2)
    for n in range(short_pages * 3):
        server.client("ana").status_post(f"@marca {n}")
    said, cursor = [], {}
    for _turn in range(3):
        polled = connector.poll(marca, cursor)
        said += [connector.read(marca, delivery)[0].text for delivery in polled.deliveries]
        cursor = polled.cursor
    assert said == [f"@marca {n}" for n in range(short_pages + 1, short_pages * 3)]


def test_the_same_key_twice_is_one_post(server: MastodonServer, marca: AccountView) -> None:
    ana = server.client("ana")
    ana.status_post("@marca ¿hola?")
    (post,) = poll_posts(marca)
    first = connector.send(marca, answer(post, "Hola, Ana."))
    assert connector.send(marca, answer(post, "Hola, Ana.")).network_id == first.network_id
    assert len(ana.notifications(types=["mention"])) == 1


def test_a_lost_answer_is_found_and_an_unsent_one_is_not(server: MastodonServer, marca: AccountView) -> None:
    ana = server.client("ana")
    ana.status_post("@marca ¿hola?")
    (post,) = poll_posts(marca)
    with lossy_proxy(server.port) as proxy:
        through = account_on(server, "marca", proxy.port)
        target = answer(post, "Ya está.")
        target.target.ref["server"] = through.config["server"]
        assert connector.find(through, target) is Found.ABSENT
        proxy.lose_after(b"POST /api/v1/statuses")
        with pytest.raises(SendError) as failed:
            connector.send(through, target)
        assert (failed.value.lost, failed.value.permanent, proxy.lost) == (True, False, 1)
        found = connector.find(through, target)
        assert not isinstance(found, Found)
        assert found.network_id == ana.notifications(types=["mention"])[0].status.uri
        other = answer(post, "Otra cosa.")
        assert connector.find(through, other) is Found.ABSENT
        server.fault(f"/api/v1/accounts/{through.config['account_id']}/statuses", type="ratelimit")
        with pytest.raises(SendError) as unseen:
            connector.find(through, other)
        assert (unseen.value.lost, unseen.value.permanent) == (True, False)


def test_the_support_account_answers_what_another_server_received(
    server: MastodonServer, marca: AccountView
) -> None:
    asked = server.client("ana").status_post("@marca no funciona nada")
    (post,) = poll_posts(marca)
    with mastodon_server("lejos.test", ("ayuda",)) as far:
        support = account_on(far, "ayuda")
        with pytest.raises(SendError) as unseen:
            connector.send(support, answer(post, "Te ayudamos."))
        assert unseen.value.permanent
        far.federate(asked, "mastodon.test")
        sent = connector.send(support, answer(post, "Te ayudamos."))
        there = far.client("ayuda")
        reply = there.status(sent.ref["id"])
        assert there.status(reply.in_reply_to_id).uri == asked.uri
        assert "@ana@mastodon.test Te ayudamos." in reply.content
        assert connector.find(support, answer(post, "Te ayudamos.")) == sent


def test_the_whole_thread_tells_what_was_said_to_others(server: MastodonServer, marca: AccountView) -> None:
    ana, luis = server.client("ana"), server.client("luis")
    root = luis.status_post("¿A alguien le va la línea?")
    mine = ana.status_post("A mí no. @marca ¿qué pasa?", in_reply_to_id=root.id)
    luis.status_post("Lo mismo aquí", in_reply_to_id=mine.id)
    (post,) = poll_posts(marca)
    assert post.conversation == root.uri
    deliveries = connector.thread(marca, target_of(post))
    posts = [p for d in deliveries for p in connector.read(marca, d)]
    assert [(p.author.name, p.addressed, p.conversation) for p in posts] == [
        ("Luis", False, root.uri),
        ("Ana", True, root.uri),
        ("Luis", False, root.uri),
    ]
    assert posts[1] == post
    assert connector.poll(marca, {}).deliveries[0].key == deliveries[1].key


def test_mentions_by_strangers_arrive_although_the_server_sorts_them_out(
    server: MastodonServer, marca: AccountView
) -> None:
    server.client("marca").update_notifications_policy(for_not_following="filter")
    server.client("ana").status_post("@marca nadie me conoce")
    assert not server.client("marca").notifications(types=["mention"])
    assert [post.text for post in poll_posts(marca)] == ["@marca nadie me conoce"]
