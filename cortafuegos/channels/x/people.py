"""The people of X, in our words."""

from __future__ import annotations

from cortafuegos.channels.contract import AccountView, Author, Json

from . import names
from .values import child, children, count, link, number_id, text


def included(includes: Json, user_id: str) -> Json:
    """The user whom an answer brought along; some events wrap each in ``data``."""
    for user in children(includes, "users"):
        user = child(user, "data") or user
        if number_id(user.get("id")) == user_id:
            return user
    return {}


def author(account: AccountView, user_id: str, user: Json) -> Author:
    """An author as the present interface tells of them. Of some only the number is known."""
    handle = text(user, "username").lstrip("@")
    return Author(
        network_id=names.person(user_id),
        handle=handle or user_id,
        name=text(user, "name") or handle or user_id,
        url=f"{names.web(account)}/{handle}" if handle else f"{names.web(account)}/i/user/{user_id}",
        avatar=link(user, "profile_image_url"),
        followers=count(child(user, "public_metrics"), "followers_count"),
        verified=user.get("verified") is True or text(user, "verified_type") not in ("", "none"),
        bio=text(user, "description"),
        place=text(user, "location"),
    )


def older_author(account: AccountView, user_id: str, user: Json) -> Author:
    """An author as the Account Activity events tell of them."""
    handle = (text(user, "screen_name") or text(user, "username")).lstrip("@")
    return Author(
        network_id=names.person(user_id),
        handle=handle or user_id,
        name=text(user, "name") or handle or user_id,
        url=f"{names.web(account)}/{handle}" if handle else f"{names.web(account)}/i/user/{user_id}",
        avatar=link(user, "profile_image_url_https", "profile_image_url"),
        followers=count(user, "followers_count"),
        verified=user.get("verified") is True,
        bio=text(user, "description"),
        place=text(user, "location"),
    )
