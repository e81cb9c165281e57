"""The addresses of what a network allows and can do besides, below a case."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from cortafuegos.inbox.views import by_hand, interventions, permission, templates

case: list[URLPattern | URLResolver] = [
    path("/permission", permission.permission, name="permission"),
    path("/templates", templates.templates, name="templates"),
    path("/replies/by-hand", by_hand.replies_by_hand, name="replies_by_hand"),
    path("/replies/<int:reply_id>/window", by_hand.window, name="window"),
    path("/replies/<int:reply_id>/link", by_hand.link, name="link"),
    path(
        "/messages/<int:message_id>/interventions/<slug:kind>",
        interventions.intervention,
        name="intervention",
    ),
]
