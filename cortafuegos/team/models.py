"""Brands, the people who work for them, and what they may do there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cortafuegos.team.rules import Role, initials


class Brand(models.Model):
    """The company whose customers are answered. Every other row belongs to one."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="es")
    time_zone = models.CharField(max_length=64, default="Europe/Madrid")
    next_case_number = models.IntegerField(default=1)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they are in a brand is their :class:`Agent` row there."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("As the system")
        LIGHT = "light", _("Light")
        DARK = "dark", _("Dark")

    class AfterSend(models.TextChoices):
        NEXT = "next", _("Open the next case")
        LIST = "list", _("Go back to the list")
        STAY = "stay", _("Stay in the case")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=8, default="es")
    time_zone = models.CharField(max_length=64, default="Europe/Madrid")
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)
    after_send = models.CharField(max_length=8, choices=AfterSend.choices, default=AfterSend.NEXT)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        return initials(str(self))


class Agent(models.Model):
    """A user in a brand, with a role. Never deleted: what they wrote keeps its author."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="agents")
    user = models.ForeignKey(User, models.CASCADE, related_name="agents")
    role = models.CharField(max_length=12, choices=Role.choices())
    signature = models.CharField(max_length=40, blank=True)  # as customers read it
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "user"], name="agent_once")]

    def __str__(self) -> str:
        return str(self.user)


class Team(models.Model):
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="teams")
    name = models.CharField(max_length=80)
    members = models.ManyToManyField(Agent, related_name="teams", blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["brand", "name"], name="team_once")]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A link that makes whoever opens it an agent. Only the hash of its token is kept."""

    brand = models.ForeignKey(Brand, models.CASCADE, related_name="invitations")
    email = models.EmailField(blank=True)
    role = models.CharField(max_length=12, choices=Role.choices())
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Agent, models.SET_NULL, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class SignInLink(models.Model):
    """A one-time way in, printed by ``cortafuegos up`` and ``cortafuegos signin``."""

    user = models.ForeignKey(User, models.CASCADE)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
