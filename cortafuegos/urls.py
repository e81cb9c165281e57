"""The addresses of every package that has some: its `urls.py`, in the order below."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# The shell comes last: it owns "/" and whatever nobody else claimed.
PACKAGES = (
    "api",
    "channels",
    "knowledge",
    "inbox",
    "people",
    "team",
    "listening",
    "staffing",
    "crisis",
    "training",
    "reports",
    "web",
)


def _exists(module: str) -> bool:
    package = module.rpartition(".")[0]
    return find_spec(package) is not None and find_spec(module) is not None


urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(module))
    for module in (f"cortafuegos.{package}.urls" for package in PACKAGES)
    if _exists(module)
]
# Signing in, passwords and second factors: only those pages of django-allauth that we want.
urlpatterns.append(path("accounts/", include("cortafuegos.team.account_urls")))

handler500 = "cortafuegos.web.views.server_error"
