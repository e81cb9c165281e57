"""A brand's courses, what people have read of them, and how they did in the exam."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cortafuegos.team.certificates import KINDS


class Course(models.Model):
    """What stays when its words change: which certificate it gives, for how long, how it is examined."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, related_name="courses")
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=8, choices=KINDS)  # of the certificate
    value = models.CharField(max_length=32, blank=True)
    months = models.PositiveSmallIntegerField(default=12)
    pass_percent = models.PositiveSmallIntegerField(default=80)
    tries_per_day = models.PositiveSmallIntegerField(default=2)
    retired_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["brand", "slug"], name="course_once"),
            models.CheckConstraint(condition=Q(months__range=(1, 60)), name="course_months"),
            models.CheckConstraint(condition=Q(pass_percent__range=(1, 100)), name="course_pass_percent"),
            models.CheckConstraint(condition=Q(tries_per_day__range=(1, 20)), name="course_tries"),
        ]


class CourseVersion(models.Model):
    """The words of a course, never changed: an edit is the next version."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    course = models.ForeignKey(Course, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    content = models.JSONField()  # language: {"title", "summary", "lessons", "questions"}
    made_by = models.ForeignKey(
        "cortafuegos.Agent", models.PROTECT, null=True, db_index=False
    )  # none: it came with the desk
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["course", "number"], name="course_version_once")
        ]


class Reading(models.Model):
    """Somebody has read a lesson. By the digest of its words: an edit elsewhere leaves it read."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.CASCADE, db_index=False)
    course = models.ForeignKey(Course, models.CASCADE, db_index=False)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agent", "course", "digest"], name="reading_once")
        ]


class Attempt(models.Model):
    """One go at an exam. The seed tells in which order the questions stand on the paper."""

    brand = models.ForeignKey("cortafuegos.Brand", models.CASCADE, db_index=False)
    agent = models.ForeignKey("cortafuegos.Agent", models.CASCADE, db_index=False)
    course = models.ForeignKey(Course, models.CASCADE, db_index=False)
    version = models.ForeignKey(CourseVersion, models.CASCADE, db_index=False)
    language = models.CharField(max_length=8)
    seed = models.CharField(max_length=32)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    chosen = models.JSONField(default=list)  # per question as the course has them: an option's index
    right = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    passed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agent", "course"], condition=Q(finished_at=None), name="attempt_open_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["brand", "agent", "course", "finished_at"], name="attempt_of")
        ]
