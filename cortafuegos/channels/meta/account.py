"""What an account of Meta's holds, and how the Graph API is spoken to on its behalf."""

from __future__ import annotations

from cortafuegos.channels.contract import AccountView

from .graph import ADDRESS, VERSION, Graph


def graph_of(account: AccountView) -> Graph:
    return Graph(
        str(account.config.get("graph") or ADDRESS),
        str(account.config.get("version") or VERSION),
        str(account.credentials["token"]),
        secret=str(account.credentials["app_secret"]),
    )


def app_graph(account: AccountView) -> Graph:
    """As the app itself, which may ask what a token is worth."""
    token = f"{account.config.get('app_id', '')}|{account.credentials['app_secret']}"
    return Graph(
        str(account.config.get("graph") or ADDRESS), str(account.config.get("version") or VERSION), token
    )


def page_of(account: AccountView) -> str:
    """The page whose token we hold; Instagram's messages go through it too."""
    return str(account.config["page_id"])


def own_id(account: AccountView) -> str:
    return account.network_id.partition(":")[2]


def verify_tokens(account: AccountView) -> list[object]:
    """The secret that a person typed on Meta's side; while it is being changed, the one before too."""
    return [account.credentials.get(name) for name in ("secret", "previous_secret")]
