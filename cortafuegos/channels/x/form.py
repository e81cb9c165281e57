"""What the connect page asks, and what is to be done at X."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.contract import Field

API, AUTHORIZE, WEB = "https://api.x.com", "https://x.com/i/oauth2/authorize", "https://x.com"

FIELDS = (
    Field(
        "client_id",
        _("Client ID"),
        _("In X's developer console, in your app: Keys and tokens, OAuth 2.0 Client ID."),
    ),
    Field(
        "client_secret",
        _("Client secret"),
        _("Beside the client ID. Leave it empty only if the app is a public one."),
        kind="password",
        required=False,
    ),
    Field(
        "consumer_secret",
        _("API secret key"),
        _("Only for the webhook: X signs with it what it sends. It stands beside the API key."),
        kind="password",
        required=False,
    ),
    Field(
        "enterprise",
        _("Our contract with X is Enterprise"),
        _("Then posts that do not mention us can be answered from here too, and no cost is counted."),
        kind="checkbox",
        required=False,
    ),
    Field("api", _("Address of X's interface"), kind="url", required=False, initial=API, advanced=True),
    Field(
        "authorize",
        _("Address where X asks for consent"),
        kind="url",
        required=False,
        initial=AUTHORIZE,
        advanced=True,
    ),
    Field("web", _("Address of X's pages"), kind="url", required=False, initial=WEB, advanced=True),
)

STEPS = (
    _("In X's developer console, create an app in a project and buy credit, or use an Enterprise contract."),
    _(
        "In the app, open the user authentication settings. Choose “Web App” as type, and “Read and write "
        "and Direct message” as permissions."
    ),
    _("There, enter the return address of this page as callback address, and the address of your website."),
    _(
        "Copy the client ID and the client secret to this page and continue. Sign in at X as the brand, "
        "and agree."
    ),
    _(
        "To receive within a second, register the account's webhook address in the app and subscribe to "
        "mentions and direct messages. Without it, we ask every half minute."
    ),
)
BY_HAND_STEPS = (
    _("Write in the profile text who answers, and when: X's interface cannot change it."),
    _("Pin the post that says where customers get help."),
    _("Let everybody send you direct messages: Settings, Privacy and safety, Direct messages."),
)
