"""Text and identifiers that nobody expects are stored faithfully, or as faithfully as can be."""

from __future__ import annotations

import pytest

from cortafuegos.channels.contract import Attachment
from cortafuegos.inbox.models import Case, Message
from cortafuegos.inbox.tests.people import a_post, ago, arrive, author

FAMILY = "👩‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("cero\0cero", "cero␀cero"),
        ("medio \ud83d", "medio \N{REPLACEMENT CHARACTER}"),
        (FAMILY * 4000, FAMILY * 4000),
        ("a\u200bb\u2060c", "a\u200bb\u2060c"),
        ("\u202egro.elpmaxe", "\u202egro.elpmaxe"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("Z" + "\u0351" * 5000, "Z" + "\u0351" * 5000),
        ("", ""),
        ("\n\t ", "\n\t "),
        ("100 % de %s {batch} %(brand)s", "100 % de %s {batch} %(brand)s"),
    ],
    ids=["nul", "surrogate", "emoji", "zero-width", "rtl", "html", "zalgo", "empty", "blank", "format"],
)
def test_text(account, said, kept):
    arrive(account, a_post(said, by="lucia"))
    assert Message.objects.get().text == kept
    case = Case.objects.get()
    assert len(case.snippet) <= 160
    assert len(case.subject) <= 80
    assert case.subject, "a case without words is called after who wrote"


def test_ten_megabytes_of_text(account):
    text = "La maleta. " * 1_000_000
    arrive(account, a_post(text, by="lucia"))
    assert Message.objects.get().text == text


def test_endless_identifiers_are_still_told_apart(account):
    long = "x" * 5000
    first, second = a_post("a", network_id=long + "1"), a_post("b", network_id=long + "2", by="ana")
    arrive(account, first, second)
    arrive(account, first, second)
    assert sorted(Message.objects.values_list("text", flat=True)) == ["a", "b"]
    assert Message.objects.values("conversation").distinct().count() == 2
    answer = a_post(
        "c",
        by=author("condor", network_id=account.network_id),
        in_reply_to=long + "2",
        conversation=long + "2",
    )
    arrive(account, answer)
    assert Case.objects.get(identity__handle="ana").messages.count() == 2


@pytest.mark.parametrize("name", ["id\0", "id\ud800", "id " * 400])
def test_strange_identifiers_compare_with_themselves(account, name):
    post = a_post(network_id=name, by=author("lucia", network_id=name))
    assert arrive(account, post).messages == 1
    assert arrive(account, post).messages == 0


def test_a_strange_author(account):
    strange = author(
        "h\0" * 400,
        name="N" * 900,
        bio="b\ud800",
        place="p" * 900,
        followers=10**15,
        url="u\0",
        avatar="a\ud800",
    )
    arrive(account, a_post(by=strange))
    arrive(account, a_post(by=strange))
    identity = Message.objects.first().identity
    assert (len(identity.handle), len(identity.name), identity.followers) == (300, 300, 2**31 - 1)


def test_strange_attachments_and_references(account):
    deep: object = "fondo"
    for _ in range(200):
        deep = [deep]
    file = Attachment("image", name="foto\0.jpg", alt="\ud83d", size=10**12)
    arrive(account, a_post(attachments=(file,), ref={"deep": deep, "k\0": "v\ud800"}, subject="S" * 2000))
    message = Message.objects.get()
    assert message.attachments[0]["name"] == "foto␀.jpg"
    assert message.ref["k␀"] == "v\N{REPLACEMENT CHARACTER}"
    assert len(message.subject) == 500


def test_the_oldest_time_there_is(account):
    import datetime as dt

    arrive(account, a_post(at=dt.datetime(1, 1, 2, tzinfo=dt.UTC)))
    assert Case.objects.get().opened_at.year == 1


def test_a_time_without_a_zone_is_refused_at_the_door(account):
    with pytest.raises(ValueError, match="zone"):
        arrive(account, a_post(at=ago().replace(tzinfo=None)))
    assert not Message.objects.exists()
