from __future__ import annotations

from django.apps import AppConfig


class CortafuegosConfig(AppConfig):
    name = "cortafuegos"
    label = "cortafuegos"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cortafuegos.inbox.actions import leaving  # noqa: F401  (listens to the team)
