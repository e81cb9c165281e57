"""Against the reference network: from the customer's words to ours and back."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from cortafuegos.channels.bluesky import polling
from cortafuegos.channels.bluesky.connector import Bluesky
from cortafuegos.channels.contract import AccountView, Found, SendError, Sent
from e2e.networks.lossy import lossy_proxy

from .conftest import Desk, answer, mention, own_posts, target_of

pytestmark = pytest.mark.network_twin
Customers = Callable[[str], Any]


def thread_below(client: Any, uri: str) -> list[tuple[str, str]]:
    replies = client.get_post_thread(uri).thread.replies or []
    return [(reply.post.author.did, reply.post.record.text) for reply in replies]


def test_a_complaint_is_read_answered_and_seen_in_its_thread(desk: Desk, customers: Customers) -> None:
    ana = customers("ana")
    said = mention(desk, "llevo tres días sin línea 😡 en ").link(
        "lumbre.example/av…", "https://lumbre.example/averia"
    )
    asked = ana.send_post(said, langs=["es"])
    post = desk.next_post()
    assert post.text == f"@{desk.person.handle} llevo tres días sin línea 😡 en https://lumbre.example/averia"
    assert (post.network_id, post.conversation, post.addressed, post.language) == (
        asked.uri,
        asked.uri,
        True,
        "es",
    )
    assert (post.author.network_id, post.author.handle) == (ana.me.did, ana.me.handle)

    text = f"Hola, @{ana.me.handle}: mañana irá un técnico. Más en https://lumbre.example/ayuda. #avería"
    sent = desk.connector.send(desk.account, answer(post, text))
    assert isinstance(sent, Sent) and sent.conversation == asked.uri
    desk.network.eventually(lambda: thread_below(ana, asked.uri) == [(desk.person.did, text)])

    record = ana.get_post_thread(sent.network_id).thread.post.record
    assert (record.reply.parent.uri, record.reply.root.uri, record.langs) == (asked.uri, asked.uri, ["es"])
    raw = text.encode()
    marks = {raw[f.index.byte_start : f.index.byte_end].decode(): f.features[0] for f in record.facets}
    assert marks[f"@{ana.me.handle}"].did == ana.me.did
    assert marks["https://lumbre.example/ayuda"].uri == "https://lumbre.example/ayuda"
    assert marks["#avería"].tag == "avería"
    heard = [n.uri for n in ana.app.bsky.notification.list_notifications().notifications]
    assert heard.count(sent.network_id) == 1


def test_an_answer_further_down_hangs_under_its_post_and_knows_the_root(
    desk: Desk, customers: Customers
) -> None:
    from atproto import models

    ana = customers("ana")
    asked = ana.send_post(mention(desk, "sin luz"))
    first = desk.connector.send(desk.account, answer(desk.next_post(), "¿En qué calle?"))
    desk.network.eventually(lambda: found(ana, first.network_id))  # or the app view knows no parent
    ends = models.AppBskyFeedPost.ReplyRef(
        root=models.create_strong_ref(asked),
        parent=models.ComAtprotoRepoStrongRef.Main(**only(first.ref, "uri", "cid")),
    )
    ana.send_post("Calle del Agua, 7", reply_to=ends)
    more = desk.next_post()
    assert (more.conversation, more.in_reply_to, more.addressed) == (asked.uri, first.network_id, True)

    second = desk.connector.send(desk.account, answer(more, "Gracias, vamos.", key="reply-2"))
    seen = desk.network.eventually(lambda: found(ana, second.network_id))
    assert (seen.reply.parent.uri, seen.reply.root.uri) == (more.network_id, asked.uri)


def only(ref: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: ref[name] for name in names}


def found(client: Any, uri: str) -> Any:
    posts = client.get_posts([uri]).posts
    return posts[0].record if posts else None


def test_sending_twice_makes_one_post(desk: Desk, customers: Customers) -> None:
    customers("ana").send_post(mention(desk, "¿hay alguien?"))
    out = answer(desk.next_post(), "Sí, aquí estamos.")
    assert desk.connector.find(desk.account, out) is Found.ABSENT
    first = desk.connector.send(desk.account, out)
    again = Bluesky().send(desk.account, out)  # as another worker would
    assert first == again == desk.connector.find(desk.account, out)
    desk.connector.send(desk.account, dataclasses.replace(out, key="reply-2"))
    assert len(own_posts(desk)) == 2


def test_an_answer_that_was_lost_is_found(desk: Desk, customers: Customers) -> None:
    customers("ana").send_post(mention(desk, "¿hay alguien?"))
    out = answer(desk.next_post(), "Sí, aquí estamos.")
    port = urlsplit(desk.network.service).port
    assert port
    with lossy_proxy(port) as proxy:
        through = behind(desk.account, f"http://127.0.0.1:{proxy.port}")
        connector = Bluesky()
        assert connector.find(through, out) is Found.ABSENT
        proxy.lose_after(b"createRecord")
        with pytest.raises(SendError) as lost:
            connector.send(through, out)
        assert (lost.value.lost, lost.value.permanent, proxy.lost) == (True, False, 1)
        sent = connector.find(through, out)
        assert isinstance(sent, Sent) and own_posts(desk) == ["Sí, aquí estamos."]
        assert connector.send(through, out) == sent
    assert own_posts(desk) == ["Sí, aquí estamos."]


def behind(account: AccountView, service: str) -> AccountView:
    return dataclasses.replace(account, config={**account.config, "service": service})


def test_a_lost_answer_before_anything_is_written_is_safe_to_repeat(desk: Desk, customers: Customers) -> None:
    customers("ana").send_post(mention(desk, "¿hay alguien?"))
    out = answer(desk.next_post(), "Sí, aquí estamos.")
    with lossy_proxy(urlsplit(desk.network.service).port or 0) as proxy:
        proxy.lose_after(b"getPosts")
        with pytest.raises(SendError) as failed:
            Bluesky().send(behind(desk.account, f"http://127.0.0.1:{proxy.port}"), out)
    assert (failed.value.lost, failed.value.permanent) == (False, False)
    with pytest.raises(SendError) as unreachable:  # the proxy is gone
        desk.connector.send(behind(desk.account, f"http://127.0.0.1:{proxy.port}"), out)
    assert (unreachable.value.lost, unreachable.value.permanent) == (False, False)
    assert own_posts(desk) == []


def test_the_thread_tells_who_speaks_to_whom(desk: Desk, customers: Customers) -> None:
    from atproto import models

    ana, luis = customers("ana"), customers("luis")
    strong = models.create_strong_ref
    asked = ana.send_post(mention(desk, "1/2 sin luz"))
    under = models.AppBskyFeedPost.ReplyRef(parent=strong(asked), root=strong(asked))
    ana.send_post("2/2 desde el lunes", reply_to=under)
    luis.send_post("a mí también, Ana", reply_to=under)
    post = desk.next_post()
    desk.connector.send(desk.account, answer(post, "Vamos."))
    desk.network.eventually(lambda: len(thread_below(ana, asked.uri)) == 3)
    told = {
        each.text: (each.addressed, each.conversation == asked.uri)
        for delivery in desk.connector.thread(desk.account, target_of(post))
        for each in desk.connector.read(desk.account, delivery)
    }
    assert told == {
        f"@{desk.person.handle} 1/2 sin luz": (True, True),
        "2/2 desde el lunes": (True, True),
        "a mí también, Ana": (False, True),
        "Vamos.": (False, True),
    }


def test_images_and_quotes_arrive_with_addresses(desk: Desk, customers: Customers) -> None:
    from atproto import models

    ana = customers("ana")
    brand = desk.network.client(desk.person)
    said = brand.send_post("Corte programado el martes")
    ana.send_image(mention(desk, "así está el contador"), PIXEL, "Un contador apagado")
    (image,) = desk.next_post().attachments
    assert (image.kind, image.alt) == ("image", "Un contador apagado")
    assert image.url.startswith("http")
    ana.send_post("¿El martes?", embed=models.AppBskyEmbedRecord.Main(record=models.create_strong_ref(said)))
    quoting = desk.next_post(lambda post: post.text == "¿El martes?")
    assert quoting.addressed and quoting.conversation == quoting.network_id
    assert quoting.attachments[0].alt == "Corte programado el martes"


def test_no_mention_is_lost_when_more_than_a_page_comes_at_once(
    desk: Desk, customers: Customers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polling, "PAGE", 10)
    ana = customers("ana")
    desk.poll()
    said = [f"caída {n}" for n in range(28)]
    for n in range(0, len(said), 7):  # every seven of one and the same millisecond, as a bot would
        at = ana.get_current_time_iso()
        writes = [post_of(desk, text, at) for text in said[n : n + 7]]
        ana.com.atproto.repo.apply_writes({"repo": ana.me.did, "writes": writes})
    brand = desk.network.client(desk.person)
    desk.network.eventually(lambda: brand.app.bsky.notification.get_unread_count().count == len(said))
    assert sorted(post.text.partition(" ")[2] for post in desk.poll()) == sorted(said)
    assert desk.poll() == []


def post_of(desk: Desk, text: str, at: str) -> dict[str, Any]:
    words = mention(desk, text)
    facets = [facet.model_dump(by_alias=True, exclude_none=True) for facet in words.build_facets()]
    record = {"text": words.build_text(), "facets": facets, "createdAt": at}
    return {
        "$type": "com.atproto.repo.applyWrites#create",
        "collection": "app.bsky.feed.post",
        "value": {"$type": "app.bsky.feed.post", **record},
    }


def test_the_profile_text_changes_and_the_rest_stays(desk: Desk) -> None:
    from atproto import models

    brand = desk.network.client(desk.person)
    where = {"repo": desk.person.did, "collection": "app.bsky.actor.profile", "rkey": "self"}
    brand.com.atproto.repo.put_record(
        {**where, "record": {"$type": where["collection"], "displayName": "Lumbre"}}
    )
    assert desk.connector.set_profile(desk.account, "Te atendemos de 9 a 21 h. Somos Marta y Iván.") is True
    held = brand.com.atproto.repo.get_record(where).value
    assert isinstance(held, models.AppBskyActorProfile.Record)
    assert (held.display_name, held.description) == (
        "Lumbre",
        "Te atendemos de 9 a 21 h. Somos Marta y Iván.",
    )
    with pytest.raises(SendError, match="256"):
        desk.connector.set_profile(desk.account, "ñ" * 257)


# One red dot, written by hand: header, one row of one pixel, end.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
