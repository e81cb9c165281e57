"""What the connector asks and sends, judged by X's own client: its models and its lists of fields."""

from __future__ import annotations

import typing
from typing import Any, get_args, get_type_hints

import pytest
from xdk import schemas
from xdk.direct_messages.client import DirectMessagesClient
from xdk.posts.client import PostsClient
from xdk.users.client import UsersClient

from cortafuegos.channels.contract import AccountView, Media, Post
from cortafuegos.channels.x import vocabulary
from cortafuegos.channels.x.connector import connector
from cortafuegos.channels.x.fake import XNetwork

from .conftest import answer_to, heard, target_of
from .strict import known


def test_what_we_send_is_what_their_models_send(network: XNetwork, us: AccountView) -> None:
    network.people.mention("ana", "condor_air", "hola, y @luis también")
    (post,) = heard(us)
    image = Media("a.png", "image/png", b"x", alt="mapa")
    connector.send(us, answer_to(post, "Hola", media=(image,)))
    video = Media("a.mp4", "video/mp4", b"x")
    connector.send(us, answer_to(post, "Hola", key="k-2", public=False, media=(video,)))
    connector.hide(us, target_of(network_post(us, network)), hidden=True)
    models = {
        "/2/tweets": schemas.CreatePostsRequest,
        "/2/media/upload": schemas.MediaUploadRequest,
        "/2/media/metadata": schemas.CreateMediaMetadataRequest,
        "/2/media/upload/initialize": schemas.InitializeMediaUploadRequest,
        "append": schemas.AppendMediaUploadRequest,
        "messages": schemas.CreateDirectMessagesByParticipantIdRequest,
        "hidden": schemas.HidePostsReplyRequest,
    }
    seen = set()
    for path, body in network.bodies:
        name = path if path in models else path.rpartition("/")[2]
        known(models[name].model_validate(body), name)
        seen.add(name)
    assert seen == set(models)


def network_post(us: AccountView, network: XNetwork) -> Post:
    ours = network.people.say("condor_air", "nueva ruta")
    network.people.say("luis", "spam", to=ours.id)
    return next(post for post in heard(us) if post.text.endswith("spam"))


@pytest.mark.parametrize(
    ("method", "asked"),
    [
        (UsersClient.get_mentions, vocabulary.POST),
        (UsersClient.get_posts, vocabulary.POST),
        (PostsClient.search_recent, vocabulary.POST),
        (DirectMessagesClient.get_events, vocabulary.MESSAGES),
        (DirectMessagesClient.get_events_by_participant_id, vocabulary.MESSAGES),
    ],
)
def test_every_field_we_ask_for_is_one_they_offer(method: Any, asked: dict[str, str]) -> None:
    written = {name.replace(".", "_"): values for name, values in asked.items()}
    told = {name: method.__annotations__[name] for name in written}  # Optional[List[Literal[...]]], as text
    offered = get_type_hints(type("Asked", (), {"__annotations__": told}), vars(typing))
    for name, values in written.items():
        (choices,) = (get_args(one) for one in get_args(offered[name]) if get_args(one))
        assert set(values.split(",")) <= set(get_args(choices[0])), name
