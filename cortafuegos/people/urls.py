from __future__ import annotations

from django.urls import path

from cortafuegos.people import views

app_name = "people"
urlpatterns = [
    path("b/<slug:slug>/people", views.people, name="people"),
    path("b/<slug:slug>/people/<int:pk>", views.person, name="person"),
]
