"""The addresses of holding back and approval, below a case and below the settings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from cortafuegos.inbox.views import approvals, holding

case: list[URLPattern | URLResolver] = [
    path("/replies/<int:reply_id>/release", holding.release, name="release"),
    path("/approvals/<int:approval_id>", approvals.approval, name="approval"),
    path("/approvals/<int:approval_id>/decision", approvals.decision, name="approval_decision"),
    path("/approvals/<int:approval_id>/return", approvals.returned, name="approval_return"),
]
brand: list[URLPattern | URLResolver] = [
    path("settings/answering", holding.settings, name="answering"),
]
