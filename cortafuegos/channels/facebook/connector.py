"""A Facebook page: its comments, mentions and reviews, and Messenger as its private side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.capabilities import Begun, Exchange, Permission
from cortafuegos.channels.contract import (
    AccountView,
    Connected,
    Delivery,
    Found,
    Health,
    Json,
    Limits,
    Outgoing,
    Polled,
    Post,
    Sent,
    Target,
)
from cortafuegos.channels.meta import (
    connecting,
    envelope,
    health,
    login,
    moderation,
    private,
    signature,
    windows,
)
from cortafuegos.channels.meta.account import verify_tokens

from . import fetching, limits, reader, sender

NEEDED = ("pages_show_list", "pages_read_engagement", "pages_read_user_content", "pages_manage_engagement",
          "pages_manage_metadata", "pages_messaging")  # fmt: skip
WANTED = ("feed", "mention", "message_echoes", "message_edits", "messages", "messaging_postbacks", "ratings")


class Facebook:
    network = "facebook"
    name = _("Facebook and Messenger")
    mark = "F"
    fields = connecting.FIELDS
    poll_seconds = 120.0  # back-fill only: what is new is pushed

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

    def begin(self, form: Mapping[str, str], return_to: str, state: str) -> Begun:
        return login.begin(form, return_to, state, NEEDED)

    def finish(self, kept: Json, query: Mapping[str, str], return_to: str) -> Connected:
        return self.connect(login.finish(kept, query, return_to))

    def challenge(self, account: AccountView, query: Mapping[str, str]) -> str:
        return signature.challenge(verify_tokens(account), query)

    def verify(self, account: AccountView, delivery: Delivery, now: datetime) -> None:
        signature.verify(account.credentials.get("app_secret"), delivery)

    def key(self, account: AccountView, delivery: Delivery) -> str:
        return envelope.key(delivery)

    def split(self, account: AccountView, delivery: Delivery) -> Sequence[tuple[str, Delivery]]:
        return envelope.split(delivery)

    def read(self, account: AccountView, delivery: Delivery) -> list[Post]:
        return reader.read(account, delivery)

    def poll(self, account: AccountView, cursor: Json) -> Polled:
        return fetching.poll(account, cursor)

    def thread(self, account: AccountView, target: Target) -> Sequence[Delivery]:
        return fetching.thread(account, target)

    def permission(
        self, account: AccountView, target: Target, exchange: Exchange, *, public: bool
    ) -> Permission:
        if public:
            return Permission() if target.public else windows.never_public()
        if not target.public:
            return windows.private(account, exchange)
        if target.ref.get("kind") in ("comment", "post"):
            return windows.private_reply(exchange)
        return windows.never_private(target)

    def send(self, account: AccountView, outgoing: Outgoing) -> Sent:
        return sender.send(account, outgoing) if outgoing.public else private.send(account, outgoing)

    def find(self, account: AccountView, outgoing: Outgoing) -> Sent | Found:
        if outgoing.public:
            return sender.find(account, outgoing)
        return private.find(account, outgoing, "messenger")

    def withdraw(self, account: AccountView, network_id: str, ref: Json, *, public: bool) -> None:
        moderation.withdraw(account, ref, public=public)

    def hide(self, account: AccountView, target: Target, *, hidden: bool) -> None:
        moderation.hide(account, target, name="is_hidden", hidden=hidden)

    def measure(self, text: str, *, public: bool) -> int:
        return len(text)

    def limits(self, account: AccountView, *, public: bool) -> Limits:
        return Limits(limits.COMMENT if public else limits.MESSAGE, "characters")

    def set_profile(self, account: AccountView, text: str) -> bool:
        return False  # the page's own words are for people who manage the page

    def health(self, account: AccountView) -> Health:
        return health.check(account, NEEDED, WANTED)

    steps = (
        _("On developers.facebook.com, create an app of type Business and add Facebook Login and Messenger."),
        _("Connect the page here. Then you are shown an address and a secret: copy both."),
        _("Under Webhooks choose Page, and give it that address and, as verify token, the secret."),
        _(
            "Subscribe the fields feed, mention, ratings, messages, message_echoes, message_edits "
            "and messaging_postbacks."
        ),
        _("Ask for Advanced Access and put the app in Live mode: until then only its testers arrive."),
    )
    by_hand_steps = (
        _("Say in the page's About who answers, and when."),
        _("Pin a post that tells where help is to be had."),
    )


connector = Facebook()
