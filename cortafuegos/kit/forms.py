"""How every form of the desk is drawn: label above, help below, error with an icon."""

from __future__ import annotations

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

PLAIN = {"checkbox", "radio", "hidden"}


class Renderer(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        widget = context.get("widget")
        if widget is not None and widget.get("type") not in PLAIN:
            widget["attrs"] = {"class": "input", **widget["attrs"]}
        return super().render(template_name, context, request)
