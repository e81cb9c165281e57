from __future__ import annotations

from django.urls import path

from cortafuegos.channels import authorising, connecting, guiding, quarantine, views

app_name = "channels"
_here = "b/<slug:slug>/settings/accounts"
_account = f"{_here}/<int:pk>"
_quarantine = "b/<slug:slug>/settings/quarantine"
urlpatterns = [
    path(_here, views.accounts, name="accounts"),
    path(f"{_here}/new", views.new, name="new"),
    path(f"{_here}/new/<slug:network>", connecting.connect, name="connect"),
    path(f"{_here}/new/<slug:network>/authorisation", authorising.begin, name="authorise"),
    path(f"{_here}/authorised/<slug:network>", authorising.authorised, name="authorised"),
    path("connect/<slug:network>/return", authorising.returned, name="returned"),
    path(_account, views.account, name="account"),
    path(f"{_account}/welcome", views.welcome, name="welcome"),
    path(f"{_account}/credentials", connecting.reconnect, name="reconnect"),
    path(f"{_account}/authorisation", authorising.begin, name="authorise-again"),
    path(f"{_account}/profile", views.profile, name="profile"),
    path(f"{_account}/secret", views.secret, name="secret"),
    path(f"{_account}/steps", guiding.tick, name="tick"),
    path(f"{_account}/trial", views.test, name="trial"),
    path(f"{_account}/cap", views.cap, name="cap"),
    path(f"{_account}/pause", views.pause, name="pause"),
    path(f"{_account}/resumption", views.resumption, name="resumption"),
    path(f"{_account}/removal", views.removal, name="removal"),
    path(_quarantine, quarantine.receipts, name="quarantine"),
    path(f"{_quarantine}/replay", quarantine.replay_all, name="replay-all"),
    path(f"{_quarantine}/<int:pk>", quarantine.receipt, name="receipt"),
    path(f"{_quarantine}/<int:pk>/raw", quarantine.raw, name="raw"),
    path(f"{_quarantine}/<int:pk>/replay", quarantine.replay, name="replay"),
]
