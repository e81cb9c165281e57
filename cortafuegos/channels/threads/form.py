"""What the connect page asks, and what is to be done at Meta. As read on 2026-11-22."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.contract import Field

API, AUTHORIZE = "https://graph.threads.net", "https://threads.com/oauth/authorize"
SCOPES = ("threads_basic", "threads_content_publish", "threads_read_replies", "threads_manage_replies",
          "threads_manage_mentions", "threads_delete")  # fmt: skip

FIELDS = (
    Field(
        "app_id",
        _("Threads app ID"),
        _("In Meta for Developers, App settings, Basic. An app has two IDs: take the one called Threads."),
        kind="number",
    ),
    Field(
        "app_secret",
        _("Threads app secret"),
        _("Beside it. It proves that what arrives comes from Meta."),
        kind="password",
    ),
    Field("api", _("Address of the Threads API"), kind="url", required=False, initial=API, advanced=True),
    Field(
        "authorize",
        _("Address where Threads asks for consent"),
        kind="url",
        required=False,
        initial=AUTHORIZE,
        advanced=True,
    ),
)
STEPS = (
    _("In Meta for Developers, make an app with the use case “Access the Threads API”."),
    _(
        "In the use case, add the permissions threads_basic, threads_content_publish, threads_read_replies, "
        "threads_manage_replies, threads_manage_mentions and threads_delete."
    ),
    _("In its settings, enter the return address of this page as redirect address."),
    _("Fill in this page and continue. Sign in at Threads as the brand, and agree."),
    _(
        "To receive within a second, add “Webhooks” to the use case, with the address and the verify token "
        "that you are shown then, and subscribe replies, mentions and delete. Without it, we ask every two "
        "minutes."
    ),
    _("Ask for Advanced Access to the permissions: until then only the app's testers arrive."),
)
BY_HAND_STEPS = (
    _("Say in the profile who answers, and when: Threads' interface cannot change it."),
    _("Pin the post that says where customers get help."),
)
