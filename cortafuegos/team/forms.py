"""What a person may write about a brand, about others and about themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cortafuegos.kit import zones
from cortafuegos.team.models import User
from cortafuegos.team.rules import Role, may_grant

ROLE_NAMES = {
    Role.OWNER: _("Owner"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.AGENT: _("Agent"),
    Role.DRAFTER: _("Drafter"),
}
ROLE_MEANINGS = {
    Role.OWNER: _("everything, also the brand itself, exports and other owners"),
    Role.SUPERVISOR: _("the whole desk, accounts, people and teams"),
    Role.AGENT: _("answers customers and works on cases"),
    Role.DRAFTER: _("writes drafts and notes; somebody else sends them"),
}


def role_choices(granter: str) -> list[tuple[str, Any]]:
    """The roles this role may give, the usual one first."""
    usual = [Role.AGENT, Role.DRAFTER, Role.SUPERVISOR, Role.OWNER]
    return [(role.value, ROLE_NAMES[role]) for role in usual if may_grant(granter, role)]


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        super().__init__(choices=lambda: zones.choices(get_language() or "en"), **kwargs)

    def valid_value(self, value: str) -> bool:
        return zones.known(value)


def _desk_languages() -> list[tuple[str, str]]:
    return [("es", "Español"), ("en", "English")]  # each in its own words


class PersonFields(forms.Form):
    """Somebody new: name, address, password."""

    name = forms.CharField(
        label=_("Your name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("You sign in with it. Customers never see it."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("Eight characters or more; not only digits, and not one that everybody uses."),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        if found.get("password"):
            try:
                validate_password(
                    found["password"], User(email=found.get("email", ""), name=found.get("name", ""))
                )
            except ValidationError as weak:
                self.add_error("password", weak)
        return found


class JoinForm(PersonFields):
    """Accept an invitation as somebody new. Bound to an address, it cannot be changed."""

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if email:
            self.fields["email"].initial = email
            self.fields["email"].disabled = True


class SetupForm(PersonFields):
    """The first brand and its owner."""

    brand = forms.CharField(
        label=_("Brand"),
        max_length=120,
        help_text=_("The name your customers know."),
        widget=forms.TextInput(attrs={"autocomplete": "organization", "autofocus": True}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=_desk_languages)
    time_zone = ZoneField(widget=forms.Select(attrs={"data-guess-zone": ""}), initial="Europe/Madrid")
    field_order = ["brand", "language", "time_zone", "name", "email", "password"]

    def clean_email(self) -> str:
        email = super().clean_email()
        if User.objects.filter(email=email).exists():
            raise ValidationError(_("Somebody already signs in with this address."))
        return email


class BrandForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    language = forms.ChoiceField(
        label=_("Language of your customers"),
        choices=lambda: zones.languages(get_language() or "en"),
        help_text=_("For new accounts. Each account can have another."),
    )
    time_zone = ZoneField(help_text=_("For new accounts and for reports."))


class InviteForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("Optional. With it, only that address can use the link."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, granter: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # What may be given is asked again by the verb; here it only shapes the list.
        self.fields["role"].choices = role_choices(granter)  # type: ignore[attr-defined]


class PreferencesForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    signature = forms.CharField(
        label=_("Signature"),
        required=False,
        max_length=40,
        help_text=_("How your answers end, as customers read it: a first name is enough."),
    )
    language = forms.ChoiceField(label=_("Language of the desk"), choices=_desk_languages)
    time_zone = ZoneField(help_text=_("Every time you read here is in it."))
    theme = forms.ChoiceField(label=_("Colours"), choices=User.Theme.choices)
    after_send = forms.ChoiceField(label=_("After sending"), choices=User.AfterSend.choices)
