"""Our own posts and messages since a first attempt: is one of them the answer whose fate is open?"""

from __future__ import annotations

import unicodedata
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cortafuegos.channels.contract import AccountView, Found, Json, Outgoing, SendError, Sent, Target

from . import names, posts, weight, words
from .sweep import Place, turn
from .values import child, children, id_at, moment, moment_of, number_id, text
from .vocabulary import ask, ask_messages

PAGES = 5  # of 100 own posts looked through before saying "cannot tell"
CLOCKS = timedelta(minutes=5)  # X's clock and ours may differ by so much
SETTLED = timedelta(seconds=60)  # a message that was taken is listed by then


def post(account: AccountView, outgoing: Outgoing, wanted: str) -> Sent | Found:
    path = f"/2/users/{names.number(account.network_id)}/tweets"
    place = Place(since=str(id_at(outgoing.first_attempt_at - CLOCKS)))
    for _page in range(PAGES):
        page = turn(place, lambda params: ask(account, path, params).body)
        for one in page.posts:
            if _same_post(one, outgoing, wanted):
                made = str(one["id"])
                return Sent(
                    network_id=names.post(made),
                    url=names.post_url(names.web(account), account.handle, made),
                    posted_at=moment_of(made),
                    ref=post_ref(account, outgoing, made),
                    conversation=outgoing.target.conversation if outgoing.target.public else "",
                )
        if not page.place.under_way:
            return Found.ABSENT
        place = page.place
    return Found.UNKNOWN


def _same_post(one: Json, outgoing: Outgoing, wanted: str) -> bool:
    if posts.references(one).get("replied_to") != number_id(outgoing.target.ref.get("id")):
        return False
    said = words.plain(text(one, "text"), children(child(one, "entities"), "urls"))
    return _bare(weight.without_mentions(said + " ", _named(said))) == _bare(
        weight.without_mentions(wanted + " ", _named(wanted))
    )


def _named(said: str) -> set[str]:
    """Everybody named at the beginning: X adds those it answers, on its own."""
    found = set()
    for word in said.split():
        if not word.startswith("@"):
            break
        found.add(word[1:].lower())
    return found


def _bare(said: str) -> str:
    return " ".join(unicodedata.normalize("NFC", said).split())


def message(account: AccountView, outgoing: Outgoing, wanted: str, now: datetime) -> Sent | Found:
    since = outgoing.first_attempt_at - CLOCKS
    us, token = names.number(account.network_id), ""
    for _page in range(PAGES):
        params = {"max_results": "100", **({"pagination_token": token} if token else {})}
        said = ask_messages(account, f"{exchange_path(outgoing.target)}/dm_events", params).body
        for one in children(said, "data"):
            if moment(one.get("created_at"), "the message") < since:
                return _absent(outgoing, now)
            found = words.plain(text(one, "text"), children(child(one, "entities"), "urls"))
            if number_id(one.get("sender_id")) == us and _bare(found) == _bare(wanted):
                made = number_id(one.get("id"))
                return Sent(
                    network_id=names.message(made),
                    posted_at=moment(one.get("created_at"), "the message"),
                    ref=message_ref(account, outgoing.target, made),
                    conversation=exchange_key(account, outgoing.target),
                )
        token = text(child(said, "meta"), "next_token")
        if not token:
            return _absent(outgoing, now)
    return Found.UNKNOWN


def _absent(outgoing: Outgoing, now: datetime) -> Found:
    """A message just taken may not be listed yet, and X takes the same words twice in private."""
    waited = now - outgoing.first_attempt_at
    if waited < SETTLED:
        raise SendError(
            _("X may still be taking it."),
            permanent=False,
            lost=True,
            retry_after=(SETTLED - waited).total_seconds(),
        )
    return Found.ABSENT


def exchange_path(target: Target) -> str:
    group = number_id(target.ref.get("group"))
    return f"/2/dm_conversations/{group}" if group else f"/2/dm_conversations/with/{_other(target)}"


def exchange_key(account: AccountView, target: Target) -> str:
    return names.exchange(account, number_id(target.ref.get("group")) or _other(target))


def _other(target: Target) -> str:
    return names.number(target.author_id)


def post_ref(account: AccountView, outgoing: Outgoing, made: str) -> Json:
    us = names.number(account.network_id)
    root = outgoing.target.ref.get("conversation", made)
    return {"id": made, "author": us, "conversation": root, "summoned": False}


def message_ref(account: AccountView, target: Target, made: str) -> Json:
    group = number_id(target.ref.get("group"))
    us = names.number(account.network_id)
    return {"event": made, "author": us, **({"group": group} if group else {})}
