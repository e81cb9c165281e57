"""The addresses of holding back, approval and mistakes, below a case and below the settings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from cortafuegos.inbox.views import approvals, holding, mistakes

case: list[URLPattern | URLResolver] = [
    path("/replies/<int:reply_id>/release", holding.release, name="release"),
    path("/approvals/<int:approval_id>", approvals.approval, name="approval"),
    path("/approvals/<int:approval_id>/decision", approvals.decision, name="approval_decision"),
    path("/approvals/<int:approval_id>/return", approvals.returned, name="approval_return"),
    path("/messages/<int:message_id>/mistake", mistakes.mistake, name="mistake"),
    path("/mistakes/<int:mistake_id>/removal", mistakes.removal, name="mistake_removal"),
    path("/mistakes/<int:mistake_id>/omissions/<slug:step>", mistakes.omission, name="mistake_omission"),
    path("/mistakes/<int:mistake_id>/closure", mistakes.closure, name="mistake_closure"),
]
brand: list[URLPattern | URLResolver] = [
    path("settings/answering", holding.settings, name="answering"),
    path("settings/mistakes", mistakes.review, name="mistake_review"),
]
