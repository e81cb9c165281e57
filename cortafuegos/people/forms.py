from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cortafuegos.kit import zones


def _zones() -> list[tuple[str, str]]:
    return [("", "—"), *zones.choices(get_language() or "en")]


class PersonForm(forms.Form):
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    place = forms.CharField(
        label=_("Place"), required=False, max_length=200, help_text=_("Where they are, as far as we know.")
    )
    time_zone = forms.ChoiceField(label=_("Their time zone"), required=False, choices=_zones)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For all of us, at every case of theirs. They never see it; write as if they did."),
    )
