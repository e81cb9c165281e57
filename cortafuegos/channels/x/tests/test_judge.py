"""X's own client judges the fake: it fetches every answer the connector relies on, and its models must
know every field and read the values that the fake's people said."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
import requests
import xdk
from pydantic import BaseModel
from starlette.applications import Starlette
from starlette.routing import Route
from xdk import schemas

from cortafuegos.channels.contract import AccountView
from cortafuegos.channels.fakes.serving import serving
from cortafuegos.channels.x import vocabulary
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake import XNetwork, problems
from cortafuegos.channels.x.fake.problems import Problem

from .conftest import BACK, answer_to, heard
from .strict import known
from .test_pushes import Desk


def fields(name: str) -> list[str]:
    return {**vocabulary.POST, **vocabulary.MESSAGES}[name].split(",")


POSTS: dict[str, Any] = {
    "post_fields": [*fields("post.fields"), "edit_controls", "public_metrics"],
    "user_fields": fields("user.fields"),
    "media_fields": fields("media.fields"),
    "expansions": vocabulary.POST["expansions"].split(","),
}
MESSAGES: dict[str, Any] = {
    "dm_event_fields": fields("dm_event.fields"),
    "user_fields": fields("user.fields"),
    "media_fields": fields("media.fields"),
    "expansions": fields("expansions"),
}


@pytest.fixture
def theirs(us: AccountView) -> xdk.Client:
    return xdk.Client(base_url=us.config["api"], access_token=us.credentials["access_token"])


@pytest.fixture
def us_id(network: XNetwork) -> str:
    return network.world.user("condor_air").id


def test_who_we_are(theirs: xdk.Client, us_id: str) -> None:
    said = theirs.users.get_me(user_fields=POSTS["user_fields"])
    known(said)
    assert (said.data.id, said.data.username, said.data.name) == (us_id, "condor_air", "Cóndor Air")
    assert said.data.public_metrics.followers_count == 120_400
    assert (said.data.verified, said.data.verified_type) == (True, "business")


def test_mentions_page_by_page(network: XNetwork, theirs: xdk.Client, us_id: str) -> None:
    ours = network.people.say("condor_air", "hoy salimos a la hora")
    picture = network.people.picture("ana", alt="una maleta")
    video = network.people.picture("luis", kind="video")
    said = [network.people.mention("ana", "condor_air", f"{n} & <ya> https://condor.example/{n} #vuelo")
            for n in range(5)]  # fmt: skip
    said.append(network.people.mention("ana", "condor_air", "largo " * 80, media=(picture,)))
    said.append(network.people.say("luis", "y yo, @condor_air", to=ours.id, media=(video,)))
    said.append(network.people.say("luis", "otra vez, @condor_air", quoting=ours.id))
    edited = network.people.edit(said.pop(0).id, "@condor_air corregido")
    said.append(edited)
    pages = list(theirs.users.get_mentions(us_id, max_results=5, **POSTS))
    for page in pages:
        known(page)
        assert page.meta.result_count == len(page.data)
        assert (page.meta.newest_id, page.meta.oldest_id) == (page.data[0].id, page.data[-1].id)
    found = [post for page in pages for post in page.data]
    assert [post.id for post in found] == [post.id for post in reversed(said)]
    assert [len(page.data) for page in pages] == [5, 3]
    newest = found[0]
    assert newest.edit_history_post_ids == edited.history
    by_id = {post.id: post for post in found}
    quote, reply, long, plain = (by_id[post.id] for post in (said[-2], said[-3], said[-4], said[0]))
    assert [(one.type, one.id) for one in quote.referenced_posts] == [("quoted", ours.id)]
    assert (reply.in_reply_to_user_id, reply.conversation_id) == (us_id, ours.id)
    assert long.note_post.text.startswith("@condor_air largo largo")
    assert len(long.text) == 280
    assert plain.text.startswith("@condor_air 1 &amp; &lt;ya&gt; https://t.co/")
    assert plain.entities.urls[0].expanded_url == "https://condor.example/1"
    assert plain.text[plain.entities.urls[0].start : plain.entities.urls[0].end] == plain.entities.urls[0].url
    assert plain.entities.mentions[0].id == us_id
    media = {one.media_key: one for page in pages for one in page.includes.media or ()}
    assert media[long.attachments.media_keys[0]].alt_text == "una maleta"
    assert media[reply.attachments.media_keys[0]].variants[-1].content_type == "video/mp4"
    assert {user.username for user in pages[0].includes.users} >= {"ana", "luis"}
    assert ours.id in {post.id for page in pages for post in page.includes.posts or ()}


def test_search_and_look_up(network: XNetwork, theirs: xdk.Client, us_id: str) -> None:
    said = [network.people.mention("ana", "condor_air", str(n)) for n in range(25)]
    gone = network.people.mention("luis", "condor_air", "borrado")
    network.people.delete(gone.id)
    pages = list(theirs.posts.search_recent("@condor_air -is:retweet", max_results=10, **POSTS))
    for page in pages:
        known(page)
    assert sorted(post.id for page in pages for post in page.data) == sorted(post.id for post in said)
    one = theirs.posts.get_by_id(said[3].id, **POSTS)
    known(one)
    assert one.data.text == "@condor_air 3"
    some = theirs.posts.get_by_ids([said[0].id, gone.id], **POSTS)
    known(some)
    assert [post.id for post in some.data] == [said[0].id]
    assert [(type(e), e.resource_id) for e in some.errors] == [(schemas.ResourceNotFoundProblem, gone.id)]
    missing = theirs.posts.get_by_id(gone.id)
    known(missing)
    assert (missing.data, missing.errors[0].resource_type) == (None, "tweet")


def test_messages_both_ways(network: XNetwork, theirs: xdk.Client, us_id: str) -> None:
    ana = network.world.user("ana")
    for n in range(3):
        network.people.dm("ana", "condor_air", f"{n}", media=(network.people.picture("ana"),))
    sent = theirs.direct_messages.create_by_participant_id(
        ana.id, schemas.CreateDirectMessagesByParticipantIdRequest(text="Hola, Ana")
    )
    known(sent)
    pages = list(theirs.direct_messages.get_events(max_results=2, **MESSAGES))
    for page in pages:
        known(page)
    events = [event for page in pages for event in page.data]
    assert [event.text.split(" ")[0] for event in events] == ["Hola,", "2", "1", "0"]
    assert events[0].id == sent.data.dm_event_id
    assert events[0].dm_conversation_id == sent.data.dm_conversation_id
    assert [event.sender_id for event in events] == [us_id, ana.id, ana.id, ana.id]
    assert events[1].attachments.media_keys == [pages[0].includes.media[0].media_key]
    with_ana = next(iter(theirs.direct_messages.get_events_by_participant_id(ana.id, **MESSAGES)))
    known(with_ana)
    assert [event.id for event in with_ana.data] == [event.id for event in events]
    taken_back = theirs.direct_messages.delete_events(sent.data.dm_event_id)
    known(taken_back)
    assert taken_back.data.deleted


def test_posting_answering_hiding_and_deleting(
    network: XNetwork, us: AccountView, theirs: xdk.Client, us_id: str
) -> None:
    network.vocabulary = "post"
    asked = network.people.mention("ana", "condor_air", "hola")
    reply = schemas.CreatePostsReply(in_reply_to_tweet_id=asked.id)
    made = theirs.posts.create(schemas.CreatePostsRequest(text="Hola, Ana", reply=reply))
    known(made)
    assert made.data.text == "@ana Hola, Ana"
    assert made.data.edit_history_post_ids == [made.data.id]
    (post,) = heard(us)
    assert connector.find(us, answer_to(post, "Hola, Ana")).network_id == f"x:post:{made.data.id}"  # type: ignore[union-attr]
    (page,) = theirs.users.get_posts(us_id, max_results=5, **POSTS)
    known(page)
    assert [one.id for one in page.data] == [made.data.id]
    gone = theirs.posts.delete(made.data.id)
    known(gone)
    assert gone.data.deleted
    ours = network.people.say("condor_air", "nueva ruta")
    spam = network.people.say("luis", "spam", to=ours.id)
    hidden = theirs.posts.hide_reply(spam.id, {"hidden": True})
    known(hidden)
    assert (hidden.data.hidden, spam.hidden) == (True, True)


def test_files(network: XNetwork, theirs: xdk.Client) -> None:
    coded = base64.b64encode(b"x" * 900).decode()
    whole = theirs.media.upload(schemas.MediaUploadRequest(media=coded, media_category="tweet_image"))
    known(whole)
    assert whole.data.size == 900
    told = schemas.CreateMediaMetadataMetadata(
        alt_text=schemas.CreateMediaMetadataMetadataAltText(text="mapa")
    )
    known(theirs.media.create_metadata(schemas.CreateMediaMetadataRequest(id=whole.data.id, metadata=told)))
    assert network.world.media[whole.data.id].alt == "mapa"
    begun = theirs.media.initialize_upload(
        schemas.InitializeMediaUploadRequest(
            media_category="tweet_video", media_type="video/mp4", total_bytes=1_800
        )
    )
    known(begun)
    for index in range(2):
        piece = schemas.AppendMediaUploadRequest(media=coded, segment_index=index)
        known(theirs.media.append_upload(begun.data.id, piece))
    ended = theirs.media.finalize_upload(begun.data.id)
    known(ended)
    assert (ended.data.size, ended.data.processing_info.state) == (1_800, "pending")
    states = [theirs.media.get_upload_status(begun.data.id, "STATUS") for _time in range(2)]
    for state in states:
        known(state)
    assert [one.data.processing_info.state for one in states] == ["in_progress", "succeeded"]


def test_consent_and_renewal(
    network: XNetwork, form: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")  # loopback, and only here
    app = network.world.app
    theirs = xdk.Client(
        base_url=form["api"],
        client_id=app.client_id,
        client_secret=app.client_secret,
        redirect_uri=BACK,
        scope=["tweet.read", "users.read", "offline.access"],
        authorization_base_url=f"{form['api']}/i",
    )
    answer = requests.get(theirs.get_authorization_url(state="s"), allow_redirects=False, timeout=10)
    code = dict(part.split("=") for part in answer.headers["location"].split("?")[1].split("&"))["code"]
    first = theirs.exchange_code(code)
    assert theirs.users.get_me().data.username == "condor_air"
    second = theirs.refresh_token()
    assert second["refresh_token"] != first["refresh_token"]
    assert second["access_token"] in network.world.tokens
    assert first["access_token"] not in network.world.tokens


def test_webhooks(network: XNetwork, us: AccountView) -> None:
    app = xdk.Client(base_url=us.config["api"], bearer_token=network.world.app.bearer)
    desk = Desk(us)
    with serving(Starlette(routes=[Route("/hook", desk.hear, methods=["GET", "POST"])])) as address:
        made = app.webhooks.create(schemas.CreateWebhooksRequest(url=f"{address}/hook"))
        known(made)
        assert (made.data.valid, made.data.url) == (True, f"{address}/hook")
        listed = app.webhooks.get()
        known(listed)
        assert [hook.id for hook in listed.data] == [made.data.id]
        known(app.webhooks.validate(made.data.id))
        known(app.webhooks.delete(made.data.id))
    assert app.webhooks.get().data == []


def test_events_of_today(network: XNetwork) -> None:
    network.pusher.vocabulary = "post"
    brand = network.world.user("condor_air")
    gone = network.people.say("condor_air", "errata")
    deleted = schemas.ActivityStreamResponse.model_validate(network.pusher.event("deleted", gone, brand))
    known(deleted)
    assert deleted.data.payload.model_dump(exclude_none=True) == {"author_id": brand.id, "id": gone.id}
    asked = network.people.mention("ana", "condor_air", "hola", media=(network.people.picture("ana"),))
    told = schemas.ActivityStreamResponse.model_validate(network.pusher.event("post", asked, brand))
    known(told)
    assert (told.data.event_type, told.data.filter.user_id) == ("post.mention.create", brand.id)
    assert isinstance(told.data.payload, schemas.Post)
    assert (told.data.payload.id, told.data.payload.conversation_id) == (asked.id, asked.id)


@pytest.mark.parametrize(
    ("problem", "model"),
    [
        (problems.invalid("max_results", "0", "too few"), schemas.InvalidRequestProblem),
        (Problem(200, problems.missing("tweet", "1", "ids")), schemas.ResourceNotFoundProblem),
    ],
)
def test_refusals_are_the_problems_x_documents(problem: Problem, model: type[BaseModel]) -> None:
    read = model.model_validate(json.loads(json.dumps(problem.body)))
    assert str(read.type).startswith(problems.BASE)  # type: ignore[attr-defined]


def test_a_refusal_reaches_their_client_as_one(network: XNetwork, theirs: xdk.Client) -> None:
    found = network.people.say("luis", "nadie me nombra")
    reply = schemas.CreatePostsReply(in_reply_to_tweet_id=found.id)
    with pytest.raises(requests.HTTPError) as refused:
        theirs.posts.create(schemas.CreatePostsRequest(text="Hola", reply=reply))
    assert refused.value.response.status_code == 403
    assert refused.value.response.json()["detail"] == problems.UNINVITED
    assert int(refused.value.response.headers["x-rate-limit-remaining"]) == 99
