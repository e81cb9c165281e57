"""Meta's own Python SDK, driven against the fake: it must take each answer, and know each field."""

from __future__ import annotations

import re

import pytest
from facebook_business.adobjects.comment import Comment
from facebook_business.adobjects.igcomment import IGComment
from facebook_business.adobjects.igmedia import IGMedia
from facebook_business.adobjects.iguser import IGUser
from facebook_business.adobjects.page import Page
from facebook_business.adobjects.pagepost import PagePost
from facebook_business.adobjects.recommendation import Recommendation
from facebook_business.adobjects.unifiedthread import UnifiedThread
from facebook_business.api import FacebookAdsApi
from facebook_business.exceptions import FacebookRequestError
from facebook_business.session import FacebookSession

from cortafuegos.channels.facebook import fetching as facebook
from cortafuegos.channels.instagram import fetching as instagram
from cortafuegos.channels.meta import errors
from cortafuegos.channels.meta.fake import writing
from cortafuegos.channels.meta.fake.events import APP_ID, APP_SECRET
from cortafuegos.channels.meta.graph import VERSION

# The SDK warns of what it does not know: a field that we ask for, a value that Meta would not take.
pytestmark = pytest.mark.filterwarnings("error")


def plain(fields):
    """Field names without what is asked of their insides."""
    return re.sub(r"\.\w+\([^)]*\)|{.*?}+", "", fields).split(",")


def known(sdk_object, *, besides=()):
    """Every key of the answer is a field that the SDK's class knows."""
    names = {value for name, value in vars(type(sdk_object).Field).items() if not name.startswith("_")}
    unknown = set(sdk_object.export_all_data()) - names - set(besides)
    assert not unknown, f"{type(sdk_object).__name__} does not know {unknown}"
    return sdk_object


@pytest.fixture
def world(meta):
    """A page with a little of everything, and the SDK signed in with its token."""
    page = meta.page("Lumbre", instagram="lumbre.energia")
    ana = meta.person("Ana Vidal", "ana_v")
    post = meta.post(page, "Abrimos")
    medium = meta.medium(page, "Central")
    meta.comment(ana, meta.comment(ana, post, "uno"), "dos")
    meta.comment(page, meta.comment(ana, medium, "uno"), "dos")
    meta.review(ana, page, "mal")
    meta.message(ana, page, "hola")
    meta.message(ana, page, "hola", instagram=True)
    meta.tag(ana, page, "sin luz")
    session = FacebookSession(APP_ID, APP_SECRET, meta.token(page))
    session.GRAPH = meta.address
    api = FacebookAdsApi(session)
    assert api.API_VERSION == VERSION
    yield meta, page, ana, api
    session.requests.close()


def test_the_page_and_what_is_on_it(world):
    _meta, here, _ana, api = world
    page = Page(here.id, api=api)
    known(
        page.api_get(fields=["id", "name", "username", "link", "access_token", "instagram_business_account"])
    )
    (post,) = page.get_feed(fields=plain(facebook.POST))
    assert isinstance(known(post), PagePost)
    comments = post_comments(api, post["id"])
    assert [c["message"] for c in comments] == ["uno", "dos"]
    for comment in comments:
        known(Comment(comment["id"], api=api).api_get(fields=plain(facebook.COMMENT)))
    (review,) = page.get_ratings(fields=plain(facebook.REVIEW))
    assert isinstance(known(review), Recommendation)
    assert review["recommendation_type"] == "negative"
    assert page.create_subscribed_app(params={"subscribed_fields": ["feed", "messages"]})
    assert here.subscribed[APP_ID] == ["feed", "messages"]
    (app,) = page.get_subscribed_apps()
    known(app, besides=["subscribed_fields"])  # documented, and not in the SDK's class


def post_comments(api, own):
    found = PagePost(own, api=api).get_comments(
        fields=plain(facebook.COMMENT), params={"filter": "stream", "order": "chronological"}
    )
    return [known(comment) for comment in found]


def test_comments_are_written_hidden_and_deleted(world):
    meta, _here, _ana, api = world
    own = next(thing for thing in meta.things.values() if thing.kind == "comment")
    comment = Comment(own.id, api=api)
    made = comment.create_comment(params={"message": "Te llamamos."})
    assert meta.things[made["id"]].text == "Te llamamos."
    comment.api_update(params={"is_hidden": True})
    assert own.hidden
    assert (
        known(comment.api_get(fields=["is_hidden", "can_hide", "can_reply_privately"]))["is_hidden"] is True
    )
    comment.api_delete()
    assert own.id not in meta.things


def test_a_comment_with_a_picture(world, tmp_path):
    """The SDK has no name for ``source``: any file of a call goes along as a part of the form."""
    meta, _here, _ana, api = world
    own = next(thing for thing in meta.things.values() if thing.kind == "comment")
    (tmp_path / "caja.jpg").write_bytes(b"\xff\xd8\xffcaja")
    with (tmp_path / "caja.jpg").open("rb") as picture:
        file = ("caja.jpg", picture, "image/jpeg")
        made = api.call("POST", (own.id, "comments"), params={"message": "Así."}, files={"source": file})
    comment = Comment(made.json()["id"], api=api)
    shown = known(comment.api_get(fields=["message", "attachment"]))
    assert shown["message"] == "Así."
    assert meta.things[comment["id"]].file.body == b"\xff\xd8\xffcaja"
    assert comment["attachment"]["media"]["image"]["src"]


@pytest.mark.parametrize("platform", ["messenger", "instagram"])
def test_a_file_is_held_and_then_sent(world, tmp_path, platform):
    meta, here, _ana, api = world
    luis = meta.person("Luis")
    meta.message(luis, here, "hola", instagram=platform == "instagram")
    (tmp_path / "caja.jpg").write_bytes(b"\xff\xd8\xffcaja")
    page = Page(here.id, api=api)
    words = {"attachment": {"type": "image", "payload": {"is_reusable": True}}}
    asked = page.create_message_attachment(
        params={"message": words, "platform": platform.upper()}, pending=True
    )
    # Its name for a file is ``source`` everywhere; Meta's reference says ``filedata`` here.
    with (tmp_path / "caja.jpg").open("rb") as picture:
        files = {"filedata": ("caja.jpg", picture, "image/jpeg")}
        held = api.call("POST", (here.id, "message_attachments"), params=asked._params, files=files).json()
    body = {"attachment": {"type": "image", "payload": {"attachment_id": held["attachment_id"]}}}
    sent = page.create_message(
        params={"recipient": {"id": luis.id}, "message": body, "messaging_type": "RESPONSE"}
    )
    (file,) = meta.exchange(here.id, platform, luis.id).messages[-1].files
    assert (sent["recipient_id"], file.body) == (luis.id, b"\xff\xd8\xffcaja")
    with pytest.raises(FacebookRequestError) as both:
        page.create_message(
            params={
                "recipient": {"id": luis.id},
                "message": {**body, "text": "x"},
                "messaging_type": "RESPONSE",
            }
        )
    assert both.value.api_error_code() == 100


@pytest.mark.parametrize("platform", ["messenger", "instagram"])
def test_conversations_and_messages(world, platform):
    meta, here, ana, api = world
    page = Page(here.id, api=api)
    (exchange,) = page.get_conversations(
        fields=["id", "updated_time", "message_count", "participants"], params={"platform": platform.upper()}
    )
    assert isinstance(known(exchange), UnifiedThread)
    with pytest.warns(UserWarning, match="messages does not allow field"):  # it has no class for them
        (message,) = exchange.get_messages(fields=["id", "created_time", "from", "to", "message"])
    assert (message["message"], message["from"]["id"]) == ("hola", ana.id)
    other = meta.person("Luis")
    meta.message(other, here, "hola", instagram=platform == "instagram")
    sent = page.create_message(
        params={
            "recipient": {"id": other.id},
            "message": {"text": "Hola, Luis."},
            "messaging_type": "RESPONSE",
        }
    )
    assert sent["recipient_id"] == other.id
    assert meta.exchange(here.id, platform, other.id).messages[-1].mid == sent["message_id"]


def test_instagram(world):
    meta, here, _ana, api = world
    user = IGUser(here.ig_id, api=api)
    known(user.api_get(fields=["id", "username", "name", "followers_count"]))
    (medium,) = user.get_media(fields=[*plain(instagram.MEDIUM), "comments_count"])
    assert isinstance(known(medium), IGMedia)
    assert medium["comments_count"] == 2
    (tagged,) = user.get_tags(fields=plain(instagram.MEDIUM))
    known(tagged)
    (comment,) = medium.get_comments(
        fields=["id", "text", "timestamp", "username", "from", "hidden", "media"]
    )
    assert isinstance(known(comment), IGComment)
    (reply,) = comment.get_replies(fields=["id", "text", "parent_id"])
    assert known(reply)["parent_id"] == comment["id"]
    comment.api_update(params={"hide": True})
    assert meta.things[comment["id"]].hidden
    made = comment.create_reply(params={"message": "Vamos."})
    assert meta.things[made["id"]].parent == comment["id"]
    comment.api_delete()
    assert comment["id"] not in meta.things


def test_long_lists_are_walked_by_the_sdks_own_cursors(world):
    meta, here, ana, api = world
    post = meta.post(here, "Largo")
    said = {meta.comment(ana, post, f"c{n}").text for n in range(57)}
    walked = PagePost(post.id, api=api).get_comments(fields=["message"], params={"limit": 10})
    assert sorted(comment["message"] for comment in walked) == sorted(said)


def test_refusals_are_read_as_metas(world):
    meta, here, ana, api = world
    exchange = meta.exchange(here.id, "messenger", ana.id)
    exchange.messages[0].at -= 3 * writing.STANDARD
    body = {"recipient": {"id": ana.id}, "message": {"text": "x"}, "messaging_type": "RESPONSE"}
    with pytest.raises(FacebookRequestError) as late:
        Page(here.id, api=api).create_message(params=body)
    assert (late.value.api_error_code(), late.value.api_error_subcode()) == (10, 2018278)
    with pytest.raises(FacebookRequestError) as gone:
        Comment("1_2", api=api).api_get(fields=["id"])
    assert (gone.value.api_error_code(), gone.value.api_error_subcode()) == (100, 33)
    meta.limited_minutes = 3
    with pytest.raises(FacebookRequestError) as limited:
        Page(here.id, api=api).api_get(fields=["id"])
    assert limited.value.api_error_code() in errors.LIMITS
    assert "x-business-use-case-usage" in limited.value.http_headers()
    meta.limited_minutes = 0
    meta.tokens[next(iter(meta.tokens))].valid = False
    with pytest.raises(FacebookRequestError) as refused:
        Page(here.id, api=api).api_get(fields=["id"])
    assert (refused.value.api_error_code(), refused.value.http_status()) == (190, 401)


def test_an_old_token_proof_and_an_unknown_field_are_refused(world):
    _meta, here, _ana, api = world
    with pytest.warns(UserWarning, match="colour"), pytest.raises(FacebookRequestError) as unknown:
        Page(here.id, api=api).api_get(fields=["favourite_colour"])
    assert unknown.value.api_error_code() == 100
    api._session.requests.params["appsecret_proof"] = "0" * 64
    with pytest.raises(FacebookRequestError) as forged:
        Page(here.id, api=api).api_get(fields=["id"])
    assert forged.value.api_error_code() == 100
