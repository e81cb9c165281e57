"""Against a server: from the customer's words to ours and back."""

from __future__ import annotations

import pytest

from cortafuegos.channels.contract import (
    AccountView,
    ConnectError,
    Found,
    HealthState,
    Kind,
    Refused,
    SendError,
)
from cortafuegos.channels.mastodon import watch
from cortafuegos.channels.mastodon.connector import connector
from cortafuegos.channels.mastodon.poll import PAGE
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


def test_no_mention_is_lost_over_many_pages(server: MastodonServer, marca: AccountView) -> None:
    ana, luis = server.client("ana"), server.client("luis")
    ana.status_post("@marca cero")
    first = connector.poll(marca, {})
    said = [f"@marca caída {n}" for n in range(PAGE * 2 + 5)]
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


def test_the_first_poll_looks_back_over_several_pages(server: MastodonServer, marca: AccountView) -> None:
    ana = server.client("ana")
    for n in range(PAGE + 3):
        ana.status_post(f"@marca {n}")
    polled = connector.poll(marca, {})
    assert polled.more
    assert connector.read(marca, polled.deliveries[0])[0].text == "@marca 0"
    assert len(connector.poll(marca, polled.cursor).deliveries) == 3


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


@pytest.mark.parametrize(
    ("effect", "outcome"),
    [
        ({"status": 401}, (Refused, {})),
        ({"status": 403}, (Refused, {})),
        ({"status": 404}, (SendError, {"permanent": True, "lost": False})),
        ({"status": 422, "body": {"error": "Demasiado largo"}}, (SendError, {"permanent": True})),
        ({"status": 500}, (SendError, {"permanent": False, "lost": False})),
        ({"status": 504}, (SendError, {"permanent": False, "lost": True})),
        ({"type": "malformed"}, (SendError, {"permanent": False, "lost": True})),
        ({"type": "ratelimit"}, (SendError, {"permanent": False, "lost": False})),
        (
            {"status": 429, "headers": {"X-RateLimit-Reset": "2999-01-01T00:00:00.000000Z"}},
            (SendError, {"permanent": False, "retry_after": 900.0}),
        ),
        ({"status": 302, "headers": {"Location": "/elsewhere"}}, (SendError, {"permanent": False})),
    ],
)
def test_what_the_server_answers_decides_what_happens_next(
    server: MastodonServer, marca: AccountView, effect: dict, outcome: tuple
) -> None:
    server.client("ana").status_post("@marca ¿hola?")
    (post,) = poll_posts(marca)
    server.fault("/api/v1/statuses", method="POST", **effect)
    with pytest.raises(outcome[0]) as failed:
        connector.send(marca, answer(post, "Hola"))
    for name, value in outcome[1].items():
        assert getattr(failed.value, name) == value, name
    assert marca.credentials["token"] not in repr(failed.value)
    if effect.get("type") == "ratelimit":
        assert 290 < failed.value.retry_after <= 301
    if effect.get("status") == 422:
        assert "Demasiado largo" in failed.value.reason


def test_a_server_that_is_down_never_got_the_reply(server: MastodonServer, marca: AccountView) -> None:
    server.client("ana").status_post("@marca ¿hola?")
    (post,) = poll_posts(marca)
    with lossy_proxy(server.port) as proxy:
        port = proxy.port
    down = AccountView(
        **{
            f: getattr(marca, f) for f in ("id", "network", "network_id", "handle", "language", "credentials")
        },
        config={**marca.config, "server": f"http://127.0.0.1:{port}"},
    )
    post.ref["server"] = down.config["server"]
    with pytest.raises(SendError) as failed:
        connector.send(down, answer(post, "Hola"))
    assert (failed.value.lost, failed.value.permanent) == (False, False)
    assert connector.health(down).state is HealthState.DEGRADED


def test_edits_and_deletions_are_noticed(server: MastodonServer, marca: AccountView) -> None:
    ana = server.client("ana")
    first, second = ana.status_post("@marca una"), ana.status_post("@marca dos", visibility="direct")
    polled = connector.poll(marca, {})
    assert len(polled.deliveries) == 2
    assert not connector.poll(marca, polled.cursor).deliveries

    ana.status_update(first.id, "@marca una y media")
    ana.status_delete(second.id)
    changed = connector.poll(marca, polled.cursor)
    edit, delete = (connector.read(marca, delivery)[0] for delivery in changed.deliveries)
    assert (edit.kind, edit.network_id, edit.text) == (Kind.EDIT, first.uri, "@marca una y media")
    assert (delete.kind, delete.network_id, delete.text) == (Kind.DELETE, second.uri, "")
    assert delete.author.network_id == edit.author.network_id
    assert not delete.public
    assert edit.posted_at > first.created_at
    assert not connector.poll(marca, changed.cursor).deliveries


def test_what_cannot_be_looked_at_again_is_not_called_deleted(
    server: MastodonServer, marca: AccountView
) -> None:
    server.client("ana").status_post("@marca una")
    polled = connector.poll(marca, {})
    for fault in ({"status": 404}, {"status": 500}, {"status": 200, "body": []}):
        server.fault("/api/v1/statuses", **fault)
        again = connector.poll(marca, polled.cursor)
        assert not again.deliveries
        assert again.cursor == polled.cursor


def test_many_posts_are_looked_at_in_turns() -> None:
    old = {"id": "0", "created_at": "2020-01-01T00:00:00Z", "account": {}}
    watched = [old]
    for n in range(1, watch.WATCHED + 40):
        watched = watch.remember(watched, {"id": str(n), "uri": "u", "account": {"acct": "ana"}, "card": "x"})
    assert len(watched) == watch.WATCHED
    assert watched[-1]["account"]["acct"] == "ana"
    assert "card" not in watched[-1]


def test_a_failure_in_the_middle_keeps_what_was_whole(server: MastodonServer, marca: AccountView) -> None:
    ana, luis = server.client("ana"), server.client("luis")
    ana.status_post("@marca una")
    root = luis.status_post("hola")
    reply = ana.status_reply(root, "@marca dos")
    server.fault(f"/api/v1/statuses/{reply.id}/context", type="ratelimit")
    first = connector.poll(marca, {})
    assert len(first.deliveries) == 1
    (second,) = connector.poll(marca, first.cursor).deliveries
    assert connector.read(marca, second)[0].conversation == root.uri


def test_a_revoked_token_is_refused_everywhere(server: MastodonServer, marca: AccountView) -> None:
    assert connector.health(marca).state is HealthState.OK
    assert connector.set_profile(marca, "Te contestamos de 9 a 20 h.")
    assert "de 9 a 20 h" in server.client("marca").me().note
    server.revoke("marca")
    assert connector.health(marca).state is HealthState.REFUSED
    with pytest.raises(Refused):
        connector.poll(marca, {})
    with pytest.raises(Refused):
        connector.set_profile(marca, "x")


def test_connecting_says_plainly_what_is_wrong(server: MastodonServer) -> None:
    cases = [
        ({"server": server.url, "token": "wrong"}, "token"),
        ({"server": server.url, "token": "two words"}, "token"),
        ({"server": "http://mastodon.example", "token": "x"}, "server"),
        ({"server": "not a host", "token": "x"}, "server"),
        ({"server": "https://[", "token": "x"}, "server"),
        ({"server": "http://127.0.0.1:1", "token": "x"}, "server"),
        ({"server": f"{server.url}", "token": "/etc/hostname"}, "token"),
    ]
    for form, field in cases:
        with pytest.raises(ConnectError) as wrong:
            connector.connect(form)
        assert wrong.value.field == field, form
        assert str(wrong.value.sentence).endswith((".", "?"))


def test_a_token_that_may_not_write_is_told_at_once(server: MastodonServer) -> None:
    server.fault("/api/v1/apps/verify_credentials", status=200, body={"name": "x", "scopes": ["read"]})
    with pytest.raises(ConnectError) as wrong:
        connector.connect({"server": server.url, "token": server.token("marca")})
    assert "write:statuses" in str(wrong.value.sentence)
    assert "read:" not in str(wrong.value.sentence)


def test_something_that_is_not_mastodon(server: MastodonServer) -> None:
    for fault in ({"type": "malformed"}, {"status": 500}, {"status": 200, "body": ["no"]}):
        server.fault("/api/v2/instance/", **fault)
        with pytest.raises(ConnectError) as wrong:
            connector.connect({"server": server.url, "token": server.token("marca")})
        assert wrong.value.field == "server"


def test_an_older_server_describes_itself_at_the_older_place(server: MastodonServer) -> None:
    server.fault("/api/v2/instance/", status=404)
    body = {"uri": "vieja.test", "configuration": {"statuses": {"max_characters": 1000}}}
    server.fault("/api/v1/instance/", status=200, body=body)
    account = account_on(server, "marca")
    assert account.handle == "marca@vieja.test"
    assert connector.limits(account, public=True).length == 1000 - 32
