from __future__ import annotations

from django.urls import path

from cortafuegos.team import manage, views

app_name = "team"
_here = "b/<slug:slug>/settings"
_person = f"{_here}/people/<int:pk>"
urlpatterns = [
    path("join/<str:token>", views.join, name="join"),
    path(f"{_here}/people", manage.people, name="people"),
    path(f"{_here}/invitations", manage.invitations, name="invitations"),
    path(f"{_here}/invitations/<int:pk>/revocation", manage.revocation, name="revocation"),
    path(f"{_person}/role", manage.role, name="role"),
    path(f"{_person}/deactivation", manage.deactivation, name="deactivation"),
    path(f"{_person}/reactivation", manage.reactivation, name="reactivation"),
    path(f"{_person}/sign-in-link", manage.sign_in_link, name="sign-in-link"),
    path(f"{_person}/second-factor-removal", manage.second_factor_removal, name="second-factor-removal"),
    path(f"{_here}/teams", manage.teams, name="teams"),
    path(f"{_here}/teams/<int:pk>", manage.team, name="team"),
    path(f"{_here}/teams/<int:pk>/removal", manage.team_removal, name="team-removal"),
    path(f"{_here}/brand", manage.brand, name="brand"),
]
