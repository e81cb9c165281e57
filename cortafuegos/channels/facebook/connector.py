"""A Facebook page: its comments, mentions and reviews, and Messenger as its private side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Exchange, Permission
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    Delivery,
    Found,
    Json,
    Limits,
    Outgoing,
    Polled,
    Post,
    Sent,
    Target,
)
from cortafuegos.channels.files import Files
from cortafuegos.channels.meta import connecting, envelope, parts, rehearsing, windows
from cortafuegos.channels.meta.behind_page import BehindPage
from cortafuegos.channels.meta.envelope import Event

from . import fetching, limits, reader, sender

NEEDED = ("pages_show_list", "pages_read_engagement", "pages_read_user_content", "pages_manage_engagement",
          "pages_manage_metadata", "pages_messaging")  # fmt: skip
WANTED = ("feed", "mention", "message_deliveries", "message_echoes", "message_edits", "message_reads",
          "messages", "messaging_postbacks", "ratings")  # fmt: skip


class Facebook(BehindPage):
    network = "facebook"
    name = _("Facebook and Messenger")
    mark = "F"
    needed, wanted = NEEDED, WANTED
    exchange, hidden_by = "messenger", "is_hidden"

    def connect(self, form: Mapping[str, str]) -> Connected:
        proven = connecting.prove(form, NEEDED)
        connecting.subscribe(proven, WANTED)
        page = proven.page
        return Connected(
            network_id=f"facebook:{page['id']}",
            handle=str(page.get("username") or page["name"]),
            name=str(page["name"]),
            config=proven.config,
            credentials=proven.credentials,
            url=envelope.link(str(page.get("link") or "")),
            expires_at=proven.expires_at,
        )

    def heard(self, account: AccountView, event: Event) -> list[Post]:
        return reader.read(account, event)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return fetching.poll(account, cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        return fetching.thread(account, target)

    def answer(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return sender.send(account, outgoing)

    def look_for(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        return sender.find(account, outgoing)

    def rehearsal(self, account: AccountView) -> tuple[Target, bool]:
        return rehearsing.under_own(account, "feed", "post", "post")

    def from_public(self, target: Target, exchange: Exchange) -> Permission:
        if target.ref.get("kind") in ("comment", "post"):
            return windows.private_reply(exchange)
        return windows.never_private(target)

    def measure(self, text: str, *, public: bool) -> int:
        return len(text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(limits.COMMENT if public else limits.MESSAGE, "characters")

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        if public:
            return limits.PICTURE
        if to_public:
            return parts.none(_("Meta allows one private answer to a comment: words, without files."))
        return parts.MESSENGER

    steps = (
        _("On developers.facebook.com, create an app of type Business and add Facebook Login and Messenger."),
        connecting.LOGIN_STEP,
        _("Connect the page here. Then you are shown an address and a verify token: copy both."),
        _("Under Webhooks choose Page, and give it that address and that verify token."),
        _(
            "Subscribe the fields feed, mention, ratings, messages, message_echoes, message_edits, "
            "message_deliveries, message_reads and messaging_postbacks."
        ),
        _("Ask for Advanced Access and put the app in Live mode: until then only its testers arrive."),
    )
    by_hand_steps = (
        _("Say in the page's About who answers, and when."),
        _("Pin a post that tells where help is to be had."),
    )


connector = Facebook()
