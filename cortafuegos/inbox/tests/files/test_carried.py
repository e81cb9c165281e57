"""Files go where the words go: drafts, approvals, merges, and out to a network that really answers."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest

from cortafuegos.channels.models import Account
from cortafuegos.inbox import delivery
from cortafuegos.inbox.actions import approvals, drafts, filing, merging, outbox, replies
from cortafuegos.inbox.errors import Refusal
from cortafuegos.inbox.models import Approval, Draft, File, FileBody, Reply
from cortafuegos.inbox.tests.files import samples
from cortafuegos.inbox.tests.people import a_case, ago, an_agent, now_of


@pytest.fixture
def target(sandbox, condor):
    return sandbox.says(sandbox.account(condor))


def carried(who, body=None, alt="La cinta 7", name="cinta.jpg"):
    file = filing.keep(who, uuid.uuid4(), name, body or samples.picture())
    return filing.chosen(who, json.dumps([{"file": str(file.uid), "alt": alt}]))


def send(who, target, files, **wanted) -> Reply:
    wanted = {"text": "Así está ahora", "public": True, "target": target, "account": target.account} | wanted
    return replies.send(who, target.case, files=files, **wanted)


def deliver(reply: Reply) -> Reply:
    Reply.objects.filter(pk=reply.pk, state="queued").update(next_attempt_at=ago(seconds=1))
    Account.objects.filter(rests_until__isnull=False).update(rests_until=ago(seconds=1))
    delivery.deliver(reply.pk)
    return Reply.objects.get(pk=reply.pk)


def on_the_network(sandbox):
    with sandbox.store.read() as db:
        rows = db.execute("SELECT attachments FROM post WHERE attachments != '[]'").fetchall()
        bodies = [bytes(row["body"]) for row in db.execute("SELECT body FROM media ORDER BY id")]
    return [json.loads(row["attachments"]) for row in rows], bodies


def test_pictures_arrive_with_their_descriptions_in_their_order(nuria, sandbox, target):
    files = [*carried(nuria), *carried(nuria, samples.PDF, "", "condiciones.pdf")]
    reply = deliver(send(nuria, target, files))
    assert (reply.state, reply.reason) == ("sent", "")
    (there,), bodies = on_the_network(sandbox)
    assert [(one["name"], one["alt"]) for one in there] == [
        ("cinta.jpg", "La cinta 7"),
        ("condiciones.pdf", ""),
    ]
    assert bodies[1] == samples.PDF
    assert reply.message.attachments == files
    assert set(File.objects.values_list("used", flat=True)) == {True}


@pytest.mark.parametrize("fault", ["lose_answer", "half_body", "server_error", "rate_limit"])
def test_a_lost_answer_to_a_file_posts_once(nuria, sandbox, target, fault):
    reply = send(nuria, target, carried(nuria))
    sandbox.fault(fault, on="POST /api/media")
    reply = deliver(reply)
    assert (reply.state, reply.look_first) == ("queued", False), "nothing was said yet"
    assert sandbox.ours() == []
    assert deliver(reply).state == "sent"
    assert len(on_the_network(sandbox)[0]) == 1


@pytest.mark.parametrize("fault", ["lose_answer", "half_body", "server_error"])
def test_a_lost_answer_to_the_post_posts_once(nuria, sandbox, target, fault):
    reply = send(nuria, target, carried(nuria))
    sandbox.fault(fault, on="POST /api/posts")
    reply = deliver(reply)
    assert (reply.state, reply.look_first) == ("queued", True)
    reply = deliver(reply)
    assert reply.state == "sent" and sandbox.ours() == ["Así está ahora"]
    assert reply.message.attachments == reply.files


def test_a_file_that_is_gone_sends_nothing_and_says_so(nuria, sandbox, target):
    reply = send(nuria, target, carried(nuria))
    FileBody.objects.all().delete()
    reply = deliver(reply)
    assert reply.state == "failed" and "cinta.jpg" in reply.reason
    assert sandbox.ours() == []


def test_a_large_load_has_longer_to_travel(nuria, target):
    files = [{**carried(nuria)[0], "size": 20_000_000}]
    plain, loaded = (send(nuria, target, one) for one in ([], files))
    assert outbox.lease(plain) == outbox.LEASE
    assert outbox.lease(loaded) > outbox.LEASE + timedelta(seconds=100)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"media_type": "audio/ogg", "name": "voz.ogg"}, "voz.ogg"),
        ({"media_type": "video/mp4", "size": 30_000_000}, "10 MB"),
        ({"alt": "a" * 1_001}, "1000"),
    ],
)
def test_what_the_network_would_refuse_is_refused_before(nuria, target, change, words):
    with pytest.raises(Refusal) as refused:
        send(nuria, target, [{**carried(nuria)[0], **change}])
    assert refused.value.code == "no_files" and words in str(refused.value.sentence)
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "alt", ["DNI 12345678Z de Ana", "su tarjeta, 4111 1111 1111 1111", "ana.perez@correo.example"]
)
def test_a_description_tells_nobody_a_customers_data(nuria, target, alt):
    with pytest.raises(Refusal) as refusal:
        send(nuria, target, carried(nuria, alt=alt))
    assert refusal.value.code == "no_files" and "cinta.jpg" in str(refusal.value.sentence)
    assert alt not in str(refusal.value.sentence)
    assert (
        send(nuria, target, carried(nuria, alt="La cinta 7 del aeropuerto, con 12 maletas")).state == "queued"
    )


def test_more_than_it_takes_at_once(nuria, target):
    with pytest.raises(Refusal) as refused:
        send(nuria, target, [carried(nuria)[0] for _n in range(5)])
    assert "4" in str(refused.value.sentence)


def test_taken_back_the_files_are_in_the_draft_again_each_once(nuria, target):
    files = carried(nuria)
    reply = send(nuria, target, files)
    begun = carried(nuria, samples.PDF, "", "b.pdf")
    drafts.keep(nuria, target.case, mode="public", text="Además", files=[*files, *begun])
    replies.cancel(nuria, reply)
    draft = Draft.objects.get()
    assert sorted(one["name"] for one in draft.files) == ["b.pdf", "cinta.jpg"]
    assert draft.text == "Así está ahora\n\nAdemás"


def test_a_draft_of_files_alone_is_kept_and_goes_along_in_a_merge(nuria, target):
    drafts.keep(nuria, target.case, mode="public", text="", files=carried(nuria))
    other = a_case(target.account, by="ana")
    drafts.keep(nuria, other, mode="public", text="Hola", files=carried(nuria, samples.PDF, "", "b.pdf"))
    merging.merge(nuria, other, [now_of(target.case)])
    draft = Draft.objects.get()
    assert draft.case == other and {one["name"] for one in draft.files} == {"cinta.jpg", "b.pdf"}
    drafts.keep(nuria, other, mode="public", text=" ", files=[])
    assert not Draft.objects.exists()


def test_an_approval_carries_them_and_they_come_back(nuria, sandbox, condor, target):
    delia, sonia = an_agent(condor, "Delia Ruiz", "drafter"), an_agent(condor, "Sonia Rey", "supervisor")
    wanted = {"text": "Así está", "public": True, "target": target, "account": target.account}
    asked = approvals.ask(delia, target.case, files=carried(delia), **wanted)
    approvals.give_back(sonia, asked, "Otra foto")
    draft = Draft.objects.get(agent=delia)
    assert draft.files == asked.files
    drafts.keep(delia, target.case, mode="public", text="Así está", files=draft.files, target=target)
    again = approvals.propose(delia, target.case)
    reply = deliver(approvals.approve(sonia, again))
    assert reply.files == asked.files and reply.message.attachments == asked.files
    assert Approval.objects.get(pk=again.pk).text == reply.text


def test_who_takes_a_picture_out_owns_what_leaves(nuria, condor, target):
    sonia = an_agent(condor, "Sonia Rey", "supervisor")
    wanted = {"text": "Así está", "public": True, "target": target, "account": target.account}
    asked = approvals.ask(nuria, target.case, files=carried(nuria), **wanted)
    reply = approvals.approve(sonia, asked, text="Así está", files=[])
    assert (reply.agent, reply.drafted_by, reply.files) == (sonia, nuria, [])


def test_by_hand_and_in_templates_nothing_goes_along(nuria, target):
    with pytest.raises(Refusal) as refused:
        send(nuria, target, carried(nuria), by_hand=True)
    assert refused.value.code == "no_files"


def test_a_picture_is_made_small_enough_for_its_network(nuria, sandbox, target, monkeypatch):
    from cortafuegos.channels.sandbox import connector

    monkeypatch.setattr(connector, "LARGEST", 30_000)
    files = carried(nuria, samples.picture("PNG", (600, 500), noisy=True), name="cinta.png")
    assert files[0]["size"] > 30_000
    assert deliver(send(nuria, target, files)).state == "sent"
    (((there,),), (body,)) = on_the_network(sandbox)
    assert len(body) <= 30_000 and there["name"] == "cinta.jpg" and there["media_type"] == "image/jpeg"
