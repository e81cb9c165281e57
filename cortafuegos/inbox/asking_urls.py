"""The addresses of questions inside: below a case, below the settings, and the one door without a key."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from cortafuegos.inbox.views import answering, asking, departments

case: list[URLPattern | URLResolver] = [
    path("/questions", asking.questions, name="questions"),
    path("/questions/<int:question_id>/withdrawal", asking.withdrawal, name="question_withdrawal"),
    path("/questions/<int:question_id>/sight", asking.sight, name="question_sight"),
    path("/questions/<int:question_id>/links", asking.links, name="question_links"),
]
brand: list[URLPattern | URLResolver] = [
    path("settings/departments", departments.index, name="departments"),
    path("settings/departments/new", departments.department, name="department_new"),
    path("settings/departments/<int:pk>", departments.department, name="department"),
    path("settings/departments/<int:pk>/switch", departments.switch, name="department_switch"),
]
door: list[URLPattern | URLResolver] = [path("inside/<str:token>", answering.inside, name="inside")]
