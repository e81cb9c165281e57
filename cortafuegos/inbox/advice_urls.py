"""The addresses of playbooks and promises, below a case and below the settings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from cortafuegos.inbox.views import playbook_settings, playbooks, promises

case: list[URLPattern | URLResolver] = [
    path("/playbook", playbooks.playbook, name="playbook"),
    path("/playbook/steps", playbooks.step, name="playbook_step"),
    path("/promises", promises.promise, name="promises"),
    path("/promises/<int:promise_id>/withdrawal", promises.withdrawal, name="promise_withdrawal"),
    path("/promises/<int:promise_id>/explanation", promises.explanation, name="promise_explanation"),
]
_page = "settings/playbooks/<slug:name>"
brand: list[URLPattern | URLResolver] = [
    path("settings/playbooks", playbook_settings.index, name="playbooks"),
    path(_page, playbook_settings.playbook, name="playbook_page"),
    path(f"{_page}/switch", playbook_settings.switch, name="playbook_switch"),
    path(f"{_page}/versions/<int:number>", playbook_settings.restoration, name="playbook_restoration"),
    path("settings/promises", promises.report, name="promise_report"),
]
