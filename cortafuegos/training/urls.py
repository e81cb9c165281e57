from __future__ import annotations

from django.urls import path

from cortafuegos.training.views import editing, exams, leading, learning

app_name = "training"
_here = "b/<slug:slug>/training"
_course = f"{_here}/courses/<slug:course>"
urlpatterns = [
    path(_here, learning.home, name="home"),
    path(f"{_here}/way", learning.way, name="way"),
    path(f"{_here}/courses", editing.new, name="new"),
    path(_course, learning.course, name="course"),
    path(f"{_course}/lessons/<int:number>", learning.lesson, name="lesson"),
    path(f"{_course}/edition", editing.edition, name="edition"),
    path(f"{_course}/terms", editing.terms, name="terms"),
    path(f"{_course}/attempts", exams.begin, name="attempts"),
    path(f"{_here}/attempts/<int:pk>", exams.attempt, name="attempt"),
    path(f"{_here}/certificates", leading.certificates, name="certificates"),
    path(f"{_here}/certificates/<int:pk>/withdrawal", leading.withdrawal, name="withdrawal"),
    path(f"{_here}/needs", leading.needs, name="needs"),
]
