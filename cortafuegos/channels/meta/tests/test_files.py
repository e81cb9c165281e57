"""Files out: beside a comment, and before the words of a private message, once each whatever is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cortafuegos.channels import registry
from cortafuegos.channels.contract import Media, Partly, Refused, SendError, Sent
from cortafuegos.channels.files import About, Trouble, trouble
from cortafuegos.channels.meta import parts

from .helpers import account_on, answer, pushed

PICTURE = Media("el daño.jpg", "image/jpeg", b"\xff\xd8\xff" + b"x" * 900, alt="La caja")
GUIDE = Media("guía.pdf", "application/pdf", b"%PDF-1.7" + b"y" * 90)
NETWORKS = ("facebook", "instagram")


@pytest.fixture
def page(meta):
    return meta.page("Lumbre", instagram="lumbre.energia")


@pytest.fixture
def luis(meta):
    return meta.person("Luis Mar", "luis.mar")


def asked(meta, page, luis, network):
    """A private message, and the account it came to."""
    account = account_on(network, meta.form(page))
    meta.message(luis, page, "¿cómo se monta?", instagram=network == "instagram")
    return account, pushed(account, meta)[-1]


def exchange(meta, page, luis, network):
    platform = "instagram" if network == "instagram" else "messenger"
    return [(said.text, [file.body for file in said.files])
            for said in meta.exchange(page.id, platform, luis.id).messages][1:]  # fmt: skip


WHOLE = [("", [PICTURE.body]), ("", [GUIDE.body]), ("Así, Luis.", [])]


def test_a_comment_takes_a_picture_in_the_same_call(meta, page, luis):
    account = account_on("facebook", meta.form(page))
    meta.comment(luis, meta.post(page, "Hola"), "¿cómo se monta?")
    post, calls = pushed(account, meta)[-1], meta.calls
    sent = registry.connector("facebook").send(account, answer(post, "Así, Luis.", media=(PICTURE,)))
    made = meta.things[sent.network_id.removeprefix("facebook:")]
    assert (made.text, made.file.body, made.file.media_type) == ("Así, Luis.", PICTURE.body, "image/jpeg")
    assert meta.calls == calls + 1 and not sent.parts


def test_a_lost_comment_with_a_picture_is_found(meta, page, luis):
    account, connector = account_on("facebook", meta.form(page)), registry.connector("facebook")
    meta.comment(luis, meta.post(page, "Hola"), "¿cómo se monta?")
    outgoing = answer(pushed(account, meta)[-1], "Así, Luis.", media=(PICTURE,))
    meta.faults.arm(on="POST ", half=True)
    with pytest.raises(SendError) as lost:
        connector.send(account, outgoing)
    assert lost.value.lost
    assert connector.find(account, outgoing).network_id == pushed(account, meta)[-1].network_id


@pytest.mark.parametrize("network", NETWORKS)
def test_files_go_first_and_the_words_finish_the_reply(meta, page, luis, network):
    account, post = asked(meta, page, luis, network)
    sent = registry.connector(network).send(account, answer(post, "Así, Luis.", media=(PICTURE, GUIDE)))
    assert exchange(meta, page, luis, network) == WHOLE
    *files, words = pushed(account, meta)
    assert sent.network_id == words.network_id
    assert sent.parts == tuple(one.network_id for one in files)
    assert [file.name for _where, _type, file in meta.shelf.uploaded.values()] == ["el dano.jpg", "guia.pdf"]


@pytest.mark.parametrize("network", NETWORKS)
@pytest.mark.parametrize("fault", [{"status": 503}, {"half": True}, {"lost": True}])
@pytest.mark.parametrize("call", range(5))  # each file is uploaded and sent, then the words
def test_whatever_fails_nothing_goes_twice(meta, page, luis, network, fault, call):
    account, post = asked(meta, page, luis, network)
    connector, outgoing = registry.connector(network), answer(post, "Así, Luis.", media=(PICTURE, GUIDE))
    meta.faults.arm(on="POST ", after=call, **fault)
    with pytest.raises(SendError) as failed:
        connector.send(account, outgoing)
    assert not failed.value.permanent
    found = connector.find(account, outgoing) if failed.value.lost else Partly(failed.value.parts)
    if not isinstance(found, Sent):
        known = found.parts if isinstance(found, Partly) else ()
        found = connector.send(account, replace(outgoing, parts=known))
    assert exchange(meta, page, luis, network) == WHOLE
    *files, words = pushed(account, meta)
    assert (found.network_id, found.parts) == (words.network_id, tuple(one.network_id for one in files))


@pytest.mark.parametrize("network", NETWORKS)
def test_files_of_an_earlier_reply_are_not_taken_for_those_of_this_one(meta, page, luis, network):
    account, post = asked(meta, page, luis, network)
    connector = registry.connector(network)
    connector.send(account, answer(post, "Así, Luis.", media=(PICTURE, GUIDE)))
    sent = connector.send(account, answer(post, "Y así.", media=(PICTURE,), again=True))
    assert exchange(meta, page, luis, network) == [*WHOLE, ("", [PICTURE.body]), ("Y así.", [])]
    assert len(sent.parts) == 1
    assert connector.find(account, answer(post, "Y así.")).parts == sent.parts


@pytest.mark.parametrize("network", NETWORKS)
def test_the_one_private_answer_to_a_comment_takes_words_alone(meta, page, luis, network):
    account, connector = account_on(network, meta.form(page)), registry.connector(network)
    under = meta.medium(page, "Hola") if network == "instagram" else meta.post(page, "Hola")
    meta.comment(luis, under, "mi DNI es…")
    post = pushed(account, meta)[-1]
    files = connector.files(account, public=False, to_public=True)
    assert not files.sizes and "one private answer" in str(files.note)
    with pytest.raises(SendError) as refused:
        connector.send(account, answer(post, "Mejor por aquí.", public=False, media=(PICTURE,)))
    assert refused.value.permanent and not meta.shelf.uploaded
    assert exchange(meta, page, luis, network) == []


def test_an_instagram_comment_and_threads_take_none_and_say_why(meta, page):
    for network in ("instagram", "threads"):
        account = account_on("instagram", meta.form(page))
        files = registry.connector(network).files(account, public=True, to_public=True)
        assert not files.sizes and files.note


@pytest.mark.parametrize(
    ("network", "carried", "found"),
    [
        ("facebook", About("a.gif", "image/gif", 8_000_001), Trouble.SIZE),
        ("facebook", About("a.docx", "application/msword", 24_000_000), None),
        ("instagram", About("a.docx", "application/msword", 9), Trouble.SORT),
        ("instagram", About("a.mp3", "audio/mpeg", 9), Trouble.SORT),
        ("instagram", About("a.pdf", "application/pdf", 25_000_001), Trouble.SIZE),
    ],
)
def test_what_goes_where_is_known_before(network, carried, found):
    files = parts.MESSENGER if network == "facebook" else parts.INSTAGRAM
    told = trouble(files, [carried], 1)
    assert (told and told[0]) == found


@pytest.mark.parametrize("network", NETWORKS)
def test_every_sort_that_is_offered_is_taken(meta, page, luis, network):
    """What our data promise, the fake takes by Meta's own table."""
    account, post = asked(meta, page, luis, network)
    connector = registry.connector(network)
    offered = connector.files(account, public=False, to_public=False)
    others = ("audio/ogg", "video/3gpp", "text/csv")
    sorts = [sort for sort in (*offered.sizes, *others) if offered.most_bytes(sort)]
    for sort in sorts:
        sort = "application/zip" if sort == "*/*" else sort
        connector.send(account, answer(post, f"Un {sort}.", media=(Media("x", sort, b"x"),)))
    assert len(meta.shelf.uploaded) == len(sorts)


def test_without_the_permission_one_answer_fails_and_the_account_stays(meta, page, luis):
    form = meta.form(page, token=meta.token(page, without="pages_messaging"))
    account = account_on("instagram", form)
    meta.message(luis, page, "hola", instagram=True)
    with pytest.raises(SendError) as refused:
        registry.connector("instagram").send(
            account, answer(pushed(account, meta)[-1], "Hola.", media=(PICTURE,))
        )
    assert refused.value.permanent and not isinstance(refused.value, Refused)
    assert exchange(meta, page, luis, "instagram") == []
