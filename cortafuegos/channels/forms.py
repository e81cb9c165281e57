"""The connect page, built from what a connector asks for; and the settings of an account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cortafuegos.channels.contract import Connector, Field
from cortafuegos.kit import zones

# Text boxes also for addresses: a browser's own check would refuse what the connector can mend.
_WIDGETS: Mapping[str, tuple[type[forms.Widget], dict[str, str]]] = {
    "text": (forms.TextInput, {}),
    "url": (forms.TextInput, {"inputmode": "url"}),
    "email": (forms.TextInput, {"inputmode": "email"}),
    "number": (forms.TextInput, {"inputmode": "numeric"}),
    "password": (forms.PasswordInput, {}),  # never written back into the page
}


class ConnectForm(forms.Form):
    """``held``: names of credentials we have, when reconnecting: left empty, they stay. ``lenient``:
    the person goes on to the network's own page, so what is missing may come from there."""

    def __init__(
        self,
        connector: Connector,
        data: Any = None,
        *,
        known: Mapping[str, str] | None = None,
        held: Iterable[str] = (),
        lenient: bool = False,
    ) -> None:
        super().__init__(data)
        self.lenient = lenient
        self.held = frozenset(held)
        for one in connector.fields:
            self.fields[one.name] = self._field(one, known or {})
        self.advanced = [one.name for one in connector.fields if one.advanced]

    def _field(self, one: Field, known: Mapping[str, str]) -> forms.Field:
        kept = one.name in self.held
        if one.kind == "checkbox":
            checked = known.get(one.name, one.initial) not in ("", "0", "False", "false", "no")
            return forms.BooleanField(label=one.label, help_text=one.help, required=False, initial=checked)
        widget, attributes = _WIDGETS.get(one.kind, _WIDGETS["text"])
        return forms.CharField(
            label=one.label,
            help_text=_("Leave it empty to keep the one we have.") if kept else one.help,
            required=one.required and not kept and not self.lenient,
            initial="" if kept else known.get(one.name, one.initial),
            strip=one.kind != "password",
            max_length=4000,
            widget=widget(attrs={**attributes, "autocomplete": "off", "spellcheck": "false"}),
        )

    def basic_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.advanced]

    def advanced_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.advanced]

    def advanced_wrong(self) -> bool:
        return any(name in self.errors for name in self.advanced)

    def typed(self, credentials: Mapping[str, Any] | None = None) -> dict[str, str]:
        """What the connector gets: strings; ``credentials`` fill what was left empty on purpose."""
        found = {}
        for name, value in self.cleaned_data.items():
            text = ("1" if value else "") if isinstance(value, bool) else str(value)
            if not text and name in self.held and credentials:
                text = str(credentials.get(name, ""))
            found[name] = text
        return found


class SettingsForm(forms.Form):
    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("As your team calls it. Customers see the handle.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=lambda: zones.languages(get_language() or "en"))
    first_answer_minutes = forms.IntegerField(
        label=_("First answer within"), min_value=1, max_value=10_080, help_text=_("Minutes of open time.")
    )
    stretch_minutes = forms.IntegerField(
        label=_("Better still, within"),
        min_value=1,
        max_value=10_080,
        help_text=_("Minutes. What a good day looks like."),
    )
    is_support = forms.BooleanField(
        label=_("Support account"),
        required=False,
        help_text=_("Complaints sent to any account of the brand can be answered from here."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=lambda: zones.choices(get_language() or "en"))

    def clean(self) -> dict[str, Any]:
        found = super().clean() or self.cleaned_data
        goal, stretch = found.get("first_answer_minutes"), found.get("stretch_minutes")
        if goal and stretch and stretch > goal:
            self.add_error("stretch_minutes", _("This one is to be the shorter of the two."))
        return found


class ProfileForm(forms.Form):
    profile_text = forms.CharField(
        label=_("Profile text"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who answers, and when. Where the network allows it, we write it there for you."),
    )


class CapForm(forms.Form):
    cap = forms.DecimalField(
        label=_("No more than, each month"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_(
            "Empty: no limit. At four fifths everybody is told; at the limit only urgent cases are answered."
        ),
    )
