from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from cortafuegos.web import views
from cortafuegos.web.stream import stream_token

app_name = "web"
urlpatterns = [
    path("", views.root, name="root"),
    path("setup/<str:token>", views.setup, name="setup"),
    path("signin/<str:token>", views.sign_in_link, name="sign-in-link"),
    path("language", set_language, name="language"),
    path("preferences", views.my_preferences, name="my-preferences"),
    path("b/<slug:slug>/", views.brand, name="brand"),
    path("b/<slug:slug>/stream-token", stream_token, name="stream-token"),
    path("b/<slug:slug>/settings", views.settings, name="settings"),
    path("b/<slug:slug>/settings/preferences", views.preferences, name="preferences"),
]
