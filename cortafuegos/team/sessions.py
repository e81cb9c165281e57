"""Django's sessions in the database. One is read at every request, by a query built once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from cortafuegos.kit.compiled import compiled, first


class SessionStore(db.SessionStore):
    def _get_session_from_db(self) -> Session | None:
        found = first(_alive(self.session_key or "", timezone.now()))
        if found is None:
            self._session_key = None
        return found


@compiled
def _alive(key: Any, now: Any) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)
