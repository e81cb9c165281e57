"""The web process: Django's pages in threads, behind the edge (webhooks in, nudges out)."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

PAGE_THREADS = 8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cortafuegos.settings")
pages: Any = WSGIMiddleware(get_wsgi_application(), workers=PAGE_THREADS)  # type: ignore[arg-type]
application: Any = pages
if find_spec("cortafuegos.web.edge"):
    application = import_module("cortafuegos.web.edge").build(pages)
