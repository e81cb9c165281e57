"""Which fields are asked for, in both of X's vocabularies.

The interface says *tweet* (``tweet.fields``, ``referenced_tweets``), and since its generated clients of
2026 also *post* (``post.fields``, ``referenced_posts``). We ask in the documented one, and in the other
where that is refused; ``reader`` understands the answers of both.
"""

from __future__ import annotations

from collections.abc import Mapping

from cortafuegos.channels.contract import AccountView

from .wire import Answer, WrongParameter, call

Params = dict[str, str]

_USER = (
    "description,location,name,profile_image_url,public_metrics,receives_your_dm,username,verified,"
    "verified_type"
)
_MEDIA = "alt_text,media_key,preview_image_url,type,url,variants"
_COMMON = {"user.fields": _USER, "media.fields": _MEDIA}
TWEET = {
    **_COMMON,
    "tweet.fields": "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,"
    "in_reply_to_user_id,lang,note_tweet,referenced_tweets,reply_settings",
    "expansions": "author_id,attachments.media_keys",
}
POST = {
    **_COMMON,
    "post.fields": "attachments,conversation_id,created_at,entities,lang,note_post,reply_settings",
    "expansions": "author_id,attachments.media_keys,edit_history_post_ids,in_reply_to_user_id,"
    "referenced_posts",
}
WITH_QUOTED = ",referenced_tweets.id"  # whose post was quoted is told by the quoted post alone
MESSAGES = {
    **_COMMON,
    "dm_event.fields": "attachments,created_at,dm_conversation_id,entities,event_type,id,text",
    "event_types": "MessageCreate",
    "expansions": "sender_id,attachments.media_keys",
}

_moved_on: set[str] = set()  # addresses that no longer say "tweet"; a process that starts anew asks again


def ask(account: AccountView, path: str, params: Mapping[str, str], *, quoted: bool = False) -> Answer:
    """GET ``path`` with all we want to know of posts."""
    address = str(account.config.get("api", ""))
    if address not in _moved_on:
        wanted = {**TWEET, "expansions": TWEET["expansions"] + (WITH_QUOTED if quoted else "")}
        try:
            return call(account, "GET", path, params={**wanted, **params})
        except WrongParameter as wrong:
            if "tweet" not in wrong.name and wrong.name != "expansions":
                raise
        _moved_on.add(address)
    return call(account, "GET", path, params={**POST, **params})


def ask_messages(account: AccountView, path: str, params: Mapping[str, str]) -> Answer:
    return call(account, "GET", path, params={**MESSAGES, **params})


def forget() -> None:
    _moved_on.clear()
