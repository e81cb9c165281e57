"""An Instagram professional account, by way of the page it is linked to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Exchange, Permission
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    ConnectError,
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
from cortafuegos.channels.meta import connecting, parts, rehearsing, windows
from cortafuegos.channels.meta.behind_page import BehindPage
from cortafuegos.channels.meta.envelope import Event

from . import fetching, reader, sender

NEEDED = ("pages_show_list", "pages_read_engagement", "pages_manage_metadata", "instagram_basic",
          "instagram_manage_comments", "instagram_manage_messages")  # fmt: skip
WISHED = ("pages_messaging",)  # without it no file is taken for a message
WANTED = ("feed",)  # any field of the page opens Instagram's own webhooks, which the app subscribes

# As read on 2026-11-20. Meta's words on messages are "1000 bytes"; so bytes are counted.
COMMENT = 2_200  # characters
MESSAGE = 1_000  # bytes


class Instagram(BehindPage):
    network = "instagram"
    name = _("Instagram")
    mark = "I"
    needed, wished, wanted = NEEDED, WISHED, WANTED
    exchange, hidden_by = "instagram", "hide"

    def connect(self, form: Mapping[str, str]) -> Connected:
        proven = connecting.prove(form, NEEDED)
        linked = proven.page.get("instagram_business_account")
        if not isinstance(linked, dict) or not linked.get("id") or not linked.get("username"):
            raise ConnectError(
                _("No Instagram professional account is linked to this page. Link one in its settings."),
                "page_id",
            )
        connecting.subscribe(proven, WANTED)
        handle = str(linked["username"])
        return Connected(
            network_id=f"instagram:{linked['id']}",
            handle=handle,
            name=str(linked.get("name") or handle),
            config=proven.config,
            credentials=proven.credentials,
            url=f"https://www.instagram.com/{handle}/",
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
        return rehearsing.under_own(account, "media", "media", "media")

    def from_public(self, target: Target, exchange: Exchange) -> Permission:
        if target.ref.get("kind") == "comment":
            return windows.private_reply(exchange)
        if target.ref.get("kind") == "live":
            return windows.live_reply(exchange)
        return windows.never_private(target)

    def measure(self, text: str, *, public: bool) -> int:
        return len(text) if public else len(text.encode("utf-8", "surrogatepass"))

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(COMMENT, "characters") if public else Limits(MESSAGE, "bytes")

    def files(self, account: AccountView, *, public: bool, to_public: bool) -> Files:
        if public:
            return parts.none(_("Instagram takes words only in a comment."))
        if to_public:
            return parts.none(_("Meta allows one private answer to a comment: words, without files."))
        return parts.INSTAGRAM

    steps = (
        _("Make the Instagram account a professional one, and link it to a Facebook page you manage."),
        _("In Instagram's settings, under Messages, allow access to messages for connected tools."),
        _("On developers.facebook.com, create an app of type Business and add Facebook Login and Instagram."),
        connecting.LOGIN_STEP,
        _("Connect it here. Then you are shown an address and a verify token: copy both."),
        _("Under Webhooks choose Instagram, and give it that address and that verify token."),
        _(
            "Subscribe the fields comments, live_comments, mentions, messages, message_edit, "
            "messaging_seen and messaging_postbacks."
        ),
        _("Ask for Advanced Access and put the app in Live mode: until then only its testers arrive."),
    )
    by_hand_steps = (
        _("Say in the profile's bio who answers, and when."),
        _("Keep a highlighted story that tells where help is to be had."),
    )


connector = Instagram()
